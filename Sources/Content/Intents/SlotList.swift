/// The lists of values that editors define in `Intents/slots.md`.
public struct SlotList: Sendable, Equatable {
    /// One value of a slot.
    public struct Value: Sendable, Equatable {
        /// The same in every language; what conditions compare.
        public let id: String
        /// By language: first what is shown, then other ways to say it.
        public internal(set) var names: [String: [String]]

        /// What a customer reads; another language's name where there is none in theirs.
        public func shown(_ language: String) -> String {
            names[language]?.first ?? names.values.compactMap(\.first).min() ?? id
        }
    }

    /// A list with its name.
    public struct Slot: Sendable, Equatable {
        /// In lower case, as intents name it.
        public let name: String
        /// In the order of the file.
        public internal(set) var values: [Value]

        /// The value of that id.
        public func value(_ id: String) -> Value? { values.first { $0.id == id } }
    }

    /// The slot that stands for one of the shop's products: its values are those of `products.csv`.
    public static let product = "product"

    /// In the order of the file.
    public internal(set) var slots: [Slot] = []

    /// The slot of that name.
    public func slot(_ name: String) -> Slot? { slots.first { $0.name == name } }

    /// Names of what has a list of values, so that rules may have it.
    public var listNames: [String] { [Self.product] + slots.map(\.name) }

    /// Every name that an intent may use.
    public var names: [String] { listNames + SlotKind.allCases.map(\.rawValue) }

    static func canonicalName(_ written: String) -> String {
        if Keyword.matches(written, .keywordProduct) { return product }
        return SlotKind(written: written)?.rawValue ?? Anchor.fold(written)
    }
}
