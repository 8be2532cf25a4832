import Content
import Events

/// One run through a flow's steps. A flow stands where it waits, and goes on from there; where the customer takes back
/// what it went by, or an editor changed its steps, it begins anew and neither says nor does again what it did.
struct FlowRun {
    var maker: TurnMaker
    private let flow: Flow
    private let place: Int
    let intent: Intent
    let confidence: Double
    var slots: [String: String]
    var filled: [BotReply.Slot]
    private let found: [Understanding.Found]
    /// Where it begins.
    let start: Int
    /// What was said and done in this flow before.
    private var done: [String]
    var texts: [String] = []
    var opened: (told: Case, opening: CaseOpened?)?
    /// What is to be stored beside the reply.
    var events: [EventBody] = []
    /// Other flows that end with this one.
    private var ended: [FlowMark] = []
    /// What the shop is asked to do.
    var wishes: [OrderWish] = []

    /// Steps after which a run ends whatever the flow says; the check of content finds what goes round by itself.
    private static let mostSteps = 1_000

    init(
        _ maker: TurnMaker, _ flow: Flow, _ place: Int, _ confidence: Double, _ slots: [String: String],
        _ filled: [BotReply.Slot], _ found: [Understanding.Found]
    ) {
        (self.maker, self.flow, self.place, self.confidence) = (maker, flow, place, confidence)
        (self.slots, self.filled, self.found) = (slots, filled, found)
        intent = maker.content.bundle.intents[place]
        let id = intent.id
        let progress = maker.conversation.flows.last { $0.mark.intent == id }
        done = progress?.mark.done ?? []
        // Two flows may be about two orders.
        if let order = progress?.mark.order, !filled.contains(where: { $0.name == SlotKind.order.rawValue }) {
            self.slots[SlotKind.order.rawValue] = order
            self.filled.append(BotReply.Slot(name: SlotKind.order.rawValue, value: order))
        }
        let known = maker.conversation.slots
        let asked = progress?.mark.step.flatMap(flow.asked)
        // An order's number is put right at the step that has it proved.
        let isTakenBack = filled.contains { slot in
            known[slot.name].map { $0 != slot.value } == true && slot.name != asked
                && !SlotKind.proof.contains { $0.rawValue == slot.name }
        }
        let isCurrent = progress?.content == maker.content.version
        start = isCurrent && !isTakenBack ? progress?.mark.step ?? 0 : 0
        if progress?.mark.step == nil { done = [] }
    }

    mutating func turn() -> Turn {
        var step = start
        if start > 0, isBehindProof(step) {
            if let turn = takeUpOrder() { return turn }
            // Whatever was done for another order holds for that one.
            if maker.order == nil || isOtherOrder { (step, done) = (0, []) }
        }
        for _ in 0..<Self.mostSteps {
            guard flow.steps.indices.contains(step) else { break }
            switch flow.steps[step] {
            case .ask(let slot):
                guard isGiven(slot, at: step) else { return ask(slot, at: step) }
            case .verify:
                if let turn = verify(at: step) { return turn }
            case .unless(let condition, let target):
                if !condition.holds({ maker.comparable($0, slots) }) { step = target - 1 }
            case .go(let target):
                // What comes round again is said and done again.
                if target <= step { done = [] }
                step = target - 1
            case .say(let name): say(name, at: step)
            case .perform(.request) where maker.order == nil: return handOver(.error)
            case .perform(let action): perform(action, at: step)
            case .forget(let slot):
                if slots.removeValue(forKey: slot) != nil { filled.append(BotReply.Slot(name: slot, value: "")) }
            case .answer: return answer()
            case .handOver(let team): return handOver(.policy, team: team)
            case .handOverToSupervisor: return handOverToSupervisor()
            case .end: return end()
            }
            step += 1
        }
        return handOver(.error)
    }

    // MARK: - Steps

    /// Whether the customer has just named another order than before.
    private var isOtherOrder: Bool {
        let before = maker.conversation.slots[SlotKind.order.rawValue]
        return before != nil && before != slots[SlotKind.order.rawValue]
    }

    /// Whether an order was proved before this step.
    private func isBehindProof(_ step: Int) -> Bool {
        flow.steps[step] != .verify && flow.steps.prefix(step).contains(.verify)
    }

    /// Whether the customer gave it. A yes holds for the question just asked and no other.
    private func isGiven(_ slot: String, at step: Int) -> Bool {
        let isOpen = found.contains { $0.slot == slot && $0.values.count > 1 }
        guard !isOpen, slots[slot] != nil else { return false }
        guard slot == SlotKind.agreement.rawValue else { return true }
        let wasAsked = maker.conversation.flows.contains { $0.mark.intent == intent.id && $0.mark.step == step }
        return wasAsked && step == start && found.contains { $0.slot == slot }
    }

    private mutating func say(_ name: String, at step: Int) {
        guard !done.contains(flow.names[step]), let text = intent.texts[maker.language]?[name] else { return }
        done.append(flow.names[step])
        texts.append(rendered(text))
    }

    /// Does what a step is for, once in a flow.
    private mutating func perform(_ action: Flow.Action, at step: Int) {
        guard !done.contains(flow.names[step]) else { return }
        done.append(flow.names[step])
        switch action {
        case .openCase(let kind): opened = maker.opensCase(kind, intent)
        case .request(let kind):
            guard let number = maker.order?.number else { return }
            let wish = maker.content.sentence(kind.sentence, maker.language, ["order": .text(number)])
            let found = maker.opensCase(.request, intent, wish: wish, isOnce: kind == .cancel)
            opened = found
            if let opening = found.opening {
                wishes.append(OrderWish(kind: kind, order: number, text: opening.text, key: opening.key))
            }
        case .callBack(let bySupervisor): promiseCall(bySupervisor: bySupervisor)
        case .cancelCallBack: cancelCall()
        case .keepLead: keepLead()
        }
        if let opened { slots.merge(maker.variables(of: opened.told)) { $1 } }
    }

    private mutating func promiseCall(bySupervisor: Bool) {
        let promised = maker.promiseCall(intent, slots, bySupervisor: bySupervisor)
        events.append(.callbackRequested(promised.request))
        texts.append(promised.sentence)
        slots[CallBackVariable.name] = promised.time
    }

    /// Nor is the customer asked any more when to call.
    private mutating func cancelCall() {
        ended = maker.conversation.flows.map(\.mark.intent).filter { id in
            id != intent.id && maker.content.bundle.intent(id)?.flow?.promisesCall == true
        }.map { FlowMark(intent: $0) }
        guard maker.conversation.callback != nil else { return }
        events.append(.callbackCancelled)
    }

    private mutating func keepLead() {
        guard slots[SlotKind.agreement.rawValue] == "yes" else { return }
        events.append(.leadCaptured(maker.lead(intent, slots)))
    }

    func rendered(_ template: AnswerTemplate) -> String {
        template.rendered(language: maker.language) { maker.value($0, slots) }
    }

    func ask(_ slot: String, at step: Int) -> Turn {
        var options = found.first { $0.slot == slot }?.values ?? maker.kin(of: slot)
        if slot == SlotKind.agreement.rawValue { options = ["yes", "no"] }
        let question =
            intent.questions[maker.language]?[slot].map(rendered)
            ?? SlotKind(rawValue: slot)?.question.map { maker.content.sentence($0, maker.language) } ?? ""
        return ask(slot, question, options: options, at: step)
    }

    func ask(_ slot: String, _ question: String, options: [String] = [], at step: Int) -> Turn {
        let text = (texts + [question]).joined(separator: "\n\n")
        return maker.ask(
            slot, of: intent, text, options: options, confidence: confidence, filled, flow: mark(step))
    }

    func mark(_ step: Int?) -> FlowMark {
        FlowMark(intent: intent.id, step: step, done: step == nil ? [] : done)
    }

    // MARK: - Ends

    private mutating func answer() -> Turn {
        if let opened = openCase() { slots.merge(maker.variables(of: opened.told)) { $1 } }
        let wording = maker.wording(place, intent, slots)
        return finish([wording.parts.text], kind: wording.parts.kind, choices: wording.parts.choices)
    }

    /// What was said is all that is to be said; where nothing was, the intent's answer is.
    private mutating func end() -> Turn {
        if texts.isEmpty { return answer() }
        _ = openCase()
        let choices = intent.handoff == .offer ? [maker.personChoice] : []
        return finish([], kind: .answer, choices: choices, isAnswer: false)
    }

    /// The case that the intent opens where its flow has come to an answer.
    private mutating func openCase() -> (told: Case, opening: CaseOpened?)? {
        opened = opened ?? maker.opensCase(intent)
        return opened
    }

    private func finish(
        _ more: [String], kind: ReplyKind, choices: [Choice], isAnswer: Bool = true
    ) -> Turn {
        let text = (texts + more).filter { !$0.isEmpty }.joined(separator: "\n\n")
        // Who will be called has got what they asked for.
        let isPromised = events.contains { if case .callbackRequested = $0 { true } else { false } }
        if intent.handoff == .always, isAnswer, !isPromised {
            return maker.handOver(
                HandoffReason(intent.reason), intent: intent.id, text: text, confidence: confidence, slots: filled,
                flow: mark(nil))
        }
        let reply = Reply(
            text: text, kind: maker.order == nil ? kind : .order, intent: intent.id, confidence: confidence,
            language: maker.language, choices: choices)
        return Turn(
            said: BotReply(reply: reply, content: maker.content.version, slots: filled, flows: ended + [mark(nil)]),
            language: maker.language)
    }

    private func handOverToSupervisor() -> Turn {
        var turn = handOver(.asked)
        let isThere = turn.handoff.map { maker.supervisorIsThere(of: $0.team) } ?? false
        turn.handoff?.needsSupervisor = true
        turn.handoff?.attended = isThere
        return turn
    }

    func handOver(_ reason: HandoffReason, team: String? = nil) -> Turn {
        var turn = maker.handOver(
            reason, intent: intent.id, text: texts.joined(separator: "\n\n"), confidence: confidence, slots: filled,
            flow: mark(nil))
        if let team { turn.handoff?.team = team }
        return turn
    }
}

extension Flow.Wish {
    fileprivate var sentence: SentenceKey {
        switch self {
        case .cancel: .wishCancel
        case .change: .wishChange
        case .giveBack: .wishReturn
        }
    }
}
