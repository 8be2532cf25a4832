import Glibc

/// What talks to the daemon for a person.
protocol TerminalSession: AnyObject {
    /// What it asks the daemon for.
    associatedtype Request
    var console: Console { get }
    var link: Link<Request> { get }
    /// Set once the session is over.
    var result: ExitCode? { get }
    /// Something came from the person.
    func take(_ input: Console.Input)
    /// Something came from the daemon.
    func take(_ event: Link<Request>.Event)
    /// Called in each round, after what came; returns when it wants to be called again at the latest.
    func tick(now: Int) -> Int?
}

/// Waits for the keyboard and the daemon together, in one thread.
enum TerminalLoop {
    /// Runs a session to its end.
    static func run(_ session: some TerminalSession) -> ExitCode {
        defer { session.console.finish() }
        session.console.redraw()
        while true {
            for event in session.link.attend(now: clock()) where session.result == nil { session.take(event) }
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

    private static func wait(for session: some TerminalSession, until deadline: Int?) {
        var descriptors: [pollfd] = []
        let reads = !session.console.isEnded
        if reads { descriptors.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)) }
        if let interest = session.link.interest { descriptors.append(interest) }
        let timeout = deadline.map { Int32(clamping: max(0, $0 - clock())) } ?? -1
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        guard reads, descriptors[0].revents != 0 else { return }
        for input in session.console.read() where session.result == nil { session.take(input) }
    }
}
