import Content
import Foundation
import Testing

@testable import Shop

/// What others wrote must understand what we say.
@Suite("Asking a server of Python's", .enabled(if: Python.isThere, "python3 is not installed"))
struct PythonServerTests {
    private static let script = """
        import http.server, json, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def answer(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                number = self.path.rsplit("/", 1)[-1]
                if self.headers["Authorization"] != "Bearer t0ken": self.answer(401, {})
                elif number != "10024": self.answer(404, {})
                else: self.answer(200, json.loads(sys.argv[1]))
            def do_POST(self):
                wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(200, {"accepted": True, "reference": wish["kind"] + wish["details"]["reason"].upper()[-3:]})
            def log_message(self, *words): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test("orders and wishes")
    func conversation() async throws {
        let server = Process()
        server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        server.arguments = ["python3", "-c", Self.script, Samples.json]
        let output = Pipe()
        server.standardOutput = output
        try server.run()
        defer {
            // Python is born with the signals blocked that the thread blocks which starts it, so no other would reach it.
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(Int(line.trimmingCharacters(in: .newlines)))
        func source(_ token: String) throws -> RemoteOrders {
            let base = "http://127.0.0.1:\(port)"
            let connection = CommandConnection(
                base: base, token: token, timeout: 300, executable: try Executable.path())
            return RemoteOrders(connection, timeout: 300, atOnce: 2, notice: { _ in })
        }
        let orders = try source("t0ken")
        for _ in 0..<5 {
            #expect(await orders.order("10024") == .success(Samples.order))
            #expect(await orders.order("10025") == .success(nil))
        }
        #expect(await orders.request(Samples.wish) == .success(.accepted(reference: "cancel\"X\"")))
        #expect(try await source("other").order("10024") == .failure(.status(401)))
    }
}

@Suite("The README", .enabled(if: Python.isThere, "python3 is not installed"))
struct ReadmeTests {
    @Test("shows a command that works, and an order that can be read")
    func example() async throws {
        let folder = try Folder()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let script = try #require(readme.firstMatch(of: /\$ cat orders\.py\n((?s).+?)\$ echo/)?.1)
        let order = try #require(readme.firstMatch(of: /```json\n(\{"number":(?s).+?)```/)?.1)
        try String(script).write(toFile: folder.file("orders.py"), atomically: true, encoding: .utf8)
        try "[\(order)]".write(toFile: folder.file("orders.json"), atomically: true, encoding: .utf8)
        let words = ["python3", folder.file("orders.py"), folder.file("orders.json")]
        let source = RemoteOrders(
            CommandConnection(words, timeout: 300), timeout: 300, atOnce: 1, notice: { _ in })
        #expect(try await source.order("10024").get()?.total == 8990)
        #expect(await source.order("10025") == .success(nil))
        #expect(await source.request(Samples.wish) == .success(.refused(reason: "not connected yet")))
    }
}

enum Python {
    /// Always, where all tests must run.
    static let isThere =
        ProcessInfo.processInfo.environment["CONSERJE_CI"] != nil
        || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: $0 + "/python3") }
}
