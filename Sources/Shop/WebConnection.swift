import Dispatch
import Foundation
import FoundationNetworking
import JSON
import Threading

/// Asks an HTTPS endpoint: `GET BASE/orders/NUMBER`, `POST BASE/orders/NUMBER/requests`. No cookies, no cache, no
/// redirects, and no more bytes than an answer needs.
final class WebConnection: ShopConnection {
    private let base: String
    private let token: String?
    private let timeout: Int
    private let exchanges = WebExchanges()
    private let session: URLSession
    private let queue = DispatchQueue(label: "orders")

    /// - Parameters:
    ///   - base: an address without a slash at its end.
    ///   - token: for the header `Authorization`.
    ///   - timeout: seconds that are told where it is late.
    init(base: String, token: String?, timeout: Int, atOnce: Int) {
        self.base = base
        self.token = token
        self.timeout = timeout
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.httpMaximumConnectionsPerHost = atOnce
        // The deadline of each question comes first.
        configuration.timeoutIntervalForRequest = TimeInterval(timeout + 5)
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit { session.finishTasksAndInvalidate() }

    func ask(
        _ question: ShopQuestion, by deadline: DispatchTime,
        then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
    ) {
        guard let request = request(question) else {
            return queue.async { then(.failure(.unreachable("the address can't be used"))) }
        }
        let task = session.dataTask(with: request)
        exchanges.begin(task, isWish: question.isWish) { [queue] result in queue.async { then(result) } }
        let late = OrderSourceFailure.tooSlow(seconds: timeout)
        // Not the task, which would keep the session until then.
        let identifier = task.taskIdentifier
        queue.asyncAfter(deadline: deadline) { [exchanges] in exchanges.abandon(identifier, late) }
        task.resume()
    }

    func close() { exchanges.close() }

    private func request(_ question: ShopQuestion) -> URLRequest? {
        let (number, path) =
            switch question {
            case .order(let number): (number, "")
            case .request(let wish): (wish.order, "/requests")
            }
        guard let segment = number.addingPercentEncoding(withAllowedCharacters: Self.plain),
            let url = URL(string: "\(base)/orders/\(segment)\(path)")
        else { return nil }
        var request = URLRequest(url: url)
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        request.setValue("conserje", forHTTPHeaderField: "User-Agent")
        request.httpShouldHandleCookies = false
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        guard case .request(let wish) = question else { return request }
        var body: [UInt8] = []
        JSONWriter.append(to: &body, wish.write)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let key = wish.key.addingPercentEncoding(withAllowedCharacters: Self.plain)
        request.setValue(key, forHTTPHeaderField: "Idempotency-Key")
        return request
    }

    /// RFC 3986's unreserved characters but the point, so that no number is a path and no key a line.
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
}

extension ShopQuestion {
    var isWish: Bool { if case .request = self { true } else { false } }
}
