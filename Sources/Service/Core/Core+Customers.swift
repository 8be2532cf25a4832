import Content
import Dialogue
import Events
import JSON
import Language
import LineServer
import Wire

extension Core {
    func handleCustomer(_ job: Job, _ session: Session, loaded: Transcript?) throws(WireError) {
        if try isAnswered(job, session) { return }
        switch job.request.command {
        case .hello(let hello): try open(job, session, hello)
        case .say(let text): try say(job, session, text)
        case .human(let reason): try askForPerson(job, session, reason)
        case .resume(let token, let after): try takeUp(job, session, token: token, after: after, loaded)
        case .history(let count): try history(job, session, count: count, loaded)
        case .language(let code): try choose(job, session, language: code)
        case .quit: quit(job, session)
        case .cancel: try cancel(job, try held(session))
        case .rate(let rating): try rate(job, try held(session), rating)
        case .typing: try typing(job, try held(session))
        case .export: try export(job, try held(session), loaded)
        case .caseState(let key): try tellCase(job, session, key)
        case .forget: try forget(job, try held(session))
        default: throw WireError(.unknownCommand, "There is no such command here; HELP lists them all.")
        }
    }

    /// The conversation that the connection has; it is in memory as long as it has.
    func held(_ session: Session) throws(WireError) -> Conversation {
        guard let id = session.conversation, let conversation = conversations[id] else {
            throw WireError(.noConversation, "There is no conversation yet; open one with HELLO or SAY.")
        }
        return conversation
    }

    /// Answers a command that was done before under the same `@id` as it was answered then.
    private func isAnswered(_ job: Job, _ session: Session) throws(WireError) -> Bool {
        guard let tag = job.request.tag else { return false }
        // The first answer may still wait for the log: then this one must not come before it. What an earlier turn
        // stored is not taken back with this one.
        let isSettled =
            session.conversation.map { batch.conversations.index(forKey: $0) == nil && unsynced[$0] == nil } ?? false
        let promise: Promise = isSettled ? .nothing : .written
        if let earlier = session.answered[tag.id] {
            guard earlier.command == tag.command else { throw Self.idReused }
            reply(job, promise) { $0 += earlier.line }
            return true
        }
        guard let conversation = session.conversation.flatMap({ conversations[$0] }),
            let earlier = conversation.answered[tag.id]
        else { return false }
        guard earlier.command == tag.command else { throw Self.idReused }
        if case .human = job.request.command, case .delivered(let seq) = earlier.answer, conversation.isWaiting,
            let standing = standing(conversation)
        {
            tellHandoff(job, conversation, standing, seq: seq)
            return true
        }
        reply(job, promise) { Answers.again(earlier.answer, to: &$0) }
        return true
    }

    static let idReused = WireError(.idReused, "This @id stood before another command; give each command its own.")

    /// Opens a conversation: its id, its token, and the events of it.
    private func opening(_ session: Session, _ hello: Hello, language: String, greeting: Reply?) throws(WireError) -> (
        id: ConversationID, token: String, body: EventBody
    ) {
        if !session.origin.peer.isLocal || content.settings.limitLoopback {
            if case .limited(let seconds) = openings.take(
                session.origin.peer.network, now: UInt64(now.milliseconds) * 1_000_000)
            {
                throw WireError(
                    .rateLimited, "Too many conversations were opened from this address; wait before the next one.",
                    [.init("retry_after", .integer(seconds))])
            }
        }
        var id = ConversationID(bits: random.next())
        while directory[id] != nil { id = ConversationID(bits: random.next()) }
        let token = Token(high: random.next(), low: random.next())
        return (
            id, token.text,
            .conversationOpened(
                language: language, channel: hello.channel, name: hello.name, contact: hello.contact,
                token: token.digest, greeting: greeting)
        )
    }

    private func open(_ job: Job, _ session: Session, _ hello: Hello) throws(WireError) {
        let chosen = content.language(hello.language) ?? session.language
        let language = chosen ?? content.defaultLanguage
        var greeting = content.greeting(language: language)
        greeting.seq = 1
        var hello = hello
        let vouched = hello.customer.map { vouches(for: $0) }
        if vouched == true { hello.takeCustomersName() }
        let (id, token, body) = try opening(session, hello, language: language, greeting: greeting)
        keep(job.connection)
        sessions[job.connection]?.language = chosen
        bind(job.connection, to: id)
        let verified = vouched == true ? hello.customer : nil
        commit(id, [body] + (verified.map { [.identityVerified(how: "website", customer: $0.id, order: nil)] } ?? []))
        var line: [UInt8] = []
        Answers.opened(id, token: token, language: language, greeting: greeting, verified: vouched, to: &line)
        if let tag = job.request.tag {
            sessions[job.connection]?.answered[tag.id] = Session.PlainAnswer(command: tag.command, line: line)
        }
        reply(job, .written) { $0 += line }
    }

    private func vouches(for customer: Hello.Customer) -> Bool {
        vouching?.vouches(
            id: customer.id, name: customer.name, expires: customer.expires, signature: customer.signature, now: now)
            ?? false
    }

    /// The conversation to speak in, opened where there is none; the events that open it come first.
    func conversation(_ job: Job, _ session: Session, language: String?) throws(WireError) -> Spoken {
        if let id = session.conversation, let conversation = conversations[id] {
            return Spoken(conversation: conversation, opening: [], token: nil)
        }
        let language = session.language ?? language ?? content.defaultLanguage
        let (id, token, body) = try opening(session, Hello(), language: language, greeting: nil)
        keep(job.connection)
        bind(job.connection, to: id)
        var conversation = Conversation(id: id)
        conversation.language = language
        return Spoken(conversation: conversation, opening: [body], token: token)
    }

    /// A conversation in which something is about to be said.
    struct Spoken {
        var conversation: Conversation
        var opening: [EventBody]
        var token: String?
    }

    private func say(_ job: Job, _ session: Session, _ text: String) throws(WireError) {
        let known = knownLanguage(session)
        if let understanding = job.understanding, understanding.prior == known, job.content === content {
            return try say(job, session, text, understanding)
        }
        try say(job, session, text, content.understand(text, language: known, scratch: &scratch))
    }

    /// The language that the customer spoke last or chose: what a message is understood by must not depend on which
    /// thread came to it.
    private func knownLanguage(_ session: Session) -> String? {
        guard let conversation = session.conversation.flatMap({ conversations[$0] }), conversation.lastCustomerSeq > 0
        else { return session.language }
        return conversation.language
    }

    private func say(
        _ job: Job, _ session: Session, _ text: String, _ understanding: Understanding
    ) throws(WireError) {
        let spoken = try conversation(job, session, language: understanding.language)
        let conversation = spoken.conversation
        let seq = conversation.lastSeq + 1
        guard conversation.isBots else {
            if takeNumber(job, conversation, text) || takeCallOff(job, conversation, text, understanding) { return }
            return deliver(job, conversation, text)
        }
        var turn = content.respond(to: text, understanding, in: conversation, situation: situation(session))
        turn.said.reply.seq = seq + 1
        if let handoff = turn.handoff {
            describe(handoff, in: conversation, language: turn.language, &turn.said.reply)
        }
        turn.said.reply.spell()
        var change = change(of: conversation.id, request: job.request)
        change.group.reserveCapacity(spoken.opening.count + 4)
        for body in spoken.opening { change.add(body) }
        change.add(.customerSaid(seq: seq, text: text))
        if turn.language != conversation.language { change.add(.languageChosen(language: turn.language)) }
        add(turn, to: &change)
        let after = commit(change)
        countRefusals(turn, from: session.origin.peer)
        let promise = promise(of: turn)
        replied(job, promise, seq, turn.said.reply, spoken)
        publish(after, since: seq - 1, except: job.connection, promise)
        if turn.handoff != nil { offer(after) }
        tell(opened: turn.cases)
        askShop(turn, in: conversation.id)
    }

    /// A message for whoever holds the conversation, or will. A file that stood in it is not there any more: the
    /// customer is told.
    private func deliver(_ job: Job, _ conversation: Conversation, _ text: String) {
        let seq = conversation.lastSeq + 1
        var bodies = [EventBody.customerSaid(seq: seq, text: text)]
        let hasFile = PastedFiles.hasMark(text)
        if hasFile {
            bodies.append(.systemSaid(seq: seq + 1, text: content.sentence(.fileNotDelivered, conversation.language)))
        }
        let after = commit(conversation.id, bodies, request: job.request)
        reply(job, .durable) { Answers.delivered(seq, to: &$0) }
        publish(after, since: seq - 1, except: job.connection, .durable)
        guard hasFile, let told = after.recent.last else { return }
        push(to: job.connection, .durable, in: after.id) { Answers.push(told, to: &$0) }
    }

    /// What a turn stores.
    func add(_ turn: Turn, to change: inout Change) {
        for body in turn.events { change.add(body) }
        for opening in turn.cases { change.add(.caseOpened(opening)) }
        change.add(.botReplied(turn.said))
        if let handoff = turn.handoff { change.add(.handoffRequested(handoff)) }
    }

    /// A handoff, a case or what is promised, once told, is not lost.
    func promise(of turn: Turn) -> Promise {
        let isPromised = turn.events.contains { event in
            switch event {
            case .callbackRequested, .callbackCancelled, .leadCaptured: true
            default: false
            }
        }
        return turn.handoff == nil && turn.cases.isEmpty && !isPromised ? .written : .durable
    }

    /// Answers with the bot's reply. Of a conversation's first command the whole line is kept: the token in it is stored
    /// nowhere else.
    func replied(_ job: Job, _ promise: Promise, _ seq: Int, _ said: Reply, _ spoken: Spoken) {
        let opened = spoken.token.map { (spoken.conversation.id, token: $0) }
        guard opened != nil, let tag = job.request.tag else {
            return reply(job, promise, in: spoken.conversation.id) {
                Answers.replied(seq, said, opened: opened, to: &$0)
            }
        }
        var line: [UInt8] = []
        Answers.replied(seq, said, opened: opened, to: &line)
        sessions[job.connection]?.answered[tag.id] = Session.PlainAnswer(command: tag.command, line: line)
        reply(job, promise) { $0 += line }
    }

    private func takeUp(
        _ job: Job, _ session: Session, token: String, after: Int, _ loaded: Transcript?
    ) throws(WireError) {
        let digest = Token.digest(of: token)
        let bad = WireError(.badToken, "No conversation has this token; open a new one with HELLO.")
        guard let id = directory.conversation(token: Directory.TokenKey(digest: digest)) else { throw bad }
        let conversation: Conversation
        do throws(WireError) {
            guard let warmed = try warm(id, job, loaded) else { return }
            conversation = warmed
        } catch { throw bad }
        guard conversation.token == digest else { throw bad }
        guard let messages = messages(of: conversation, after: after, job, loaded) else { return }
        keep(job.connection)
        bind(job.connection, to: id)
        let isClosed = conversation.holder == .closed
        let bodies = (isClosed ? [.conversationResumed] : []) + closingsOnReturn(conversation)
        let current = bodies.isEmpty ? conversation : commit(id, bodies)
        batch.plain.holdPushes(on: job.connection, until: job.slot)
        reply(job, .written) { bytes in
            Answers.resumed(current, to: &bytes)
            for message in messages where !message.isNote {
                bytes.append(0x0A)
                Answers.push(message, to: &bytes)
            }
        }
    }

    private func history(_ job: Job, _ session: Session, count: Int, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = session.conversation.flatMap({ conversations[$0] }) else {
            reply(job) { Answers.messages([], to: &$0) }
            return
        }
        var all = conversation.recent.filter { !$0.isNote }
        if let first = conversation.recent.first?.seq, first > 1, all.count < count {
            guard let loaded, loaded.conversation.lastSeq + 1 >= first else {
                return park(job, .load(conversation.id, messages: count, for: job))
            }
            all = loaded.messages.filter { !$0.isNote && $0.seq < first } + all
        }
        reply(job, .written) { Answers.messages(all.suffix(count), to: &$0) }
    }

    private func choose(_ job: Job, _ session: Session, language code: String) throws(WireError) {
        guard let language = content.language(code) else {
            throw WireError(.badArgument, "The language is one of \(content.languages.joined(separator: ", ")).")
        }
        keep(job.connection)
        sessions[job.connection]?.language = language
        if let id = session.conversation, let conversation = conversations[id],
            conversation.language != language || job.request.tag != nil
        {
            commit(id, [.languageChosen(language: language)], request: job.request)
        }
        reply(job, .written) { Answers.language(language, to: &$0) }
    }

    private func rate(_ job: Job, _ conversation: Conversation, _ rating: Rating) throws(WireError) {
        var about: Int?
        if rating.kind == .answer {
            about =
                job.request.tags.seq ?? conversation.lastReply?.seq
                ?? conversation.recent.last { $0.from == .bot }?.seq
            guard let about, about <= conversation.lastSeq else {
                throw WireError(.badArgument, "There is no such reply to rate; @seq names one that the bot gave.")
            }
        }
        commit(
            conversation.id,
            [.feedbackGiven(kind: rating.kind.rawValue, score: rating.score, comment: rating.comment, about: about)],
            request: job.request)
        reply(job, .written) { $0 += Answers.empty }
    }

    private func typing(_ job: Job, _ conversation: Conversation) throws(WireError) {
        for connection in agents(following: conversation, except: job.connection) {
            batch.plain.push(to: connection) { Answers.typing(conversation.id, from: "customer", to: &$0) }
        }
        for connection in audience[conversation.id] ?? [] where connection != job.connection {
            batch.plain.push(to: connection) { Answers.typing(nil, from: "customer", to: &$0) }
        }
        reply(job) { $0 += Answers.empty }
    }

    private func quit(_ job: Job, _ session: Session) {
        if let id = session.conversation {
            // Gone from here on, not when the socket closes: whoever leaves last closes the conversation.
            keep(job.connection)
            bind(job.connection, to: nil)
            if audience[id] == nil, let conversation = conversations[id] {
                if conversation.isBots, conversation.holder != .closed { commit(id, [.conversationClosed]) }
                tellDisconnected(conversation)
            }
        }
        reply(job, .written) { $0 += Answers.empty }
        batch.closings.append((job.connection, job.slot))
    }

    private func export(_ job: Job, _ conversation: Conversation, _ loaded: Transcript?) throws(WireError) {
        guard let loaded, loaded.conversation.id == conversation.id,
            loaded.conversation.version == conversation.version
        else { return park(job, .load(conversation.id, for: job)) }
        commit(conversation.id, [.conversationViewed(by: "customer", how: "export")], request: nil)
        reply(job, .durable) { Answers.export(loaded, to: &$0) }
    }
}
