import Dispatch
import Testing

@testable import Threading

@Suite("A value behind a lock")
struct GuardedTests {
    @Test("threads that meet at the lock change the value one after the other")
    func meeting() {
        let numbers = Guarded<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for step in 0..<1_000 { numbers.withLock { $0.append(thread * 1_000 + step) } }
        }
        let all = numbers.withLock { $0 }
        #expect(all.sorted() == Array(0..<4_000))
        for thread in 0..<4 {
            let own = all.filter { $0 / 1_000 == thread }
            #expect(own == own.sorted())
        }
    }

    @Test("what the body throws comes out, and the lock is free again")
    func throwing() {
        struct Refusal: Error, Equatable {}
        let value = Guarded(1)
        #expect(throws: Refusal.self) {
            try value.withLock { (value) throws(Refusal) in
                value = 2
                throw Refusal()
            }
        }
        #expect(value.withLock { $0 } == 2)
    }
}
