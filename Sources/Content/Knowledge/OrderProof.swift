extension Order {
    /// Whether an e-mail or a postcode is the one that the order was made with.
    public func isProved(email: String?, postcode: String?) -> Bool {
        func isSame(_ given: String?, _ known: String) -> Bool {
            guard let given, !known.isEmpty else { return false }
            return Anchor.fold(given.filter { !$0.isWhitespace }) == Anchor.fold(known.filter { !$0.isWhitespace })
        }
        return isSame(email, self.email) || isSame(postcode, self.postcode)
    }
}
