import Foundation
import FoundationNetworking
import Threading

/// What is under way over HTTP, and what the session tells of it. Each exchange ends once, by whatever comes first.
final class WebExchanges: NSObject, URLSessionDataDelegate, Sendable {
    private struct Exchange {
        let task: URLSessionDataTask
        let isWish: Bool
        let then: @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
        var status: Int?
        var body: [UInt8] = []
    }

    private struct State {
        var exchanges: [Int: Exchange] = [:]
        var isClosed = false
    }

    private let state = Guarded(State())

    func begin(
        _ task: URLSessionDataTask, isWish: Bool,
        then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
    ) {
        let isClosed = state.withLock { state in
            state.exchanges[task.taskIdentifier] = Exchange(task: task, isWish: isWish, then: then)
            return state.isClosed
        }
        if isClosed { abandon(task.taskIdentifier, .closed) }
    }

    /// Breaks one off, unless it has ended.
    func abandon(_ identifier: Int, _ failure: OrderSourceFailure) { end(identifier, .failure(failure))?.task.cancel() }

    @discardableResult
    private func end(_ identifier: Int, _ result: Result<ShopReply, OrderSourceFailure>) -> Exchange? {
        let exchange = state.withLock { $0.exchanges.removeValue(forKey: identifier) }
        exchange?.then(result)
        return exchange
    }

    func close() {
        let tasks = state.withLock { state in
            state.isClosed = true
            return state.exchanges.values.map(\.task)
        }
        for task in tasks { abandon(task.taskIdentifier, .closed) }
    }

    // MARK: - What the session tells

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let status = (response as? HTTPURLResponse)?.statusCode
        state.withLock { $0.exchanges[dataTask.taskIdentifier]?.status = status }
        completionHandler(.allow)
        if response.expectedContentLength > Int64(ShopReply.longest) {
            abandon(dataTask.taskIdentifier, .tooLong(limit: ShopReply.longest))
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = state.withLock { state in
            state.exchanges[dataTask.taskIdentifier]?.body += data
            return state.exchanges[dataTask.taskIdentifier]?.body.count ?? 0 > ShopReply.longest
        }
        if isTooLong { abandon(dataTask.taskIdentifier, .tooLong(limit: ShopReply.longest)) }
    }

    /// Leads nowhere: the token and what is asked are for the address of the settings alone. The session is not answered:
    /// Foundation ends the process where an answer comes after its own time limit, or after a cancellation.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        abandon(task.taskIdentifier, .redirected)
    }

    /// Only the token is offered, with the request itself. Without this the session would wait for a password.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        abandon(task.taskIdentifier, .status((challenge.failureResponse as? HTTPURLResponse)?.statusCode ?? 401))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error {
            end(task.taskIdentifier, .failure(.unreachable(Self.words(error))))
            return
        }
        guard let exchange = state.withLock({ $0.exchanges[task.taskIdentifier] }) else { return }
        end(task.taskIdentifier, Self.reply(exchange))
    }

    private static func reply(_ exchange: Exchange) -> Result<ShopReply, OrderSourceFailure> {
        switch (exchange.status ?? 0, exchange.isWish) {
        case (200, false): .success(.body(exchange.body))
        case (404, false): .success(.nothing)
        case (200...202, true), (204, true): .success(exchange.body.isEmpty ? .nothing : .body(exchange.body))
        case (409, true), (422, true): .success(.refusal(exchange.body))
        case (let status, _): .failure(.status(status))
        }
    }

    /// The kind of fault alone: the system's own words hold the address, and with it an order's number.
    private static func words(_ error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotConnectToHost: "the server takes no connections"
        case .cannotFindHost, .dnsLookupFailed: "there is no server of that name"
        case .timedOut: "no answer"
        case .networkConnectionLost: "the server closed the connection"
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .secureConnectionFailed:
            "the server's certificate is not trusted"
        case let code?: "URL error \(code.rawValue)"
        case nil: "error \((error as NSError).code)"
        }
    }
}
