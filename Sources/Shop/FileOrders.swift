import Content
import Dispatch

/// The orders of the content, `KnowledgeBase/orders.csv`: in memory, hence known at once. Nobody acts on a file, so wishes
/// are recorded only.
public struct FileOrders: OrderSource {
    private let content: ContentBundle
    private let queue = DispatchQueue(label: "orders")

    /// The orders of some content.
    public init(_ content: ContentBundle) { self.content = content }

    /// Every order is.
    public var isImmediate: Bool { true }

    /// The order of that number.
    public func known(_ number: String) -> Order? { content.order(number) }

    /// Tells the order of that number.
    public func order(_ number: String, then: @escaping @Sendable (Result<Order?, OrderSourceFailure>) -> Void) {
        queue.async { then(.success(known(number))) }
    }

    /// Tells that it is recorded only.
    public func request(
        _ request: OrderRequest, then: @escaping @Sendable (Result<OrderRequestOutcome, OrderSourceFailure>) -> Void
    ) {
        queue.async { then(.success(.recordedOnly)) }
    }

    /// Nothing is ever under way.
    public func close() {}
}
