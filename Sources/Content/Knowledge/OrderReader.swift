/// Reads `KnowledgeBase/orders.csv`.
struct OrderReader {
    static let columns = [
        "number", "placed", "state", "name", "email", "postcode", "items", "total", "carrier", "tracking", "promised",
        "delivered",
    ]
    /// Columns that may be there or not.
    static let optional = ["customer"]

    private let source: SourceText
    private let skus: Set<String>
    private let sortedSKUs: [String]
    private let form: OrderNumber

    static func read(
        _ source: SourceText, skus: Set<String>, form: OrderNumber, _ problems: inout Problems
    ) -> [Order] {
        OrderReader(source: source, skus: skus, sortedSKUs: skus.sorted(), form: form).read(&problems)
    }

    private func read(_ problems: inout Problems) -> [Order] {
        let table = CSVRecords(source, columns: Self.columns, optional: Self.optional, &problems)
        var lines: [String: Int] = [:]
        return table.records.compactMap { record in
            let number = record.text("number")
            let offset = record.field("number").offset
            if !form.matches(number) || form.canonical(number) != number {
                problems.report(
                    .orderNumberMalformed, in: source, at: offset, ["value": number, "form": form.pattern],
                    hint: .hintOrderNumber)
            } else if let first = lines[number] {
                problems.report(.orderRepeated, in: source, at: offset, ["value": number, "line": String(first)])
            }
            lines[number] = lines[number] ?? source.lineIndex(at: offset) + 1
            return order(record, number, &problems)
        }
    }

    private func order(_ record: CSVRecords.Record, _ number: String, _ problems: inout Problems) -> Order? {
        let placedField = record.field("placed")
        let placed = CSVValue.day(placedField, in: source, &problems)
        if placedField.text.isEmpty {
            problems.report(.dateMalformed, in: source, at: placedField.offset, ["value": ""], hint: .hintDate)
        }
        let stateField = record.field("state")
        let state = Order.State(rawValue: stateField.text)
        if state == nil {
            problems.reportUnknown(
                .valueUnknown, stateField.text, among: Order.State.allCases.map(\.rawValue), in: source,
                at: stateField.offset)
        }
        let total = record.field("total")
        let cents = CSVValue.cents(total.text)
        if cents == nil {
            problems.report(.priceMalformed, in: source, at: total.offset, ["value": total.text], hint: .hintPrice)
        }
        let items = items(record.field("items"), &problems)
        let promised = CSVValue.day(record.field("promised"), in: source, &problems)
        let delivered = CSVValue.day(record.field("delivered"), in: source, &problems)
        guard let placed, let state, let cents else { return nil }
        func optional(_ column: String) -> String? {
            let text = record.text(column)
            return text.isEmpty ? nil : text
        }
        return Order(
            number: number, placed: placed, state: state, name: record.text("name"), email: record.text("email"),
            postcode: record.text("postcode"), items: items, total: cents, carrier: optional("carrier"),
            tracking: optional("tracking"), promised: promised, delivered: delivered, customer: optional("customer"))
    }

    /// `CL-0012 x 1;CL-0040 x 2`.
    private func items(_ field: CSVTable.Field, _ problems: inout Problems) -> [Order.Item] {
        let parts = ProductReader.list(field.text)
        if parts.isEmpty {
            problems.report(
                .orderItemsMalformed, in: source, at: field.offset, ["value": field.text], hint: .hintOrderItems)
        }
        return parts.compactMap { part in
            let words = part.split(separator: " ")
            guard words.count == 3, words[1] == "x", let count = Int(words[2]), count > 0 else {
                problems.report(
                    .orderItemsMalformed, in: source, at: CSVValue.offset(of: part, in: field, source),
                    ["value": part], hint: .hintOrderItems)
                return nil
            }
            let sku = String(words[0])
            if !skus.contains(sku) {
                problems.reportUnknown(
                    .skuUnknown, sku, among: sortedSKUs, in: source,
                    at: CSVValue.offset(of: sku, in: field, source))
            }
            return Order.Item(sku: sku, count: count)
        }
    }
}
