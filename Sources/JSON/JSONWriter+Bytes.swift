// The writer's own means: room, commas, and how text and numbers are put down.

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

    mutating func byte(_ byte: UInt8) { write(atMost: 1) { Self.put(byte, &$0) } }

    mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        write(atMost: bytes.count) { place in
            place.update(from: start, count: bytes.count)
            place += bytes.count
        }
    }

    @inline(__always)
    mutating func separate() {
        if needsComma { byte(UInt8(ascii: ",")) }
        needsComma = true
    }

    mutating func begin(_ bracket: UInt8) {
        separate()
        byte(bracket)
        needsComma = false
    }

    mutating func end(_ bracket: UInt8) {
        byte(bracket)
        needsComma = true
    }

    mutating func word(_ word: StaticString) {
        separate()
        copy(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    mutating func plain(_ text: UnsafePointer<UInt8>, _ length: Int) {
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

    mutating func digits(_ number: Int) {
        write(atMost: 20) { place in
            if number < 0 { Self.put(UInt8(ascii: "-"), &place) }
            let rest = number.magnitude
            var length = 1
            var power: UInt = 10
            while rest >= power, length < 19 {
                power &*= 10
                length += 1
            }
            Self.put(rest, digits: length, &place)
        }
    }

    /// The last digits of a number, zeros before them where it has fewer.
    @inline(__always)
    static func put(_ number: UInt, digits: Int, _ place: inout UnsafeMutablePointer<UInt8>) {
        var rest = number
        place += digits
        for back in 1...digits {
            place[-back] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// A string with escapes: six bytes for one at most.
    mutating func escape(_ text: UnsafeBufferPointer<UInt8>, firstAt first: Int) {
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
    static func firstToEscape(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
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
