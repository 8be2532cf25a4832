import CLinux
import Dispatch
import Glibc
import Threading

/// One run of a command: its process is the first of a group of its own, which ends with it, late or not, so that nothing
/// which it began outlives it.
final class CommandRun: Sendable {
    private enum Life {
        case unborn
        case running(pid_t)
        /// Its id may be another process's by now.
        case over
    }

    private struct State {
        var life = Life.unborn
        /// Why it was ended, where it was.
        var cause: OrderSourceFailure?
    }

    private let words: [String]
    private let input: [UInt8]
    private let state = Guarded(State())

    init(_ words: [String], input: [UInt8]) {
        self.words = words
        self.input = input
    }

    /// Ends it, if it has not ended yet. From any thread.
    func kill(because cause: OrderSourceFailure) {
        state.withLock { state in
            if state.cause == nil { state.cause = cause }
            if case .running(let pid) = state.life { Glibc.kill(-pid, SIGKILL) }
        }
    }

    /// Runs it to its end on this thread, which must be its own: the signal of a pipe that nobody reads is blocked here and
    /// ends with the thread.
    /// - Parameter timeout: seconds that are told where it is late.
    /// - Returns: what it wrote.
    func finish(by deadline: DispatchTime, timeout: Int) throws(OrderSourceFailure) -> [UInt8] {
        var blocked = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        let pipes = try start()
        do throws(OrderSourceFailure) {
            let output = try CommandTalk(pipes, input: input).output(by: deadline, timeout: timeout)
            try end()
            return output
        } catch {
            kill(because: error)
            try end()
            throw error
        }
    }

    // MARK: - Birth

    private func start() throws(OrderSourceFailure) -> CommandPipes {
        let pipes = try CommandPipes()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        pipes.addActions(to: &actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.setSignals(&attributes)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let environment = Self.environment()
        defer { for variable in environment { free(variable) } }
        // Whoever ends it meanwhile waits until it is known by its id.
        let fault = state.withLock { state -> OrderSourceFailure? in
            if let cause = state.cause { return cause }
            var pid: pid_t = 0
            let code = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, environment)
            if code != 0 { return .notStarted(String(cString: strerror(code))) }
            state.life = .running(pid)
            return nil
        }
        pipes.closeChildsEnds()
        if let fault { throw fault }
        return pipes
    }

    /// A group of its own, and signals as a program expects them: Dispatch's threads block most, and the daemon ignores
    /// that of a pipe that nobody reads.
    private static func setSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        sigaddset(&ignored, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    /// Ours, but that a Swift program which is ended by a fault does not take seconds to tell where.
    private static func environment() -> [UnsafeMutablePointer<CChar>?] {
        var variables = [strdup("SWIFT_BACKTRACE=enable=no")]
        var entry = environ
        while let variable = entry.pointee {
            if strncmp(variable, "SWIFT_BACKTRACE=", 16) != 0 { variables.append(strdup(variable)) }
            entry += 1
        }
        return variables + [nil]
    }

    // MARK: - End

    /// Waits for its end, and ends what it leaves behind.
    private func end() throws(OrderSourceFailure) {
        guard let pid = state.withLock({ if case .running(let pid) = $0.life { pid } else { nil } }) else { return }
        var information = siginfo_t()
        // It stays a zombie, and its id and group its own, until what is left of the group has ended too.
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        var status: Int32 = 0
        let cause = state.withLock { state in
            Glibc.kill(-pid, SIGKILL)
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            state.life = .over
            return state.cause
        }
        if let cause { throw cause }
        let signal = status & 0x7F
        if signal != 0 { throw .signal(Int(signal)) }
        let code = status >> 8 & 0xFF
        if code != 0 { throw .exit(Int(code)) }
    }
}
