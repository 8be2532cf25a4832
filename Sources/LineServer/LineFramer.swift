import Glibc

/// What a stretch of input amounts to.
public enum FramedLine {
    /// A line without its end; the bytes are lent for the length of the call.
    case text(UnsafeRawBufferPointer)
    /// Something that is answered with an error.
    case fault(LineFault)
}

/// What is wrong with a line as such, before anyone reads it as a command.
public enum LineFault: Sendable, Equatable {
    /// Longer than `LineFramer.longest` bytes; told once, as soon as it is.
    case tooLong
    /// Not UTF-8 (RFC 3629).
    case badUTF8
    /// Holds a control character (Unicode Cc) other than TAB.
    case badText
}

/// Cuts a stream of bytes into lines. Any way of cutting the stream into chunks gives the same lines.
///
/// Lines end with LF; one CR before it is dropped and does not count. Empty lines are ignored. Only an unfinished line
/// is kept between chunks.
public struct LineFramer {
    /// The most bytes before a line's end.
    public static let longest = 8_192

    /// The beginning of a line whose end has not come; empty while discarding.
    private var unfinished: [UInt8] = []
    /// The line's fault has been told; its rest is dropped up to the next LF.
    private var isDiscarding = false

    /// A framer at the start of a stream.
    public init() {}

    /// Bytes kept for an unfinished line.
    public var keptBytes: Int { unfinished.count }

    /// Takes a chunk.
    /// - Parameter line: gets each line or fault, in order; returns whether it can take another.
    /// - Returns: how many bytes were used: all, unless `line` could not take more; the rest must be fed again.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ line: (FramedLine) -> Bool) -> Int {
        guard let base = chunk.baseAddress else { return 0 }
        var start = 0
        while start < chunk.count {
            let left = chunk.count - start
            guard let end = memchr(base + start, 0x0A, left) else {
                keep(UnsafeRawBufferPointer(start: base + start, count: left), line)
                return chunk.count
            }
            let length = UnsafeRawPointer(end) - (base + start)
            let piece = UnsafeRawBufferPointer(start: base + start, count: length)
            start += length + 1
            if isDiscarding {
                isDiscarding = false
            } else if unfinished.isEmpty {
                guard Self.deliver(piece, line) else { return start }
            } else {
                unfinished.append(contentsOf: piece)
                let whole = unfinished
                unfinished = []
                guard whole.withUnsafeBytes({ Self.deliver($0, line) }) else { return start }
            }
        }
        return start
    }

    private mutating func keep(_ piece: UnsafeRawBufferPointer, _ line: (FramedLine) -> Bool) {
        guard !isDiscarding else { return }
        let length = unfinished.count + piece.count
        // One byte more than the longest may still turn out to be the CR of the line's end.
        if length > Self.longest + 1 || (length == Self.longest + 1 && piece.last != 0x0D) {
            isDiscarding = true
            unfinished = []
            _ = line(.fault(.tooLong))
            return
        }
        unfinished.append(contentsOf: piece)
    }

    /// - Returns: whether another line can be taken.
    private static func deliver(_ bytes: UnsafeRawBufferPointer, _ line: (FramedLine) -> Bool) -> Bool {
        var bytes = bytes
        if bytes.last == 0x0D { bytes = UnsafeRawBufferPointer(rebasing: bytes.dropLast()) }
        if bytes.isEmpty { return true }
        guard bytes.count <= longest else { return line(.fault(.tooLong)) }
        switch TextCheck.of(bytes) {
        case .clean: return line(.text(bytes))
        case .notUTF8: return line(.fault(.badUTF8))
        case .control: return line(.fault(.badText))
        }
    }
}
