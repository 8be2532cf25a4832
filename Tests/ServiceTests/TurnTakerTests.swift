import Glibc
import Dispatch
import Synchronization
import Testing

@testable import Service

@Suite("Turns")
struct TurnTakerTests {
    /// What was taken; touched in turns alone, so that the thread sanitizer would see two at once.
    private final class Taken: @unchecked Sendable {
        var numbers: [Int] = []
    }

    @Test("many threads hand over by every way: each input is taken once, in its thread's order, one turn at a time")
    func exclusive() {
        let (threads, count) = (4, 5_000)
        let turns = TurnTaker<Int>(label: "test")
        let taken = Taken()
        let inTurn = Atomic(0)
        let overlaps = Atomic(0)
        turns.take = { inputs in
            if inTurn.add(1, ordering: .relaxed).newValue > 1 { overlaps.add(1, ordering: .relaxed) }
            taken.numbers += inputs
            inTurn.subtract(1, ordering: .relaxed)
        }
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for number in 0..<count {
                let input = [thread * count + number]
                if (number / 7 + thread).isMultiple(of: 2) { turns.takeHere(input) } else { turns.submit(input) }
                // Now and then long enough for the own thread to rest, and to go.
                if number.isMultiple(of: 1_000) { usleep(thread.isMultiple(of: 2) ? 2_000 : 15_000) }
            }
        }
        let end = DispatchSemaphore(value: 0)
        turns.perform { end.signal() }
        #expect(end.wait(timeout: .now() + 10) == .success)
        #expect(overlaps.load(ordering: .relaxed) == 0)
        #expect(taken.numbers.count == threads * count)
        for thread in 0..<threads {
            let own = taken.numbers.filter { $0 / count == thread }
            #expect(own == Array(thread * count..<(thread + 1) * count))
        }
    }

    @Test("what is handed over in a turn is taken in a later one")
    func nested() {
        let turns = TurnTaker<Int>(label: "test")
        let taken = Taken()
        let end = DispatchSemaphore(value: 0)
        turns.take = { inputs in
            taken.numbers += inputs
            if inputs == [1] {
                turns.takeHere([2])
                turns.submit([3])
                turns.perform { end.signal() }
                #expect(taken.numbers == [1])
            }
        }
        turns.takeHere([1])
        #expect(end.wait(timeout: .now() + 10) == .success)
        #expect(taken.numbers == [1, 2, 3])
    }
}
