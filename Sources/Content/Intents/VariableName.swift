/// What answers and conditions may name.
enum VariableName: Equatable {
    case product(ProductField)
    case shop(ShopField)
    case slot(String)
    /// Whether customer service is open now. In conditions only.
    case hours
    /// The language of the conversation. In conditions only.
    case language

    /// The spelling that lookups are asked with.
    var canonical: String {
        switch self {
        case .product(let field): "product." + field.rawValue
        case .shop(let field): "shop." + field.rawValue
        case .slot(let name): name
        case .hours: "hours"
        case .language: "language"
        }
    }

    /// Reads a name in either language; nil for a field that there is not. Any word without a point may be a slot.
    init?(_ written: String) {
        let folded = Anchor.fold(written)
        guard let point = folded.firstIndex(of: ".") else {
            switch folded {
            case "hours", "horario": self = .hours
            case "language", "idioma": self = .language
            default: self = .slot(SlotList.canonicalName(folded))
            }
            return
        }
        let field = String(folded[folded.index(after: point)...])
        switch folded[..<point] {
        case "product", "producto":
            guard let found = ProductField(named: field) else { return nil }
            self = .product(found)
        case "shop", "tienda":
            guard let found = ShopField(named: field) else { return nil }
            self = .shop(found)
        default: return nil
        }
    }

    /// All fields, for hints.
    static let fields: [String] =
        ProductField.allCases.flatMap { ["product." + $0.rawValue, "producto." + $0.spanish] }
        + ShopField.allCases.flatMap { ["shop." + $0.rawValue, "tienda." + $0.spanish] }
}

/// What is known of a product.
public enum ProductField: String, Sendable, CaseIterable {
    case name, price, stock, colours, sizes, alternatives, restock, description, category, brand, sku

    var spanish: String {
        switch self {
        case .name: "nombre"
        case .price: "precio"
        case .stock: "existencias"
        case .colours: "colores"
        case .sizes: "medidas"
        case .alternatives: "alternativas"
        case .restock: "reposicion"
        case .description: "descripcion"
        case .category: "categoria"
        case .brand: "marca"
        case .sku: "sku"
        }
    }

    /// By its English or Spanish name, folded.
    public init?(named name: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == name || $0.spanish == name }) else { return nil }
        self = found
    }
}

/// What is known of the shop.
public enum ShopField: String, Sendable, CaseIterable {
    case name, phone, email, address, hours

    var spanish: String {
        switch self {
        case .name: "nombre"
        case .phone: "telefono"
        case .email: "correo"
        case .address: "direccion"
        case .hours: "horario"
        }
    }

    /// By its English or Spanish name, folded.
    public init?(named name: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == name || $0.spanish == name }) else { return nil }
        self = found
    }
}
