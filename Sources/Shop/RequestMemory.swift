/// The wishes of late by their keys, so that one is passed on once however often it is sent.
struct RequestMemory {
    typealias Listener = @Sendable (Result<OrderRequestOutcome, OrderSourceFailure>) -> Void

    enum Recall {
        case new, underWay
        case done(OrderRequestOutcome)
    }

    private var listeners: [String: [Listener]] = [:]
    private var done: [String: OrderRequestOutcome] = [:]
    private var order: [String] = []

    /// The shop, which gets the key too, knows older ones.
    private static let most = 1_000

    mutating func recall(_ key: String, _ listener: @escaping Listener) -> Recall {
        if let outcome = done[key] { return .done(outcome) }
        let isNew = listeners[key] == nil
        listeners[key, default: []].append(listener)
        return isNew ? .new : .underWay
    }

    /// - Parameter outcome: nil where it failed: then it may be tried again.
    /// - Returns: who waits for it.
    mutating func settle(_ key: String, _ outcome: OrderRequestOutcome?) -> [Listener] {
        if let outcome {
            done[key] = outcome
            order.append(key)
            if order.count > Self.most { done[order.removeFirst()] = nil }
        }
        return listeners.removeValue(forKey: key) ?? []
    }
}
