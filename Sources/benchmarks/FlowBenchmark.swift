import Content
import Dialogue
import Events
import Foundation

/// What a step of a flow costs beside a plain answer: `benchmarks flow [FOLDER]`.
///
/// Of the content's own intents: those without steps are asked by their first phrase; a flow that has an order proved is
/// begun by its first phrase, given an order's number, then its e-mail. Understanding is measured too, as a message costs both.
struct FlowBenchmark {
    private static let rounds = 2_000

    private let content: Interpreter
    private let situation = Situation(now: Timestamp(milliseconds: 1_795_000_000_000), isOpen: true) { _, _ in true }

    static func run(_ arguments: [String]) {
        let folder = arguments.first ?? "."
        guard case .success(let bundle) = ContentLoader.load(folder) else {
            print("\(folder) has no content without errors; `conserje check` names them")
            return
        }
        FlowBenchmark(content: Interpreter(bundle)).run()
    }

    private func run() {
        guard let order = content.bundle.orders.last else { return print("there are no orders") }
        var (plain, begun, asked, proved): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for intent in content.bundle.intents where intent.kind == .answer {
            guard let phrase = intent.phrases[content.defaultLanguage]?.first else { continue }
            var conversation = Conversation(id: ConversationID(bits: 1))
            conversation.language = content.defaultLanguage
            let first = time(phrase, in: &conversation)
            guard case .slot(SlotKind.order.rawValue, intent.id, _)? = conversation.pending else {
                if intent.flow == nil, conversation.isBots { plain.append(first) }
                continue
            }
            begun.append(first)
            asked.append(time(order.number, in: &conversation))
            proved.append(time(order.email, in: &conversation))
        }
        for (name, times) in [
            ("plain answer", plain), ("first step of a flow", begun), ("number given", asked),
            ("order proved and answered", proved),
        ] {
            let median = times.sorted()[times.count / 2]
            print("\(name): \((median * 10).rounded() / 10) µs, median of \(times.count) intents")
        }
    }

    /// Microseconds that a message takes, which is then folded in.
    private func time(_ text: String, in conversation: inout Conversation) -> Double {
        var scratch = InterpreterScratch()
        var turn: Turn?
        let before = conversation
        let elapsed = ContinuousClock().measure {
            for _ in 0..<Self.rounds {
                let understanding = content.understand(text, language: before.language, scratch: &scratch)
                turn = content.respond(to: text, understanding, in: before, situation: situation)
            }
        }
        guard let turn else { return 0 }
        for body in [.customerSaid(seq: conversation.lastSeq + 1, text: text)] + turn.events + [.botReplied(turn.said)]
        {
            conversation.evolve(
                Event(
                    stream: .conversation(conversation.id), version: conversation.version + 1,
                    id: EventID(command: UInt64(conversation.version), index: 0), at: situation.now, request: nil,
                    body: body))
        }
        return elapsed / .microseconds(1) / Double(Self.rounds)
    }
}
