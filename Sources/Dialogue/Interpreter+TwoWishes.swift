import Content
import Events
import Language

extension Interpreter {
    /// What the two halves of a message mean that asks for two things: "quiero devolver la batidora y la factura". Nil
    /// where the message is about one: only what is sure by itself on both sides of an "and", and different, is two.
    /// "Cancelé el pedido y el dinero no aparece" tells what happened and asks one thing; so either rules find a wish in
    /// both halves, or the message as a whole is torn between the two.
    /// - Parameter whole: what the message means as a whole.
    func wishes(_ text: String, _ whole: Understanding) -> (Understanding, Understanding)? {
        guard whole.heldBack.isEmpty, text.utf8.count <= Self.longestWithTwo, let model = model(whole.language),
            case let joints = joints(in: whole.words, model).prefix(Self.mostJoints), !joints.isEmpty
        else { return nil }
        let words = words(of: text)
        let bytes = Array(text.utf8)
        for joint in joints where joint > 0 && joint + 1 < words.count {
            func half(_ range: Range<Int>) -> Understanding {
                understand(String(decoding: bytes[range], as: UTF8.self), model, searches: false)
            }
            let first = half(0..<words[joint].lowerBound)
            guard let one = wish(first) else { continue }
            let second = half(words[joint].upperBound..<bytes.count)
            guard let other = wish(second), one != other else { continue }
            let areAsked = first.rule != nil && second.rule != nil
            let isTorn = !whole.isSure && Set(whole.candidates.prefix(2).map(\.intent)) == [one, other]
            if areAsked || isTorn { return (first, second) }
        }
        return nil
    }

    /// A message longer than this tells a story: what stands on both sides of its "and"s is no list of wishes.
    private static let longestWithTwo = 200
    /// "And"s that are tried.
    private static let mostJoints = 2

    /// The intent that half a message asks for beyond doubt; manners are no wish.
    private func wish(_ half: Understanding) -> Int? {
        guard half.isSure, half.heldBack.isEmpty, let best = half.candidates.first?.intent,
            bundle.intents[best].kind.isAnswer
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
    func answer(_ wishes: (Understanding, Understanding)) -> Turn {
        let turns = [wishes.0, wishes.1].compactMap { half in
            half.candidates.first.map {
                answer($0.intent, confidence: $0.confidence, slots: half.slots + readable(of: $0.intent, in: text))
            }
        }
        let (first, second) = (turns[0], turns[1])
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
            flows = flows.map { FlowMark(intent: $0.intent, step: 0) }
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
