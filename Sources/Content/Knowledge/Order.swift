/// A line of `KnowledgeBase/orders.csv`.
public struct Order: Sendable, Equatable {
    /// How far an order is.
    public enum State: String, Sendable, CaseIterable {
        case received
        case paid
        case preparing
        case shipped
        case outForDelivery = "out_for_delivery"
        case delivered
        case delayed
        case cancelled
        case returnRequested = "return_requested"
        case returned
        case refunded
        case lost
    }

    /// A product and how many of it.
    public struct Item: Sendable, Equatable {
        public let sku: String
        public let count: Int
    }

    /// Five digits.
    public let number: String
    public let placed: CalendarDay
    public let state: State
    public let name: String
    public let email: String
    public let postcode: String
    public let items: [Item]
    /// In cents of a euro.
    public let total: Int
    public let carrier: String?
    public let tracking: String?
    /// When it should arrive.
    public let promised: CalendarDay?
    /// When it arrived.
    public let delivered: CalendarDay?
}
