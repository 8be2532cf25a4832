import Content
import Dispatch
import Foundation
import Testing

@testable import Shop

@Suite("Asking a command")
struct CommandTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func source(_ words: [String], timeout: Int = 300, atOnce: Int = 4) -> RemoteOrders {
        RemoteOrders(CommandConnection(words, timeout: timeout), timeout: timeout, atOnce: atOnce, notice: { _ in })
    }

    private func source(_ lines: String, timeout: Int = 300, atOnce: Int = 4) throws -> RemoteOrders {
        source(try folder.program("orders", lines), timeout: timeout, atOnce: atOnce)
    }

    private func failure(_ lines: String, timeout: Int = 300) async throws -> OrderSourceFailure? {
        guard case .failure(let failure) = try await source(lines, timeout: timeout).order("10024") else { return nil }
        return failure
    }

    private func text(_ name: String) -> String {
        ((try? String(contentsOfFile: folder.file(name), encoding: .utf8)) ?? "").trimmingCharacters(in: .newlines)
    }

    /// Whether a process is there, a zombie included.
    private func isThere(_ pid: String) -> Bool { FileManager.default.fileExists(atPath: "/proc/\(pid)/stat") }

    /// Waits until a process is gone; its parent may see to it a moment later.
    private func isGone(_ pid: String) -> Bool {
        let end = ContinuousClock.Instant.now + .seconds(20)
        while isThere(pid), .now < end { usleep(2_000) }
        return !pid.isEmpty && !isThere(pid)
    }

    @Test("it reads a line of JSON and writes an order, with its arguments as they stand")
    func order() async throws {
        let program = try folder.program(
            "orders",
            "read -r line; printf '%s' \"$line\" > \(folder.file("in")); printf '%s' \"$*\" > \(folder.file("args"))\n"
                + "cat <<'END'\n\(Samples.json)\nEND")
        #expect(await source(program + ["--shop", "a'b $HOME"]).order("10024") == .success(Samples.order))
        #expect(text("in") == #"{"order":"10024"}"#)
        #expect(text("args") == "--shop a'b $HOME")
    }

    @Test("it may have no such order, take a wish or refuse it")
    func others() async throws {
        let source = try source(
            "read -r line; printf '%s' \"$line\" > \(folder.file("in"))\ncase $line in\n"
                + #"*cancel*) echo '{"accepted":true,"reference":"R-1"}';;"# + "\n"
                + #"*return*) echo '{"accepted":false,"reason":"too late"}';;"# + "\n"
                + #"*) echo '{"order":null}';;"# + "\nesac")
        #expect(await source.order("7") == .success(nil))
        #expect(await source.request(Samples.wish) == .success(.accepted(reference: "R-1")))
        #expect(
            text("in")
                == #"{"request":{"kind":"cancel","order":"10024","details":{"reason":"late\n\"x\""},"key":"c-1:7"}}"#)
        let back = OrderRequest(.giveBack, order: "10024", key: "c-1:8")
        #expect(await source.request(back) == .success(.refused(reason: "too late")))
    }

    @Test("one that is late is killed with all that it began, and none of it stays as a zombie")
    func late() async throws {
        let failure = try await failure(
            "echo $$ > \(folder.file("pid"))\nsleep 1000 & echo $! > \(folder.file("child"))\n"
                + "trap '' TERM INT HUP\nwhile :; do sleep 1000; done", timeout: 1)
        #expect(failure == .tooSlow(seconds: 1))
        #expect(isGone(text("pid")) && isGone(text("child")))
    }

    @Test("one that ends its output, but does not end, is killed too")
    func lingering() async throws {
        let failure = try await failure(
            "echo $$ > \(folder.file("pid"))\necho '\(Samples.json)'\nexec >&- 2>&-\nexec sleep 1000", timeout: 1)
        #expect(failure == .tooSlow(seconds: 1))
        #expect(isGone(text("pid")))
    }

    @Test("a child that it leaves behind is ended with it, whether or not it holds the output")
    func children() async throws {
        let source = try source("sleep 1000 >&- & echo $! > \(folder.file("child"))\necho '\(Samples.json)'")
        #expect(await source.order("10024") == .success(Samples.order))
        #expect(isGone(text("child")))
        let failure = try await failure("sleep 1000 & echo $! > \(folder.file("child"))\necho '{}'", timeout: 1)
        #expect(failure == .tooSlow(seconds: 1))
        #expect(isGone(text("child")))
    }

    @Test("one that writes without end is cut off")
    func endless() async throws {
        #expect(try await failure("echo $$ > \(folder.file("pid"))\nexec yes") == .tooLong(limit: ShopReply.longest))
        #expect(isGone(text("pid")))
    }

    @Test("its exit code and the signal that ended it are told, whatever it wrote")
    func ends() async throws {
        #expect(try await failure("echo '\(Samples.json)'; exit 3") == .exit(3))
        #expect(try await failure("echo '\(Samples.json)'; kill -ABRT $$") == .signal(6))
    }

    @Test("what is no order is told", arguments: ["echo garbage", "true", "echo '{}'; echo '{}'", "echo '[]'"])
    func garbage(lines: String) async throws {
        guard case .malformed = try await failure(lines) else {
            Issue.record("it was taken")
            return
        }
    }

    @Test("one that there is not, or that may not be run, is told")
    func missing() async throws {
        for word in [folder.file("none"), folder.path, "no-such-program-\(UUID())"] {
            guard case .failure(.notStarted) = await source([word]).order("1") else {
                Issue.record("\(word) was started")
                continue
            }
        }
    }

    @Test("one that does not read its input is answered all the same")
    func deaf() async throws {
        let source = try source("exec <&-\necho '{\"accepted\":true}'")
        let long = OrderRequest(
            .change, order: "1", details: ["text": String(repeating: "x", count: 1 << 20)], key: "k")
        #expect(await source.request(long) == .success(.accepted(reference: nil)))
    }

    @Test("it starts with nothing open but its three streams, and with no signal blocked or ignored")
    func clean() async throws {
        let other = open("/dev/null", O_RDONLY)
        defer { close(other) }
        signal(SIGPIPE, SIG_IGN)
        let source = try source(
            "ls /proc/self/fd > \(folder.file("open"))\ngrep -E 'Sig(Blk|Ign)' /proc/self/status > \(folder.file("signals"))\n"
                + "echo '{\"order\":null}'")
        #expect(await source.order("1") == .success(nil))
        // The third is the folder that is read.
        #expect(text("open").split(separator: "\n") == ["0", "1", "2", "3"])
        for line in text("signals").split(separator: "\n") {
            let mask = try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
            // The two highest are the C library's own.
            #expect(mask & 0x7FFF_FFFF == 0, "\(line)")
        }
    }

    @Test("so many run at once, and no descriptor is left open in the end")
    func descriptors() async throws {
        func openCount() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let source = try source("echo x >> \(folder.file("runs"))\necho '{\"order\":null}'", atOnce: 2)
        _ = await source.order("1")
        let before = try openCount()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask { #expect(await source.order("\(number)") == .success(nil)) }
            }
        }
        #expect(text("runs").split(separator: "\n").count == 17)
        // Other tests open some of their own, and close them again.
        let end = ContinuousClock.Instant.now + .seconds(20)
        while try openCount() >= before + 16, .now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try openCount() < before + 16)
    }

    @Test("closing ends what runs")
    func closing() async throws {
        let source = try source(
            "echo $$ > \(folder.file("pid.new")); mv \(folder.file("pid.new")) \(folder.file("pid"))\nexec sleep 1000")
        async let answer = source.order("1")
        while text("pid").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        source.close()
        #expect(await answer == .failure(.closed))
        #expect(isGone(text("pid")))
        #expect(await source.order("1") == .failure(.closed))
    }
}
