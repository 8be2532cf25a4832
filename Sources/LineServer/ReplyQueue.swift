/// Puts replies into the order of their commands, though they may be completed in any. While they come in order, it
/// holds nothing at all.
struct ReplyQueue {
    /// The oldest slot without a reply. Slots count from 1; 0 names none.
    private(set) var first: UInt64 = 1
    private var next: UInt64 = 1
    /// Replies that wait for an older one: `parked[head]` belongs to `first`, which is never there.
    private var parked: [[UInt8]?] = []
    private var head = 0
    private(set) var parkedBytes = 0

    /// Commands without a written reply.
    var pending: Int { Int(next - first) }

    mutating func reserve() -> ReplySlot {
        defer { next += 1 }
        return ReplySlot(number: next)
    }

    /// Takes the reply of a slot.
    /// - Parameter emit: gets this reply and those that waited for it, each with its slot, when their turn has come;
    ///   returns whether to go on.
    /// - Returns: false where the slot has been answered before, or was never reserved.
    mutating func complete(
        _ slot: ReplySlot, _ reply: UnsafeRawBufferPointer, emit: (ReplySlot, UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        guard slot.number >= first, slot.number < next else { return false }
        guard slot.number == first else { return park(slot, reply) }
        var goesOn = emit(slot, reply)
        first += 1
        guard !parked.isEmpty else { return true }
        head += 1
        while goesOn, head < parked.count, let waiting = parked[head] {
            parked[head] = nil
            parkedBytes -= waiting.count
            goesOn = waiting.withUnsafeBytes { emit(ReplySlot(number: first), $0) }
            first += 1
            head += 1
        }
        if head >= parked.count {
            parked = []
            head = 0
        }
        return true
    }

    private mutating func park(_ slot: ReplySlot, _ reply: UnsafeRawBufferPointer) -> Bool {
        // The front that was emptied is given up once it is the larger part.
        if head > 64, head > parked.count / 2 {
            parked.removeFirst(head)
            head = 0
        }
        let place = head + Int(slot.number - first)
        while parked.count <= place { parked.append(nil) }
        guard parked[place] == nil else { return false }
        parked[place] = Array(reply)
        parkedBytes += reply.count
        return true
    }
}
