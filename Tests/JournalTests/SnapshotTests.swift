import Events
import Testing

@testable import Journal

@Suite("Snapshots and erasures")
struct SnapshotTests {
    private func filled(_ versions: ClosedRange<Int>, _ test: TestLog) throws {
        for version in versions {
            _ = try test.log.append([
                group((conversation(version % 5), (version + 4) / 5), text: "secreto \(version % 5) fin")
            ])
            test.syncs.run()
        }
    }

    @Test("a start takes the newest snapshot and folds only what came after")
    func restore() throws {
        let test = try TestLog(segmentBytes: 1500)
        try filled(1...20, test)
        try test.snapshot([7])
        try filled(21...40, test)
        try test.snapshot([8])
        try filled(41...45, test)
        try test.log.close()
        let again = try TestLog(test.disk)
        #expect(again.payload == [8])
        #expect(again.folded.map(\.position) == Array(41...45))
        #expect(again.report.snapshot == 40 && again.report.warnings == [])
        for number in 0..<5 {
            #expect(try again.log.read(conversation(number)) == test.log.read(conversation(number)))
        }
        let replayed = try TestLog(test.disk.killed(), acceptsPayload: false)
        #expect(replayed.folded.count == 45)
        let (from, to) = (again.log.state.withLock { $0 }, replayed.log.state.withLock { $0 })
        #expect(from.segments.map(\.offsets) == to.segments.map(\.offsets))
        #expect((0..<5).allSatisfy { from.index.positions(.conversation($0)) == to.index.positions(.conversation($0)) })
    }

    @Test("of snapshots the newest two are kept; a damaged one is passed over for the one before")
    func damaged() throws {
        let test = try TestLog()
        for round in 0..<3 {
            try filled((round * 5 + 1)...(round * 5 + 5), test)
            try test.snapshot([UInt8(round)])
        }
        try test.log.close()
        #expect(try test.disk.list().filter { $0.hasPrefix("snapshot") }.count == 2)
        let bytes = try #require(test.disk.contents(FileNames.snapshot(15)))
        for index in stride(from: 0, to: bytes.count, by: 13) {
            var flipped = bytes
            flipped[index] ^= 0x10
            let copy = test.disk.killed()
            copy.overwrite(FileNames.snapshot(15), with: flipped)
            let again = try TestLog(copy)
            #expect(again.payload == [1] && again.folded.count == 5 && again.report.warnings.count == 1)
        }
    }

    @Test("a snapshot holds the log as it was when it was prepared, whatever is appended meanwhile")
    func consistent() throws {
        let test = try TestLog()
        try filled(1...10, test)
        let token = test.log.prepareSnapshot()
        try filled(11...30, test)
        test.log.writeSnapshot(token, payload: { [9] })
        test.settle()
        try test.log.close()
        let again = try TestLog(test.disk)
        #expect(again.payload == [9] && again.folded.map(\.position) == Array(11...30))
        #expect(again.log.version(of: conversation(1)) == 6)
    }

    @Test("damage that the snapshot covers does not stop the start, and the check of sealed segments tells it")
    func coveredDamage() throws {
        let test = try TestLog(segmentBytes: 1000)
        try filled(1...20, test)
        try test.snapshot()
        try test.log.close()
        var bytes = try #require(test.disk.contents(FileNames.segment(1)))
        bytes[40] ^= 1
        test.disk.overwrite(FileNames.segment(1), with: bytes)
        let again = try TestLog(test.disk)
        again.settle()
        guard case .verified(_, let damages) = again.notices.all.first else {
            Issue.record("not verified")
            return
        }
        #expect(damages.map(\.file) == [FileNames.segment(1)])
    }

    @Test("after an erasure no file holds a byte of the conversation's text, and the others are untouched")
    func forget() throws {
        let test = try TestLog(segmentBytes: 1500)
        try filled(1...20, test)
        try test.snapshot(Array("secreto 3 fin".utf8))
        try filled(21...33, test)
        let token = test.log.prepareSnapshot()
        try test.forget(conversation(3))
        #expect(test.disk.files(containing: "secreto 3 fin") == [])
        #expect(throws: JournalError.snapshotOutdated) {
            let results = Collected<Result<Void, JournalError>>()
            test.log.writeSnapshot(token, payload: { Array("secreto 3 fin".utf8) }) { results.add($0) }
            test.settle()
            try #require(results.all.first).get()
        }
        #expect(try test.log.append([group((conversation(3), 8))]) == [.stored(34)])
        #expect(try test.log.read(conversation(3)).map(\.event.version) == Array(1...8))
        let others = try test.log.read(conversation(2))
        #expect(others.count == 7 && others.allSatisfy { "\($0.event.body)".contains("secreto 2 fin") })
        try test.log.close()
        #expect(try JournalReader(test.disk).verify().damages == [])
        let again = try TestLog(test.disk)
        #expect(again.folded.count == 34 && again.report.snapshot == 0)
        #expect(again.disk.files(containing: "secreto 3 fin") == [])
    }

    @Test("an index of 20,000 conversations of 8 events takes less than 100 bytes for each")
    func memory() {
        var index = StreamIndex()
        for event in 0..<160_000 {
            let key = StreamIndex.hash(UInt64(event % 20_000))
            index.append(.conversation(key), version: event / 20_000 + 1, position: event + 1)
        }
        let bytes = index.shards.reduce(0) { total, shard in
            total + shard.slots.capacity * 4 + shard.records.capacity * 32 + shard.chunks.capacity * 16
        }
        #expect(bytes / 20_000 < 100)
        #expect(index.positions(.conversation(StreamIndex.hash(77))) == (0..<8).map { $0 * 20_000 + 78 })
        #expect(index.count == 20_000)
    }
}
