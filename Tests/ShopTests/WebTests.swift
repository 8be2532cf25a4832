import Content
import Foundation
import Testing

@testable import Shop

@Suite("Asking an address")
struct WebTests {
    private func source(
        _ base: String, token: String? = nil, timeout: Int = 300, atOnce: Int = 4
    ) throws -> RemoteOrders {
        RemoteOrders(
            CommandConnection(base: base, token: token, timeout: timeout, executable: try Executable.path()),
            timeout: timeout,
            atOnce: atOnce, notice: { _ in })
    }

    private func source(_ server: LocalServer, token: String? = nil, timeout: Int = 300) throws -> RemoteOrders {
        try source("http://127.0.0.1:\(server.port)/api", token: token, timeout: timeout)
    }

    private func failure(
        timeout: Int = 300, _ serve: @escaping @Sendable (LocalServer.Peer) -> Void
    ) async throws -> OrderSourceFailure? {
        let server = try LocalServer(serve)
        defer { server.stop() }
        let result = try await source(server, timeout: timeout).order("10024")
        guard case .failure(let failure) = result else { return nil }
        return failure
    }

    @Test("an order is got, with the token, and nothing else is told of us")
    func order() async throws {
        let server = try LocalServer {
            $0.answer("200 OK", Samples.json, headers: "Set-Cookie: a=b\r\nCache-Control: max-age=600\r\n")
        }
        defer { server.stop() }
        let source = try source(server, token: "t0ken")
        for _ in 0..<2 { #expect(await source.order("10024") == .success(Samples.order)) }
        // The second time, neither a cookie comes along nor a cache in between.
        #expect(server.asked.all.count == 2)
        for asked in server.asked.all {
            #expect(asked.hasPrefix("GET /api/orders/10024 HTTP/1.1\r\n"))
            #expect(asked.contains("\r\nAuthorization: Bearer t0ken\r\n"))
            #expect(!asked.lowercased().contains("cookie") && asked.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("a number is one part of the path, whatever is in it")
    func numbers() async throws {
        let server = try LocalServer { $0.answer("404 Not Found", "<html>") }
        defer { server.stop() }
        let source = try source(server)
        for number in ["../../admin", "a b?c#d", "ES-1", ".."] { #expect(await source.order(number) == .success(nil)) }
        #expect(
            server.asked.all.compactMap { $0.split(separator: " ").dropFirst().first } == [
                "/api/orders/%2E%2E%2F%2E%2E%2Fadmin", "/api/orders/a%20b%3Fc%23d", "/api/orders/ES-1",
                "/api/orders/%2E%2E",
            ])
    }

    @Test("a wish is passed on with its key")
    func wishes() async throws {
        let server = try LocalServer { peer in
            switch peer.asked {
            case let asked where asked.contains("cancel"):
                peer.answer("202 Accepted", #"{"accepted":true,"reference":"R-1"}"#)
            case let asked where asked.contains("change"): peer.answer("409 Conflict", #"{"reason":"shipped"}"#)
            case let asked where asked.contains("return"):
                peer.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            default: break
            }
        }
        defer { server.stop() }
        let source = try source(server)
        #expect(await source.request(Samples.wish) == .success(.accepted(reference: "R-1")))
        let asked = try #require(server.asked.all.first)
        #expect(asked.hasPrefix("POST /api/orders/10024/requests HTTP/1.1\r\n"))
        #expect(
            asked.contains("\r\nIdempotency-Key: c-1%3A7\r\n")
                && asked.contains("\r\nContent-Type: application/json\r\n"))
        #expect(
            asked.hasSuffix(
                #"{"kind":"cancel","order":"10024","details":{"reason":"late\n\"x\""},"key":"c-1:7"}"#))
        let change = OrderRequest(.change, order: "1", key: "2")
        #expect(await source.request(change) == .success(.refused(reason: "shipped")))
        let back = OrderRequest(.giveBack, order: "1", key: "3")
        #expect(await source.request(back) == .success(.accepted(reference: nil)))
    }

    @Test("a wish that the address knows nothing of is a failure")
    func unknownWish() async throws {
        let server = try LocalServer { $0.answer("404 Not Found", "") }
        defer { server.stop() }
        #expect(try await source(server).request(Samples.wish) == .failure(.status(404)))
    }

    @Test(
        "another status is a failure, whatever comes with it",
        arguments: [
            (201, "201 Created"), (304, "304 Not Modified"), (400, "400 Bad Request"), (401, "401 Unauthorized"),
            (403, "403 Forbidden"), (429, "429 Too Many Requests"), (500, "500 Internal Server Error"),
            (503, "503 Service Unavailable"),
        ])
    func statuses(status: Int, line: String) async throws {
        let found = try await failure {
            $0.answer(
                line, status == 304 ? "" : Samples.json,
                headers: status == 401 ? "WWW-Authenticate: Basic realm=\"x\"\r\n" : "")
        }
        #expect(found == .status(status))
    }

    @Test("a server that asks for a password gets none", arguments: ["Basic realm=\"x\"", "Bearer", "Digest", ""])
    func password(scheme: String) async throws {
        let found = try await failure {
            $0.answer("401 Unauthorized", "", headers: "WWW-Authenticate: \(scheme)\r\n")
        }
        #expect(found == .status(401))
    }

    @Test("what is no order is told", arguments: ["", "<html>", "{}", "[]", "{\"number\":\"10025\"}"])
    func garbage(body: String) async throws {
        guard case .malformed = try await failure({ $0.answer("200 OK", body) }) else {
            Issue.record("it was taken")
            return
        }
    }

    @Test("a server that says nothing, or does not come to an end, is too slow")
    func slow() async throws {
        let silent = try await failure(timeout: 1) { $0.waitForEnd() }
        #expect(silent == .tooSlow(seconds: 1))
        let dripping = try await failure(timeout: 1) { peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<40 {
                peer.send(" ")
                usleep(50_000)
            }
        }
        #expect(dripping == .tooSlow(seconds: 1))
    }

    @Test("a server that is gone, hangs up or talks no HTTP is told")
    func gone() async throws {
        let server = try LocalServer { _ in }
        server.stop()
        guard case .failure(.unreachable(let reason)) = try await source(server).order("10024") else {
            Issue.record("a server that is gone answered")
            return
        }
        #expect(reason == "the server takes no connections")
        for words in [
            "", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"number\":", "220 mail.example\r\n",
            "HTTP/1.1 \r\n\r\n",
        ] {
            let found = try await failure { $0.send(words) }
            switch found {
            case .unreachable(let reason): #expect(!reason.contains("10024"), "\(reason)")
            case .malformed, .status: break
            default: Issue.record("\(words): \(String(describing: found))")
            }
        }
    }

    @Test("what ends Foundation's client, a head without its end, does not end us")
    func halfAHead() async throws {
        let found = try await failure { $0.send("HTTP/1.1 200 OK\r\nContent-Type: appl") }
        #expect(found == .malformed("no HTTP"))
    }

    @Test("no more is taken than an answer needs")
    func long() async throws {
        let limit = OrderSourceFailure.tooLong(limit: ShopReply.longest)
        #expect(
            try await failure {
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n{"); $0.waitForEnd()
            } == limit)
        let chunk = String(repeating: " ", count: 0x4000)
        let endless = try await failure { peer in
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<1000 { peer.send("4000\r\n\(chunk)\r\n") }
        }
        #expect(endless == limit)
    }

    @Test("a redirect is not followed")
    func redirects() async throws {
        let other = try LocalServer { $0.answer("200 OK", Samples.json) }
        defer { other.stop() }
        for location in ["http://127.0.0.1:\(other.port)/x", "/elsewhere"] {
            let server = try LocalServer { peer in
                let isFirst = peer.asked.hasPrefix("GET /api/orders/10024 ")
                peer.answer(isFirst ? "302 Found" : "200 OK", Samples.json, headers: "Location: \(location)\r\n")
            }
            defer { server.stop() }
            #expect(try await source(server, token: "t0ken").order("10024") == .failure(.redirected))
            #expect(server.asked.all.count == 1)
        }
        #expect(other.asked.all.isEmpty)
    }

    @Test("closing ends what is under way")
    func closing() throws {
        let server = try LocalServer { $0.waitForEnd() }
        defer { server.stop() }
        let source = try source(server)
        let answers = Record<Result<Order?, OrderSourceFailure>>()
        source.order("1") { answers.add($0) }
        #expect(server.asked.waitForOne())
        source.close()
        #expect(answers.waitForOne())
        source.order("2") { answers.add($0) }
        #expect(answers.waitForOne())
        #expect(answers.all == [.failure(.closed), .failure(.closed)])
    }
}
