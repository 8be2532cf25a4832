import Glibc
import Synchronization

/// Writes one compact JSON text into memory of its own. Commas are its work; that names and values alternate is the
/// caller's.
///
/// Each call makes sure of its room once and then writes through a pointer: an array's `append` asks for every byte,
/// and whether it shares its storage for every call.
public struct JSONWriter: ~Copyable {
    var start: UnsafeMutablePointer<UInt8>
    /// Where the next byte goes.
    @usableFromInline var place: UnsafeMutablePointer<UInt8>
    @usableFromInline var end: UnsafeMutablePointer<UInt8>
    @usableFromInline var needsComma = false
    /// Runs of bytes whose checksum was given with them, in their order; none where nobody asks for them.
    public private(set) var checked: [Checked] = []
    private let keepsChecksums: Bool

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
        self.keepsChecksums = keepsChecksums
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
        checked = []
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
            Self.put(UInt(rest), digits: length, &place)
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
        if keepsChecksums { checked.append(Checked(start: count, count: json.count, checksum: checksum)) }
        json.withUnsafeBufferPointer { copy($0) }
    }

    /// A line feed behind a whole value; another may follow.
    public mutating func endLine() {
        byte(0x0A)
        needsComma = false
    }
}
