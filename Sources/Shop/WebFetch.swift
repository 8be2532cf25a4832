import Dispatch
import Foundation
import FoundationNetworking
import Glibc
import Threading

/// Fetches one thing over HTTPS, in a process of its own: Foundation's `URLSession` on Linux ends the process where a
/// server answers what is no HTTP, and that must not be the daemon. No cookies, no cache, no redirects, no passwords, and
/// no more bytes than an answer needs.
public enum WebFetch {
    /// The word of the command line that asks for it.
    public static let word = "fetch-order"

    /// Does the errand on standard input and writes what came of it to standard output.
    /// - Returns: whether it was understood.
    public static func run() -> Bool {
        // What a fault would leave on the disk holds the token.
        var none = rlimit()
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        guard let errand = WebErrand(Array(FileHandle.standardInput.readDataToEndOfFile())) else { return false }
        FileHandle.standardOutput.write(Data(WebErrand.write(result(errand))))
        return true
    }

    private static func result(_ errand: WebErrand) -> Result<(status: Int, body: [UInt8]), OrderSourceFailure> {
        guard let request = request(errand) else { return .failure(.unreachable("the address can't be used")) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        // Whoever asks ends this process before; where nobody is left to, it ends by itself.
        configuration.timeoutIntervalForRequest = TimeInterval(errand.timeout + 5)
        let exchange = WebExchange()
        let session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
        session.dataTask(with: request).resume()
        return exchange.wait()
    }

    private static func request(_ errand: WebErrand) -> URLRequest? {
        guard let url = URL(string: errand.url) else { return nil }
        var request = URLRequest(url: url)
        request.httpShouldHandleCookies = false
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        request.setValue("conserje", forHTTPHeaderField: "User-Agent")
        if let token = errand.token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        guard let body = errand.body else { return request }
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(errand.key, forHTTPHeaderField: "Idempotency-Key")
        return request
    }
}

/// What a session tells of its only task. The first end counts; the process goes with it.
private final class WebExchange: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var status = 0
        var body: [UInt8] = []
        var result: Result<(status: Int, body: [UInt8]), OrderSourceFailure>?
    }

    private let state = Guarded(State())
    private let end = DispatchSemaphore(value: 0)

    func wait() -> Result<(status: Int, body: [UInt8]), OrderSourceFailure> {
        end.wait()
        return state.withLock { $0.result ?? .failure(.closed) }
    }

    private func finish(_ result: Result<(status: Int, body: [UInt8]), OrderSourceFailure>) {
        state.withLock { state in
            if state.result == nil { state.result = result }
        }
        end.signal()
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        state.withLock { $0.status = status }
        completionHandler(.allow)
        if response.expectedContentLength > Int64(ShopReply.longest) {
            finish(.failure(.tooLong(limit: ShopReply.longest)))
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = state.withLock { state in
            if state.body.count <= ShopReply.longest { state.body += data }
            return state.body.count > ShopReply.longest
        }
        if isTooLong { finish(.failure(.tooLong(limit: ShopReply.longest))) }
    }

    /// Leads nowhere: the token and what is asked are for the address of the settings alone.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        finish(.failure(.redirected))
    }

    /// Only the token is offered, with the request itself. Without this the session would wait for a password.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        let status = (challenge.failureResponse as? HTTPURLResponse)?.statusCode ?? 401
        finish(.success((status: status, body: [])))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { return finish(.failure(.unreachable(Self.words(error)))) }
        finish(state.withLock { .success((status: $0.status, body: $0.body)) })
    }

    /// The kind of fault alone: the system's own words hold the address, and with it an order's number.
    private static func words(_ error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotConnectToHost: "the server takes no connections"
        case .cannotFindHost, .dnsLookupFailed: "there is no server of that name"
        case .timedOut: "no answer"
        // All that curl says and Foundation has no code for: a certificate of nobody's, most of all.
        case .unknown: "a certificate that is not trusted, or no HTTP"
        case .networkConnectionLost: "the server closed the connection"
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .secureConnectionFailed:
            "the server's certificate is not trusted"
        case let code?: "URL error \(code.rawValue)"
        case nil: "error \((error as NSError).code)"
        }
    }
}
