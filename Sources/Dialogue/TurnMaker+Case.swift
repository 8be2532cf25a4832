import Content
import Events

/// What looking for a case by its key brought.
public enum CaseFinding: Sendable {
    case found(Case)
    case unknown
    /// Too many keys failed of late.
    case limited
}

extension TurnMaker {
    /// A case that begins now, with its deadline and the customer's receipt.
    /// - Parameters:
    ///   - text: what the customer said.
    ///   - intent: the id of the one that opens it: while this case is open, that one opens no other.
    func openingCase(_ kind: CaseKind, team: String, text: String, intent: String? = nil) -> CaseOpened {
        let days = content.workingDays
        let today = days.local(situation.now.milliseconds).day
        let allowed =
            switch kind {
            case .billing: content.settings.billingDays
            case .request: content.settings.requestDays
            case .complaint, .incident: content.settings.caseDays
            }
        let last = days.day(allowed, after: today)
        let early = days.day(content.settings.caseWarningDays, before: last)
        var opening = CaseOpened(
            key: situation.newCaseKey(), kind: kind, team: team, language: language, intent: intent, text: text,
            order: read(text, [.order]).first?.values.first ?? conversation.slots[SlotKind.order.rawValue],
            customer: conversation.vouchedFor, due: Timestamp(milliseconds: days.end(of: last)),
            warning: Timestamp(milliseconds: days.start(of: early)),
            receipt: "")
        opening.receipt = receipt(for: opening)
        return opening
    }

    /// The case that an intent's answer opens, or has opened in this conversation and that is not closed yet.
    func opensCase(_ intent: Intent) -> (told: Case, opening: CaseOpened?)? {
        intent.caseKind.map { opensCase($0, intent) }
    }

    /// A case of an intent, or the one that it has opened in this conversation, about the same order, and that is not
    /// closed yet.
    /// - Parameters:
    ///   - wish: what comes before the customer's words.
    ///   - isOnce: whether the same wish again is no other, as a cancellation is.
    func opensCase(_ kind: Intent.CaseKind, _ intent: Intent, wish: String? = nil, isOnce: Bool = true) -> (
        told: Case, opening: CaseOpened?
    ) {
        let standing = conversation.cases.last {
            $0.intent == intent.id && $0.state != .closed && (wish == nil || isOnce && $0.order == order?.number)
        }
        if let standing { return (standing, nil) }
        // The same wish for the same order may have been told in another conversation.
        if wish != nil, isOnce, let number = order?.number {
            let earlier = situation.openCases { $0.intent == intent.id && $0.order == number }.first
            if let earlier { return (earlier.withoutWords, nil) }
        }
        let words = ([wish].compactMap { $0 } + [said(to: intent)]).joined(separator: "\n")
        let opening = openingCase(CaseKind(kind), team: intent.team, text: words, intent: intent.id)
        return (Case(opening, at: situation.now), opening)
    }

    /// What the customer said since a flow began, or since what was missing was asked for; else this message alone.
    func said(to intent: Intent) -> String {
        var since = conversation.flows.first { $0.mark.intent == intent.id }?.since
        if case .slot(_, intent.id, _)? = conversation.pending { since = since ?? conversation.lastCustomerSeq }
        let earlier = conversation.recent.filter { message in
            since.map { message.from == .customer && message.seq >= $0 } ?? false
        }
        return (earlier.map(\.text) + (text.isEmpty ? [] : [text])).joined(separator: "\n")
    }

    /// What `{case}` and `{due}` stand for.
    func variables(of told: Case) -> [String: String] {
        [CaseVariable.key: told.key.description, CaseVariable.due: day(told.due)]
    }

    /// The turn with the case in its reply; where the editor's words don't name its key, the mechanism's do.
    func telling(_ told: Case, _ opening: CaseOpened?, in turn: Turn) -> Turn {
        var turn = turn
        if let opening { turn.cases.append(opening) }
        turn.said.reply.told = told
        guard !told.key.stands(in: turn.said.reply.text) else { return turn }
        let sentence = content.sentence(
            opening == nil ? .caseAlreadyRegistered : .caseRegistered, language, words(for: told))
        turn.said.reply.text += (turn.said.reply.text.isEmpty ? "" : "\n\n") + sentence
        return turn
    }

    /// Tells how a case stands whose key the customer wrote.
    func tellCase(_ mention: CaseKey.Mention) -> Turn {
        guard case .key(let key) = mention else {
            if case .limited = situation.findCase(nil) { return tell(.caseKeysLimited, nil) }
            return tell(.caseKeyMistyped, nil)
        }
        if let own = conversation.cases.first(where: { $0.key == key }) { return tell(own) }
        switch situation.findCase(key) {
        case .found(let found): return tell(found.withoutWords)
        case .unknown: return tell(.caseKeyUnknown, nil)
        case .limited: return tell(.caseKeysLimited, nil)
        }
    }

    /// Tells how the cases stand that the customer may mean without a key: those of the conversation, or of whom the website
    /// vouches for; nil where there are none.
    func tellCases() -> Turn? {
        var cases = conversation.cases.filter { $0.state != .closed }
        if cases.isEmpty, let customer = conversation.vouchedFor {
            cases = situation.openCases { $0.customer == customer }.map(\.withoutWords)
        }
        guard let last = cases.last else { return nil }
        var turn = tell(last)
        for earlier in cases.dropLast().reversed() {
            turn.said.reply.text = tell(earlier).said.reply.text + "\n\n" + turn.said.reply.text
        }
        return turn
    }

    private func tell(_ told: Case) -> Turn {
        switch told.state {
        case .open: tell(told.due < situation.now ? .caseIsLate : .caseIsOpen, told)
        case .answered: tell(.caseIsAnswered, told)
        case .closed: tell(.caseIsClosed, told)
        }
    }

    private func tell(_ key: SentenceKey, _ told: Case?) -> Turn {
        var reply = Reply(
            text: content.sentence(key, language, told.map(words) ?? [:]), kind: .answer, intent: told?.intent,
            confidence: 1, language: language, choices: [personChoice])
        reply.told = told
        return Turn(said: BotReply(reply: reply, content: content.version), language: language)
    }

    private func words(for told: Case) -> [String: SentenceArgument] {
        [
            "key": .text(told.key.description), "kind": .text(content.word(for: told.kind, language)),
            "due": .text(day(told.due)), "date": .text(day(told.answered ?? told.due)),
        ]
    }

    private func day(_ moment: Timestamp) -> String {
        Phrasing.date(content.workingDays.local(moment.milliseconds).day, language)
    }

    private func receipt(for opening: CaseOpened) -> String {
        let (today, minute) = content.workingDays.local(situation.now.milliseconds)
        let day = content.sentence(
            .caseReceiptDay, language,
            ["date": .text(Phrasing.date(today, language)), "year": .text(String(today.year))])
        return content.sentence(
            .caseReceipt, language,
            [
                "key": .text(opening.key.description), "kind": .text(content.word(for: opening.kind, language)),
                "day": .text(day), "time": .text(OpeningHours.time(minute)), "hour": .number(minute / 60),
                "due": .text(self.day(opening.due)), "text": .text(QuotedText.markdown(opening.text)),
            ])
    }
}

extension Interpreter {
    /// What a kind of case is called.
    public func word(for kind: CaseKind, _ language: String) -> String {
        Sentences(language).word("case", for: kind.rawValue)
    }
}

extension CaseKind {
    init(_ kind: Intent.CaseKind) {
        self =
            switch kind {
            case .complaint: .complaint
            case .billing: .billing
            case .incident: .incident
            case .request: .request
            }
    }
}
