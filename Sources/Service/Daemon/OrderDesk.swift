import Content
import Dialogue
import Shop
import Threading

/// The daemon's way to the shop's orders, from whatever source the settings in use name. From any thread; an answer comes
/// on another, once, within `orders_timeout` seconds.
public final class OrderDesk: Sendable {
    /// What decides whether a source may stay when the content changes, and with it what its circuit breaker knows.
    private struct Plan: Equatable {
        let origin: OrderOrigin
        let timeout: Int
        let atOnce: Int

        init(_ settings: Settings) {
            origin = settings.orders
            timeout = settings.ordersTimeout
            atOnce = settings.ordersAtOnce
        }
    }

    private enum Source {
        case file(FileOrders)
        case remote(RemoteOrders, Plan)

        var orders: any OrderSource {
            switch self {
            case .file(let orders): orders
            case .remote(let orders, _): orders
            }
        }
    }

    private let token: String?
    private let report: @Sendable (String) -> Void
    private let now: @Sendable () -> ContinuousClock.Instant
    private let source: Guarded<Source>

    /// - Parameters:
    ///   - content: with the settings and the file's orders.
    ///   - token: for an address.
    ///   - now: by which a source that fails is left alone for a while.
    ///   - report: what the operator reads, in English, a line each; on any thread.
    public init(
        _ content: ContentBundle, token: String?,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, report: @escaping @Sendable (String) -> Void
    ) {
        self.token = token
        self.report = report
        self.now = now
        source = Guarded(Self.source(content, token, now, report))
    }

    /// Takes other content into use. What the old source was asked, it still answers.
    public func use(_ content: ContentBundle) {
        source.withLock { source in
            if case .remote(_, let plan) = source, plan == Plan(content.settings) { return }
            source = Self.source(content, token, now, report)
        }
    }

    /// Whether ``known(_:)`` knows every order there is, so that nobody need wait.
    public var isImmediate: Bool { orders.isImmediate }

    /// An order that can be told at once; nil where there is none, or where the shop has to be asked.
    public func known(_ number: String) -> Order? { orders.known(number) }

    /// Looks an order up.
    /// - Parameters:
    ///   - number: as the shop writes it.
    ///   - then: told the order, nil where the shop has none of that number, or why a person has to take over.
    public func order(_ number: String, then: @escaping @Sendable (Result<Order?, OrderSourceFailure>) -> Void) {
        orders.order(number, then: then)
    }

    /// Passes on what a customer wants done with an order; the same key again is passed on once.
    public func request(
        _ request: OrderRequest, then: @escaping @Sendable (Result<OrderRequestOutcome, OrderSourceFailure>) -> Void
    ) {
        orders.request(request, then: then)
    }

    /// Ends what is under way, each with its answer, and takes nothing more.
    public func close() { orders.close() }

    private var orders: any OrderSource { source.withLock { $0.orders } }

    private static func source(
        _ content: ContentBundle, _ token: String?, _ now: @escaping @Sendable () -> ContinuousClock.Instant,
        _ report: @escaping @Sendable (String) -> Void
    ) -> Source {
        let settings = content.settings
        let remote = RemoteOrders(settings, token: token, now: now) { notice in
            switch notice {
            case .suspended(let failure): report("orders: not asked for a while, a person takes over: \(failure)")
            case .resumed: report("orders: answered again")
            }
        }
        return remote.map { .remote($0, Plan(settings)) } ?? .file(FileOrders(content))
    }

    /// What `STATUS` tells.
    var status: OrderStatus {
        source.withLock { source in
            guard case .remote(let orders, let plan) = source else { return OrderStatus() }
            let health = orders.health
            var status = OrderStatus()
            status.source = if case .command = plan.origin { "command" } else { "https" }
            status.state = health.state.rawValue
            status.problem = health.failure?.description
            return status
        }
    }
}

/// What `STATUS` tells of where orders come from.
struct OrderStatus: Sendable, Equatable {
    /// `file`, `https` or `command`.
    var source = "file"
    /// Of the circuit breaker.
    var state = CircuitBreaker.State.closed.rawValue
    /// How it failed last, where it has not answered since.
    var problem: String?
}

extension OrderRequest {
    /// A customer's wish as the shop is told it: the key of its case names it, so that it is done once.
    init(_ wish: OrderWish) {
        let kind: Kind =
            switch wish.kind {
            case .cancel: .cancel
            case .change: .change
            case .giveBack: .giveBack
            }
        self.init(kind, order: wish.order, details: ["text": wish.text], key: wish.key.description)
    }
}
