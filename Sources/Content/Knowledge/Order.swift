/// An order of a customer's, whatever source the shop has it in: a line of `KnowledgeBase/orders.csv`, say.
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
        /// Of the product.
        public let sku: String
        /// From 1.
        public let count: Int

        /// So many of a product.
        public init(sku: String, count: Int) {
            self.sku = sku
            self.count = count
        }
    }

    /// In the form of the setting `order_number`.
    public let number: String
    /// When it was ordered.
    public let placed: CalendarDay
    /// How far it is.
    public let state: State
    /// The customer's.
    public let name: String
    /// The customer's.
    public let email: String
    /// Of the address that it goes to.
    public let postcode: String
    /// What was ordered.
    public let items: [Item]
    /// In cents of a euro.
    public let total: Int
    /// Who brings it.
    public let carrier: String?
    /// The carrier's number.
    public let tracking: String?
    /// When it should arrive.
    public let promised: CalendarDay?
    /// When it arrived.
    public let delivered: CalendarDay?
    /// The id of the customer on the shop's website, where they were logged in.
    public let customer: String?

    /// An order with all that is known of it.
    public init(
        number: String, placed: CalendarDay, state: State, name: String, email: String, postcode: String,
        items: [Item], total: Int, carrier: String?, tracking: String?, promised: CalendarDay?,
        delivered: CalendarDay?, customer: String? = nil
    ) {
        self.number = number
        self.placed = placed
        self.state = state
        self.name = name
        self.email = email
        self.postcode = postcode
        self.items = items
        self.total = total
        self.carrier = carrier
        self.tracking = tracking
        self.promised = promised
        self.delivered = delivered
        self.customer = customer
    }

    /// Whether it is that of a customer whom the website vouches for by an id, which may be an e-mail address.
    public func belongs(to id: String) -> Bool {
        customer == id || id.contains("@") && OrderProof.proves(email: id, self)
    }

    /// Euros with a point and two decimals (`89.90`), or whole euros, in cents.
    public static func cents(_ text: String) -> Int? { CSVValue.cents(text) }
}
