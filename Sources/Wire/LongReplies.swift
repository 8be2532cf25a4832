/// Tells commands that may be answered at length before they are read.
public enum LongReplies {
    /// The letters of each such verb as one number; none has more than eight.
    private static let verbs = (Verb.all(.customer) + Verb.all(.agent)).filter(\.hasLongReply)
        .map { verb in verb.name.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }

    /// Whether a line's verb, behind its tags, is one of them.
    public static func expected(for line: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < line.count, line[position] == 0x20 || line[position] == UInt8(ascii: "@") {
            while position < line.count, line[position] != 0x20 { position += 1 }
            while position < line.count, line[position] == 0x20 { position += 1 }
        }
        var word: UInt64 = 0
        for byte in line[position...].prefix(8) {
            if byte == 0x20 { break }
            // Without the bit that tells small letters from capitals.
            word = word << 8 | UInt64(byte & 0xDF)
        }
        return verbs.contains(word)
    }
}
