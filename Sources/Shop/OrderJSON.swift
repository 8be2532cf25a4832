import Content
import JSON

/// Reads what a shop says of an order: the columns of `orders.csv` as members, `items` as a list of `{"sku","count"}`, days
/// as `YYYY-MM-DD`, `total` as a text in euros (`"89.90"`), since a number would leave open whether it is cents. Alone, or
/// as the member `order` of an object. Other members don't matter.
struct OrderJSON {
    private let json: JSONValue

    /// Longer texts and lists are no order's.
    private static let longestText = 512
    private static let mostItems = 1_000

    /// The order of that number; nil where the shop has none, `{"order":null}`.
    static func order(_ bytes: [UInt8], number: String) throws(OrderSourceFailure) -> Order? {
        let json = try object(bytes)
        guard let inner = json["order"] else { return try OrderJSON(json: json).order(number) }
        if inner == .null { return nil }
        guard case .object = inner else { throw .malformed("order is no object") }
        return try OrderJSON(json: inner).order(number)
    }

    /// What became of a wish: `{"accepted":true,"reference":"…"}`, `{"accepted":false,"reason":"…"}`.
    static func outcome(_ bytes: [UInt8]) throws(OrderSourceFailure) -> OrderRequestOutcome {
        let reader = OrderJSON(json: try object(bytes))
        guard let isAccepted = reader.json["accepted"]?.bool else {
            throw .malformed("accepted is neither true nor false")
        }
        if isAccepted { return .accepted(reference: try reader.optional("reference")) }
        return .refused(reason: try reader.optional("reason"))
    }

    /// Why the shop refuses, where it says so.
    static func reason(_ bytes: [UInt8]) -> String? {
        (try? object(bytes)).flatMap { try? OrderJSON(json: $0).optional("reason") }
    }

    private static func object(_ bytes: [UInt8]) throws(OrderSourceFailure) -> JSONValue {
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue.parse(bytes) } catch { throw .malformed("no JSON: \(error)") }
        guard case .object = json else { throw .malformed("no JSON object") }
        return json
    }

    private func order(_ number: String) throws(OrderSourceFailure) -> Order {
        guard try text("number") == number else { throw .malformed("number is another than asked for") }
        guard let placed = try day("placed") else { throw .malformed("placed is missing") }
        guard let state = Order.State(rawValue: try text("state")) else { throw .malformed("state is no known one") }
        guard let total = Order.cents(try text("total")) else {
            throw .malformed("total is no text such as \"89.90\"")
        }
        return Order(
            number: number, placed: placed, state: state, name: try text("name"), email: try text("email"),
            postcode: try text("postcode"), items: try items(), total: total, carrier: try optional("carrier"),
            tracking: try optional("tracking"), promised: try day("promised"), delivered: try day("delivered"),
            customer: try optional("customer"))
    }

    private func items() throws(OrderSourceFailure) -> [Order.Item] {
        guard let list = json["items"]?.array, list.count <= Self.mostItems else {
            throw .malformed("items is no list of at most \(Self.mostItems)")
        }
        var items: [Order.Item] = []
        for value in list {
            guard let count = value["count"]?.integer, (1...1_000_000).contains(count) else {
                throw .malformed("an item's count is no whole number from 1")
            }
            items.append(Order.Item(sku: try OrderJSON(json: value).text("sku"), count: count))
        }
        return items
    }

    private func text(_ name: String) throws(OrderSourceFailure) -> String {
        guard let text = json[name]?.string, text.utf8.count <= Self.longestText,
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw .malformed("\(name) is no text of at most \(Self.longestText) bytes") }
        return text
    }

    /// nil where it is missing, null or empty.
    private func optional(_ name: String) throws(OrderSourceFailure) -> String? {
        guard let value = json[name], value != .null else { return nil }
        let text = try text(name)
        return text.isEmpty ? nil : text
    }

    private func day(_ name: String) throws(OrderSourceFailure) -> CalendarDay? {
        guard let text = try optional(name) else { return nil }
        guard let day = CalendarDay(text) else { throw .malformed("\(name) is no day such as 2026-11-24") }
        return day
    }
}
