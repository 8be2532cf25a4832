import Checksums

/// Whether a customer who knows an order's number has shown that it is theirs: by the e-mail address or the postcode that
/// it was made with. Takes as long for a wrong word as for a right one, and for an order that there is not.
public enum OrderProof {
    /// Whether a text is the order's e-mail address or its postcode.
    public static func proves(_ text: String, _ order: Order?) -> Bool {
        let isEmail = proves(email: text, order)
        let isPostcode = proves(postcode: text, order)
        return isEmail || isPostcode
    }

    /// Whether an e-mail address or a postcode is the order's.
    public static func proves(email: String?, postcode: String?, _ order: Order?) -> Bool {
        let isByEmail = proves(email: email ?? "", order)
        let isByPostcode = proves(postcode: postcode ?? "", order)
        return isByEmail || isByPostcode
    }

    /// Whether a text is the order's e-mail address; letter case and blanks don't matter.
    public static func proves(email: String, _ order: Order?) -> Bool {
        areEqual(folded(email: email), folded(email: order?.email ?? ""))
    }

    /// Whether a text is the order's postcode: `28004`, `28 004`, `E-28004`, `ES 28004`, `1000-001`, `ad 500`.
    public static func proves(postcode: String, _ order: Order?) -> Bool {
        areEqual(folded(postcode: postcode), folded(postcode: order?.postcode ?? ""))
    }

    /// Digests are compared, so that not even a length is told. What is empty proves nothing.
    private static func areEqual(_ given: String, _ held: String) -> Bool {
        let isSame = constantTimeEqual(SHA256.digest(given.utf8), SHA256.digest(held.utf8))
        return isSame && !held.isEmpty
    }

    private static func folded(email: String) -> String {
        let text = email.lowercased()
        // Characters take long to tell apart, and few addresses have any but ASCII's.
        guard !text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x80 }) else { return text }
        return String(text.filter { !$0.isWhitespace })
    }

    /// Countries' signs as they stand before a postcode.
    private static let countries = ["ES", "E", "PT", "P"]
    private static let digits = 5

    private static func folded(postcode: String) -> String {
        let text = postcode.uppercased().filter { !$0.isWhitespace && !"-–.".contains($0) }
        func isNumber(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        var bare = text[...]
        for country in countries where text.hasPrefix(country) && isNumber(text.dropFirst(country.count)) {
            bare = text.dropFirst(country.count)
        }
        // Spreadsheets take the nought of Barcelona's 08001 away.
        if bare.utf8.count == digits - 1, isNumber(bare) { return "0" + bare }
        return String(bare)
    }
}
