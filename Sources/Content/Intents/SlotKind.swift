/// What the mechanism can read by itself, beside the lists that editors define; each is a slot of that name.
public enum SlotKind: String, Sendable, CaseIterable {
    /// The number of an order, in the form of the setting `order_number`.
    case order
    /// An e-mail address (RFC 5322, the forms that people type), in lower case.
    case email
    /// A telephone number, kept in E.164.
    case phone
    /// A postcode of Spain, Portugal or Andorra.
    case postcode
    /// A day, or a span of days: `2026-11-24`, `2026-11-16/2026-11-22`, `../2026-12-24` (ISO 8601).
    case date
    /// An amount of money, kept in cents of a euro.
    case amount
    /// How many, 1…999.
    case quantity
    /// What the customer is called.
    case name
    /// `yes` or `no`.
    case agreement
    /// Whatever the customer answers, in their own words; only where it was asked for.
    case reason
    /// A moment in the shop's time zone, `2026-11-25T17:00`.
    case moment

    /// The kind that editors name so, in any language of the catalogue.
    init?(written: String) {
        guard let kind = Self.names[Anchor.fold(written)] else { return nil }
        self = kind
    }

    private static let names: [String: SlotKind] = {
        var names: [String: SlotKind] = Keyword.fields(.slotKinds)
        for kind in allCases { names[kind.rawValue] = kind }
        return names
    }()

    /// A value as a customer of that language reads it.
    public func shown(_ value: String, _ language: String) -> String {
        switch self {
        case .date: DaySpan(value)?.formatted(language) ?? value
        case .amount: Int(value).map { Phrasing.money($0, language) } ?? value
        case .phone: Self.grouped(value)
        case .moment: LocalMoment(value)?.formatted(language) ?? value
        case .agreement: Catalogue.words(value == "yes" ? .keywordYes : .keywordNo, language).first ?? value
        case .order, .email, .postcode, .quantity, .name, .reason: value
        }
    }

    /// A value as conditions compare it; of a span its first day, or the last where it is open before.
    public func comparable(_ value: String) -> ContentValue {
        switch self {
        case .date: DaySpan(value).flatMap { $0.first ?? $0.last }.map { .date($0) } ?? .text(value)
        case .amount: Int(value).map { .money($0) } ?? .text(value)
        case .quantity: Int(value).map { .number($0) } ?? .text(value)
        case .moment: LocalMoment(value).map { .date($0.day) } ?? .text(value)
        case .order, .email, .phone, .postcode, .name, .agreement, .reason: .text(value)
        }
    }

    /// What asks for it where the intent has no question of its own; a yes belongs to a question that only its editor knows.
    public var question: SentenceKey? {
        switch self {
        case .order: .askOrder
        case .email: .askEmail
        case .phone: .askPhone
        case .postcode: .askPostcode
        case .date: .askDate
        case .amount: .askAmount
        case .quantity: .askQuantity
        case .name: .askName
        case .moment: .askMoment
        case .agreement, .reason: nil
        }
    }

    /// What helps who cannot give it, where the intent says nothing of it.
    public var help: SentenceKey? {
        switch self {
        case .order: .helpOrder
        case .email, .postcode: .helpProof
        case .phone, .date, .amount, .quantity, .name, .agreement, .reason, .moment: nil
        }
    }

    /// Whether every value has a digit or an at sign, so that a message without either has none.
    public var hasSigns: Bool {
        switch self {
        case .order, .email, .phone, .postcode: true
        case .date, .amount, .quantity, .name, .agreement, .reason, .moment: false
        }
    }

    /// By what an order is proved to be the customer's.
    public static let proof: [SlotKind] = [.order, .email, .postcode]

    /// Whether a value holds for the whole conversation, whatever it goes on to; a yes or a date belongs to what it was
    /// said about.
    public var isLasting: Bool {
        switch self {
        case .order, .email, .phone, .postcode, .name: true
        case .date, .amount, .quantity, .agreement, .reason, .moment: false
        }
    }

    /// `+34 612 345 678`.
    private static func grouped(_ number: String) -> String {
        guard number.hasPrefix("+34"), number.count == 12 else { return number }
        let digits = Array(number)
        return [digits[0..<3], digits[3..<6], digits[6..<9], digits[9..<12]].map { String($0) }.joined(separator: " ")
    }
}
