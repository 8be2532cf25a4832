import JSON
import Testing

@Suite("A client that sends and does not read", .serialized)
struct SlowReaderTests {
    /// Answers of 160 KB each, far more than the kernel's buffers hold.
    private static let rounds = 1_000

    @Test("thousands of commands with long answers cost little memory and nobody else's time, and none is lost")
    func bounded() throws {
        let daemon = try Daemon.started()
        let slow = try daemon.customer()
        try slow.open()
        let text = String(repeating: "gracias ", count: 1_000)
        for _ in 0..<20 { try slow.done("SAY " + text) }
        let other = try daemon.customer()
        for _ in 0..<20 { try other.done("SAY gracias") }
        let before = try daemon.residentBytes()
        try slow.send(bytes: Array((0..<Self.rounds).map { "HISTORY 40\nQ\($0)\n" }.joined().utf8))
        var (growth, slowest) = (0, 0.0)
        for _ in 0..<200 {
            let start = LineReader.now()
            try other.done("SAY gracias")
            slowest = max(slowest, LineReader.now() - start)
            growth = max(growth, try daemon.residentBytes() - before)
        }
        print("slow reader: \(growth >> 10) KB more, slowest round trip of another \(Int(slowest * 1000)) ms")
        #expect(growth < 24 << 20)
        #expect(slowest < 0.5)
        for round in 0..<Self.rounds {
            let history = try slow.nextLine()
            #expect(history.hasPrefix(#"OK {"messages":["#) && history.utf8.count > 160_000)
            #expect(try slow.nextLine().contains("command Q\(round) here"))
        }
        #expect(try slow.ask("PING").code == nil)
    }
}
