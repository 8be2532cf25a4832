import Dispatch
import Threading

/// Where the journal's slow work runs, one piece after the other.
public struct WorkQueue: Sendable {
    /// Runs work after that many milliseconds.
    public let perform: @Sendable (_ delay: Int, _ work: @escaping @Sendable () -> Void) -> Void

    /// A queue that runs work as the closure does.
    public init(perform: @escaping @Sendable (_ delay: Int, _ work: @escaping @Sendable () -> Void) -> Void) {
        self.perform = perform
    }

    /// A serial Dispatch queue.
    public static func dispatch(_ label: String) -> WorkQueue {
        let queue = DispatchQueue(label: label, qos: .userInitiated)
        return WorkQueue { delay, work in
            if delay == 0 {
                queue.async(execute: work)
            } else {
                queue.asyncAfter(deadline: .now() + .milliseconds(delay), execute: work)
            }
        }
    }
}

/// Work that waits until a test says so, in the order in which it came; delays count for nothing.
public final class ManualWork: Sendable {
    private let waiting = Guarded<[@Sendable () -> Void]>([])

    /// No work yet.
    public init() {}

    /// A queue whose work `run` runs.
    public var queue: WorkQueue {
        WorkQueue { [self] _, work in waiting.withLock { $0.append(work) } }
    }

    /// Runs what waits now; what that work adds waits for the next call.
    /// - Returns: how many pieces ran.
    @discardableResult
    public func run() -> Int {
        let work = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for piece in work { piece() }
        return work.count
    }
}
