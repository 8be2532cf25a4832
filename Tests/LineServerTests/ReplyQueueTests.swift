import SeededRandom
import Testing

@testable import LineServer

struct ReplyQueueTests {
    @Test("replies leave in the order of their commands, in whatever order they are completed")
    func order() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            var queue = ReplyQueue()
            var open: [ReplySlot] = []
            var emitted: [UInt64] = []
            var reserved = 0
            while reserved < 400 || !open.isEmpty {
                if reserved < 400, open.isEmpty || Bool.random(using: &random) {
                    open.append(queue.reserve())
                    reserved += 1
                    continue
                }
                let slot = open.remove(at: Int.random(in: open.indices, using: &random))
                let accepted = complete(&queue, slot) { emitted.append($0) }
                #expect(accepted)
                let isNewAgain = complete(&queue, slot) { emitted.append($0) }
                #expect(!isNewAgain, "a slot takes one reply")
            }
            #expect(emitted == Array(1...400), "seed \(seed)")
            #expect(queue.pending == 0 && queue.parkedBytes == 0)
        }
    }

    private func complete(_ queue: inout ReplyQueue, _ slot: ReplySlot, _ emitted: (UInt64) -> Void) -> Bool {
        Array("reply \(slot.number)".utf8).withUnsafeBytes { bytes in
            queue.complete(slot, bytes) { slot, bytes in
                #expect(String(decoding: bytes, as: UTF8.self) == "reply \(slot.number)")
                emitted(slot.number)
                return true
            }
        }
    }

    @Test("pushes in the output are counted until they are written, replies among them are not")
    func account() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        var account = PushAccount()
        var output: [Bool] = []
        var written = 0
        for _ in 0..<2_000 {
            let count = Int.random(in: 1...20, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: output += [Bool](repeating: false, count: count)
            case 1:
                output += [Bool](repeating: true, count: count)
                account.add(count, endingAt: UInt64(output.count))
            default:
                written = min(output.count, written + Int.random(in: 1...40, using: &random))
                account.written(upTo: UInt64(written))
            }
            #expect(account.unwritten == output[written...].count { $0 }, "seed \(seed)")
        }
    }
}
