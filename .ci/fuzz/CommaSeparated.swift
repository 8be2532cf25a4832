@testable import Content

/// A table without problems, written again with every field in quotes, is read back the same; products and orders
/// have only values that can be, and their problems stand in the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCommaSeparated(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        let source = sourceText("t.csv", bytes)
        var problems = Problems()
        let rows = CSVTable(source, &problems).rows
        requirePlaces(problems.list, in: [source])
        let offsets = rows.flatMap { $0.map(\.offset) }
        require(zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 }, "fields at \(offsets)")
        require(offsets.allSatisfy { $0 <= source.bytes.count }, "a field beyond the end")
        if problems.list.isEmpty { sameWhenQuoted(rows) }

        var productProblems = Problems()
        let products = ProductReader.read(source, &productProblems)
        requirePlaces(productProblems.list, in: [source])
        require(products.allSatisfy { $0.price >= 0 && $0.stock >= 0 }, "below zero")
        require(
            productProblems.hasErrors || products.allSatisfy { ProductReader.isSKU($0.sku) && !$0.names.isEmpty },
            "a product without number or name")
        var orderProblems = Problems()
        let orders = OrderReader.read(source, skus: Set(products.map(\.sku)), &orderProblems)
        requirePlaces(orderProblems.list, in: [source])
        require(
            orders.allSatisfy { $0.total >= 0 && $0.items.allSatisfy { $0.count > 0 } }, "an order below zero")
    }
}

private func sameWhenQuoted(_ rows: [[CSVTable.Field]]) {
    let quote = UInt8(ascii: "\"")
    var text: [UInt8] = []
    for row in rows {
        for (index, field) in row.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(quote)
            for byte in field.text.utf8 { text += byte == quote ? [quote, quote] : [byte] }
            text.append(quote)
        }
        text += [0x0D, 0x0A]
    }
    var problems = Problems()
    let again = CSVTable(SourceText(path: "t.csv", bytes: text), &problems).rows
    require(problems.list.isEmpty, "quoted it has problems")
    require(again.map { $0.map(\.text) } == rows.map { $0.map(\.text) }, "quoted it reads otherwise")
}
