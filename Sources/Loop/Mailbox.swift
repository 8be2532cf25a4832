import Threading

/// Jobs that other threads leave for a loop. Whoever puts the first one in while the loop rests has to wake it; all
/// others find it awake. A job put in while the loop runs costs no system call.
final class Mailbox: Sendable {
    typealias Job = @Sendable () -> Void

    /// What the loop is doing, hence what it takes to wake it.
    enum Rest {
        case awake
        /// Waits in its poller.
        case inPoller
        /// Has gone back to Dispatch.
        case inDispatch
    }

    private struct State {
        var jobs: [Job] = []
        var rest = Rest.inDispatch
    }
    private let state = Guarded(State())

    /// - Returns: where the caller must wake the loop.
    func put(_ job: @escaping Job) -> Rest {
        state.withLock { state in
            state.jobs.append(job)
            defer { state.rest = .awake }
            return state.rest
        }
    }

    /// Takes all jobs out, in the order in which they came; the loop is awake now.
    func take(into jobs: inout [Job]) {
        state.withLock { state in
            swap(&state.jobs, &jobs)
            state.rest = .awake
        }
    }

    /// Lets the loop rest unless a job is waiting.
    /// - Returns: whether it may.
    func lieDown(_ rest: Rest) -> Bool {
        state.withLock { state in
            guard state.jobs.isEmpty else { return false }
            state.rest = rest
            return true
        }
    }
}
