import Foundation

/// The real daemon with a data folder of its own, on ports that the system chooses.
final class Daemon {
    /// Where the data lies; content of a test's own in `content` beside it.
    let folder: TemporaryFolder
    /// What it printed as `listening customer`.
    private(set) var customers: [String] = []
    /// What it printed as `listening agent`.
    private(set) var agents: [String] = []
    /// What it printed as `listening web`.
    private(set) var web: String?
    private var child: Child?
    private let arguments: [String]
    private let environment: [String: String]

    /// The content that ships with the repository.
    static let shippedContent = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// A daemon, not started yet.
    /// - Parameters:
    ///   - files: content by path (`Intents/settings.md`); empty for the shipped content.
    ///   - extra: more options. `--listen`, `--agents` and `--web` replace the harness's own.
    init(files: [String: String] = [:], extra: [String] = [], environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: "content/" + name) }
        let content = files.isEmpty ? Self.shippedContent : folder.file("content")
        var arguments = ["serve", "--content", content, "--data", folder.file("data")]
        let own = [("--listen", "127.0.0.1:0"), ("--agents", "unix:" + folder.file("agents.sock")), ("--web", "off")]
        for (option, value) in own where !extra.contains(option) { arguments += [option, value] }
        self.arguments = arguments + extra
        self.environment = environment
    }

    /// Starts it and waits until it says `ready`.
    /// - Parameter more: options for this start alone.
    func start(_ more: [String] = [], within seconds: Double = 30) throws {
        customers = []
        agents = []
        web = nil
        let child = try Child(arguments + more, environment: environment, errorFile: folder.file("errors.log"))
        self.child = child
        while true {
            guard let line = try child.output.nextLine(within: seconds) else {
                throw HarnessError("the daemon ended with \(try child.wait()): \(errors)")
            }
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            switch words.first {
            case "ready": return
            case "listening" where words.count == 3 && words[1] == "customer": customers.append(words[2])
            case "listening" where words.count == 3 && words[1] == "agent": agents.append(words[2])
            case "listening" where words.count == 3 && words[1] == "web": web = words[2]
            default: throw HarnessError("an unexpected line on standard output: \(line)")
            }
        }
    }

    /// What it has said on standard error so far.
    var errors: String { (try? String(contentsOfFile: folder.file("errors.log"), encoding: .utf8)) ?? "" }

    /// Its memory in RAM.
    func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid ?? 0)/status", encoding: .utf8)
        guard let match = status.firstMatch(of: #/VmRSS:\s+(\d+) kB/#), let size = Int(match.1) else {
            throw HarnessError("no VmRSS in \(status)")
        }
        return size << 10
    }

    /// Lets its files grow to that size and no further, as a disk without room does, until another limit is set.
    func limitFiles(to bytes: UInt?) throws {
        guard let pid, let function = dlsym(nil, "prlimit") else { throw HarnessError("no prlimit") }
        // Glibc declares it for GNU sources only.
        let prlimit = unsafeBitCast(
            function,
            to: (@convention(c) (pid_t, Int32, UnsafePointer<rlimit>, UnsafeMutablePointer<rlimit>?) -> Int32).self)
        var limit = rlimit(rlim_cur: bytes ?? UInt.max, rlim_max: UInt.max)
        guard prlimit(pid, Int32(RLIMIT_FSIZE.rawValue), &limit, nil) == 0 else {
            throw HarnessError("no limit for files: \(errno)")
        }
    }

    /// Its process id, nil while it does not run.
    var pid: pid_t? { child?.pid }

    /// Asks it to end and waits.
    /// - Returns: the exit code.
    @discardableResult
    func stop(within seconds: Double = 10) throws -> Int32 {
        guard let child else { throw HarnessError("the daemon does not run") }
        child.signal(SIGTERM)
        let code = try child.wait(within: seconds)
        self.child = nil
        return code
    }

    /// Ends it as a power cut would end the process: `kill -9`.
    func kill() throws {
        guard let child else { throw HarnessError("the daemon does not run") }
        child.signal(SIGKILL)
        try child.wait()
        self.child = nil
    }

    /// Tells it to load its content anew.
    func reload() { child?.signal(SIGHUP) }

    /// Ends it (`kill -9` where asked for) and starts it again on the same data.
    func restart(killing: Bool = false) throws {
        if killing { try kill() } else { try stop() }
        try start()
    }

    /// A new connection of a customer, after the daemon's hello.
    func customer() throws -> LineClient { try connect(customers.first) }

    /// A new connection of an agent, logged in where a name is given.
    func agent(_ name: String? = nil) throws -> LineClient {
        let client = try connect(agents.first)
        if let name, let code = try client.ask("LOGIN " + name).code { throw HarnessError("LOGIN \(name): \(code)") }
        return client
    }

    private func connect(_ address: String?) throws -> LineClient {
        guard let address else { throw HarnessError("the daemon does not listen there") }
        let client = try LineClient(to: address)
        _ = try client.nextPush("hello")
        return client
    }
}
