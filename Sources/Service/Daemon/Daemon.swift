import Content
import Dialogue
import Dispatch
import Events
import Glibc
import Journal
import LineServer
import Loop
import Shop

/// What the operator says about a daemon.
public struct DaemonOptions: Sendable {
    /// The folder that holds `Intents` and `KnowledgeBase`.
    public var content = "."
    /// The folder of the journal.
    public var data = ".conserje"
    /// Customers' addresses; the default one where empty.
    public var listen: [String] = []
    /// Agents' addresses; a socket in the data folder where empty.
    public var agents: [String] = []
    /// A file with salted hashes of the agents' tokens.
    public var agentTokens: String?
    /// A file with the key for the address that orders come from.
    public var ordersToken: String?
    /// A file with the secret by which the shop's website vouches for its customers.
    public var vouchSecret: String?
    /// Whether agents may send their tokens in clear over the network.
    public var insecureAgents = false
    /// Whether damaged lines of the journal are set aside.
    public var salvage = false
    /// The language of diagnostics.
    public var language = "en"

    /// The defaults.
    public init() {}
}

/// Why a daemon does not start, each with its exit code of `sysexits.h`.
public enum DaemonFailure: Error, Sendable {
    /// 78
    case settings(String)
    /// 65: all problems, a line each.
    case content([String])
    /// 73
    case cannotCreate(String)
    /// 74
    case inputOutput(String)
    /// 65
    case damaged(String)
}

/// The daemon: content, log, decider and listeners, wired.
public final class Daemon: Sendable {
    private let server: LineServer
    private let decider: Decider
    private let store: ContentStore
    private let log: FileEventLog
    private let watcher: FolderWatcher?
    private let eventLoops: [EventLoop]
    private let orders: OrderDesk
    /// `listening customer ADDR` and `listening agent ADDR`, in their order.
    public let listening: [String]

    /// Loads, opens, binds. When it returns, connections are served.
    /// - Parameter report: what the operator reads, in English, a line each; on any queue.
    public init(
        _ options: DaemonOptions, report: @escaping @Sendable (String) -> Void
    ) throws(DaemonFailure) {
        let access = try Self.access(options, report)
        let secrets = try Self.secrets(options)
        let content = try Self.content(options, report)
        try Self.makeFolder(options.data)
        let health = JournalHealth()
        let opened = try Self.open(options, content.settings, health, report)
        log = opened.log
        let core = Core(
            log: opened.log, content: content, access: access, random: SystemRandom())
        core.vouching = secrets.vouching
        core.directory = opened.snapshot.directory
        core.erasures = opened.snapshot.erasures
        core.cases = opened.snapshot.cases
        core.followUps = opened.snapshot.followUps
        do throws(JournalError) { try core.recall(now: Self.now()) } catch {
            throw .inputOutput(error.description)
        }
        let store = ContentStore(folder: options.content, language: options.language, current: content)
        self.store = store
        let orders = OrderDesk(content.bundle, token: secrets.ordersToken, report: report)
        self.orders = orders
        let log = opened.log
        core.statusFacts = {
            let status = log.status
            return StatusFacts(
                position: status.position, synced: status.synced, journalProblem: status.problem,
                verified: health.verified, contentProblems: store.problems, orders: orders.status)
        }
        let decider = Decider(core: core, log: log, clock: Self.now)
        self.decider = decider
        // A core is left to the decider, which is busy for almost as long as a loop.
        let loopCount = max(1, min(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1))
        var loops: [EventLoop] = []
        var listening: [String] = []
        do throws(SocketError) {
            for index in 0..<loopCount { loops.append(try EventLoop(index: index, name: "loop \(index)")) }
            let gateway = Gateway(decider: decider, store: store, loops: loopCount)
            server = LineServer(
                eventLoops: loops, limits: LineLimits(content.settings), handler: gateway
            ) { notice in report("listener: \(notice)") }
            decider.server = server
            decider.orders = orders
            decider.reload = { [server] then in
                store.reload { result in
                    Self.tell(result, server, orders, report)
                    then(result)
                }
            }
            let customers = options.listen.isEmpty ? ["127.0.0.1:7411"] : options.listen
            for (index, text) in customers.enumerated() {
                let socket = try ListeningSocket(try Address(parsing: text))
                server.listen(on: socket, as: index)
                listening.append("listening customer \(socket.address)")
            }
            let agents = options.agents.isEmpty ? ["unix:\(options.data)/agents.sock"] : options.agents
            for (index, text) in agents.enumerated() {
                let address = try Address(parsing: text)
                let socket = try ListeningSocket(address, mode: 0o600)
                server.listen(on: socket, as: Gateway.firstAgentListener + index)
                listening.append("listening agent \(socket.address)")
            }
        } catch {
            throw .cannotCreate("\(error)")
        }
        eventLoops = loops
        self.listening = listening
        let server = server
        watcher = FolderWatcher(in: options.content, folders: ["Intents", "KnowledgeBase"]) {
            store.reload { result in
                Self.tell(result, server, orders, report)
                decider.submit([.reloaded(result, nil)])
            }
        }
        if watcher == nil { report("content: changes are not seen by themselves (no inotify); send SIGHUP") }
        decider.submit([.reloaded(.success(content), nil)])
        decider.start()
    }

    /// Reads the content again, as `SIGHUP` asks.
    public func reload(report: @escaping @Sendable (String) -> Void) {
        store.reload { [decider, server, orders] result in
            Self.tell(result, server, orders, report)
            decider.submit([.reloaded(result, nil)])
        }
    }

    /// Takes no new connections, lets what was acknowledged reach the disk, and calls `then`.
    public func stop(then: @escaping @Sendable () -> Void) {
        watcher?.stop()
        orders.close()
        server.stop(within: .seconds(2)) { [decider, log, eventLoops] in
            decider.stop {
                try? log.close()
                for loop in eventLoops { loop.stop() }
                then()
            }
        }
    }

    /// What a reload changes outside the decider, whoever asked for it: the limits, where orders come from, and what the
    /// operator reads.
    private static func tell(
        _ result: Result<Interpreter, ContentProblems>, _ server: LineServer, _ orders: OrderDesk,
        _ report: (String) -> Void
    ) {
        switch result {
        case .success(let content):
            server.replace(LineLimits(content.settings))
            orders.use(content.bundle)
            report("content \(content.version): \(content.intentCount) intents, \(content.sectionCount) sections")
        case .failure(let problems):
            report("content is broken, the old one stays in use:")
            for line in problems.lines { report(line) }
        }
    }

    static func now() -> Timestamp {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        return Timestamp(milliseconds: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000)
    }
}
