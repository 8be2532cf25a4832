import Dispatch
import Events
import Foundation
import Testing

@testable import Journal

/// On the real device. `CONSERJE_LONG=1` prints figures; they mean something in a release build only.
@Suite("On disk", .serialized)
struct DiskTests {
    private func withFolder(_ body: (DiskFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(DiskFolder(path: path))
    }

    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = DispatchTime.now().uptimeNanoseconds
        try work()
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    }

    @Test("the log works on a folder of the system, with rotation, snapshot, erasure and a second start")
    func wholeWay() throws {
        try withFolder { folder in
            var options = JournalOptions()
            options.segmentBytes = 20_000
            var log = try FileEventLog.open(folder, options: options) { _ in
                true
            } fold: { _ in
            }.log
            #expect(throws: JournalError.inUse(path: folder.path)) {
                try FileEventLog.open(folder, options: options) { _ in
                    true
                } fold: { _ in
                }
            }
            for version in 1...100 {
                _ = try log.append((0..<5).map { group((conversation($0), version), text: "secreto \($0) fin") })
                let synced = DispatchSemaphore(value: 0)
                log.sync(upTo: log.position) { _ in synced.signal() }
                synced.wait()
            }
            #expect(log.status.segments > 3)
            let done = DispatchSemaphore(value: 0)
            let failures = Collected<JournalError>()
            log.forget([conversation(3)], replacing: redacted) {
                if case .failure(let error) = $0 { failures.add(error) }
                done.signal()
            }
            done.wait()
            log.writeSnapshot(log.prepareSnapshot(), payload: { [5] }) {
                if case .failure(let error) = $0 { failures.add(error) }
                done.signal()
            }
            done.wait()
            #expect(failures.all == [])
            try log.close()
            #expect(try JournalReader(folder).verify().damages == [])
            var payload: [UInt8] = []
            log = try FileEventLog.open(folder, options: options) { bytes in
                payload = bytes
                return true
            } fold: { _ in
                Issue.record("the snapshot covers all")
            }.log
            #expect(payload == [5])
            #expect(try log.read(conversation(3)).count == 100)
            for name in try folder.list() {
                let file = try folder.open(name, create: false)
                let text = String(decoding: try file.bytes(at: 0, count: file.size()), as: UTF8.self)
                #expect(!text.contains("secreto 3 fin"))
            }
            try log.close()
        }
    }

    @Test("figures", .enabled(if: ProcessInfo.processInfo.environment["CONSERJE_LONG"] != nil))
    func figures() throws {
        try withFolder { folder in
            let log = try FileEventLog.open(folder) { _ in
                true
            } fold: { _ in
            }.log
            let text = String(repeating: "¿Cuánto tarda? ", count: 8)
            let (batches, streams) = (7800, 125_000)
            var versions = [Int](repeating: 0, count: streams)
            var next = 0
            let made = (0..<batches).map { _ in
                (0..<64).map { _ in
                    defer { next = (next + 7919) % streams }
                    versions[next] += 2
                    let key = Int(truncatingIfNeeded: StreamIndex.hash(UInt64(next)) >> 1)
                    return group(
                        (conversation(key), versions[next] - 1), (conversation(key), versions[next]), text: text)
                }
            }
            let events = batches * 128
            let appended = try seconds { for batch in made { _ = try log.append(batch) } }
            let bytes = log.status.bytes
            print(
                "append: \(Int(Double(events) / appended)) events/s, \(Int(Double(bytes) / appended / 1e6)) MB/s,",
                "\(bytes / events) bytes an event")
            var latencies: [Double] = []
            for number in 1...500 {
                _ = try log.append([group((.agent("ana"), number))])
                latencies.append(
                    seconds {
                        let done = DispatchSemaphore(value: 0)
                        log.sync(upTo: log.position) { _ in done.signal() }
                        done.wait()
                    })
            }
            latencies.sort()
            print("sync: median \(Int(latencies[250] * 1e6)) µs, 99 % \(Int(latencies[495] * 1e6)) µs")
            let key = conversation(Int(truncatingIfNeeded: StreamIndex.hash(7919) >> 1))
            let read = try seconds { for _ in 0..<1000 { _ = try log.read(key) } }
            print("read: \(Int(read * 1000)) µs for a stream of \(try log.read(key).count) events")
            let prepared = seconds { _ = log.prepareSnapshot() }
            let done = DispatchSemaphore(value: 0)
            let written = seconds {
                log.writeSnapshot(log.prepareSnapshot(), payload: { [] }) { _ in done.signal() }
                done.wait()
            }
            print("snapshot: prepared in \(Int(prepared * 1e6)) µs, written in \(Int(written * 1000)) ms")
            try log.close()
            let start = try seconds {
                try FileEventLog.open(folder) { _ in
                    true
                } fold: { _ in
                }.log.close()
            }
            print("start with snapshot: \(Int(start * 1000)) ms for \(events) events")
            let replay = try seconds {
                try FileEventLog.open(folder) { _ in
                    false
                } fold: { _ in
                }.log.close()
            }
            print("replay of all: \(Int(Double(events) / replay)) events/s, \(Int(replay * 1000)) ms")
            let verify = try seconds { _ = try JournalReader(folder).verify() }
            print("verify: \(Int(verify * 1000)) ms")
        }
    }
}
