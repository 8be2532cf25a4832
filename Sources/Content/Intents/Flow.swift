/// The steps by which an intent gets done what the customer came for, as its editor wrote them below `# Flow`.
///
/// A flat program: nested lists and blocks have become jumps. Steps are counted from 0; after the last comes the end.
public struct Flow: Sendable, Equatable {
    /// One step.
    public enum Step: Sendable, Equatable {
        /// Asks for a slot, unless the customer gave it.
        case ask(String)
        /// Has the customer prove that an order is theirs, and looks it up.
        case verify
        /// Goes on at a step unless the condition holds.
        case unless(Condition, goTo: Int)
        /// Goes on at a step.
        case go(Int)
        /// Says the intent's text of that name.
        case say(String)
        /// Gives the intent's answer, the first whose condition holds; the flow is done.
        case answer
        /// Does something that outlasts the conversation.
        case perform(Action)
        /// Forgets a slot, so that it is asked again.
        case forget(String)
        /// Hands over to a team; to the intent's own where none is named.
        case handOver(team: String?)
        /// Hands over to a supervisor of the intent's team.
        case handOverToSupervisor
        /// The flow is done.
        case end
    }

    /// What a step may do.
    public enum Action: Sendable, Equatable {
        /// Opens a case, which a person answers.
        case openCase(Intent.CaseKind)
        /// Asks the shop to do something with the order that was proved: a case too, and told to the orders' source.
        case request(Wish)
        /// Promises a call at the moment of the slot, or else as soon as somebody is there; by a supervisor where one
        /// was asked for.
        case callBack(bySupervisor: Bool)
        /// Takes the promised call back.
        case cancelCallBack
        /// Keeps how the customer can be reached, and what for; only behind a yes.
        case keepLead
    }

    /// What a customer may want done with an order; its names in the editors' files are listed in this order.
    public enum Wish: String, Sendable, CaseIterable {
        case cancel
        case change
        case giveBack = "return"
    }

    /// Whether a step opens a case, so that texts may name its key.
    var opensCase: Bool {
        steps.contains { step in
            switch step {
            case .perform(.openCase), .perform(.request): true
            default: false
            }
        }
    }

    /// Whether a step promises a call.
    public var promisesCall: Bool {
        steps.contains { if case .perform(.callBack) = $0 { true } else { false } }
    }

    /// Whether a step needs to know how the customer can be reached.
    public var reachesCustomer: Bool {
        promisesCall || steps.contains(.perform(.keepLead))
    }

    /// Whether a step takes a promised call back.
    public var cancelsCallBack: Bool { steps.contains(.perform(.cancelCallBack)) }

    /// In the order of the file.
    public let steps: [Step]
    /// What tells a step from the others across versions of the file: what it does, and the how manieth of these it is.
    public let names: [String]

    init(steps: [Step]) {
        self.steps = steps
        var counts: [String: Int] = [:]
        names = steps.map { step in
            let name = step.name
            counts[name, default: 0] += 1
            return "\(name)#\(counts[name] ?? 0)"
        }
    }

    /// The slot that a step asks for; the number of an order where it wants one proved.
    public func asked(at step: Int) -> String? {
        guard steps.indices.contains(step) else { return nil }
        return switch steps[step] {
        case .ask(let slot): slot
        case .verify: SlotKind.order.rawValue
        default: nil
        }
    }
}

extension Flow.Step {
    fileprivate var name: String {
        switch self {
        case .ask(let slot): "ask " + slot
        case .verify: "verify"
        case .unless: "if"
        case .go: "go"
        case .say(let name): "say " + name
        case .answer: "answer"
        case .perform(.openCase(let kind)): "case " + kind.rawValue
        case .perform(.request(let wish)): "request " + wish.rawValue
        case .perform(.callBack(let bySupervisor)): bySupervisor ? "call back by supervisor" : "call back"
        case .perform(.cancelCallBack): "cancel call back"
        case .perform(.keepLead): "lead"
        case .forget(let slot): "forget " + slot
        case .handOver(let team): "hand over " + (team ?? "")
        case .handOverToSupervisor: "hand over to supervisor"
        case .end: "end"
        }
    }

    /// Whether the customer has the word here, so that nothing goes round without them.
    var waits: Bool {
        switch self {
        case .ask, .verify: true
        default: false
        }
    }

    /// The steps that may come next; none where the flow is done.
    /// - Parameter index: the step's own.
    func next(after index: Int) -> [Int] {
        switch self {
        case .answer, .handOver, .handOverToSupervisor, .end: []
        case .go(let target): [target]
        case .unless(_, let target): [index + 1, target]
        case .ask, .verify, .say, .perform, .forget: [index + 1]
        }
    }
}
