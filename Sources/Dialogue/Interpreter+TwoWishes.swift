import Content
import Events
import Language

/// Half of a message that asks for two things.
struct Wish {
    /// As the customer wrote it.
    let text: String
    /// What it means by itself.
    let understanding: Understanding
}

extension Interpreter {
    /// What the two halves of a message mean that asks for two things: "quiero devolver la batidora y la factura". Nil
    /// where the message is about one: only what is sure by itself on both sides of an "and", and different, is two.
    /// "Cancelé el pedido y el dinero no aparece" tells what happened and asks one thing; so either rules find a wish in
    /// both halves, or each is about an order of its own, or the message as a whole is torn between the two.
    /// - Parameter whole: what the message means as a whole.
    func wishes(_ text: String, _ whole: Understanding) -> (Wish, Wish)? {
        guard whole.heldBack.isEmpty, text.utf8.count <= Self.longestWithTwo, let model = model(whole.language),
            case let joints = joints(in: whole.words, model).prefix(Self.mostJoints), !joints.isEmpty
        else { return nil }
        let words = words(of: text)
        let bytes = Array(text.utf8)
        let needsRules = whole.isSure && !bytes.contains(where: \.isASCIIDigit)
        for joint in joints where joint > 0 && joint + 1 < words.count {
            let halves = (0..<words[joint].lowerBound, words[joint].upperBound..<bytes.count)
            // Rules cost little beside all the rest, and mostly there is none.
            if needsRules, !hasRule(bytes[halves.0], model) || !hasRule(bytes[halves.1], model) { continue }
            func half(_ range: Range<Int>) -> Wish {
                let text = String(decoding: bytes[range], as: UTF8.self)
                let understanding = understand(text, model, searches: false)
                return Wish(text: text, understanding: withoutNumbers(understanding, text) ?? understanding)
            }
            let first = half(halves.0)
            guard let one = wish(first.understanding) else { continue }
            let second = half(halves.1)
            guard let other = wish(second.understanding), one != other else { continue }
            let areAsked = first.understanding.rule != nil && second.understanding.rule != nil
            let isTorn = !whole.isSure && Set(whole.candidates.prefix(2).map(\.intent)) == [one, other]
            if areAsked || isTorn || areOfTwoOrders(first, second, model) { return (first, second) }
        }
        return nil
    }

    private func hasRule(_ bytes: ArraySlice<UInt8>, _ model: LanguageModel) -> Bool {
        withScratch { scratch in
            scratch.match.read(String(decoding: bytes, as: UTF8.self))
            matcher.readWords(&scratch.match, language: model.index)
            return rule(of: model, for: &scratch.match) != nil
        }
    }

    /// Whether each half names an order of its own.
    private func areOfTwoOrders(_ first: Wish, _ second: Wish, _ model: LanguageModel) -> Bool {
        func orders(_ wish: Wish) -> Set<String> {
            guard wish.text.utf8.contains(where: \.isASCIIDigit) else { return [] }
            let numbers = NumberReader(words: model.slotWords, orderNumber: settings.orderNumber)
            let text = SlotText(wish.text)
            return Set(numbers.orders(text, numbers.cues(in: text), isCued: false).map(\.value))
        }
        let (one, other) = (orders(first), orders(second))
        return !one.isEmpty && !other.isEmpty && one.isDisjoint(with: other)
    }

    /// A message longer than this tells a story: what stands on both sides of its "and"s is no list of wishes.
    private static let longestWithTwo = 200
    /// "And"s that are tried.
    private static let mostJoints = 2

    /// The intent that half a message asks for beyond doubt; manners are no wish.
    private func wish(_ half: Understanding) -> Int? {
        guard half.isSure, half.heldBack.isEmpty, let best = half.candidates.first?.intent,
            bundle.intents[best].kind.isAboutShop
        else { return nil }
        return best
    }

    /// Where the words of a message stand.
    private func words(of text: String) -> [Range<Int>] {
        withScratch { scratch in
            scratch.accented.tokenize(text)
            return scratch.accented.tokens.map { Int($0.origin.lowerBound)..<Int($0.origin.upperBound) }
        }
    }

    /// Which of a message's folded words join two things.
    private func joints(in words: [UInt8], _ model: LanguageModel) -> [Int] {
        var (joints, place, start) = ([Int](), 0, 1)
        for index in words.indices.dropFirst() where words[index] == 0x20 {
            // Joints are short, and every message is asked for them.
            if model.joints.contains(where: { $0.count == index - start && $0.elementsEqual(words[start..<index]) }) {
                joints.append(place)
            }
            (place, start) = (place + 1, index + 1)
        }
        return joints
    }
}

extension TurnMaker {
    /// Answers two wishes in one turn. One question at a time: where both have one to ask, the second waits its turn.
    func answer(_ wishes: (Wish, Wish)) -> Turn {
        let turns = [wishes.0, wishes.1].compactMap { half in
            half.understanding.candidates.first.map { best in
                let own = readable(of: best.intent, in: half.text)
                // What only the other half says holds for both: a postcode proves either order.
                let shared = readable(of: best.intent, in: text).filter { found in
                    !own.contains { $0.slot == found.slot }
                }
                return answer(
                    best.intent, confidence: best.confidence, slots: half.understanding.slots + own + shared)
            }
        }
        let (first, second) = (turns[0], turns[1])
        if first.waits, second.waits { return join(second, first) }
        if second.waits || second.handoff != nil { return join(first, second) }
        if first.waits || first.handoff != nil { return join(second, first) }
        var turn = join(second, first)
        turn.said.reply.text = first.said.reply.text + "\n\n" + second.said.reply.text
        return turn
    }

    /// One turn of two: what asks, or hands over, comes last, as the customer answers what was read last.
    private func join(_ before: Turn, _ last: Turn) -> Turn {
        var turn = last
        var flows = before.said.flows
        if before.waits {
            // What it would ask now is asked when the other is done.
            let order = before.said.slots.first { $0.name == SlotKind.order.rawValue }?.value
            flows = flows.map { FlowMark(intent: $0.intent, step: 0, order: order) }
        } else {
            turn.said.reply.text = before.said.reply.text + "\n\n" + last.said.reply.text
            turn.said.reply.sources += before.said.reply.sources
            if !last.waits { turn.said.reply.choices += before.said.reply.choices }
            turn.events = before.events + last.events
        }
        turn.said = turn.said.with(slots: before.said.slots + last.said.slots, flows: flows + last.said.flows)
        return turn
    }
}

extension Turn {
    /// Whether the customer, or an order's source, has the word.
    fileprivate var waits: Bool { said.asked != nil || said.lookup != nil }
}
