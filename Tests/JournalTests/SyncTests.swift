import Checksums
import Events
import Testing

@testable import Journal

@Suite("Syncing")
struct SyncTests {
    @Test("requests that gather are answered by one sync, those on stable storage at once")
    func groupCommit() throws {
        let test = try TestLog()
        test.settle()
        let done = Collected<Int>()
        for version in 1...5 {
            guard case .stored(let position) = try test.log.append([group((conversation(1), version))])[0] else {
                continue
            }
            test.log.sync(upTo: position) { if case .success = $0 { done.add(position) } }
        }
        #expect(done.all == [])
        // The timer of the first append and one sync.
        #expect(test.syncs.run() == 2)
        #expect(done.all == [1, 2, 3, 4, 5])
        test.log.sync(upTo: 3) { _ in done.add(3) }
        #expect(done.all.last == 3 && done.all.count == 6)
    }

    @Test("what is written is synced by itself")
    func timer() throws {
        let test = try TestLog()
        _ = try test.log.append([group((conversation(1), 1))])
        test.settle()
        #expect(test.log.status.synced == 1)
    }

    @Test("a failed sync is not believed: the events are written anew, and only then appends go on")
    func failedSync() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let test = try TestLog(SimulatedDisk(seed: seed), segmentBytes: 900)
            for version in 1...3 { _ = try test.log.append([group((conversation(1), version))]) }
            test.sync()
            for version in 4...9 { _ = try test.log.append([group((conversation(1), version))]) }
            test.disk.faults.syncError = 1
            let results = Collected<Result<Void, JournalError>>()
            test.log.sync(upTo: 9) { results.add($0) }
            test.syncs.run()
            #expect(results.all.count == 1 && (try? results.all[0].get()) == nil)
            #expect(test.log.status.problem != nil)
            #expect(throws: JournalError.self) { try test.log.append([group((conversation(1), 10))]) }
            test.settle()
            #expect(test.log.status.problem != nil)
            test.disk.faults.syncError = 0
            test.settle()
            #expect(test.log.status.problem == nil)
            #expect(test.log.status.synced == 9)
            #expect(try test.log.append([group((conversation(1), 10))]) == [.stored(10)])
            test.sync()
            let crashed = test.disk.crashed(seed: seed)
            #expect(try JournalReader(crashed).verify().damages == [], "seed \(seed)")
            let again = try TestLog(crashed)
            #expect(again.folded.map(\.event.version) == Array(1...10), "seed \(seed)")
            #expect(try test.log.read(conversation(1)).map(\.event.version) == Array(1...10))
        }
    }

    @Test("where the disk doesn't keep up, appends are refused before memory is full")
    func backPressure() throws {
        var options = JournalOptions()
        options.unsyncedLimit = 1000
        options.syncWork = ManualWork().queue
        let (log, _) = try FileEventLog.open(SimulatedDisk(), options: options) { _ in
            true
        } fold: { _ in
        }
        for version in 1...6 { _ = try? log.append([group((conversation(1), version))]) }
        #expect(throws: JournalError.self) { try log.append([group((conversation(1), log.position + 1))]) }
        #expect(log.position < 7)
    }

    @Test("a full segment is sealed with a checksum of all its bytes, which the next start checks")
    func sealing() throws {
        let test = try TestLog(segmentBytes: 2000)
        for version in 1...40 {
            _ = try test.log.append([group((conversation(1), version))])
            test.syncs.run()
        }
        try test.log.close()
        let names = try segments(test.disk)
        #expect(names.count > 3)
        for name in names.dropLast() {
            let first = try #require(FileNames.number(in: name, prefix: "journal-", suffix: ".jsonl"))
            let seal = try #require(test.disk.contents(FileNames.seal(first)).flatMap(Seal.init))
            #expect(seal.bytes == test.disk.contents(name)?.count)
        }
        let again = try TestLog(test.disk)
        again.settle()
        #expect(again.notices.all == [.verified(segments: names.count - 1, damages: [])])
        #expect(again.folded.count == 40)
    }

    @Test("a segment that was seen whole is sealed without being read again, though the next one has begun")
    func sealingReadsNothing() throws {
        let test = try TestLog(segmentBytes: 2000)
        test.disk.faults.readError = 1
        for version in 1...40 {
            _ = try test.log.append([group((conversation(1), version))])
            if version.isMultiple(of: 3) { test.syncs.run() }
        }
        test.sync()
        test.disk.faults = .init()
        #expect(test.log.status.problem == nil && test.log.status.synced == 40)
        let names = try segments(test.disk)
        #expect(names.count > 3)
        #expect(try JournalReader(test.disk.killed()).verify().damages == [])
        for name in names.dropLast() {
            let first = try #require(FileNames.number(in: name, prefix: "journal-", suffix: ".jsonl"))
            let bytes = try #require(test.disk.contents(name))
            let seal = try #require(test.disk.contents(FileNames.seal(first)).flatMap(Seal.init))
            #expect(seal == Seal(bytes: bytes.count, lines: seal.lines, checksum: CRC32C.checksum(bytes)))
        }
    }

    @Test("that a refused append never comes back is told once its cut is synced, and not where cut or sync fail")
    func discarded() throws {
        let disk = SimulatedDisk(seed: 5)
        let test = try TestLog(disk)
        _ = try test.log.append([group((conversation(1), 1))])
        test.settle()
        func refusals(_ change: (inout SimulatedDisk.Faults) -> Void) -> Collected<Bool> {
            disk.faults = .init()
            test.settle()
            disk.faults.writeError = 1
            change(&disk.faults)
            let told = Collected<Bool>()
            #expect(throws: JournalError.self) {
                try test.log.append([group((conversation(1), 2), text: String(repeating: "x", count: 9_000))])
            }
            test.log.whenDiscarded { told.add($0) }
            return told
        }
        let cut = refusals { _ in }
        #expect(cut.all == [])
        test.syncs.run()
        #expect(cut.all == [true])
        #expect(refusals { $0.truncateError = 1 }.all == [false])
        let unsynced = refusals { $0.syncError = 1 }
        test.syncs.run()
        #expect(unsynced.all == [false])
        #expect(refusals { ($0.writeError, $0.diskFull) = (0, 1) }.all == [true], "nothing was written")
        disk.faults = .init()
        for _ in 0..<3 { test.settle() }
        #expect(try test.log.append([group((conversation(1), 2))]) == [.stored(2)])
    }
}
