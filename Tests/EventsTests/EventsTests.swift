import JSON
import Testing

@testable import Events

@Suite("Events")
struct EventsTests {
    private static let reply = Reply(
        seq: 2, text: "**Sí**", kind: .answer, intent: "price", confidence: 0.9345, language: "es",
        choices: [Choice(label: "A", say: "b")], sources: [Source(title: "t", path: "p#a")],
        handoff: Handoff(state: .waiting, position: 1, estimatedWait: nil, reason: .lowConfidence, team: "ventas"))

    private static let opening = CaseOpened(
        key: CaseKey(bits: 77), kind: .billing, team: "posventa", language: "es", intent: "billing_problem",
        text: "me habéis cobrado dos veces", order: "10024", customer: "c1",
        due: Timestamp(milliseconds: 1_796_000_000_000),
        warning: Timestamp(milliseconds: 1_795_900_000_000), receipt: "**Justificante**")
    private static let answer = CaseAnswered(
        key: opening.key, kind: .billing, seq: 9, agent: "ana", text: "No fue así.", outcome: .refused)
    private static let told: Reply = {
        var told = reply
        told.told = Case(opening, at: Timestamp(milliseconds: 1_795_535_353_042))
        return told
    }()

    private static let callback = CallbackRequest(
        when: Timestamp(milliseconds: 1_796_000_000_000), phone: "+34612345678", text: "por la factura",
        team: "general", language: "es", intent: "callback_request", agent: "ana", bySupervisor: true)
    private static let lead = Lead(
        name: "Ana", phone: "+34612345678", email: "a@example.org", product: "CL-0001", text: "avisadme",
        team: "ventas", language: "es", intent: "stock_alert")

    /// One of each type, every optional member present.
    static let bodies: [EventBody] = [
        .conversationOpened(
            language: "es", channel: "web", name: "Ana", contact: "a@example.org", token: "ab", greeting: reply),
        .customerSaid(seq: 1, text: "hola\n\"qué\""), .systemSaid(seq: 3, text: "Ana está contigo"),
        .botReplied(
            BotReply(
                reply: reply, content: "v1", missed: true, offered: ["price", "invoice"], asked: "product",
                slots: [.init(name: "product", value: "CL-0001")],
                flows: [
                    FlowMark(intent: "invoice"),
                    FlowMark(intent: "price", step: 3, done: ["say a#1"], order: "10025"),
                ],
                lookup: "10024")),
        .handoffRequested(
            HandoffRequest(
                reason: .complaint, team: "posventa", language: "en", priority: 10, intent: "complaint",
                tried: ["x", "y"], attended: false)),
        .handoffRequested(
            HandoffRequest(
                reason: .callback, team: "general", language: "es", priority: 0, intent: nil, tried: [],
                attended: true, needsSupervisor: true)),
        .callbackRequested(callback), .callbackCancelled, .leadCaptured(lead),
        .handoffAttended, .handoffCancelled, .handoffClaimed(agent: "ana", from: "eva"),
        .agentSaid(seq: 4, agent: "ana", text: "hola"), .agentNoted(seq: 5, agent: "ana", text: "ojo"),
        .handoffTransferred(agent: "ana", team: "ventas", to: "eva"), .handoffRequeued(agent: "ana"),
        .handoffReturned(agent: "ana"), .conversationResolved(agent: "ana", outcome: "ok", tags: ["a", "b"]),
        .conversationClosed, .conversationResumed, .conversationViewed(by: "ana", how: "watch"),
        .languageChosen(language: "en"), .feedbackGiven(kind: "answer", score: 0, comment: "no", about: 2),
        .caseOpened(opening), .caseAnswered(answer), .caseClosed(opening.key), .caseExpired(opening.key),
        .requestRefused(opening.key, text: "Ya salió."),
        .caseReminded(opening.key, .overdue),
        .botReplied(BotReply(reply: told, content: "v1")),
        .conversationErased, .agentReady(capacity: 3), .agentAway, .identityRefused(proof: "10024|a@example.org|"),
        .identityVerified(how: "order", customer: "c1", order: "10024"),
        .contentLoaded(version: "v1", intents: 25, sections: 300),
    ]

    @Test("a promise and a contact come back from a snapshot, and nothing of them is left after an erasure")
    func followUps() throws {
        let moment = Timestamp(milliseconds: 1_795_535_353_042)
        var promised = Callback(Self.callback, at: moment)
        promised.isDue = true
        var kept = Self.lead
        kept.captured = moment
        var writer = JSONWriter()
        promised.write(whole: &writer)
        #expect(try Callback(JSONValue.parse(writer.bytes)) == promised)
        writer = JSONWriter()
        kept.write(whole: &writer)
        #expect(try Lead(JSONValue.parse(writer.bytes)) == kept)
        for body in [EventBody.callbackRequested(Self.callback), .leadCaptured(Self.lead)] {
            let event = Event(
                stream: .conversation(ConversationID(bits: 1)), version: 1, id: EventID(command: 1, index: 0),
                at: moment, body: body)
            var line = JSONWriter()
            line.beginObject()
            event.erased(keeping: []).writeMembers(to: &line)
            line.endObject()
            let text = String(decoding: line.bytes, as: UTF8.self)
            for word in ["612345678", "factura", "Ana", "example.org", "CL-0001", "avisadme"] {
                #expect(!text.contains(word), "\(text)")
            }
        }
    }

    @Test("every type of event comes back from its line as it was written", arguments: bodies)
    func roundTrip(body: EventBody) throws {
        let event = Event(
            stream: .conversation(ConversationID(bits: 0x0123_4567_89AB_CDEF)), version: 7,
            id: EventID(command: 99, index: 2), at: Timestamp(milliseconds: 1_795_535_353_042),
            request: RequestTag(id: "aa", command: "bb"), body: body)
        var writer = JSONWriter()
        writer.beginObject()
        event.writeMembers(to: &writer)
        writer.endObject()
        #expect(try Event(JSONValue.parse(writer.bytes)) == event)
    }

    @Test("a reply whose words were spelled before is written as one whose were not, and a change of it counts")
    func spelledReply() {
        func written(_ reply: Reply) -> String {
            var writer = JSONWriter()
            reply.write(to: &writer)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        let plain = Reply(
            text: "«sí»\n\"no\"", kind: .answer, intent: "price", confidence: 0.5, language: "es",
            choices: [Choice(label: "A", say: "a")], sources: [Source(title: "T", path: "p")])
        var spelled = plain
        spelled.spell()
        #expect(written(spelled) == written(plain))
        #expect(spelled == plain)
        spelled.seq = 9
        #expect(written(spelled).hasPrefix("{\"seq\":9,\"text\":\"«sí»"))
        spelled.text = "otra"
        #expect(written(spelled).contains("\"text\":\"otra\",\"kind\""))
        #expect(spelled != plain)
    }

    @Test("of an erased case that is kept the claim and the answer stay, of any other nothing that was said")
    func erasedCase() {
        func erased(_ body: EventBody, keeping kinds: Set<CaseKey> = [Self.opening.key]) -> EventBody {
            Event(
                stream: .conversation(ConversationID(bits: 1)), version: 1, id: EventID(command: 1, index: 0),
                at: Timestamp(milliseconds: 0), request: RequestTag(id: "a", command: "b"), body: body
            ).erased(keeping: kinds).body
        }
        var kept = Self.opening
        (kept.receipt, kept.customer) = ("", nil)
        #expect(erased(.caseOpened(Self.opening)) == .caseOpened(kept))
        #expect(erased(.caseAnswered(Self.answer)) == .caseAnswered(Self.answer))
        let opening = Self.opening
        guard case .caseOpened(let bare) = erased(.caseOpened(opening), keeping: []),
            case .caseAnswered(let silent) = erased(.caseAnswered(Self.answer), keeping: []),
            case .botReplied(let said) = erased(.botReplied(BotReply(reply: Self.told, content: "v1")))
        else { return #expect(Bool(false)) }
        #expect(bare.text.isEmpty && bare.order == nil && bare.receipt.isEmpty && bare.key == opening.key)
        #expect(silent.text.isEmpty && said.reply.told == nil)
        let later = EventBody.unknown(type: "of.tomorrow", members: .object([.init("phone", .string("600"))]))
        #expect(erased(later) == .unknown(type: "of.tomorrow", members: .object([])))
    }

    @Test("a case that is written whole comes back with all that became of it, and without words where it had none")
    func wholeCase() throws {
        func event(_ body: EventBody, at milliseconds: Int64) -> Event {
            Event(
                stream: .conversation(ConversationID(bits: 1)), version: 1, id: EventID(command: 1, index: 0),
                at: Timestamp(milliseconds: milliseconds), body: body)
        }
        var cases: [Case] = []
        for body in [
            EventBody.caseOpened(Self.opening), .caseReminded(Self.opening.key, .due), .caseAnswered(Self.answer),
            .caseClosed(Self.opening.key),
        ] { cases.evolve(event(body, at: 1_795_600_000_000)) }
        #expect(cases.map(\.state) == [.closed] && cases[0].reminder == .due && cases[0].outcome == .refused)
        for value in [cases[0], cases[0].withoutWords] {
            var writer = JSONWriter()
            value.write(whole: &writer)
            #expect(Case(try JSONValue.parse(writer.bytes)) == value)
        }
        cases.evolve(event(.conversationErased, at: 1_795_700_000_000))
        #expect(cases[0].isBlocked && cases[0].text == nil && cases[0].receipt == nil && cases[0].state == .closed)
    }

    @Test("a type that this version doesn't know keeps its members")
    func unknown() throws {
        let line =
            #"{"at":"2026-11-24T15:49:13.042Z","type":"case.forgotten","stream":"content","version":1,"#
            + #""id":"0000000000001-0","key":"CL-1","n":[1,2]}"#
        let event = try Event(JSONValue.parse(line))
        var writer = JSONWriter()
        writer.beginObject()
        event.writeMembers(to: &writer)
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == line)
    }

    @Test("a line without a needed member is an error that names it")
    func missing() throws {
        let json = try JSONValue.parse(
            #"{"at":"2026-11-24T15:49:13.042Z","type":"customer.said","stream":"content","version":1,"#
                + #""id":"0000000000001-0","message":1}"#)
        #expect(throws: EventError.missing(member: "text", type: "customer.said")) { try Event(json) }
    }

    @Test(
        "moments are RFC 3339 with milliseconds, there and back",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"), (1_795_535_353_042, "2026-11-24T15:49:13.042Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ])
    func timestamps(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).text == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(
        "no other form of a moment is taken",
        arguments: ["2026-13-01T00:00:00.000Z", "2026-02-31T00:00:00.000Z", "2026-11-24", "x", ""])
    func badTimestamps(text: String) { #expect(Timestamp(text) == nil) }

    @Test("ids are 13 digits of base 32 in either case, there and back")
    func identifiers() {
        for bits: UInt64 in [0, 1, .max, 0x0123_4567_89AB_CDEF] {
            let id = ConversationID(bits: bits)
            #expect(ConversationID(id.description) == id)
            #expect(ConversationID(id.description.uppercased()) == id)
        }
        for text in ["", "zzzzzzzzzzzzz", "000000000000i", "00000000000000"] { #expect(ConversationID(text) == nil) }
        for stream in [StreamID.conversation(ConversationID(bits: 5)), .agent("ana"), .content] {
            #expect(StreamID(stream.text) == stream)
        }
    }
}
