import Events
import Glibc
import JSON

/// Reads a journal's folder without opening it as a log: for `journal verify` and `journal export`, also while a
/// daemon writes to it.
public struct JournalReader: Sendable {
    private let device: any StorageDevice

    /// A reader of the folder.
    public init(_ device: any StorageDevice) { self.device = device }

    /// Hands over the lines as they are held, each with its LF: of one stream, or of all.
    /// - Throws: `unreadable`; what `body` throws. Damaged lines are passed over: `verify` tells them.
    public func export(_ stream: StreamID?, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let key = stream.map { StreamKey($0) }
        for (first, next) in try segments() {
            let file = try readable { () throws(StorageError) in
                try device.open(FileNames.segment(first), create: false)
            }
            let size = try readable { () throws(StorageError) in try file.size() }
            var reader = LineReader(file: file, from: 0, to: size)
            while let line = try readable({ () throws(StorageError) in try reader.next() }) {
                guard line.isTerminated, let header = LogLine.checked(line.bytes).flatMap(LineHeader.init),
                    next.map({ header.seq < $0 }) ?? true, key == nil || header.stream == key
                else { continue }
                try body(UnsafeRawBufferPointer(start: line.bytes.baseAddress, count: line.bytes.count + 1))
            }
        }
    }

    /// Checks every line, group, version and seal.
    /// - Throws: `unreadable` where the folder or a file can't be read.
    public func verify() throws(JournalError) -> VerifyReport {
        var check = Verification()
        for (first, next) in try segments() {
            let result: Result<Void, StorageError>
            do throws(StorageError) {
                result = .success(try check.segment(first, next: next, device))
            } catch { result = .failure(error) }
            if case .failure(let error) = result { throw .unreadable(reason: error.description) }
        }
        return check.report
    }

    private func segments() throws(JournalError) -> [(first: Int, next: Int?)] {
        let names = try readable { () throws(StorageError) in try device.list() }
        let firsts = names.compactMap { FileNames.number(in: $0, prefix: "journal-", suffix: ".jsonl") }.sorted()
        return firsts.indices.map { (firsts[$0], $0 + 1 < firsts.count ? firsts[$0 + 1] : nil) }
    }

    private func readable<Value>(_ work: () throws(StorageError) -> Value) throws(JournalError) -> Value {
        do throws(StorageError) { return try work() } catch { throw .unreadable(reason: error.description) }
    }
}

/// What a check of the whole journal found.
public struct VerifyReport: Sendable, Equatable {
    /// How many segments there are.
    public var segments = 0
    /// How many whole events.
    public var events = 0
    /// Events that an earlier salvage gave up.
    public var lost = 0
    /// Their bytes.
    public var bytes = 0
    /// Bytes at the end that are no complete group: a crash's, or of a batch that is being written.
    public var incomplete = 0
    /// Everything that is not as it was written.
    public var damages: [Damage] = []
}

/// Goes through all segments and goes on after a damage.
private struct Verification {
    var report = VerifyReport()
    private var versions = VersionFold(index: StreamIndex(), lastLost: 0)
    private var expected = 1
    /// The greatest number that any line had so far.
    private var newest = 0

    init() {}

    mutating func segment(_ first: Int, next: Int?, _ device: any StorageDevice) throws(StorageError) {
        let name = FileNames.segment(first)
        let file = try device.open(name, create: false)
        let size = try file.size()
        let names = try device.list()
        report.segments += 1
        report.bytes += size
        if first > expected { note(name, 0, "events \(expected) to \(first - 1) are missing") }
        if first < expected { note(name, 0, "it begins with event \(first), which \(LineFault.overlap)") }
        expected = first
        var reader = LineReader(file: file, from: 0, to: size)
        let isSealed = names.contains(FileNames.seal(first))
        var number = 0
        var more = 0
        var groupEnd = 0
        var damages: [Damage] = []
        while let line = try reader.next() {
            if next == expected, !isSealed { break }
            number += 1
            if let reason = fault(line, more: &more) {
                damages.append(Damage(file: name, line: number, reason: reason))
                continue
            }
            if more > 0 { continue }
            groupEnd = line.end
            report.damages += damages
            damages = []
        }
        if next == nil, !isSealed {
            // Nothing whole follows these lines.
            report.incomplete = size - groupEnd
        } else {
            report.damages += damages
            if more > 0 { note(name, number, LineFault.incomplete) }
        }
        if let next, expected < next { note(name, number, "events \(expected) to \(next - 1) are missing") }
        guard isSealed else { return }
        let seal = Seal(try device.open(FileNames.seal(first), create: false).bytes(at: 0, count: 4096))
        let checksum = try Seal.checksum(of: file, size: size)
        if seal?.bytes != size || seal?.checksum != checksum {
            note(name, 0, "the file's checksum doesn't fit its bytes")
        }
    }

    private mutating func fault(_ line: LineReader.Line, more: inout Int) -> String? {
        guard line.isTerminated else { return LineFault.unterminated }
        guard let header = LogLine.checked(line.bytes).flatMap(LineHeader.init) else {
            expected += 1
            more = 0
            versions.takeGroup()
            return LineFault.checksum
        }
        // A line that was there before, in this segment or, where one's name is wrong, in another: the index only rises.
        guard header.seq >= expected, header.seq > newest else { return LineFault.order }
        newest = header.seq
        defer {
            expected = header.seq + 1
            more = header.more
            report.events += header.stream == nil ? 0 : 1
            report.lost += header.stream == nil ? 1 : 0
        }
        var reason: String?
        if header.seq != expected {
            reason = LineFault.order
        } else if more > 0, header.more != more - 1 || header.stream == nil {
            reason = LineFault.group
        }
        if let fault = versions.add(header) {
            reason = reason ?? fault
            // Goes on from there, so that one gap is told once. The index only rises: what came before goes in first.
            versions.takeGroup()
            if let stream = header.stream {
                versions.index.append(stream, version: header.version, position: header.seq)
            }
        }
        if reason == nil, header.stream?.stream != nil, (try? FileEventLog.parse(line.bytes)) == nil {
            reason = LineFault.content
        }
        return reason
    }

    private mutating func note(_ file: String, _ line: Int, _ reason: String) {
        report.damages.append(Damage(file: file, line: line, reason: reason))
    }
}

extension FileEventLog {
    /// Decodes a line that was checked.
    static func parse(_ line: UnsafeRawBufferPointer) throws -> Event {
        try Event(JSONValue.parse(line.assumingMemoryBound(to: UInt8.self)))
    }

    /// Checks the sealed segments against their seals, and tells the result. For the maintenance queue.
    func verifySealed() {
        let sealed = state.withLock { $0.segments.filter { $0.sealed != nil } }
        guard !sealed.isEmpty else { return }
        var damages: [Damage] = []
        for segment in sealed {
            let checksum = try? Seal.checksum(of: segment.file, size: segment.size)
            if checksum != segment.sealed || (try? segment.file.size()) != segment.size {
                damages.append(
                    Damage(file: segment.name, line: 0, reason: "the file's checksum doesn't fit its bytes"))
            }
        }
        options.notice(.verified(segments: sealed.count, damages: damages))
    }
}
