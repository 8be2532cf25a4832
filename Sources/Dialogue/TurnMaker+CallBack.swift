import Content
import Events

/// What texts and conditions may name of the call that was promised: when it is.
enum CallBackVariable {
    static let name = "callback"
}

extension TurnMaker {
    /// A promised call, and how the customer is told.
    struct PromisedCall {
        let request: CallbackRequest
        /// `mañana a las 17:00`.
        let time: String
        let sentence: String
    }

    /// The present in the shop, with what was agreed on before.
    var clock: MomentReader.Clock {
        let hours = content.serviceHours
        let agreed = conversation.callback.map { hours.localMoment($0.request.when.milliseconds) }
        let asked = conversation.flows.isEmpty ? nil : conversation.slots[SlotKind.moment.rawValue]
        return MomentReader.Clock(
            hours: hours, now: situation.now.milliseconds, earlier: asked.flatMap { LocalMoment($0) } ?? agreed)
    }

    /// Promises a call when the customer wants it and somebody is there.
    func promiseCall(_ intent: Intent, _ slots: [String: String], bySupervisor: Bool) -> PromisedCall {
        let hours = content.serviceHours
        let wished = slots[SlotKind.moment.rawValue].flatMap { LocalMoment($0) }.map(hours.unixMilliseconds)
        let now = situation.now.milliseconds
        let moment = wished.map { hours.firstOpen(from: max($0, now)) } ?? soonest(bySupervisor: bySupervisor)
        let phone = slots[SlotKind.phone.rawValue]
        let request = CallbackRequest(
            when: Timestamp(milliseconds: moment), phone: phone, text: said(to: intent),
            team: callingTeam(intent), language: language, intent: intent.id, bySupervisor: bySupervisor)
        let time = hours.describe(moment, now: now, language)
        // A moment is told by the minute: what lies within this one was not moved.
        let isMoved = wished.map { moment - $0 >= Self.minute && moment - now >= Self.minute } ?? false
        let isSoon = moment - now < Self.minute && !bySupervisor
        let key: SentenceKey =
            switch (bySupervisor, isMoved) {
            case (true, true): .callbackBySupervisorMoved
            case (true, false): .callbackBySupervisor
            case (false, true): .callbackMoved
            case (false, false): isSoon ? .callbackSoon : .callbackArranged
            }
        let sentence = content.sentence(
            key, language,
            ["when": .text(time), "phone": .text(phone.map { shown(SlotKind.phone.rawValue, $0) } ?? "")])
        return PromisedCall(request: request, time: time, sentence: sentence)
    }

    /// The intent's own team; where that is everybody's, the one that the conversation was about, which knows more.
    private func callingTeam(_ intent: Intent) -> String {
        guard intent.team == content.settings.defaultTeam else { return intent.team }
        let about = conversation.tried.suffix(10).compactMap(\.intent).last { $0 != intent.id }
        return about.flatMap { content.bundle.intent($0)?.team } ?? intent.team
    }

    private static let minute: Int64 = 60_000
    /// A supervisor who is not there now is given so long to be back, as long as it is the same day.
    private static let supervisorDelay = 60 * minute

    /// When a call is promised that no moment was asked for.
    private func soonest(bySupervisor: Bool) -> Int64 {
        let hours = content.serviceHours
        let now = situation.now.milliseconds
        let first = hours.firstOpen(from: now)
        guard bySupervisor, first == now else { return first }
        let later = hours.firstOpen(from: now + Self.supervisorDelay)
        return hours.day(at: later) == hours.day(at: now) ? later : now
    }

    /// How the customer can be reached, with what they are interested in.
    func lead(_ intent: Intent, _ slots: [String: String]) -> Lead {
        Lead(
            name: slots[SlotKind.name.rawValue] ?? conversation.name, phone: slots[SlotKind.phone.rawValue],
            email: slots[SlotKind.email.rawValue], product: slots[SlotList.product], text: said(to: intent),
            team: intent.team, language: language, intent: intent.id)
    }

    /// When the customer is called, in words.
    func callBackTime(_ slots: [String: String]) -> ContentValue? {
        let promised = conversation.callback.map {
            content.serviceHours.describe($0.request.when.milliseconds, now: situation.now.milliseconds, language)
        }
        return (slots[CallBackVariable.name] ?? promised).map { .text($0) }
    }

    /// Whether a supervisor of the team of what the conversation is about is there.
    var supervisorIsThere: Bool {
        let team = conversation.lastReply?.intent.flatMap { content.bundle.intent($0)?.team }
        return supervisorIsThere(of: team ?? content.settings.defaultTeam)
    }

    /// Whether a supervisor of a team is there.
    func supervisorIsThere(of team: String) -> Bool {
        situation.isOpen && situation.supervisorAttends(team, language)
    }

    /// What is known, with what the conversation was opened with where a flow is about reaching the customer; it proves
    /// nothing of anybody.
    func reachable(_ slots: [String: String], for intent: Intent) -> [String: String] {
        guard intent.flow?.reachesCustomer == true, let contact = conversation.contact else { return slots }
        let missing = [SlotKind.email, .phone].filter {
            intent.slots.contains($0.rawValue) && slots[$0.rawValue] == nil
        }
        guard !missing.isEmpty else { return slots }
        return read(contact, missing).reduce(into: slots) { $0[$1.slot] = $1.values[0] }
    }

    /// Takes a message that puts a promised call off, "mejor a las 6", for more of the same. Nil where none is promised, or
    /// the message surely means another thing.
    func putOff(_ understanding: Understanding) -> Turn? {
        guard let callback = conversation.callback, !callback.isDue, let id = callback.request.intent,
            let place = content.bundle.index(ofIntent: id), understanding.rule == nil, !understanding.isHeldBack(place),
            content.kinds[place].contains(.moment), !text.utf8.contains(UInt8(ascii: "?"))
        else { return nil }
        let found = read(text, [.moment, .phone])
        guard found.contains(where: { $0.slot == SlotKind.moment.rawValue }) else { return nil }
        if case .intent(let best) = content.decision(understanding), best.intent != place, !isCorrection { return nil }
        return answer(place, confidence: 1, slots: found)
    }

    /// Whether the message takes back what was said before.
    private var isCorrection: Bool {
        guard let words = content.model(language)?.slotWords else { return false }
        let text = SlotText(text)
        return text.words.indices.contains { text.longest(of: words.corrections, at: $0) != nil }
    }
}

extension Interpreter {
    /// The telephone number in a text, in E.164.
    public func phone(in text: String) -> String? {
        guard text.utf8.contains(where: \.isASCIIDigit) else { return nil }
        return ContactReader.phones(SlotText(text), known: settings.orderNumber).first?.value
    }

    /// Whether a message surely means an intent that takes a promised call back.
    public func cancelsCallBack(_ understanding: Understanding) -> Bool {
        guard case .intent(let best) = decision(understanding) else { return false }
        return bundle.intents[best.intent].flow?.cancelsCallBack == true
    }
}
