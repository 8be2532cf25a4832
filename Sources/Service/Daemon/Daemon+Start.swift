import Content
import Dialogue
import Events
import Glibc
import Journal
import LineServer
import Loop
import Shop

extension Daemon {
    static func access(
        _ options: DaemonOptions, _ report: (String) -> Void
    ) throws(DaemonFailure) -> AgentAccess {
        let isInTheClear = options.agents.contains { text in
            guard let address = try? Address(parsing: text) else { return false }
            return !address.isLocal
        }
        if isInTheClear, !options.insecureAgents {
            throw .settings(
                "agents' tokens would travel in clear: listen on loopback or a Unix socket behind a TLS proxy, "
                    + "or say --insecure-agents")
        }
        guard let path = options.agentTokens else {
            if isInTheClear {
                report("agents: no --agent-tokens: anybody who reaches this address may log in, as a supervisor")
            }
            return AgentAccess()
        }
        do throws(AgentAccess.Failure) { return try AgentAccess(file: path) } catch {
            throw .settings(error.description)
        }
    }

    /// What the options' files hold, which only their owner may read.
    static func secrets(
        _ options: DaemonOptions
    ) throws(DaemonFailure) -> (ordersToken: String?, vouching: Vouching?) {
        func line(_ path: String?, shortest: Int) throws(DaemonFailure) -> String? {
            guard let path else { return nil }
            do throws(PrivateFile.Failure) { return try PrivateFile.line(path, shortest: shortest) } catch {
                throw .settings(error.description)
            }
        }
        let secret = try line(options.vouchSecret, shortest: Self.shortestSecret)
        return (
            try line(options.ordersToken, shortest: 1), secret.map { Vouching(secret: Array($0.utf8)) }
        )
    }

    /// Whoever guesses the secret is whichever customer they want to be.
    private static let shortestSecret = 16

    static func content(
        _ options: DaemonOptions, _ report: (String) -> Void
    ) throws(DaemonFailure) -> Interpreter {
        var status = stat()
        guard stat(options.content + "/Intents", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .settings("there is no folder Intents in \(options.content); --content names the folder that has it")
        }
        switch ContentStore.load(options.content, language: options.language) {
        case .success(let content?):
            for warning in content.bundle.problems { report(warning.rendered(language: options.language)) }
            return content
        case .success(nil): throw .settings("there is no content in \(options.content)")
        case .failure(let problems): throw .content(problems.lines)
        }
    }

    static func makeFolder(_ path: String) throws(DaemonFailure) {
        guard mkdir(path, 0o700) != 0 else { return }
        var status = stat()
        if errno == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { errno = ENOTDIR }
        guard errno == EEXIST else {
            throw .cannotCreate("\(path) can't be made: \(String(cString: strerror(errno)))")
        }
    }

    static func open(
        _ options: DaemonOptions, _ settings: Settings, _ health: JournalHealth,
        _ report: @escaping @Sendable (String) -> Void
    ) throws(DaemonFailure) -> (log: FileEventLog, snapshot: ServiceSnapshot) {
        var journal = JournalOptions()
        journal.salvage = options.salvage
        journal.segmentBytes = settings.segmentSize
        journal.syncInterval = settings.syncInterval
        journal.notice = { notice in
            health.hear(notice)
            report("journal: \(notice)")
        }
        do throws(JournalError) {
            let (log, snapshot, opened) = try ServiceSnapshot.recover(
                DiskFolder(path: options.data), options: journal)
            if let torn = opened.torn {
                report("journal: cut a torn tail of \(torn.bytes) bytes off \(torn.file)")
            }
            for damage in opened.salvaged { report("journal: set aside \(damage)") }
            for warning in opened.warnings { report("journal: \(warning)") }
            return (log, snapshot)
        } catch {
            switch error {
            case .inUse: throw .cannotCreate(error.description)
            case .damaged: throw .damaged(error.description)
            default: throw .inputOutput(error.description)
            }
        }
    }
}

extension LineLimits {
    /// The limits of the settings.
    init(_ settings: Settings) {
        self.init()
        connections = settings.maxConnections
        connectionsPerAddress = settings.connectionsPerAddress
        linesPerSecond = settings.linesPerSecond
        limitLoopback = settings.limitLoopback
        pushBytes = settings.pushBuffer
        replyBytes = settings.replyBuffer
        pendingReplies = settings.pendingReplies
    }
}

extension Core {
    /// Brings the conversations into memory that wait or that an agent holds.
    func recall(now: Timestamp) throws(JournalError) {
        self.now = now
        var waiting: [(since: Int, conversation: Conversation)] = []
        for id in directory.conversations(in: [.waiting, .messageTaken, .withAgent]) {
            let events = try log.read(.conversation(id), from: 1)
            guard let transcript = transcript(id, events.map(\.event)) else { continue }
            waiting.append((events.last { $0.event.body.beginsWait }?.position ?? 0, transcript.conversation))
        }
        // Those who asked within the same millisecond stand in the order in which they did.
        for (_, conversation) in waiting.sorted(by: { $0.since < $1.since }) { put(conversation, at: conversation.id) }
        for name in desk.holdingAgents {
            var gone =
                access.agent(named: name, settings: content.settings)
                ?? .init(name: name, role: .agent, teams: nil, languages: nil, capacity: 0)
            gone.goneSince = now
            desk.agents[name] = gone
        }
    }
}
