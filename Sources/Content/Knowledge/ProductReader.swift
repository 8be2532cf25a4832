/// Reads `KnowledgeBase/products.csv`.
enum ProductReader {
    /// The texts stand in one column for each language.
    static func columns(_ languages: [String]) -> [String] {
        func each(_ name: String) -> [String] { languages.map { name + "_" + $0 } }
        return ["sku"] + each("name") + each("category") + ["brand", "price", "stock"] + each("colours") + ["sizes"]
            + each("synonyms") + ["alternatives", "restock"] + each("description")
    }

    /// - Parameter languages: the shop's; columns of others may be there.
    static func read(_ source: SourceText, languages: [String], _ problems: inout Problems) -> [Product] {
        let table = CSVRecords(
            source, columns: columns(languages), optional: columns(Catalogue.languages), &problems)
        var products: [Product] = []
        var lines: [String: Int] = [:]
        for record in table.records {
            let sku = record.text("sku")
            let line = source.lineIndex(at: record.offset) + 1
            if !isSKU(sku) {
                problems.report(
                    .skuMalformed, in: source, at: record.field("sku").offset, ["value": sku], hint: .hintSKU)
            } else if let first = lines[sku] {
                problems.report(
                    .skuRepeated, in: source, at: record.field("sku").offset, ["value": sku, "line": String(first)])
            } else {
                lines[sku] = line
            }
            products.append(product(record, sku, languages, source, &problems))
        }
        for record in table.records {
            checkAlternatives(record.field("alternatives"), lines, source, &problems)
        }
        return products
    }

    private static func product(
        _ record: CSVRecords.Record, _ sku: String, _ languages: [String], _ source: SourceText,
        _ problems: inout Problems
    ) -> Product {
        func texts(_ column: String) -> [String: String] {
            Dictionary(uniqueKeysWithValues: languages.map { ($0, record.text(column + "_" + $0)) }).filter {
                !$0.value.isEmpty
            }
        }
        func lists(_ column: String) -> [String: [String]] {
            Dictionary(uniqueKeysWithValues: languages.map { ($0, list(record.text(column + "_" + $0))) })
        }
        for language in languages where record.text("name_" + language).isEmpty {
            problems.report(
                .valueEmpty, in: source, at: record.field("name_" + language).offset, ["name": "name_" + language])
        }
        let price = record.field("price")
        let cents = CSVValue.cents(price.text)
        if cents == nil {
            problems.report(.priceMalformed, in: source, at: price.offset, ["value": price.text], hint: .hintPrice)
        }
        let stock = record.field("stock")
        let count = stock.text.utf8.allSatisfy(\.isASCIIDigit) ? Int(stock.text) : nil
        if count == nil {
            problems.report(.stockMalformed, in: source, at: stock.offset, ["value": stock.text])
        }
        return Product(
            sku: sku, names: texts("name"), categories: texts("category"), brand: record.text("brand"),
            price: cents ?? 0, stock: count ?? 0, colours: lists("colours"), sizes: list(record.text("sizes")),
            synonyms: lists("synonyms"), alternatives: list(record.text("alternatives")),
            restock: CSVValue.day(record.field("restock"), in: source, &problems), descriptions: texts("description"))
    }

    private static func checkAlternatives(
        _ field: CSVTable.Field, _ skus: [String: Int], _ source: SourceText, _ problems: inout Problems
    ) {
        for sku in list(field.text) where skus[sku] == nil {
            problems.reportUnknown(
                .skuUnknown, sku, among: skus.keys.sorted(), in: source,
                at: CSVValue.offset(of: sku, in: field, source))
        }
    }

    static func isSKU(_ text: String) -> Bool {
        text.hasPrefix("CL-") && text.utf8.count == 7 && text.utf8.dropFirst(3).allSatisfy(\.isASCIIDigit)
    }

    /// A list separated by `;` within a field.
    static func list(_ text: String) -> [String] {
        text.split(separator: ";").map { part in
            var trimmed = part.drop { $0 == " " }
            while trimmed.last == " " { trimmed.removeLast() }
            return String(trimmed)
        }.filter { !$0.isEmpty }
    }
}

/// Values of fields.
enum CSVValue {
    /// Euros with a point and two decimals (`89.90`), or whole euros, in cents.
    static func cents(_ text: String) -> Int? {
        guard !text.utf8.contains(UInt8(ascii: ",")), text.utf8.first?.isASCIIDigit ?? false else { return nil }
        return Condition.cents(text)
    }

    /// Where a part of a list stands; the field's beginning where it is written otherwise.
    static func offset(of part: String, in field: CSVTable.Field, _ source: SourceText) -> Int {
        let wanted = Array(part.utf8)
        let end = min(source.bytes.count - wanted.count, field.offset + field.text.utf8.count + 1)
        guard field.offset <= end else { return field.offset }
        return (field.offset...end).first { source.bytes[$0...].starts(with: wanted) } ?? field.offset
    }

    /// nil for an empty field.
    static func day(_ field: CSVTable.Field, in source: SourceText, _ problems: inout Problems) -> CalendarDay? {
        guard !field.text.isEmpty else { return nil }
        if let day = CalendarDay(field.text) { return day }
        problems.report(.dateMalformed, in: source, at: field.offset, ["value": field.text], hint: .hintDate)
        return nil
    }
}
