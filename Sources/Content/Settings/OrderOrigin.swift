/// Where orders come from, as the setting `orders` says: `file`, `https://…` or `command PATH [ARG…]`.
public enum OrderOrigin: Sendable, Equatable {
    /// `KnowledgeBase/orders.csv`.
    case file
    /// An address without a slash at its end, below which orders are found; `http://` on this machine alone.
    case web(base: String)
    /// A program with its arguments.
    case command([String])

    /// What is wrong with a text that says where orders come from.
    enum Fault: Error, Equatable {
        case malformed
        /// `http://` to another machine.
        case inTheClear
        /// A name or a password stands in the address.
        case secret
    }

    init(_ text: String) throws(Fault) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.first {
        case "file" where words.count == 1: self = .file
        case "command" where words.count > 1: self = .command(Array(words.dropFirst()))
        case let address? where words.count == 1: self = .web(base: try Self.base(address))
        default: throw .malformed
        }
    }

    private static func base(_ address: String) throws(Fault) -> String {
        let isEncrypted = address.hasPrefix("https://")
        guard isEncrypted || address.hasPrefix("http://"), address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !address.utf8.contains(where: { "?#\\\"<>^`{|}".utf8.contains($0) })
        else { throw .malformed }
        let rest = address.dropFirst(isEncrypted ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw .secret }
        guard let host = host(authority) else { throw .malformed }
        guard isEncrypted || isLoopback(host) else { throw .inTheClear }
        var base = address[...]
        while base.last == "/" { base.removeLast() }
        return String(base)
    }

    /// The host of `HOST[:PORT]`; nil where it is none.
    private static func host(_ authority: Substring) -> Substring? {
        let end = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map { authority.index(after: $0) } : nil
        let host = authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)]
        let rest = authority[host.endIndex...]
        if rest.hasPrefix(":") {
            guard let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { return nil }
        } else if !rest.isEmpty {
            return nil
        }
        let isLiteral = end != nil
        let isName = host.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || (isLiteral ? "[:.]".utf8 : "-._".utf8).contains($0)
        }
        return isName && host.utf8.contains(where: { $0.isASCIILetter || $0.isASCIIDigit }) ? host : nil
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if ["localhost", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
