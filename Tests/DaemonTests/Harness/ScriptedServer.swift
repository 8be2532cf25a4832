import Foundation
import JSON
import Synchronization

/// A server that plays the daemon's side of the protocol from a script: one piece a connection, in the order in which
/// they come. After the last piece it stops listening.
final class ScriptedServer: Sendable {
    /// What is done with a connection; it is closed afterwards.
    typealias Script = @Sendable (ScriptedConnection) throws -> Void

    /// For `--to`.
    let address: String
    private let folder: TemporaryFolder
    private let listener: Int32
    private let failure = Mutex<(any Error)?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    init(_ scripts: [Script]) throws {
        folder = try TemporaryFolder()
        let path = folder.file("socket")
        address = "unix:" + path
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let listener = listener
        var target = try UnixAddress.make(path)
        guard UnixAddress.with(&target, { bind(listener, $0, $1) }) == 0, listen(listener, 8) == 0 else {
            throw HarnessError("cannot listen at \(path): \(errno)")
        }
        Thread.detachNewThread { [self] in
            do {
                for script in scripts { try script(ScriptedConnection(client: try accept())) }
            } catch {
                failure.withLock { $0 = error }
            }
            close(listener)
            ended.signal()
        }
    }

    /// Waits until the script has been played, and tells what went wrong in it.
    func finish(within seconds: Double = 20) throws {
        guard ended.wait(timeout: .now() + seconds) == .success else {
            throw HarnessError("the script was not finished")
        }
        ended.signal()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func accept() throws -> LineClient {
        var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 15_000) == 1 else { throw HarnessError("nobody connected") }
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { throw HarnessError("accept: \(errno)") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return LineClient(descriptor: descriptor)
    }
}

/// One connection to a scripted server.
struct ScriptedConnection {
    /// A command as it came in.
    struct Command: Equatable {
        let tags: [String: String]
        let verb: String
        let rest: String

        /// The rest as a JSON string.
        var text: String { (try? JSONValue.parse(rest))?.string ?? rest }
    }

    let client: LineClient

    /// Sends lines.
    func send(_ lines: String...) throws { for line in lines { try client.send(line) } }

    /// The next command, which must have that verb.
    @discardableResult
    func expect(_ verb: String) throws -> Command {
        let line = try client.nextLine()
        var words = line.split(separator: " ")
        var tags: [String: String] = [:]
        while let tag = words.first, tag.hasPrefix("@") {
            let parts = tag.dropFirst().split(separator: "=", maxSplits: 1)
            tags[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
            words.removeFirst()
        }
        guard let first = words.first, first == verb else { throw HarnessError("\(verb) expected, not: \(line)") }
        let rest = line[first.endIndex...].drop { $0 == " " }
        return Command(tags: tags, verb: verb, rest: String(rest))
    }

    /// The daemon's greeting and the opening of a customer's conversation.
    func welcomeCustomer(greeting: String = "Hola") throws {
        try send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"customer"}"#)
        try expect("HELLO")
        let reply = #"{"seq":1,"text":"\#(greeting)","kind":"smalltalk","language":"es"}"#
        try send(#"OK {"conversation":"c1","resume":"r-token","language":"es","greeting":\#(reply)}"#)
    }

    /// The daemon's greeting and the login of an agent, up to the empty queue.
    func welcomeAgent(name: String = "ana", queue: String = #"{"waiting":[],"mine":[]}"#) throws {
        try send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
        try expect("LOGIN")
        try send(#"OK {"agent":"\#(name)","role":"agent","teams":["*"],"languages":["*"],"capacity":3}"#)
        try expect("READY")
        try send("OK {}")
        try expect("QUEUE")
        try send("OK " + queue)
    }

    /// The polite end.
    func farewell() throws {
        try expect("QUIT")
        try send("OK {}")
    }
}
