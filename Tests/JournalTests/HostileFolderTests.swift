import Checksums
import Events
import Foundation
import JSON
import Testing

@testable import Journal

@Suite("Hostile folders")
struct HostileFolderTests {
    @Test("an event that can't be read leaves its stream's index with the salvage that sets it aside")
    func unreadable() throws {
        let disk = try closedLog()
        var lines = try Self.lines(disk)
        lines[1] = Self.checksummed(lines[1].replacing("2026-".utf8, with: "never".utf8))
        disk.overwrite(FileNames.segment(1), with: Array(lines.joined()))
        let test = try TestLog(disk, salvage: true)
        #expect(test.report.salvaged.map(\.reason) == [LineFault.content])
        #expect(try test.log.read(.agent("ana")).map(\.event.version) == [2, 3, 4])
        #expect(test.log.version(of: conversation(1)) == 3)
    }

    @Test("verify goes on after damaged lines that tear two groups of one stream")
    func tornGroups() throws {
        let test = try TestLog()
        for version in 1...4 { _ = try test.log.append([group((.agent("ana"), version), (conversation(version), 1))]) }
        try test.log.close()
        var lines = try Self.lines(test.disk)
        for line in 1...3 { lines[line][20] ^= 1 }
        test.disk.overwrite(FileNames.segment(1), with: Array(lines.joined()))
        let damages = try JournalReader(test.disk).verify().damages
        #expect(damages.map(\.line) == [2, 3, 4, 5])
        #expect(damages.map(\.reason) == [String](repeating: LineFault.checksum, count: 3) + [LineFault.version])
    }

    @Test("verify goes on where a segment's name lets it begin before the end of the one before")
    func overlap() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        let seal = Seal(bytes: bytes.count, lines: 11, checksum: CRC32C.checksum(bytes))
        disk.overwrite(FileNames.seal(1), with: seal.line)
        disk.overwrite(FileNames.segment(4), with: bytes)
        let damages = try JournalReader(disk).verify().damages
        #expect(damages.contains { $0.file == FileNames.segment(4) && $0.reason.hasSuffix(LineFault.overlap) })
    }

    @Test("a group that goes on where the next segment begins is set aside whole")
    func groupAcrossSegments() throws {
        let disk = try closedLog()
        // The group of the events 9 to 11 is not over where the file's name lets event 10 stand.
        disk.overwrite(FileNames.segment(10), with: [])
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        disk.overwrite(
            FileNames.seal(1), with: Seal(bytes: bytes.count, lines: 11, checksum: CRC32C.checksum(bytes)).line)
        #expect(throws: JournalError.self) { try TestLog(disk) }
        let test = try TestLog(disk, salvage: true)
        #expect(test.report.salvaged.first.map(\.reason) == LineFault.incomplete)
        #expect(test.folded.map(\.position) == Array(1...8))
        #expect(try test.log.read(conversation(1)) == test.folded.filter { $0.event.stream == conversation(1) })
        #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(12)])
        try test.log.close()
        #expect(try TestLog(disk).folded.map(\.position) == Array(1...8) + [12])
    }

    @Test("a lost event is none of a group: the group that it ends is set aside whole")
    func lostWithinGroup() throws {
        let disk = try closedLog()
        var lines = try Self.lines(disk)
        lines[1] = []
        LogLine.appendLost(seq: 2, to: &lines[1])
        disk.overwrite(FileNames.segment(1), with: Array(lines.joined()))
        #expect(try JournalReader(disk).verify().damages.first?.reason == LineFault.group)
        #expect(throws: JournalError.self) { try TestLog(disk) }
        let test = try TestLog(disk, salvage: true)
        #expect(test.report.salvaged.map(\.reason) == [LineFault.group])
        #expect(test.folded.map(\.position) == Array(3...11))
    }

    @Test("a salvage lets a version jump over no more events than it gave up")
    func greatVersion() throws {
        for (version, isTaken) in [(4, true), (5, false), (4_000_000_000, false)] {
            var lines: [UInt8] = []
            JSONWriter.append(to: &lines) { LogLine.write(group((.agent("ana"), 1))[0], seq: 1, more: 0, to: &$0) }
            for seq in 2...3 { LogLine.appendLost(seq: seq, to: &lines) }
            JSONWriter.append(to: &lines) {
                LogLine.write(group((.agent("ana"), version))[0], seq: 4, more: 0, to: &$0)
            }
            let disk = SimulatedDisk()
            disk.overwrite(FileNames.segment(1), with: lines)
            let opened = try TestLog(disk, salvage: true)
            #expect(opened.report.salvaged.map(\.reason) == (isTaken ? [] : [LineFault.version]))
            #expect(opened.log.version(of: .agent("ana")) == (isTaken ? version : 1))
        }
    }

    @Test("one salvage of missing files is enough: the next start needs none")
    func missingFiles() throws {
        let test = try TestLog(segmentBytes: 600)
        for version in 1...6 {
            _ = try test.log.append([group((.agent("ana"), version), (conversation(version), 1))])
            test.sync()
        }
        try test.log.close()
        let names = try segments(test.disk)
        try #require(names.count >= 3)
        for removed in [[names[1]], names] {
            let disk = test.disk.killed()
            for name in removed {
                try disk.remove(name)
                try disk.remove(name.replacing(".jsonl", with: ".crc"))
            }
            #expect(throws: JournalError.self) { try TestLog(disk) }
            let salvaged = try TestLog(disk, salvage: true)
            #expect(salvaged.report.lost > 0)
            #expect(try salvaged.log.append([group((conversation(9), 1))]) == [.stored(13)])
            try salvaged.log.close()
            #expect(try TestLog(disk).folded.count == salvaged.folded.count + 1)
            let report = try JournalReader(disk).verify()
            #expect(report.damages == [] && report.lost == salvaged.report.lost)
        }
    }

    @Test("numbers that no log reaches are refused, not counted up to")
    func greatNumbers() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        let seal = Seal(bytes: bytes.count, lines: 11, checksum: CRC32C.checksum(bytes))
        disk.overwrite(FileNames.seal(1), with: seal.line)
        disk.overwrite(FileNames.segment(900_000_000_000_000_000), with: [])
        #expect(throws: JournalError.self) { try TestLog(disk, salvage: true) }
        #expect(FileNames.number(in: "journal-09223372036854775807.jsonl", prefix: "journal-", suffix: ".jsonl") == nil)
        #expect(SyncMark(SyncMark(position: .max).line) == nil)
    }

    @Test("a seal that does not fit the last segment is taken away")
    func staleSeal() throws {
        let disk = try closedLog()
        disk.overwrite(FileNames.seal(1), with: Seal(bytes: 10, lines: 1, checksum: 1).line)
        let test = try TestLog(disk)
        #expect(disk.contents(FileNames.seal(1)) == nil && test.folded.count == 11)
        #expect(try JournalReader(disk).verify().damages == [])
    }

    @Test("an id in capitals is the same stream")
    func capitals() {
        let key = Array("c:8TJ6YBAQ3Q9P1".utf8).withUnsafeBytes { StreamKey($0) }
        #expect(key == Array("c:8tj6ybaq3q9p1".utf8).withUnsafeBytes { StreamKey($0) })
    }

    @Test("any folder is read or refused with file and line, and what was opened opens again the same")
    func mutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SimulatedRandom(seed: seed)
        let original = try closedLog()
        let isLong = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1"
        for round in 0..<(isLong ? 3_000 : 60) {
            var lines = try Self.lines(original)
            for _ in 0...random.below(3) { Self.mutate(&lines, &random) }
            let disk = original.killed()
            disk.overwrite(FileNames.segment(1), with: Array(lines.joined()))
            if random.chance(0.5) { disk.overwrite(FileNames.mark, with: []) }
            let isSalvage = random.chance(0.5)
            let place = Comment(rawValue: "seed \(seed), round \(round)")
            _ = try JournalReader(disk).verify()
            let test: TestLog
            do { test = try TestLog(disk, salvage: isSalvage) } catch JournalError.damaged(let damage) {
                #expect(!isSalvage && !damage.file.isEmpty && damage.line <= lines.count + 1, place)
                continue
            }
            let again = try TestLog(disk.killed())
            #expect(again.folded == test.folded && again.report.torn == nil && again.report.lost == 0, place)
            #expect(try JournalReader(disk).verify().damages == [], place)
            for stream in Set(test.folded.map(\.event.stream)) {
                #expect(try test.log.read(stream) == test.folded.filter { $0.event.stream == stream }, place)
            }
        }
    }

    @Test("a snapshot whose checksum fits but whose numbers do not is passed over, or opens without a crash")
    func snapshots() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SimulatedRandom(seed: seed)
        let original = try TestLog(segmentBytes: 600)
        for version in 1...20 {
            let own = (conversation(version % 2), (version + 1) / 2)
            _ = try original.log.append([group((.agent("ana"), version), own)])
            original.sync()
        }
        try original.snapshot()
        try original.log.close()
        let name = FileNames.snapshot(40)
        let bytes = try #require(original.disk.contents(name))
        let isLong = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1"
        var passed = 0
        for round in 0..<(isLong ? 30_000 : 1_000) {
            var changed = bytes.dropLast(4)
            for _ in 0...random.below(2) {
                let index = Snapshot.magic.count + random.below(changed.count - Snapshot.magic.count - 4)
                let choices: [UInt32] = [0, 1, .max, 1 << 31, UInt32(truncatingIfNeeded: random.next())]
                let number = random.chance(0.3) ? UInt32(random.below(64)) : choices[random.below(choices.count)]
                for byte in 0..<4 { changed[index + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte)) }
            }
            let checksum = CRC32C.checksum(Array(changed))
            changed += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> UInt32(8 * $0)) }
            let disk = original.disk.killed()
            disk.overwrite(name, with: Array(changed))
            let place = Comment(rawValue: "seed \(seed), round \(round)")
            let test: TestLog
            do { test = try TestLog(disk) } catch JournalError.damaged(let damage) {
                #expect(!damage.file.isEmpty, place)
                continue
            }
            for stream in [StreamID.agent("ana"), conversation(0), conversation(1), conversation(2)] {
                _ = try? test.log.read(stream)
            }
            #expect(try test.log.append([group((conversation(9), 1))]) == [.stored(41)], place)
            guard test.report.snapshot == 0 else { continue }
            passed += 1
            #expect(test.folded.count == 40 && test.report.warnings.count == 1, place)
        }
        #expect(passed > 0)
    }

    /// Five groups in one segment, closed in order.
    private func closedLog() throws -> SimulatedDisk {
        let test = try TestLog()
        for version in 1...4 { _ = try test.log.append([group((conversation(version), 1), (.agent("ana"), version))]) }
        _ = try test.log.append([group((conversation(1), 2), (conversation(1), 3), (.content, 1))])
        try test.log.close()
        return test.disk
    }

    /// Each with its LF.
    private static func lines(_ disk: SimulatedDisk) throws -> [[UInt8]] {
        try #require(disk.contents(FileNames.segment(1))).split(separator: 0x0A).map { Array($0) + [0x0A] }
    }

    /// One line lost, doubled, moved or changed; of the changed ones half get the checksum that fits.
    private static func mutate(_ lines: inout [[UInt8]], _ random: inout SimulatedRandom) {
        guard !lines.isEmpty else { return }
        let index = random.below(lines.count)
        switch random.below(6) {
        case 0: lines.remove(at: index)
        case 1: lines.insert(lines[random.below(lines.count)], at: index)
        case 2: lines.swapAt(index, random.below(lines.count))
        default:
            guard lines[index].count > 1 else { return }
            for _ in 0...random.below(2) {
                lines[index][random.below(lines[index].count - 1)] = UInt8(truncatingIfNeeded: random.next())
            }
            if random.chance(0.5) { lines[index] = checksummed(lines[index]) }
        }
    }

    /// A line with the checksum that fits what stands before it.
    private static func checksummed(_ line: [UInt8]) -> [UInt8] {
        guard line.count > LogLine.suffixCount + 1 else { return line }
        let body = line.dropLast(LogLine.suffixCount + 1)
        let checksum = CRC32C.checksum(Array(body))
        let digits = Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) })
        return body + Array("\(String(decoding: LogLine.checksumName, as: UTF8.self))\(digits)\"}\n".utf8)
    }
}
