import Content
import Desk
import Dialogue
import Events
import Journal
import LineServer
import Wire

/// The folded state of the service and the decisions on it. No clock, socket or random source of its own: they come in.
///
/// Guarded by the decider's serial queue; a test calls it from one thread.
final class Core {
    let log: FileEventLog
    var content: Interpreter
    let access: AgentAccess
    var directory = Directory()
    /// The conversations in memory; all others stand in the log.
    var conversations: [ConversationID: Conversation] = [:]
    var desk = Desk()
    var sessions: [ConnectionHandle: Session] = [:]
    /// Customers' connections of each conversation.
    var audience: [ConversationID: Set<ConnectionHandle>] = [:]
    /// Agents' connections that follow a conversation.
    var watchers: [ConversationID: Set<ConnectionHandle>] = [:]
    /// Agents' connections by name.
    var agentConnections: [String: Set<ConnectionHandle>] = [:]
    /// Versions of the agents' streams.
    var agentVersions: [String: Int] = [:]
    /// Positions up to which the log must be synced before anything later of a conversation goes out.
    var unsynced: [ConversationID: Int] = [:]
    /// Places in the queue as the customers last heard them.
    var toldPositions: [ConversationID: Int] = [:]
    /// Entries whose lateness was told.
    var toldOverdue: Set<ConversationID> = []
    /// Answers to agents' commands with an `@id` for which there is no conversation.
    var agentAnswers: [String: [String: Session.PlainAnswer]] = [:]
    /// Erasures whose segments are not rewritten yet.
    var erasures: Set<ConversationID> = []

    /// What this turn leaves behind.
    var batch = Batch()
    /// The moment of this turn.
    var now = Timestamp(milliseconds: 0)
    var random: any RandomNumberGenerator
    /// Work that may not hold the decider up: reading the log, reloading content, rewriting segments.
    var errands: [Errand] = []
    /// Whether loopback and Unix sockets are limited too is a setting; the limiter itself is shared with nobody.
    let openings = AddressLimiter(AllowedRate(30, every: 60))
    /// Facts for `STATUS` that this room does not know by itself.
    var statusFacts: () -> StatusFacts = { StatusFacts() }
    private var sessionNumber: UInt64 = 0

    /// Something to be done elsewhere, whose end comes back as an input.
    enum Errand {
        /// Read a conversation's events; then `loaded` with the jobs of that connection.
        case load(ConversationID, for: Job)
        /// Read the content anew; then `reloaded`.
        case reload(for: Job)
        /// Rewrite the segments that hold the conversation; then `erased`.
        case erase(ConversationID, for: Job?)
    }

    init(log: FileEventLog, content: Interpreter, access: AgentAccess, random: any RandomNumberGenerator) {
        self.log = log
        self.content = content
        self.access = access
        self.random = random
    }

    /// What comes in.
    enum Input {
        case opened(ConnectionHandle, ConnectionOrigin, Role)
        case closed(ConnectionHandle)
        case job(Job)
        /// A conversation's events, read for a job; empty where the log has none.
        case loaded(ConversationID, [Event], Job)
        /// The end of a reload that an agent asked for.
        case reloaded(Result<Interpreter, ContentProblems>, Job?)
        /// The end of an erasure.
        case erased(ConversationID, succeeded: Bool, Job?)
        /// Time passed.
        case tick
    }

    /// What goes out, and what must be done before it does.
    struct Output {
        /// Now.
        var immediate: [Deliveries]
        /// Once the log is synced up to `position`.
        var durable: Deliveries
        var position: Int
        var errands: [Errand]
    }

    /// Decides all that has gathered, writes once, and says what may go out when.
    func process(_ inputs: [Input], now: Timestamp) -> Output {
        self.now = now
        batch = Batch()
        errands = []
        for input in inputs { take(input) }
        let position = store()
        forgetFinished()
        for (connection, slot) in batch.closings { batch.plain.close(connection, after: slot) }
        return Output(
            immediate: [batch.plain, batch.written], durable: batch.durable, position: max(position, batch.wanted),
            errands: errands)
    }

    func take(_ input: Input) {
        switch input {
        case .opened(let connection, let origin, let role):
            sessionNumber += 1
            sessions[connection] = Session(role: role, origin: origin, number: sessionNumber)
        case .closed(let connection): left(connection)
        case .job(let job):
            guard sessions[job.connection] != nil else { return }
            if sessions[job.connection]?.backlog != nil {
                sessions[job.connection]?.backlog?.append(job)
            } else {
                handle(job, loaded: nil)
            }
        case .loaded(let id, let events, let job): resume(job, with: transcript(id, events))
        case .reloaded(let result, let job): reloaded(result, job)
        case .erased(let id, let succeeded, let job): erased(id, succeeded: succeeded, job)
        case .tick: tick()
        }
    }

    /// Goes on with a job that waited for the log, and with those of its connection behind it.
    func resume(_ job: Job, with loaded: Transcript?) {
        guard sessions[job.connection] != nil else { return }
        let backlog = sessions[job.connection]?.backlog ?? []
        sessions[job.connection]?.backlog = nil
        handle(job, loaded: loaded)
        for (index, waiting) in backlog.enumerated() {
            if sessions[job.connection]?.backlog != nil {
                sessions[job.connection]?.backlog?.append(contentsOf: backlog[index...])
                return
            }
            handle(waiting, loaded: nil)
        }
    }

    /// Sends a job away until an errand is done.
    func park(_ job: Job, _ errand: Errand) {
        sessions[job.connection]?.backlog = []
        errands.append(errand)
    }

    private func handle(_ job: Job, loaded: Transcript?) {
        guard let session = sessions[job.connection] else { return }
        do throws(WireError) {
            if session.role == .customer {
                try handleCustomer(job, session, loaded: loaded)
            } else {
                try handleAgent(job, session, loaded: loaded)
            }
        } catch {
            fail(job, error)
        }
    }

    /// Writes the turn's groups; where that fails, goes back to the state before them and turns promises into errors.
    private func store() -> Int {
        guard !batch.groups.isEmpty else { return 0 }
        do throws(JournalError) {
            var position = 0
            for result in try log.append(batch.groups) {
                switch result {
                case .stored(let stored), .duplicate(let stored): position = max(position, stored)
                case .conflict: throw .storageUnavailable(reason: "another writer changed a stream")
                }
            }
            for id in batch.durableConversations { unsynced[id] = position }
            return position
        } catch {
            undo()
            return 0
        }
    }

    private func undo() {
        for (connection, session) in batch.sessions where sessions[connection] != nil {
            bind(connection, to: session.conversation)
            sessions[connection] = session
        }
        for (id, conversation) in batch.conversations { put(conversation, at: id) }
        batch.written = Deliveries()
        batch.durable = Deliveries()
        for (connection, slot) in batch.promised {
            batch.plain.reply(to: connection, slot: slot) { bytes in
                bytes += Self.storageUnavailable.line
            }
        }
        errands.removeAll { if case .erase = $0 { true } else { false } }
    }

    static let storageUnavailable = WireError(
        .storageUnavailable, "What you sent could not be stored and was not done; send it again in a while.")
}
