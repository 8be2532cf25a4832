import Glibc
import Synchronization

/// Writes one compact JSON text into memory of its own. Commas are its work; that names and values alternate is the
/// caller's.
///
/// Each call makes sure of its room once and then writes through a pointer: an array's `append` asks for every byte,
/// and whether it shares its storage for every call.
public struct JSONWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    /// Where the next byte goes.
    @usableFromInline var place: UnsafeMutablePointer<UInt8>
    @usableFromInline var end: UnsafeMutablePointer<UInt8>
    @usableFromInline var needsComma = false
    /// Runs of bytes whose checksum was given with them, in their order; nil where nobody asks for them.
    public private(set) var checked: [Checked]?

    /// A run of bytes whose checksum is known.
    public struct Checked: Sendable {
        /// Where it begins.
        public let start: Int
        /// How many bytes it has.
        public let count: Int
        /// The checksum, of whatever kind the caller uses.
        public let checksum: UInt32
    }

    /// A writer that begins.
    /// - Parameters:
    ///   - room: how many bytes are expected; it takes any number.
    ///   - keepsChecksums: whether ``checked`` will be asked for.
    public init(room: Int = 0, keepsChecksums: Bool = false) {
        (start, end) = Self.memory(room)
        place = start
        if keepsChecksums { checked = [] }
    }

    deinit {
        guard end - start == Self.leastRoom else { return start.deallocate() }
        Self.exchangeSpare(start)?.deallocate()
    }

    /// Room for most lines.
    private static let leastRoom = 4_096
    /// What the last writer left: lines are written one after the other, and malloc has nothing of that size at hand.
    private static let spare = Atomic<UInt>(0)

    private static func exchangeSpare(_ block: UnsafeMutablePointer<UInt8>?) -> UnsafeMutablePointer<UInt8>? {
        let left = spare.exchange(block.map { UInt(bitPattern: $0) } ?? 0, ordering: .acquiringAndReleasing)
        return UnsafeMutablePointer(bitPattern: left)
    }

    private static func memory(_ room: Int) -> (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>) {
        let room = max(room, leastRoom)
        let left = room == leastRoom ? exchangeSpare(nil) : nil
        let start = left ?? .allocate(capacity: room)
        return (start, start + room)
    }

    /// How many bytes were written so far.
    public var count: Int { place - start }

    /// Lends what was written so far.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Ends the text; the writer begins another.
    /// - Returns: what was written, in the memory in which it was.
    public mutating func take() -> WrittenJSON {
        let written = WrittenJSON(start, count: count)
        (start, end) = Self.memory(0)
        place = start
        needsComma = false
        if checked != nil { checked = [] }
        return written
    }

    /// What was written so far.
    public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Appends to `bytes` what `body` writes.
    public static func append(to bytes: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        body(&writer)
        bytes.append(contentsOf: UnsafeBufferPointer(start: writer.start, count: writer.count))
    }

    /// `{`
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }
    /// `}`
    public mutating func endObject() { end(UInt8(ascii: "}")) }
    /// `[`
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }
    /// `]`
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// A member's name, which must need no escapes. Inlined, so that a name known at compile time is stored word by word.
    @inlinable @inline(__always)
    public mutating func name(_ name: StaticString) {
        let length = name.utf8CodeUnitCount
        let needsComma = needsComma
        write(atMost: length + 4) { place in
            if needsComma { Self.put(UInt8(ascii: ","), &place) }
            Self.put(UInt8(ascii: "\""), &place)
            place.update(from: name.utf8Start, count: length)
            place += length
            Self.put(UInt8(ascii: "\""), &place)
            Self.put(UInt8(ascii: ":"), &place)
        }
        self.needsComma = false
    }

    /// A member's name that is not known at compile time. Under a label of its own, since an unlabelled literal would
    /// rather be a `String`.
    public mutating func name(dynamic name: String) {
        value(name)
        end(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string.
    public mutating func value(_ text: String) {
        var text = text
        text.withUTF8 { text in
            guard let start = text.baseAddress else { return plain(("" as StaticString).utf8Start, 0) }
            if let first = Self.firstToEscape(text, from: 0) {
                escape(text, firstAt: first)
            } else {
                plain(start, text.count)
            }
        }
    }

    /// A string, or null.
    public mutating func value(_ text: String?) {
        if let text { value(text) } else { null() }
    }

    /// A string that must need no escapes.
    public mutating func value(_ text: StaticString) { plain(text.utf8Start, text.utf8CodeUnitCount) }

    /// A string that needs no escapes and that `fill` writes in place.
    /// - Parameters:
    ///   - most: how many bytes it has at most.
    ///   - fill: writes them, and returns how many they are.
    public mutating func value(atMost most: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        separate()
        write(atMost: most + 2) { place in
            Self.put(UInt8(ascii: "\""), &place)
            place += fill(UnsafeMutableBufferPointer(start: place, count: most))
            Self.put(UInt8(ascii: "\""), &place)
        }
    }

    /// A whole number.
    public mutating func value(_ number: Int) {
        separate()
        digits(number)
    }

    /// A whole number, or null.
    public mutating func value(_ number: Int?) {
        if let number { value(number) } else { null() }
    }

    /// A number with all its digits; what JSON has no number for (not finite) becomes null.
    public mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        separate()
        if number == number.rounded(), abs(number) < 1e15 {
            digits(Int(number))
        } else {
            var text = number.description
            text.withUTF8 { copy($0) }
        }
    }

    /// A number with at most that many decimals, zeros at the end left away.
    public mutating func value(_ number: Double, decimals: Int) {
        guard number.isFinite, abs(number) < 1e9 else { return value(number) }
        separate()
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((number * Double(scale)).rounded())
        if scaled < 0 { byte(UInt8(ascii: "-")) }
        digits(abs(scaled) / scale)
        var rest = abs(scaled) % scale
        guard rest > 0 else { return }
        var length = decimals
        while rest.isMultiple(of: 10) {
            rest /= 10
            length -= 1
        }
        write(atMost: length + 1) { place in
            Self.put(UInt8(ascii: "."), &place)
            place += length
            for back in 1...length {
                place[-back] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
    }

    /// A truth value.
    public mutating func value(_ flag: Bool) { word(flag ? "true" : "false") }

    /// `null`
    public mutating func null() { word("null") }

    /// A whole value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): self.value(flag)
        case .integer(let number): self.value(number)
        case .double(let number): self.value(number)
        case .string(let text): self.value(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                name(dynamic: member.name)
                self.value(member.value)
            }
            endObject()
        }
    }

    /// JSON that was written before: a value, or members with their commas.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        json.withUnsafeBufferPointer { copy($0) }
    }

    /// The same, with the checksum of those bytes for whoever has to have one of the text.
    public mutating func raw(_ json: [UInt8], checksum: UInt32) {
        separate()
        let run = Checked(start: count, count: json.count, checksum: checksum)
        checked?.append(run)
        json.withUnsafeBufferPointer { copy($0) }
    }

    /// A line feed behind a whole value; another may follow.
    public mutating func endLine() {
        byte(0x0A)
        needsComma = false
    }

}

extension JSONWriter {
    /// Makes room and has `body` write from a place on.
    /// - Parameter body: moves the place on, by no more than `most` bytes.
    @inlinable @inline(__always)
    mutating func write(atMost most: Int, _ body: (inout UnsafeMutablePointer<UInt8>) -> Void) {
        if end - place < most { grow(by: most) }
        body(&place)
    }

    @usableFromInline @inline(never)
    mutating func grow(by most: Int) {
        let count = place - start
        let capacity = max(2 * (end - start), count + most)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        (start, place, end) = (larger, larger + count, larger + capacity)
    }

    @inlinable @inline(__always)
    static func put(_ byte: UInt8, _ place: inout UnsafeMutablePointer<UInt8>) {
        place.pointee = byte
        place += 1
    }

    private mutating func byte(_ byte: UInt8) { write(atMost: 1) { Self.put(byte, &$0) } }

    private mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        write(atMost: bytes.count) { place in
            place.update(from: start, count: bytes.count)
            place += bytes.count
        }
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { byte(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        byte(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        byte(bracket)
        needsComma = true
    }

    private mutating func word(_ word: StaticString) {
        separate()
        copy(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func plain(_ text: UnsafePointer<UInt8>, _ length: Int) {
        let needsComma = needsComma
        write(atMost: length + 3) { place in
            if needsComma { Self.put(UInt8(ascii: ","), &place) }
            Self.put(UInt8(ascii: "\""), &place)
            place.update(from: text, count: length)
            place += length
            Self.put(UInt8(ascii: "\""), &place)
        }
        self.needsComma = true
    }

    private mutating func digits(_ number: Int) {
        write(atMost: 20) { place in
            if number < 0 { Self.put(UInt8(ascii: "-"), &place) }
            var rest = number.magnitude
            var length = 1
            var power: UInt = 10
            while rest >= power, length < 19 {
                power &*= 10
                length += 1
            }
            place += length
            for back in 1...length {
                place[-back] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
    }

    /// A string with escapes: six bytes for one at most.
    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>, firstAt first: Int) {
        guard let start = text.baseAddress else { return }
        value(atMost: text.count * 6) { room in
            guard var place = room.baseAddress else { return 0 }
            var copied = 0
            var next: Int? = first
            while let index = next {
                place.update(from: start + copied, count: index - copied)
                place += index - copied
                copied = index + 1
                Self.put(UInt8(ascii: "\\"), &place)
                switch text[index] {
                case 0x0A: Self.put(UInt8(ascii: "n"), &place)
                case 0x0D: Self.put(UInt8(ascii: "r"), &place)
                case 0x09: Self.put(UInt8(ascii: "t"), &place)
                case let control where control < 0x20:
                    for byte in "u00".utf8 { Self.put(byte, &place) }
                    Self.put(0x30 + control >> 4, &place)
                    Self.put(control & 15 < 10 ? 0x30 + control & 15 : 0x57 + control & 15, &place)
                case let byte: Self.put(byte, &place)
                }
                next = Self.firstToEscape(text, from: copied)
            }
            place.update(from: start + copied, count: text.count - copied)
            return place + (text.count - copied) - (room.baseAddress ?? place)
        }
    }

    /// Where the next quote, backslash or control character stands, eight bytes looked at a time: each of the three
    /// tests sets the high bit of a byte that passes it, "has a byte less than n" and "has a zero byte" of Anderson's
    /// "Bit Twiddling Hacks". The lowest bit set is never wrong; those above it may be.
    private static func firstToEscape(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let bytes = UnsafeRawBufferPointer(text)
        var index = start
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let control = (word &- ones &* 0x20) & ~word
            let found = (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & highs
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return nil
    }
}
