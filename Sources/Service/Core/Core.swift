import Content
import Desk
import Dialogue
import Events
import Journal
import LineServer
import Shop
import Wire

/// The folded state of the service and the decisions on it. No clock, socket or random source of its own: they come in.
///
/// One thread at a time: the decider sees to that; a test calls it from one.
final class Core {
    let log: FileEventLog
    var content: Interpreter
    let access: AgentAccess
    /// Checks what a website says of its customer; nil where the operator gave no secret.
    var vouching: Vouching?
    var directory = Directory()
    /// The conversations in memory; all others stand in the log.
    var conversations: [ConversationID: Conversation] = [:]
    var desk = Desk()
    var cases = CaseBook()
    /// What was promised to customers, and the contacts that they left.
    var followUps = FollowUps()
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
    /// Conversations whose agent was told that what was promised is due.
    var toldCallbacks: Set<ConversationID> = []
    /// Conversations that were sent for since what was promised in them is due.
    var recalling: Set<ConversationID> = []
    /// Answers to agents' commands with an `@id` for which there is no conversation.
    var agentAnswers: [String: [String: Session.PlainAnswer]] = [:]
    /// What unnamed claims with an `@id` got.
    var agentClaims: [String: [String: ConversationID]] = [:]
    /// Erasures whose segments are not rewritten yet.
    var erasures: Set<ConversationID> = []
    /// Those of them that are being rewritten now; the others are tried again as time passes.
    var erasing: Set<ConversationID> = []

    /// How far the daily look at what has been kept long enough is.
    var retention = Retention()

    /// Version of the content whose loading the log has last.
    var loadedVersion: String?
    /// Version of the content's stream, where this process wrote to it.
    var contentStreamVersion: Int?
    /// Whether the snapshots are gone and another must be taken.
    var needsSnapshot = false

    /// What the shop's hours say this minute.
    private lazy var hours = HoursThisMinute(content, now)
    /// What this turn leaves behind.
    var batch = Batch()
    /// The moment of this turn.
    var now = Timestamp(milliseconds: 0)
    var random: any RandomNumberGenerator
    /// For what comes without an understanding.
    var scratch = InterpreterScratch()
    /// Work that may not hold the decider up: reading the log, reloading content, rewriting segments.
    var errands: [Errand] = []
    /// Whether the content's own orders are all there are, whatever its settings say: what is tried out asks no shop.
    var keepsOrders = false
    /// Orders that a source away from here told, and who waits for one.
    var orders = OrderMemory()
    /// Vain attempts of each address to prove an order a customer's.
    let proofFailures = AddressLimiter(AllowedRate(20, every: 3_600))
    /// Conversations that each address may open.
    let openings = AddressLimiter(AllowedRate(30, every: 60))
    /// Case keys that failed, for each address and of all together.
    let caseFailures = AddressLimiter(AllowedRate(10, every: 60))
    let allCaseFailures = AddressLimiter(AllowedRate(300, every: 60))
    /// Facts for `STATUS` that this room does not know by itself.
    var statusFacts: () -> StatusFacts = { StatusFacts() }
    private var sessionNumber: UInt64 = 0

    /// Something to be done elsewhere, whose end comes back as an input.
    enum Errand {
        /// Read a conversation's events, all of them or those of its last so many visible messages; then `loaded` with
        /// the jobs of that connection.
        case load(ConversationID, messages: Int? = nil, for: Job)
        /// Read a conversation whose promise is due; then `recalled`.
        case recall(ConversationID)
        /// Read the content anew; then `reloaded`.
        case reload(for: Job)
        /// Rewrite the segments that hold the conversations, without all that was said but in the cases that are kept;
        /// then `erased`.
        case erase([ConversationID], keeping: Set<CaseKey>, for: Job?)
        /// Ask where the shop has its orders; then `lookedUp`.
        case lookUp(ConversationID, String, intent: String)
        /// Ask the shop to do something with an order; then `wished`.
        case wish(ConversationID, OrderWish)
        /// Learn whether a crash may bring back what could not be stored; then `refused`, so that the jobs behind it are
        /// decided in a turn of their own.
        case refuse(Job)
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
        /// A conversation's events, read for a job; nil where they could not be read.
        case loaded(ConversationID, [Event]?, Job)
        /// The events of a conversation whose promise is due; nil where they could not be read.
        case recalled(ConversationID, [Event]?)
        /// The end of a reload that an agent asked for.
        case reloaded(Result<Interpreter, ContentProblems>, Job?)
        /// What is known of an order that a conversation's flow waits for.
        case lookedUp(ConversationID, String, intent: String, OrderLookup)
        /// What became of something that the shop was asked to do.
        case wished(ConversationID, OrderWish, OrderRequestOutcome?)
        /// The end of erasures.
        case erased([ConversationID], succeeded: Bool, Job?)
        /// What a job began could not be stored; a crash may bring it back where that is not certain.
        case refused(Job, isCertain: Bool)
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
        /// Once it is known whether a crash may bring back what the log refused to store; none of `durable` then.
        var refused: Deliveries
        var errands: [Errand]
    }

    /// Looks the shop's hours up, once a minute.
    func atHours<Value>(_ body: (inout HoursThisMinute) -> Value) -> Value {
        if !hours.holds(for: content, now) { hours = HoursThisMinute(content, now) }
        return body(&hours)
    }

    /// Decides all that has gathered, writes once, and says what may go out when.
    func process(_ inputs: [Input], now: Timestamp) -> Output {
        self.now = now
        batch = Batch(after: batch)
        errands = []
        for input in inputs { take(input) }
        store()
        forgetFinished()
        for (connection, slot) in batch.closings { batch.plain.close(connection, after: slot) }
        // An answer that stored nothing of its own may tell of what earlier turns stored: it waits for these too.
        return Output(
            immediate: [batch.plain, batch.written], durable: batch.durable,
            position: batch.durable.isEmpty ? 0 : log.position, refused: batch.refused, errands: errands)
    }

    /// What goes out of `Output.durable` once the log has tried to sync up to its position: the answers, or errors in
    /// their place and no pushes.
    func settle(_ durable: Deliveries, at position: Int, isStored: Bool) -> Deliveries {
        guard isStored else { return durable.refused(with: Self.storageUncertain.line) }
        synced(upTo: position)
        return durable
    }

    /// What goes out of `Output.refused`: that it was not done, where no crash can bring it back.
    static func refusal(_ refused: Deliveries, isCertain: Bool) -> Deliveries {
        isCertain ? refused : refused.refused(with: storageUncertain.line)
    }

    func take(_ input: Input) {
        switch input {
        case .opened(let connection, let origin, let role):
            sessionNumber += 1
            sessions[connection] = Session(role: role, origin: origin, number: sessionNumber)
        case .closed(let connection): left(connection)
        case .job(let job):
            guard let session = sessions[job.connection] else { return }
            if session.backlog == nil {
                handle(job, session, loaded: nil)
            } else {
                sessions[job.connection]?.backlog?.append(job)
            }
        case .loaded(let id, let events, let job): loaded(id, events, job)
        case .recalled(let id, let events): recalled(id, events)
        case .reloaded(let result, let job): reloaded(result, job)
        case .lookedUp(let id, let number, let intent, let answer): lookedUp(id, number, intent: intent, answer)
        case .wished(let id, let wish, let outcome): wished(id, wish, outcome)
        case .erased(let ids, let succeeded, let job): erased(ids, succeeded: succeeded, job)
        case .refused(let job, let isCertain):
            goOn(job) { self.fail(job, isCertain ? Self.storageUnavailable : Self.storageUncertain) }
        case .tick: tick()
        }
    }

    /// A conversation's events are there, or can't be had: then the job ends here and does not ask for them again.
    private func loaded(_ id: ConversationID, _ events: [Event]?, _ job: Job) {
        if let events, let transcript = transcript(id, events) {
            goOn(job) { self.handle(job, loaded: transcript) }
        } else {
            goOn(job) {
                self.fail(
                    job, WireError(.storageUnavailable, "The conversation can't be read now; send it again in a while.")
                )
            }
        }
    }

    /// Goes on with a job that waited, and with those of its connection behind it.
    func goOn(_ job: Job, _ handling: () -> Void) {
        guard sessions[job.connection] != nil else { return }
        let backlog = sessions[job.connection]?.backlog ?? []
        sessions[job.connection]?.backlog = nil
        handling()
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
        if let session = sessions[job.connection] { handle(job, session, loaded: loaded) }
    }

    private func handle(_ job: Job, _ session: Session, loaded: Transcript?) {
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
}
