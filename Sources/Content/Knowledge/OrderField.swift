/// What is known of an order; its names in the editors' files are listed in this order.
public enum OrderField: String, Sendable, CaseIterable {
    case number, state, placed, items, total, carrier, tracking, promised, delivered
    /// Whether it should have arrived and has not.
    case late
    /// Days since it arrived.
    case days

    /// The field that a variable named `order.…` means.
    public init?(variable name: String) {
        guard name.hasPrefix("order.") else { return nil }
        self.init(rawValue: String(decoding: name.utf8.dropFirst(6), as: UTF8.self))
    }
}

extension Order {
    /// What an answer shows.
    /// - Parameters:
    ///   - today: the shop's day.
    ///   - named: the products that it may hold, by SKU.
    public func value(
        _ field: OrderField, _ language: String, today: CalendarDay, products named: (String) -> Product?
    ) -> ContentValue? {
        switch field {
        case .number: .text(number)
        case .state: .text(state.shown(language))
        case .placed: .date(placed)
        case .items:
            .list(
                items.map { item in
                    let name = named(item.sku)?.name(language) ?? item.sku
                    return item.count == 1 ? name : "\(item.count) × \(name)"
                })
        case .total: .money(total)
        case .carrier: carrier.map { .text($0) }
        case .tracking: tracking.map { .text($0) }
        case .promised: promised.map { .date($0) }
        case .delivered: delivered.map { .date($0) }
        case .late: .text(Catalogue.words(isLate(today) ? .keywordYes : .keywordNo, language).first ?? "")
        case .days: delivered.map { .number(today.number - $0.number) }
        }
    }

    /// What a condition compares: states and yes by their ids.
    public func comparable(_ field: OrderField, today: CalendarDay) -> ContentValue? {
        switch field {
        case .state: .text(state.rawValue)
        case .late: .text(isLate(today) ? "yes" : "no")
        case .items: .list(items.map(\.sku))
        default: value(field, "", today: today, products: { _ in nil })
        }
    }

    private func isLate(_ today: CalendarDay) -> Bool {
        guard delivered == nil, let promised else { return false }
        return state.isOnItsWay && promised < today
    }
}

extension Order.State {
    /// As a customer of that language reads it.
    public func shown(_ language: String) -> String {
        let names = Catalogue.words(.orderStates, language)
        let index = Self.allCases.firstIndex(of: self) ?? 0
        return names.indices.contains(index) ? names[index] : rawValue
    }

    /// The state that editors name so, in any language of the catalogue.
    init?(written: String) {
        guard let state = Self.names[Anchor.fold(written)] else { return nil }
        self = state
    }

    private static let names: [String: Order.State] = {
        var names: [String: Order.State] = Keyword.fields(.orderStates)
        for state in allCases { names[state.rawValue] = state }
        return names
    }()

    /// Whether it has not arrived yet, and shall.
    var isOnItsWay: Bool {
        switch self {
        case .received, .paid, .preparing, .shipped, .outForDelivery, .delayed: true
        case .delivered, .cancelled, .returnRequested, .returned, .refunded, .lost: false
        }
    }
}
