import Glibc

/// Files that customers paste into a message as `data:` addresses (RFC 2397), and links to them. None is stored: what is
/// kept of one is the mark of its type, `[image/png]`.
public enum PastedFiles {
    /// The text with every file that stands in it replaced by the mark of its type; nil where it has none.
    /// - Complexity: O(bytes).
    public static func masked(_ text: String) -> String? {
        guard has(":", text) else { return nil }
        let bytes = Array(text.utf8)
        var masked: [UInt8] = []
        var (offset, isFound) = (0, false)
        while offset < bytes.count {
            if let file = bytes.withUnsafeBufferPointer({ file($0, at: offset) }) {
                masked += Array("[".utf8) + file.type + Array("]".utf8)
                (offset, isFound) = (file.end, true)
            } else {
                masked.append(bytes[offset])
                offset += 1
            }
        }
        return isFound ? String(decoding: masked, as: UTF8.self) : nil
    }

    /// What the customer wrote besides the marks of files; nil where there is none. A message that is nothing but links
    /// to pictures, films or documents says nothing either.
    public static func rest(of text: String) -> String? {
        // Asked for every message, and mostly of one without either.
        let hasLink = has(":", text) && has("/", text)
        guard hasLink || has("[", text) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        return !words.isEmpty && words.allSatisfy(isFileLink) ? "" : withoutMarks(text)
    }

    /// Whether a file stood in the text.
    public static func hasMark(_ text: String) -> Bool { withoutMarks(text) != nil }

    /// Every message is asked, several times.
    private static func has(_ sign: Unicode.Scalar, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.baseAddress.map { memchr($0, Int32(sign.value), bytes.count) != nil } ?? false
        }
    }

    private static func withoutMarks(_ text: String) -> String? {
        guard has("[", text) else { return nil }
        var rest = text[...]
        var (kept, isFound) = ("", false)
        while let start = rest.firstIndex(of: "[") {
            kept += rest[..<start]
            let inside = rest[rest.index(after: start)...].prefix { $0 != "]" && $0 != "[" }
            if inside.endIndex < rest.endIndex, rest[inside.endIndex] == "]", isType(Array(inside.utf8)) {
                isFound = true
                rest = rest[rest.index(after: inside.endIndex)...]
            } else {
                kept.append("[")
                rest = rest[rest.index(after: start)...]
            }
        }
        return isFound ? kept + rest : nil
    }

    private static let scheme = Array("data:".utf8)
    private static let base64 = Array(";base64".utf8)
    /// What is meant where an address names no type.
    private static let plain = Array("text/plain".utf8)
    /// The registries of types (RFC 6838, 4.2).
    private static let families: Set<String> = [
        "application", "audio", "font", "image", "message", "model", "multipart", "text", "video",
    ]
    private static let fileEndings: Set<String> = [
        "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff", "svg", "mp4", "mov", "avi", "webm",
        "mp3", "ogg", "m4a", "pdf", "doc", "docx",
    ]
    /// Letters that a line of wrapped base64 has at least, so that no word of the next line is taken for one.
    private static let wrappedLine = 40

    private static func isScheme(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard bytes[start] | 0x20 == scheme[0], start + scheme.count < bytes.count else { return false }
        return scheme.indices.allSatisfy { bytes[start + $0] | 0x20 == scheme[$0] | 0x20 }
    }

    /// The file whose address begins at an offset: its type, and where the address ends.
    private static func file(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> (type: [UInt8], end: Int)? {
        guard isScheme(bytes, at: start), start == 0 || !bytes[start - 1].isASCIILetter else { return nil }
        let head = start + scheme.count
        guard let comma = bytes[head...].firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let described = bytes[head..<comma]
        guard !described.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return nil }
        let isBase64 = described.suffix(base64.count).map { $0 | 0x20 } == base64.map { $0 | 0x20 }
        let type = Array(described.prefix { $0 != UInt8(ascii: ";") }.map(\.lowercased))
        guard isType(type) || type.isEmpty && isBase64 else { return nil }
        return (type.isEmpty ? plain : type, end(bytes, from: comma + 1, isBase64: isBase64))
    }

    private static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isBase64: Bool) -> Int {
        var end = start
        while end < bytes.count, bytes[end] > 0x20, !"\"<>".utf8.contains(bytes[end]) { end += 1 }
        guard isBase64 else { return end }
        let next = bytes[end...].drop { $0 == 0x0A || $0 == 0x0D }
        let line = next.prefix { isBase64Digit($0) }
        guard next.startIndex > end, line.count >= wrappedLine else { return end }
        return self.end(bytes, from: next.startIndex, isBase64: true)
    }

    private static func isBase64Digit(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "+/=-_".utf8.contains(byte)
    }

    /// `image/png`, `application/vnd.ms-excel`.
    private static func isType(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, families.contains(String(decoding: parts[0], as: UTF8.self)), !parts[1].isEmpty else {
            return false
        }
        return parts[1].allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "!#$&-^_.+".utf8.contains($0) }
    }

    private static func isFileLink(_ word: Substring) -> Bool {
        let lower = word.lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://") else { return false }
        let path = lower.prefix { $0 != "?" && $0 != "#" }
        guard let name = path.split(separator: "/").last, path.split(separator: "/").count > 2,
            let dot = name.lastIndex(of: ".")
        else { return false }
        return fileEndings.contains(String(name[name.index(after: dot)...]))
    }
}

extension UInt8 {
    /// The same letter in lower case.
    fileprivate var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
