/// Names a timer, so that it can be cancelled.
public struct TimerID: Sendable, Hashable {
    let serial: UInt64
}

/// Jobs with a time at which they are due: a binary heap by due time, then by order of scheduling.
struct TimerQueue {
    private struct Entry {
        let due: UInt64
        let serial: UInt64
        let job: () -> Void

        func precedes(_ other: Entry) -> Bool { (due, serial) < (other.due, other.serial) }
    }

    private var heap: [Entry] = []
    private var cancelled: Set<UInt64> = []
    private var nextSerial: UInt64 = 0

    /// When the first timer is due, in nanoseconds.
    var earliest: UInt64? { heap.first?.due }

    mutating func add(due: UInt64, job: @escaping () -> Void) -> TimerID {
        let entry = Entry(due: due, serial: nextSerial, job: job)
        nextSerial += 1
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
        return TimerID(serial: entry.serial)
    }

    /// Cancels a timer that has not run yet. Its job is let go when it would have been due, or sooner.
    mutating func cancel(_ timer: TimerID) {
        cancelled.insert(timer.serial)
        // Cancelled timers must not pile up, nor may numbers of timers that ran already.
        if cancelled.count > 64, cancelled.count > heap.count / 2 {
            let kept = heap.filter { !cancelled.contains($0.serial) }
            cancelled.removeAll()
            heap = kept.sorted { $0.precedes($1) }
        }
    }

    /// Takes the first job that is due.
    mutating func popDue(now: UInt64) -> (() -> Void)? {
        while let first = heap.first, first.due <= now {
            removeFirst()
            if cancelled.remove(first.serial) == nil { return first.job }
        }
        return nil
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[smallest]) { smallest = child }
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
