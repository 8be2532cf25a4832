import Glibc

/// Waits for the keyboard and the daemon together, in one thread.
enum TerminalLoop {
    /// Runs a session to its end.
    static func run(_ session: some TerminalSession) -> ExitCode {
        defer { session.console.finish() }
        session.console.redraw()
        while true {
            session.link.attend(now: clock()) { if session.result == nil { session.take($0) } }
            while session.result == nil, wantsInput(session), let input = session.console.nextInput() {
                session.take(input)
            }
            let wake = session.tick(now: clock())
            if let result = session.result { return result }
            if session.console.isBroken { return .inputOutput }
            wait(for: session, until: [wake, session.link.deadline].compactMap(\.self).min())
        }
    }

    /// Milliseconds of a clock that only goes forward.
    static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// A script is read no faster than it is answered, so that its lines mean what they would mean to a person who
    /// waits: a number the choice that was offered, text the conversation that was claimed.
    private static func wantsInput(_ session: some TerminalSession) -> Bool {
        session.console.isInteractive || session.link.isOpen && session.link.unanswered.isEmpty
    }

    private static func wait(for session: some TerminalSession, until deadline: Int?) {
        var descriptors: [pollfd] = []
        let reads = !session.console.isEnded && wantsInput(session)
        if reads { descriptors.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)) }
        if let interest = session.link.interest { descriptors.append(interest) }
        let timeout = deadline.map { Int32(clamping: max(0, $0 - clock())) } ?? -1
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        if reads, descriptors[0].revents != 0 { session.console.read() }
    }
}
