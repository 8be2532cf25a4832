import Content

/// Where a shop's orders are looked up.
///
/// A source tells its answer exactly once, on a queue or thread of its own, never before the call returns, and within
/// its time limit whatever the shop does.
public protocol OrderSource: Sendable {
    /// Whether ``known(_:)`` knows every order there is, so that nobody need wait.
    var isImmediate: Bool { get }

    /// An order that can be told at once; nil where there is none, or where the shop has to be asked.
    func known(_ number: String) -> Order?

    /// Looks an order up.
    /// - Parameters:
    ///   - number: as the shop writes it.
    ///   - then: told the order, nil where the shop has none of that number.
    func order(_ number: String, then: @escaping @Sendable (Result<Order?, OrderSourceFailure>) -> Void)

    /// Passes on what a customer wants done with an order. The same key again is not passed on again: it gets the
    /// answer that the first one gets.
    func request(
        _ request: OrderRequest, then: @escaping @Sendable (Result<OrderRequestOutcome, OrderSourceFailure>) -> Void)

    /// Ends what is under way, each with its answer, and takes nothing more.
    func close()
}

extension OrderSource {
    /// The shop has to be asked.
    public var isImmediate: Bool { false }

    /// The shop has to be asked.
    public func known(_ number: String) -> Order? { nil }
}

/// What a customer wants done with an order.
public struct OrderRequest: Sendable, Equatable {
    /// What kind of wish it is.
    public enum Kind: String, Sendable, CaseIterable {
        case cancel
        case change
        case giveBack = "return"
    }

    /// What kind of wish it is.
    public var kind: Kind
    /// The order's number, as the shop writes it.
    public var order: String
    /// What else was told: a reason, an address.
    public var details: [String: String]
    /// Names this wish and no other, so that it is done once however often it is sent.
    public var key: String

    /// A wish.
    public init(_ kind: Kind, order: String, details: [String: String] = [:], key: String) {
        self.kind = kind
        self.order = order
        self.details = details
        self.key = key
    }
}

/// What became of a wish.
public enum OrderRequestOutcome: Sendable, Equatable {
    /// The shop takes care of it; `reference` is what it calls it.
    case accepted(reference: String?)
    /// The shop does not do that, such as a cancellation of what is on its way; `reason` is the shop's word for why.
    case refused(reason: String?)
    /// The source can't pass it on: whoever asks keeps it for a person.
    case recordedOnly
}

/// Why a source has no answer: a person takes over. For the operator's log: says nothing of a customer or an order.
public enum OrderSourceFailure: Error, Sendable, Equatable {
    /// No answer within the time limit.
    case tooSlow(seconds: Int)
    /// No connection; in the system's words.
    case unreachable(String)
    /// An HTTP status that has no meaning here.
    case status(Int)
    /// The answer leads to another address.
    case redirected
    /// The answer has more bytes.
    case tooLong(limit: Int)
    /// The answer is no JSON, or of another shape.
    case malformed(String)
    /// The command could not be started; in the system's words.
    case notStarted(String)
    /// The command ended with another exit code than 0.
    case exit(Int)
    /// The command was ended by a signal.
    case signal(Int)
    /// Too many questions wait already.
    case busy
    /// It failed several times in a row: nobody asks for a while.
    case suspended
    /// The source was closed.
    case closed
}

extension OrderSourceFailure: CustomStringConvertible {
    /// A sentence without its full stop.
    public var description: String {
        switch self {
        case .tooSlow(let seconds): "no answer within \(seconds) s"
        case .unreachable(let reason): "no connection: \(reason)"
        case .status(let status): "the answer has HTTP status \(status)"
        case .redirected: "the answer leads to another address"
        case .tooLong(let limit): "the answer has more than \(limit) bytes"
        case .malformed(let reason): "the answer can't be read: \(reason)"
        case .notStarted(let reason): "the command does not start: \(reason)"
        case .exit(let code): "the command ended with exit code \(code)"
        case .signal(let number): "the command was ended by signal \(number)"
        case .busy: "too many questions wait already"
        case .suspended: "it failed several times in a row and is not asked for a while"
        case .closed: "the source was closed"
        }
    }

    /// Whether it says something of how the shop is, rather than of us.
    var isTheShops: Bool {
        switch self {
        case .busy, .suspended, .closed: false
        default: true
        }
    }
}
