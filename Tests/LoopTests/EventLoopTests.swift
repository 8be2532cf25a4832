import Dispatch
import Glibc
import SeededRandom
import Testing
import Threading
@testable import Loop

struct EventLoopTests {
    @Test("bytes come back over IPv4 and over a Unix socket")
    func echo() throws {
        let path = "/tmp/loop-echo-\(getpid()).s"
        for address in [Address.ipv4(0x7F00_0001, port: 0), .unix(path)] {
            let service = try EchoService(address)
            defer { service.loop.stop() }
            let client = try Client(service.address)
            client.send(Array("hola".utf8))
            #expect(client.read(4) == Array("hola".utf8))
        }
    }

    @Test("after a half-close everything is still written, through partial writes, then the connection closes")
    func halfClose() throws {
        let service = try EchoService()
        defer { service.loop.stop() }
        let client = try Client(service.address)
        let block = (0..<4_093).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        var message: [UInt8] = []
        while message.count < 8 << 20 { message.append(contentsOf: block) }
        let sender = DispatchQueue(label: "sender")
        // Its sending half shares nothing with its reading half.
        nonisolated(unsafe) let unsafeClient = client
        sender.async { [message] in
            unsafeClient.send(message)
            unsafeClient.endInput()
        }
        #expect(client.read(message.count) == message)
        #expect(client.isAtEnd())
        #expect(eventually { service.counts.withLock { $0.closed } == 1 })
    }

    @Test("jobs run in the order of each caller, whichever thread they come from")
    func mailbox() throws {
        let loop = try EventLoop()
        defer { loop.stop() }
        let seen = Guarded([[Int]](repeating: [], count: 4))
        let done = Signal()
        DispatchQueue.concurrentPerform(iterations: 4) { caller in
            for i in 0..<2_000 {
                loop.execute {
                    let isLast = seen.withLock { seen in
                        seen[caller].append(i)
                        return seen.allSatisfy { $0.count == 2_000 }
                    }
                    if isLast { done.raise() }
                }
            }
        }
        #expect(done.wait())
        #expect(seen.withLock { $0.allSatisfy { $0 == Array(0..<2_000) } })
    }

    @Test("timers run in the order they are due, and not when cancelled")
    func timers() throws {
        let loop = try EventLoop()
        defer { loop.stop() }
        let ran = Guarded<[String]>([])
        let done = Signal()
        let start = monotonicNanoseconds()
        loop.execute {
            loop.schedule(after: .milliseconds(60)) { done.raise() }
            loop.schedule(after: .milliseconds(40)) { ran.withLock { $0.append("late") } }
            let cancelled = loop.schedule(after: .milliseconds(20)) { ran.withLock { $0.append("cancelled") } }
            loop.schedule(after: .milliseconds(10)) {
                ran.withLock { $0.append("early") }
                loop.cancel(cancelled)
            }
        }
        #expect(done.wait())
        #expect(monotonicNanoseconds() - start >= 60_000_000)
        #expect(ran.withLock { $0 } == ["early", "late"])
    }

    @Test("a queue of timers pops by due time, whatever the order of adding and cancelling")
    func timerQueue() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        var queue = TimerQueue()
        var expected: [(due: UInt64, serial: Int)] = []
        var popped: [Int] = []
        var ids: [TimerID] = []
        for serial in 0..<500 {
            let due = random.next() % 100
            ids.append(queue.add(due: due) { popped.append(serial) })
            expected.append((due, serial))
        }
        for serial in 0..<500 where random.next() % 2 == 0 {
            queue.cancel(ids[serial])
            expected.removeAll { $0.serial == serial }
        }
        while let job = queue.popDue(now: 100) { job() }
        #expect(popped == expected.sorted { ($0.due, $0.serial) < ($1.due, $1.serial) }.map(\.serial), "seed \(seed)")
    }

    @Test("peers that reset or close at any time leave nothing behind")
    func rudePeers() throws {
        let service = try EchoService()
        defer { service.loop.stop() }
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let client = try Client(service.address)
            if random.next() % 2 == 0 { client.resetOnClose() }
            let count = Int(random.next() % 100_000)
            client.send([UInt8](repeating: 7, count: count))
            if random.next() % 3 == 0 { client.endInput() }
            if random.next() % 3 == 0 { _ = client.read(min(count, Int(random.next() % 1_000))) }
        }
        let polite = try Client(service.address)
        polite.send([1, 2, 3])
        #expect(polite.read(3) == [1, 2, 3])
        let allGone = eventually { service.counts.withLock { $0.closed == $0.opened - 1 } }
        #expect(allGone, "seed \(seed)")
    }

    @Test("five thousand connections are held and answered")
    func manyConnections() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
        let wanted = min(5_000, (Int(limit.rlim_cur) - 1_000) / 2)
        let service = try EchoService()
        defer { service.loop.stop() }
        var clients: [Client] = []
        for _ in 0..<wanted { clients.append(try Client(service.address)) }
        for client in clients { client.send([9]) }
        for client in clients { #expect(client.read(1) == [9]) }
        #expect(service.counts.withLock { $0.opened } == wanted)
        clients = []
        #expect(eventually { service.counts.withLock { $0.closed } == wanted })
    }

    @Test("out of descriptors, accepting pauses, says so once, and goes on when there are some again")
    func outOfDescriptors() async {
        // In a process of its own, since it takes the descriptors away from everybody.
        await #expect(processExitsWith: .success) {
            let service = try EchoService()
            let first = try Client(service.address)
            first.send([1])
            #expect(first.read(1) == [1])
            // The client's descriptor is made before the last ones are taken.
            let second = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
            limit.rlim_cur = 256
            setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
            var taken: [Int32] = []
            while case let descriptor = dup(0), descriptor >= 0 { taken.append(descriptor) }
            #expect(service.address.withSocketAddress { connect(second, $0, $1) } == 0)
            #expect(eventually { service.counts.withLock { $0.notices.count } == 1 })
            // Time enough to go back to Dispatch, where a timer must not need a descriptor of its own.
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(60))
            var before = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before)
            // Others are served meanwhile, and no core burns.
            for _ in 0..<50 {
                first.send([2])
                #expect(first.read(1) == [2])
                _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(5))
            }
            var after = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after)
            let nanoseconds = (after.tv_sec - before.tv_sec) * 1_000_000_000 + after.tv_nsec - before.tv_nsec
            #expect(nanoseconds < 150_000_000)
            for descriptor in taken { close(descriptor) }
            #expect(
                eventually {
                    service.counts.withLock {
                        $0.notices == [.paused(service.address, code: EMFILE), .resumed(service.address)]
                    }
                })
            close(second)
        }
    }
}
