/// What a variable of an answer stands for, and what a condition compares.
public enum ContentValue: Sendable, Equatable {
    case text(String)
    case list([String])
    case number(Int)
    /// Cents of a euro.
    case money(Int)
    case date(CalendarDay)

    /// Nothing to show.
    public var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .list(let list): list.allSatisfy(\.isEmpty)
        case .number, .money, .date: false
        }
    }

    /// As a reader of that language writes it: `4,90 €` and `€4.90`, `3 de diciembre` and `3 December`, `a, b y c`.
    public func formatted(_ language: String) -> String {
        switch self {
        case .text(let text): text
        case .list(let list): Phrasing.list(list.filter { !$0.isEmpty }, language)
        case .number(let number): Phrasing.number(number, language)
        case .money(let cents): Phrasing.money(cents, language)
        case .date(let day): Phrasing.date(day, language)
        }
    }
}

/// Numbers, money, dates and lists as each language writes them; the patterns stand in the catalogue.
public enum Phrasing {
    /// An amount in euros, of whole cents.
    public static func money(_ cents: Int, _ language: String) -> String {
        let magnitude = cents.magnitude
        let fraction = magnitude % 100
        let decimals = Catalogue.template(.formatDecimal, language) + (fraction < 10 ? "0" : "") + String(fraction)
        let amount = (cents < 0 ? "−" : "") + grouped(magnitude / 100, language) + decimals
        return Catalogue.sentence(.formatMoney, language, ["amount": .text(amount)])
    }

    /// A whole number.
    public static func number(_ number: Int, _ language: String) -> String {
        (number < 0 ? "−" : "") + grouped(number.magnitude, language)
    }

    /// Day and month.
    public static func date(_ day: CalendarDay, _ language: String) -> String {
        let months = months[language] ?? []
        let month = months.indices.contains(day.month - 1) ? months[day.month - 1] : String(day.month)
        return Catalogue.sentence(.formatDate, language, ["day": .number(day.day), "month": .text(month)])
    }

    private static let months = Dictionary(
        uniqueKeysWithValues: Catalogue.languages.map { ($0, Catalogue.words(.monthNames, $0)) })

    /// `a, b y c`.
    public static func list(_ items: [String], _ language: String) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        let and = Catalogue.template(.listAnd, language)
        return items.dropLast().joined(separator: ", ") + " \(and) " + last
    }

    private static func grouped(_ number: UInt, _ language: String) -> String {
        let digits = String(number)
        guard digits.count > 3 else { return digits }
        let separator = Catalogue.template(.formatThousands, language)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += separator }
            result.append(digit)
        }
        return result
    }
}
