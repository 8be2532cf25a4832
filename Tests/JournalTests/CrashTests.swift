import Events
import Foundation
import Testing

@testable import Journal

@Suite("Crashes")
struct CrashTests {
    /// `CONSERJE_LONG=1` for many more, `CONSERJE_SEED=n` or `n-m` for those.
    static let seeds: ClosedRange<UInt64> = {
        if let text = ProcessInfo.processInfo.environment["CONSERJE_SEED"] {
            let ends = text.split(separator: "-").compactMap { UInt64($0) }
            if let first = ends.first, let last = ends.last, first <= last { return first...last }
        }
        return ProcessInfo.processInfo.environment["CONSERJE_LONG"] == nil ? 1...25 : 1...4000
    }()

    @Test("after a crash at any moment every synced group is there, others whole or not at all, in order")
    func healthyDisk() throws {
        for seed in Self.seeds { try CrashRun(seed: seed, faults: .init()).run() }
    }

    @Test("so it is on a disk that fails")
    func failingDisk() throws {
        for seed in Self.seeds {
            var random = SimulatedRandom(seed: seed)
            var faults = SimulatedDisk.Faults()
            faults.shortWrite = [0, 0.3][random.below(2)]
            faults.writeError = [0, 0.1][random.below(2)]
            faults.diskFull = [0, 0.1][random.below(2)]
            faults.syncError = [0, 0.2][random.below(2)]
            faults.truncateError = [0, 0.5][random.below(2)]
            faults.folderError = [0, 0.1][random.below(2)]
            try CrashRun(seed: seed, faults: faults).run()
        }
    }
}

/// Some lives of a log on one disk, each ended by a crash; what must hold after each is checked.
private final class CrashRun {
    private let seed: UInt64
    private let faults: SimulatedDisk.Faults
    private var random: SimulatedRandom
    private var disk: SimulatedDisk
    /// What the log has told to be stored, by position.
    private var history: [Event] = []
    /// Every group that was ever given to it.
    private var attempts: [EventID: [Event]] = [:]
    private var forgotten: Set<StreamID> = []
    /// The highest position told to be on stable storage, streams told to be erased, and events of refused groups told
    /// to be gone for good.
    private let told = Shared((synced: 0, erased: Set<StreamID>(), discarded: Set<EventID>()))

    init(seed: UInt64, faults: SimulatedDisk.Faults) {
        self.seed = seed
        self.faults = faults
        random = SimulatedRandom(seed: seed)
        disk = SimulatedDisk(seed: seed)
    }

    func run() throws {
        do {
            for _ in 0..<3 {
                try live()
                try check()
            }
        } catch { Issue.record("seed \(seed): \(error)") }
    }

    /// One life, which ends in the middle of something.
    private func live() throws {
        let test = try start()
        disk.faults = faults
        let image = Shared<(disk: SimulatedDisk, synced: Int, erased: Set<StreamID>, discarded: Set<EventID>)?>(nil)
        let seed = random.next()
        disk.interrupt(afterCalls: 1 + random.below(80)) { [disk, told] in
            let crashed = disk.crashed(seed: seed)
            let (synced, erased, discarded) = told.value
            image.update { $0 = (crashed, synced, erased, discarded) }
        }
        for _ in 0..<200 where image.value == nil { step(test) }
        disk.interrupt(afterCalls: .max) {}
        let last = told.value
        let crash = image.value ?? (disk.crashed(seed: seed), last.synced, last.erased, last.discarded)
        disk = crash.disk
        told.update { $0 = (crash.synced, crash.erased, crash.discarded) }
    }

    private func start() throws -> TestLog {
        disk.faults = .init()
        return try TestLog(disk, segmentBytes: 1500)
    }

    private func step(_ test: TestLog) {
        switch random.below(20) {
        case 0..<10: append(test)
        case 10..<13:
            let position = test.log.position
            test.log.sync(upTo: position) { [told] in
                if case .success = $0 { told.update { $0.synced = max($0.synced, position) } }
            }
        case 13..<17: test.syncs.run()
        case 17: test.maintenance.run()
        case 18:
            let payload = history.map(\.id.text).joined(separator: "\n")
            test.log.writeSnapshot(test.log.prepareSnapshot(), payload: { Array(payload.utf8) })
        default:
            let stream = conversation(random.below(4))
            forgotten.insert(stream)
            test.log.forget([stream], replacing: redacted) { [told] in
                if case .success = $0 { told.update { $0.erased.insert(stream) } }
            }
        }
    }

    private func append(_ test: TestLog) {
        var groups: [[Event]] = []
        var versions: [StreamID: Int] = [:]
        for _ in 0...random.below(3) {
            var streams: [StreamID] = []
            for _ in 0...random.below(3) {
                let stream = conversation(random.below(12))
                if !forgotten.contains(stream) { streams.append(stream) }
            }
            var events: [Event] = []
            for stream in streams {
                let version = (versions[stream] ?? test.log.version(of: stream)) + 1
                versions[stream] = version
                events += group((stream, version), text: "secreto de \(stream.text) " + filler)
            }
            // One command a group, as the ids tell.
            let command = events.first?.id.command ?? 0
            for index in events.indices { events[index].id = EventID(command: command, index: index) }
            if let first = events.first { attempts[first.id] = events }
            if !events.isEmpty { groups.append(events) }
        }
        guard let results = try? test.log.append(groups) else {
            let ids = groups.joined().map(\.id)
            test.log.whenDiscarded { [told] in if $0 { told.update { $0.discarded.formUnion(ids) } } }
            return
        }
        for (events, result) in zip(groups, results) {
            #expect(result == .stored(history.count + events.count), "seed \(seed)")
            history += events
        }
    }

    private var filler: String { String(repeating: "x", count: random.below(10) == 0 ? 900 : random.below(60)) }

    /// Starts the log on what the crash left.
    private func check() throws {
        let (synced, erased, discarded) = told.value
        let test = try start()
        let ids = try ids(of: test)
        #expect(discarded.isDisjoint(with: ids), "seed \(seed): what was to be gone for good is there")
        #expect(ids.count >= synced, "seed \(seed)")
        #expect(Array(ids.prefix(synced)) == history.prefix(synced).map(\.id), "seed \(seed)")
        var events: [Event] = []
        while events.count < ids.count {
            // Groups are whole and known; beyond what was synced, one that was refused may stand in another's place.
            guard let group = attempts[ids[events.count]], events.count + group.count <= ids.count else {
                Issue.record("seed \(seed): half a group at \(events.count + 1)")
                return
            }
            #expect(group.map(\.id) == Array(ids[events.count..<(events.count + group.count)]), "seed \(seed)")
            events += group
        }
        for stream in Set(events.map(\.stream)) {
            let expected = events.enumerated().filter { $0.element.stream == stream }.map(\.offset).map { $0 + 1 }
            let read = try test.log.read(stream)
            #expect(read.map(\.position) == expected, "seed \(seed)")
            #expect(read.map(\.event.version) == Array(1...expected.count), "seed \(seed)")
        }
        for stream in erased {
            #expect(disk.files(containing: "secreto de \(stream.text) ") == [], "seed \(seed)")
        }
        let damages = try JournalReader(disk).verify().damages
        #expect(damages == [], "seed \(seed)")
        let index = test.log.state.withLock { $0.index }
        try test.log.close()
        let replayed = try TestLog(disk.killed(), segmentBytes: 1500, acceptsPayload: false)
        #expect(replayed.folded.map(\.event.id) == ids, "seed \(seed)")
        for key in Set(events.map { StreamKey($0.stream) }) {
            #expect(replayed.log.state.withLock { $0.index.positions(key) } == index.positions(key), "seed \(seed)")
        }
        history = events
        disk = disk.killed(seed: random.next())
    }

    private func ids(of test: TestLog) throws -> [EventID] {
        let covered = String(decoding: test.payload ?? [], as: UTF8.self).split(separator: "\n")
        return covered.compactMap { EventID(String($0)) } + test.folded.map(\.event.id)
    }
}
