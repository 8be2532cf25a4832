import Events
import Testing

@testable import Journal

@Suite("Damage")
struct DamageTests {
    /// Five groups in one segment, closed in order.
    private func closedLog() throws -> SimulatedDisk {
        let test = try TestLog()
        for version in 1...4 { _ = try test.log.append([group((conversation(version), 1), (.agent("ana"), version))]) }
        _ = try test.log.append([group((conversation(1), 2), (conversation(1), 3), (.content, 1))])
        try test.log.close()
        return test.disk
    }

    /// As after a power cut: how far the log was synced is not known.
    private func unmarked(_ disk: SimulatedDisk, _ bytes: [UInt8]) -> SimulatedDisk {
        let copy = disk.killed()
        copy.overwrite(FileNames.segment(1), with: bytes)
        copy.overwrite(FileNames.mark, with: [])
        return copy
    }

    @Test("a torn tail is cut back to the last complete group, wherever in the last group it ends")
    func tornTail() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
        let groupStart = starts[8]
        for end in groupStart..<bytes.count {
            let test = try TestLog(unmarked(disk, Array(bytes[..<end])))
            #expect(test.folded.count == 8)
            let torn =
                end == groupStart ? nil : TornTail(file: FileNames.segment(1), bytes: end - groupStart, groups: 1)
            #expect(test.report.torn == torn)
            #expect(test.disk.contents(FileNames.segment(1))?.count == groupStart)
            #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(9)])
        }
    }

    @Test("any flipped bit stops the start with the file and the line, and verify tells the same")
    func bitFlips() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        var line = 1
        for index in bytes.indices {
            if index % 7 == 0 || bytes[index] == 0x0A {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(index % 8)
                let copy = disk.killed()
                copy.overwrite(FileNames.segment(1), with: flipped)
                var damage: Damage?
                do { _ = try TestLog(copy) } catch JournalError.damaged(let found) { damage = found }
                #expect(damage?.file == FileNames.segment(1) && damage?.line == line, "byte \(index)")
                let report = try JournalReader(copy).verify()
                #expect(report.damages.first?.line == line || report.incomplete > 0, "byte \(index)")
            }
            if bytes[index] == 0x0A { line += 1 }
        }
    }

    @Test("events that were on stable storage and are missing stop the start")
    func missingEnd() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        let copy = disk.killed()
        let end = try #require(bytes.dropLast().lastIndex(of: 0x0A))
        copy.overwrite(FileNames.segment(1), with: Array(bytes[...end]))
        #expect(throws: JournalError.self) { try TestLog(copy) }
        try disk.remove(FileNames.segment(1))
        #expect(throws: JournalError.self) { try TestLog(disk.killed()) }
    }

    @Test("whole lines after a damaged one are no torn tail, though it is not known how far was synced")
    func damageInTheMiddle() throws {
        let disk = try closedLog()
        var bytes = try #require(disk.contents(FileNames.segment(1)))
        bytes[30] ^= 1
        #expect(throws: JournalError.self) { try TestLog(unmarked(disk, bytes)) }
        bytes.replaceSubrange(0..<512, with: [UInt8](repeating: 0, count: 512))
        // A page that never came to the disk, as a crash leaves it.
        #expect(try TestLog(unmarked(disk, bytes)).folded == [])
    }

    @Test("a salvage sets damaged lines aside with the rest of their group, and the log goes on")
    func salvage() throws {
        for damaged in [2, 3] {
            let disk = try closedLog()
            var bytes = try #require(disk.contents(FileNames.segment(1)))
            let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
            bytes[starts[damaged] + 60] ^= 4
            disk.overwrite(FileNames.segment(1), with: bytes)
            let test = try TestLog(disk, salvage: true)
            #expect(test.folded.map(\.position) == [1, 2] + Array(5...11))
            #expect(test.report.lost == 2)
            #expect(test.report.salvaged.map(\.line) == [damaged + 1])
            #expect(disk.contents(FileNames.salvaged(1)) == Array(bytes[starts[2]..<starts[4]]))
            #expect(try test.log.read(.agent("ana")).map(\.event.version) == [1, 3, 4])
            #expect(try test.log.append([group((.agent("ana"), 5), (conversation(2), 1))]) == [.stored(13)])
            try test.log.close()
            let again = try TestLog(disk)
            #expect(again.folded.count == 11)
            let report = try JournalReader(disk).verify()
            #expect(report.damages == [] && report.lost == 2)
        }
    }

    @Test("a salvage of the log's end keeps the numbers that were given")
    func salvageEnd() throws {
        let disk = try closedLog()
        let bytes = try #require(disk.contents(FileNames.segment(1)))
        disk.overwrite(FileNames.segment(1), with: Array(bytes.dropLast(20)))
        let test = try TestLog(disk, salvage: true)
        #expect(test.folded.count == 8 && test.report.lost == 3)
        #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(12)])
    }

    @Test("events of unknown type are kept, counted and handed over")
    func unknownType() throws {
        let test = try TestLog()
        var events = group((conversation(1), 1))
        events[0].body = .unknown(type: "case.forgotten", members: .object([.init("key", .string("CL-1"))]))
        _ = try test.log.append([events])
        try test.log.close()
        let again = try TestLog(test.disk)
        #expect(again.log.status.unknown == 1)
        #expect(again.folded.first?.event.body.type == "case.forgotten")
    }

    @Test("an export gives a conversation's lines as they are held, or all")
    func export() throws {
        let disk = try closedLog()
        var lines: [String] = []
        try JournalReader(disk).export(conversation(1)) { lines.append(String(decoding: $0, as: UTF8.self)) }
        #expect(lines.count == 3 && lines.allSatisfy { $0.hasSuffix("\"}\n") && $0.contains("c:0000000000001") })
        var all: [UInt8] = []
        try JournalReader(disk).export(nil) { all += $0 }
        #expect(all == disk.contents(FileNames.segment(1)))
    }
}
