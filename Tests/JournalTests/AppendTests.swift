import Events
import JSON
import Testing

@testable import Journal

@Suite("Appending")
struct AppendTests {
    @Test("a group is stored as JSON lines with number, what follows of the group, and checksum")
    func lines() throws {
        let test = try TestLog()
        let groups = [group((conversation(1), 1), (.agent("ana"), 1)), group((conversation(1), 2))]
        #expect(try test.log.append(groups) == [.stored(2), .stored(3)])
        let text = String(decoding: test.disk.contents(FileNames.segment(1)) ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix(#"{"seq":1,"at":"2026-11-24T15:49:13.042Z","type":"customer.said","stream":"c:00"#))
        #expect(lines[0].contains(#","more":1,"crc":""#))
        #expect(!lines[1].contains("more") && !lines[2].contains("more"))
        #expect(try JSONValue.parse(String(lines[2]))["seq"]?.integer == 3)
        #expect(test.log.version(of: conversation(1)) == 2)
    }

    @Test("a group at another version conflicts and stores nothing, the others of the batch are stored")
    func conflict() throws {
        let test = try TestLog()
        let results = try test.log.append([
            group((conversation(1), 1)), group((.agent("ana"), 1), (conversation(1), 1)),
            group((conversation(2), 1)), group((conversation(3), 2)), group((.agent("ana"), 1)),
        ])
        #expect(
            results == [
                .stored(1), .conflict(conversation(1), actual: 1), .stored(2), .conflict(conversation(3), actual: 0),
                .stored(3),
            ])
    }

    @Test("a batch of any size counts the versions of each of its streams, conflicts among them")
    func largeBatch() throws {
        let test = try TestLog()
        var versions: [Int: Int] = [:]
        var groups: [[Event]] = []
        var expected: [AppendResult] = []
        var position = 0
        for number in 0..<2_000 {
            let stream = number * number % 331
            let isLate = number % 17 == 0
            groups.append(group((conversation(stream), versions[stream, default: 0] + (isLate ? 5 : 1))))
            if isLate {
                expected.append(.conflict(conversation(stream), actual: versions[stream, default: 0]))
            } else {
                versions[stream, default: 0] += 1
                position += 1
                expected.append(.stored(position))
            }
        }
        #expect(try test.log.append(groups) == expected)
        for (stream, version) in versions { #expect(test.log.version(of: conversation(stream)) == version) }
    }

    @Test("a line's checksum is that of its bytes, whether parts of it were known or not")
    func knownChecksums() throws {
        let test = try TestLog()
        var reply = Reply(
            seq: 2, text: "¿Qué tal?\nBien.", kind: .answer, intent: "i", confidence: 0.5, language: "es",
            choices: [Choice(label: "a", say: "b")])
        let plain = reply
        reply.spell()
        let groups = [plain, reply, reply].enumerated().map { index, reply in
            [
                Event(
                    stream: conversation(1), version: index + 1, id: EventID(command: UInt64(index), index: 0),
                    at: Timestamp(milliseconds: 0), body: .botReplied(BotReply(reply: reply, content: "v")))
            ]
        }
        #expect(try test.log.append(groups) == [.stored(1), .stored(2), .stored(3)])
        let lines = (test.disk.contents(FileNames.segment(1)) ?? []).split(separator: 0x0A)
        #expect(lines.count == 3)
        for line in lines { #expect(Array(line).withUnsafeBytes { LogLine.checked($0) } != nil) }
    }

    @Test("a group sent again is recognised by its ids, in the same batch and later")
    func duplicate() throws {
        let test = try TestLog()
        let first = group((conversation(1), 1), (conversation(1), 2), (.agent("ana"), 1))
        #expect(try test.log.append([group((.content, 1)), first, first]) == [.stored(1), .stored(4), .duplicate(4)])
        #expect(try test.log.append([group((conversation(1), 3)), first]) == [.stored(5), .duplicate(4)])
        let other = group((conversation(1), 1))
        #expect(try test.log.append([other]) == [.conflict(conversation(1), actual: 3)])
    }

    @Test("all events of a stream are read back, from any segment")
    func read() throws {
        let test = try TestLog(segmentBytes: 4000)
        var expected: [StoredEvent] = []
        for version in 1...60 {
            let events = group((conversation(version % 7), version / 7 + 1))
            guard case .stored(let position) = try test.log.append([events])[0] else { continue }
            if version % 7 == 3 { expected.append(StoredEvent(position: position, event: events[0])) }
            test.syncs.run()
        }
        #expect(try segments(test.disk).count > 2)
        #expect(expected.count == 9)
        #expect(try test.log.read(conversation(3)) == expected)
        #expect(try test.log.read(conversation(3), from: 7) == Array(expected[6...]))
        #expect(try test.log.read(conversation(99)) == [])
        var seen: [Int] = []
        try test.log.events(from: 20) {
            seen.append($0.position)
            return $0.position < 50
        }
        #expect(seen == Array(20...50))
    }

    @Test("short writes are gone on with")
    func shortWrites() throws {
        let disk = SimulatedDisk(seed: 3)
        disk.faults.shortWrite = 0.9
        let test = try TestLog(disk)
        for version in 1...20 { _ = try test.log.append([group((conversation(1), version))]) }
        test.sync()
        #expect(try JournalReader(disk).verify().damages == [])
        #expect(try test.log.read(conversation(1)).count == 20)
    }

    @Test("of a batch that the disk refuses nothing is stored, and the next append works once it takes bytes again")
    func diskFull() throws {
        let test = try TestLog()
        _ = try test.log.append([group((conversation(1), 1))])
        let before = test.disk.contents(FileNames.segment(1))
        test.disk.faults.writeError = 1
        let batch = [group((conversation(1), 2)), group((conversation(2), 1))]
        #expect(throws: JournalError.self) { try test.log.append(batch) }
        test.disk.faults.writeError = 0
        test.disk.capacity = 500
        #expect(throws: JournalError.self) { try test.log.append(batch) }
        #expect(test.disk.contents(FileNames.segment(1)) == before)
        #expect(test.log.status.problem != nil)
        test.disk.capacity = .max
        #expect(try test.log.append(batch) == [.stored(2), .stored(3)])
        #expect(test.log.status.problem == nil)
        #expect(test.notices.all.last == .recovered)
    }

    @Test("a disk that stays too full for a seal is told once, and that the log stores again only once it does")
    func staysFull() throws {
        let test = try TestLog()
        _ = try test.log.append([group((conversation(1), 1))])
        test.sync()
        test.disk.faults.writeError = 1
        #expect(throws: JournalError.self) { try test.log.append([group((conversation(1), 2))]) }
        test.disk.faults.writeError = 0
        test.disk.capacity = 0
        #expect(throws: JournalError.self) { try test.log.append([group((conversation(1), 2))]) }
        test.settle()
        #expect(test.notices.all.count == 2, "a write and a sync: \(test.notices.all)")
        #expect(!test.notices.all.contains(.recovered))
        test.disk.capacity = .max
        test.settle()
        #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(2)])
        #expect(test.log.status.problem == nil)
        #expect(test.notices.all.last == .recovered)
        test.sync()
        #expect(try JournalReader(test.disk).verify().damages == [])
    }

    @Test("where a failed write can't be cut off, the log goes on in a new segment")
    func cannotCut() throws {
        let test = try TestLog(SimulatedDisk(seed: 5))
        _ = try test.log.append([group((conversation(1), 1))])
        test.disk.faults.writeError = 1
        test.disk.faults.truncateError = 1
        #expect(throws: JournalError.self) { try test.log.append([group((conversation(1), 2), text: "perdido")]) }
        test.disk.faults.writeError = 0
        #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(2)])
        test.sync()
        #expect(try segments(test.disk).count == 2)
        #expect(try JournalReader(test.disk).verify().damages == [])
        let again = try TestLog(test.disk.killed())
        #expect(again.folded.map(\.event.version) == [1, 2])
        #expect(again.report.torn == nil)
    }

    @Test("the folder belongs to one log until it is closed")
    func locked() throws {
        let test = try TestLog()
        #expect(throws: JournalError.inUse(path: "simulated disk")) { try TestLog(test.disk) }
        try test.log.close()
        #expect(throws: JournalError.self) { try test.log.append([group((conversation(1), 1))]) }
        _ = try TestLog(test.disk)
    }
}
