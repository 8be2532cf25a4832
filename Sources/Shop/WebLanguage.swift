import Foundation
import JSON

/// An HTTPS endpoint: `GET BASE/orders/NUMBER`, `POST BASE/orders/NUMBER/requests`, through a process that runs
/// ``WebFetch``.
struct WebLanguage: CommandLanguage {
    /// An address without a slash at its end.
    let base: String
    /// For the header `Authorization`.
    let token: String?
    /// Seconds.
    let timeout: Int

    /// RFC 3986's unreserved characters but the point, so that no number is a path and no key a line.
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")

    func input(_ question: ShopQuestion) -> [UInt8] {
        var errand = WebErrand(url: "", token: token, timeout: timeout)
        switch question {
        case .order(let number): errand.url = "\(base)/orders/\(Self.encoded(number))"
        case .request(let wish):
            errand.url = "\(base)/orders/\(Self.encoded(wish.order))/requests"
            errand.key = Self.encoded(wish.key)
            var body: [UInt8] = []
            JSONWriter.append(to: &body, wish.write)
            errand.body = String(decoding: body, as: UTF8.self)
        }
        return errand.encoded()
    }

    func reply(_ output: [UInt8], to question: ShopQuestion) throws(OrderSourceFailure) -> ShopReply {
        let (status, body) = try WebErrand.read(output)
        let isWish = if case .request = question { true } else { false }
        switch (status, isWish) {
        case (200, false): return .body(body)
        case (404, false): return .nothing
        case (200...202, true), (204, true): return body.isEmpty ? .nothing : .body(body)
        case (409, true), (422, true): return .refusal(body)
        default: throw .status(status)
        }
    }

    /// Foundation ends the process that reads what is no HTTP.
    func meaning(_ failure: OrderSourceFailure) -> OrderSourceFailure {
        switch failure {
        case .signal, .exit: .malformed("no HTTP")
        case .notStarted(let reason): .unreachable(reason)
        default: failure
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
