/// When an answer is given.
public struct Condition: Sendable, Equatable {
    /// How a value is compared.
    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// One of the things that must all hold. Names are in their English spelling (`product.stock`, `zone`, `hours`).
    public enum Term: Sendable, Equatable {
        case known(String)
        case unknown(String)
        case compare(String, Comparison, Constant)

        /// The name that the term asks for.
        public var name: String {
            switch self {
            case .known(let name), .unknown(let name), .compare(let name, _, _): name
            }
        }
    }

    /// What a value is compared with, read once in each way in which it may be meant.
    public struct Constant: Sendable, Equatable {
        let folded: String
        let cents: Int?
        let day: CalendarDay?

        init(_ text: String) {
            folded = Anchor.fold(text)
            cents = Condition.cents(text)
            day = CalendarDay(text)
        }
    }

    /// All must hold.
    public let terms: [Term]

    /// Whether the condition holds where names have the values that `lookup` gives.
    ///
    /// A slot's value is its id. A list holds what equals one of its members, so that a product's category is given in
    /// every language at once.
    public func holds(_ lookup: (String) -> ContentValue?) -> Bool {
        terms.allSatisfy { term in
            switch term {
            case .known(let name): lookup(name).map { !$0.isEmpty } ?? false
            case .unknown(let name): lookup(name).map(\.isEmpty) ?? true
            case .compare(let name, let comparison, let wanted):
                lookup(name).map { Self.compare($0, comparison, wanted) } ?? (comparison == .notEqual)
            }
        }
    }

    private static func compare(_ value: ContentValue, _ comparison: Comparison, _ wanted: Constant) -> Bool {
        switch value {
        case .text(let text):
            if let other = wanted.cents, let number = cents(text) { return order(number, comparison, other) }
            let isEqual = text == wanted.folded || Anchor.fold(text) == wanted.folded
            return comparison == .equal ? isEqual : comparison == .notEqual && !isEqual
        case .list(let list):
            let holds = list.contains { Anchor.fold($0) == wanted.folded }
            return comparison == .equal ? holds : comparison == .notEqual && !holds
        case .number(let number): return wanted.cents.map { order(number * 100, comparison, $0) } ?? false
        case .money(let amount): return wanted.cents.map { order(amount, comparison, $0) } ?? false
        case .date(let day): return wanted.day.map { order(day.number, comparison, $0.number) } ?? false
        }
    }

    private static func order(_ value: Int, _ comparison: Comparison, _ wanted: Int) -> Bool {
        switch comparison {
        case .equal: value == wanted
        case .notEqual: value != wanted
        case .less: value < wanted
        case .lessOrEqual: value <= wanted
        case .greater: value > wanted
        case .greaterOrEqual: value >= wanted
        }
    }

    /// A number with at most two decimals after a point or a comma, with or without `€`, in hundredths.
    static func cents(_ text: String) -> Int? {
        guard text.utf8.contains(where: \.isASCIIDigit) else { return nil }
        var bytes = Array(text.utf8.filter { !$0.isBlank })
        let euro = Array("€".utf8)
        if bytes.starts(with: euro) { bytes.removeFirst(euro.count) }
        if bytes.count >= euro.count, Array(bytes.suffix(euro.count)) == euro { bytes.removeLast(euro.count) }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        let parts = bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard (1...2).contains(parts.count), (1...12).contains(parts[0].count), parts[0].allSatisfy(\.isASCIIDigit)
        else { return nil }
        var value = parts[0].reduce(0) { $0 * 10 + Int($1 - 0x30) } * 100
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
            let fraction = parts[1].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            value += parts[1].count == 1 ? fraction * 10 : fraction
        }
        return isNegative ? -value : value
    }
}
