import Content
import Events

/// The step that has an order proved to be the customer's.
extension FlowRun {
    /// The turn that the flow waits in; nil where the order is proved to be the customer's.
    mutating func verify(at step: Int) -> Turn? {
        guard let number = slots[SlotKind.order.rawValue] ?? takeOnlyOrder() else { return askOrder(at: step) }
        let isProved = maker.conversation.verifiedOrders.contains(number)
        if !isProved, isKnown, !gaveProof, !holdsOtherAddress {
            // The customer's own, or another than the one that was proved, which the same address may have made: no attempt
            // is counted.
            return verifyAsKnown(number, at: step)
        }
        let (email, postcode) = (slots[SlotKind.email.rawValue], slots[SlotKind.postcode.rawValue])
        guard isProved || email != nil || postcode != nil else {
            return askProof(at: step)
        }
        let proof = [number, email ?? "", postcode ?? ""].joined(separator: "|")
        if !isProved, proof == maker.conversation.refusedProof { return refused(at: step) }
        guard isProved || maker.situation.mayProve else {
            return ask(SlotKind.order.rawValue, maker.content.sentence(.proofLimited, maker.language), at: step)
        }
        if let turn = verifyOtherwise(number, at: step) { return turn }
        if slots[SlotKind.order.rawValue] != number { return nil }
        switch maker.order(number) {
        case .pending: return wait(for: number, at: step)
        case .failed: return handOver(.error)
        case .found(let order):
            if isProved || isOwn(order) || OrderProof.proves(email: email, postcode: postcode, order), let order {
                if isProved { maker.order = order } else { prove(order) }
                return nil
            }
            events.append(.identityRefused(proof: proof))
            let isEnough = maker.conversation.refusals + 1 >= TurnMaker.mostRefusals
            return isEnough ? handOver(.failedVerification) : refused(at: step)
        }
    }

    /// Whether an order may be told without a proof of its own.
    private var isKnown: Bool {
        maker.conversation.vouchedFor != nil || !maker.conversation.verifiedOrders.isEmpty
    }

    /// Whether an order is that of the customer whom the website vouches for.
    private func isOwn(_ order: Order?) -> Bool {
        guard let customer = maker.conversation.vouchedFor, let order else { return false }
        return order.belongs(to: customer)
    }

    /// The number of the only order of the customer whom the website vouches for, as far as the content has it.
    private mutating func takeOnlyOrder() -> String? {
        let own = maker.ownOrders
        guard own.count == 1 else { return nil }
        slots[SlotKind.order.rawValue] = own[0].number
        filled.append(BotReply.Slot(name: SlotKind.order.rawValue, value: own[0].number))
        return own[0].number
    }

    private func askOrder(at step: Int) -> Turn {
        let own = maker.ownOrders
        if own.isEmpty { return ask(SlotKind.order.rawValue, at: step) }
        return ask(
            SlotKind.order.rawValue, maker.content.sentence(.askWhichOrder, maker.language),
            options: own.map(\.number), at: step)
    }

    /// Whether the customer's last words hold what proves an order.
    private var gaveProof: Bool {
        filled.contains { $0.name == SlotKind.email.rawValue || $0.name == SlotKind.postcode.rawValue }
    }

    private mutating func verifyAsKnown(_ number: String, at step: Int) -> Turn? {
        switch maker.order(number) {
        case .pending: return wait(for: number, at: step)
        case .failed: return handOver(.error)
        case .found(let order):
            if isOwn(order) || isOfProvedAddress(order), let order {
                prove(order)
                return nil
            }
            return askProof(at: step)
        }
    }

    /// Whether an order was made with the address that one was proved by.
    private func isOfProvedAddress(_ order: Order?) -> Bool {
        holdsProvedAddress && OrderProof.proves(email: slots[SlotKind.email.rawValue], postcode: nil, order)
    }

    /// Whether the customer named another address than the one that an order was proved by: it proves what it proves, and
    /// each order that it does not is an attempt.
    private var holdsOtherAddress: Bool { slots[SlotKind.email.rawValue] != nil && !holdsProvedAddress }

    private var holdsProvedAddress: Bool {
        maker.conversation.verifiedOrders.contains { number in
            guard case .found(let proved) = maker.order(number) else { return false }
            return OrderProof.proves(email: slots[SlotKind.email.rawValue], postcode: nil, proved)
        }
    }

    /// After a vain attempt a bare number may be the postcode put right as well as the order's number.
    private mutating func verifyOtherwise(_ number: String, at step: Int) -> Turn? {
        guard let before = maker.conversation.slots[SlotKind.order.rawValue], before != number,
            maker.conversation.refusedProof != nil, !gaveProof, case .found(let order) = maker.order(before),
            OrderProof.proves(email: nil, postcode: number, order), let order
        else { return nil }
        slots[SlotKind.order.rawValue] = before
        slots[SlotKind.postcode.rawValue] = number
        filled.removeAll { $0.name == SlotKind.order.rawValue }
        filled += [
            BotReply.Slot(name: SlotKind.order.rawValue, value: before),
            BotReply.Slot(name: SlotKind.postcode.rawValue, value: number),
        ]
        prove(order)
        return nil
    }

    private mutating func prove(_ order: Order) {
        events.append(
            .identityVerified(how: isOwn(order) ? "customer" : "order", customer: nil, order: order.number))
        maker.order = order
    }

    private func askProof(at step: Int) -> Turn {
        ask(
            SlotKind.postcode.rawValue,
            intent.questions[maker.language]?[SlotKind.email.rawValue].map(rendered)
                ?? maker.content.sentence(.askProof, maker.language), at: step)
    }

    /// Has the order at hand that was proved before the customer's last words; the turn that the flow waits in, or nil.
    mutating func takeUpOrder() -> Turn? {
        guard let number = slots[SlotKind.order.rawValue], maker.conversation.verifiedOrders.contains(number) else {
            return nil
        }
        switch maker.order(number) {
        case .pending: return wait(for: number, at: start)
        case .failed: return handOver(.error)
        case .found(let order):
            maker.order = order
            return nil
        }
    }

    /// Which of the data was wrong is nobody's business.
    private func refused(at step: Int) -> Turn {
        ask(SlotKind.order.rawValue, maker.content.sentence(.proofRefused, maker.language), at: step)
    }

    private func wait(for number: String, at step: Int) -> Turn {
        var isWaiting = false
        if case .lookup(number, _)? = maker.conversation.pending { isWaiting = true }
        let text = maker.content.sentence(isWaiting ? .stillLookingUp : .lookingUp, maker.language)
        let reply = Reply(
            text: (texts + [text]).joined(separator: "\n\n"), kind: .order, intent: intent.id, confidence: confidence,
            language: maker.language)
        return Turn(
            said: BotReply(
                reply: reply, content: maker.content.version, slots: filled, flows: [mark(step)], lookup: number),
            language: maker.language)
    }
}
