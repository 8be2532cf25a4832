/// Jobs that other threads leave for a loop. Whoever puts the first one in while the loop sleeps has to wake it; all
/// others find it awake. A job put in while the loop runs costs no system call.
final class Mailbox: Sendable {
    typealias Job = @Sendable () -> Void

    struct State {
        var jobs: [Job] = []
        var isAwake = false
    }
    private let state = Guarded(State())

    /// - Returns: whether the caller must wake the loop.
    func put(_ job: @escaping Job) -> Bool {
        state.withLock { state in
            state.jobs.append(job)
            defer { state.isAwake = true }
            return !state.isAwake
        }
    }

    /// The loop has begun to run: nobody needs to wake it.
    func wakeUp() {
        state.withLock { $0.isAwake = true }
    }

    /// Takes all jobs out, in the order in which they came.
    func take(into jobs: inout [Job]) {
        state.withLock { swap(&$0.jobs, &jobs) }
    }

    /// Lets the loop go to sleep unless a job is waiting.
    /// - Returns: whether it may sleep.
    func fallAsleep() -> Bool {
        state.withLock { state in
            guard state.jobs.isEmpty else { return false }
            state.isAwake = false
            return true
        }
    }
}
