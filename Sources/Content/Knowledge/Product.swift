/// A line of `KnowledgeBase/products.csv`.
public struct Product: Sendable, Equatable {
    /// `CL-` and four digits.
    public let sku: String
    /// By language, as the further texts.
    public let names: [String: String]
    /// What kind of thing it is.
    public let categories: [String: String]
    /// Who makes it.
    public let brand: String
    /// In cents of a euro.
    public let price: Int
    /// How many there are.
    public let stock: Int
    /// What colours there are.
    public let colours: [String: [String]]
    /// What sizes there are, the same in every language.
    public let sizes: [String]
    /// What customers call it.
    public let synonyms: [String: [String]]
    /// SKUs of products that may stand in for it.
    public let alternatives: [String]
    /// When more come.
    public let restock: CalendarDay?
    /// One or two sentences.
    public let descriptions: [String: String]

    /// The name in a language, or in another one where there is none.
    public func name(_ language: String) -> String {
        names[language] ?? names.min { $0.key < $1.key }?.value ?? sku
    }

    /// What an answer shows.
    /// - Parameter named: the products that `alternatives` names, by SKU.
    public func value(
        _ field: ProductField, _ language: String, alternatives named: (String) -> Product?
    ) -> ContentValue? {
        switch field {
        case .name: .text(name(language))
        case .price: .money(price)
        case .stock: .number(stock)
        case .colours: .list(colours[language] ?? [])
        case .sizes: .list(sizes)
        case .alternatives: .list(alternatives.compactMap { named($0)?.name(language) })
        case .restock: restock.map { .date($0) }
        case .description: descriptions[language].map { .text($0) }
        case .category: categories[language].map { .text($0) }
        case .brand: .text(brand)
        case .sku: .text(sku)
        }
    }

    /// What a condition compares: texts in every language at once.
    public func comparable(_ field: ProductField) -> ContentValue? {
        func all(_ texts: [String: String]) -> ContentValue { .list(texts.values.filter { !$0.isEmpty }.sorted()) }
        return switch field {
        case .name: all(names)
        case .colours: .list(colours.values.flatMap { $0 })
        case .description: all(descriptions)
        case .category: all(categories)
        case .alternatives: .list(alternatives)
        case .price, .stock, .sizes, .restock, .brand, .sku: value(field, "", alternatives: { _ in nil })
        }
    }
}
