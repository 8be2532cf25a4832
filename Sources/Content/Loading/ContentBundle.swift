/// All that editors wrote, read and found sound: immutable, replaced as a whole.
public struct ContentBundle: Sendable {
    /// 16 hexadecimal digits that change whenever a file's name or bytes change.
    public let version: String
    /// `Intents/settings.md`.
    public let settings: Settings
    /// `Intents/slots.md`.
    public let slots: SlotList
    /// `Intents/synonyms.md`: by language, groups of words and phrases that mean the same; the others are read as the
    /// first.
    public let synonyms: [String: [[String]]]
    /// Sorted by path.
    public let intents: [Intent]
    /// Sorted by path.
    public let articles: [Article]
    /// In the order of the file.
    public let products: [Product]
    /// In the order of the file.
    public let orders: [Order]
    /// The conversations of `Intents/tests/`, then the questions of the intents and of the articles.
    public let tests: [ConversationTest]
    /// Warnings, sorted by place.
    public let problems: [Diagnostic]

    private let intentIndex: [String: Int]
    private let productIndex: [String: Int]
    private let orderIndex: [String: Int]

    init(
        version: String, settings: Settings, slots: SlotList, synonyms: [String: [[String]]], intents: [Intent],
        articles: [Article], products: [Product], orders: [Order], tests: [ConversationTest],
        problems: [Diagnostic]
    ) {
        self.version = version
        self.settings = settings
        self.slots = slots
        self.synonyms = synonyms
        self.intents = intents
        self.articles = articles
        self.products = products
        self.orders = orders
        self.tests = tests
        self.problems = problems
        func index(_ keys: [String]) -> [String: Int] {
            Dictionary(keys.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        }
        intentIndex = index(intents.map(\.id))
        productIndex = index(products.map(\.sku))
        orderIndex = index(orders.map(\.number))
    }

    /// All sections of all articles, in the order of the articles.
    public var sections: [Section] { articles.flatMap(\.sections) }

    /// The intent of that id.
    public func intent(_ id: String) -> Intent? { intentIndex[id].map { intents[$0] } }
    /// Where the intent of that id stands in `intents`.
    public func index(ofIntent id: String) -> Int? { intentIndex[id] }
    /// The product of that SKU.
    public func product(_ sku: String) -> Product? { productIndex[sku].map { products[$0] } }
    /// The order of that number.
    public func order(_ number: String) -> Order? { orderIndex[number].map { orders[$0] } }
}

extension ContentBundle {
    /// The same content with some of the example phrases only: for measuring with phrases held back.
    /// - Parameter isKept: told an intent, a language's code, and a phrase's place among the intent's of that language.
    public func keepingPhrases(_ isKept: (Intent, String, Int) -> Bool) -> ContentBundle {
        let intents = intents.map { intent in
            var kept: [String: [Int]] = [:]
            for (language, phrases) in intent.phrases {
                kept[language] = phrases.indices.filter { isKept(intent, language, $0) }
            }
            return Intent(intent, keeping: kept)
        }
        return ContentBundle(
            version: version, settings: settings, slots: slots, synonyms: synonyms, intents: intents,
            articles: articles, products: products, orders: orders, tests: tests, problems: problems)
    }
}
