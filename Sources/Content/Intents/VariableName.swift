/// What answers and conditions may name.
enum VariableName: Equatable {
    case product(ProductField)
    case shop(ShopField)
    /// The order that the customer proved theirs.
    case order(OrderField)
    case slot(String)
    /// Whether customer service is open now. In conditions only.
    case hours
    /// The language of the conversation. In conditions only.
    case language
    /// Where the customer writes from: `web`, `email`, … In conditions only.
    case channel
    /// Whether the order in question was proved to be the customer's. In conditions only.
    case verified

    /// What the customer is called, as far as that is known.
    case customer
    /// Whether a supervisor is there now. In conditions only.
    case supervisor
    /// The call that the customer was promised: whether there is one, and when.
    case callBack

    /// The words for what is neither a slot nor a field.
    static let facts: [SentenceKey] = [
        .keywordHours, .keywordLanguage, .keywordChannel, .keywordVerified, .keywordCustomer,
        .keywordSupervisor, .keywordCallBack,
    ]

    /// The spelling that lookups are asked with.
    var canonical: String {
        switch self {
        case .product(let field): "product." + field.rawValue
        case .shop(let field): "shop." + field.rawValue
        case .order(let field): "order." + field.rawValue
        case .slot(let name): name
        case .hours: "hours"
        case .language: "language"
        case .channel: "channel"
        case .verified: "verified"
        case .customer: "customer"
        case .supervisor: "supervisor"
        case .callBack: "callback"
        }
    }

    /// Reads a name in any language of the catalogue; nil for a field that there is not. Any word without a point may be a slot.
    init?(_ written: String) {
        let folded = Anchor.fold(written)
        guard let point = folded.firstIndex(of: ".") else {
            if Keyword.matches(folded, .keywordHours) {
                self = .hours
            } else if Keyword.matches(folded, .keywordLanguage) {
                self = .language
            } else if Keyword.matches(folded, .keywordChannel) {
                self = .channel
            } else if Keyword.matches(folded, .keywordVerified) {
                self = .verified
            } else if Keyword.matches(folded, .keywordCustomer) {
                self = .customer
            } else if Keyword.matches(folded, .keywordSupervisor) {
                self = .supervisor
            } else if Keyword.matches(folded, .keywordCallBack) {
                self = .callBack
            } else {
                self = .slot(SlotList.canonicalName(folded))
            }
            return
        }
        let owner = String(folded[..<point])
        let field = String(folded[folded.index(after: point)...])
        if Keyword.matches(owner, .keywordProduct), let found = Self.productFields[field] {
            self = .product(found)
        } else if Keyword.matches(owner, .keywordShop), let found = Self.shopFields[field] {
            self = .shop(found)
        } else if SlotKind(written: owner) == .order, let found = Self.orderFields[field] {
            self = .order(found)
        } else {
            return nil
        }
    }

    private static let productFields: [String: ProductField] = Keyword.fields(.productFields)
    private static let shopFields: [String: ShopField] = Keyword.fields(.shopFields)

    private static let orderFields: [String: OrderField] = Keyword.fields(.orderFields)

    /// All fields, for hints.
    static let fields: [String] = Catalogue.languages.flatMap { language in
        let order = Catalogue.words(.slotKinds, language).first ?? ""
        let owners: [(String, SentenceKey)] = [
            (Catalogue.template(.keywordProduct, language), .productFields),
            (Catalogue.template(.keywordShop, language), .shopFields), (order, .orderFields),
        ]
        return owners.flatMap { owner, fields in
            Catalogue.words(fields, language).map { owner + "." + Anchor.fold($0) }
        }
    }
}

/// What answers may name of the case that they open.
public enum CaseVariable {
    /// Its key.
    public static let key = "case"
    /// The last day for its answer.
    public static let due = "due"
}

/// What is known of a product; its names in the editors' files are listed in this order.
public enum ProductField: String, Sendable, CaseIterable {
    case name, price, stock, colours, sizes, alternatives, restock, description, category, brand, sku

    /// The field that a variable named `product.…` means.
    public init?(variable name: String) {
        guard name.hasPrefix("product.") else { return nil }
        self.init(rawValue: String(decoding: name.utf8.dropFirst(8), as: UTF8.self))
    }
}

/// What is known of the shop; its names in the editors' files are listed in this order.
public enum ShopField: String, Sendable, CaseIterable {
    case name, phone, email, address, hours

    /// The field that a variable named `shop.…` means.
    public init?(variable name: String) {
        guard name.hasPrefix("shop.") else { return nil }
        self.init(rawValue: String(decoding: name.utf8.dropFirst(5), as: UTF8.self))
    }
}
