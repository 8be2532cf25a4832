import Testing

@testable import Wire

struct LongReplyTests {
    @Test(
        "what may be answered with a transcript is known by its verb, in any case and behind tags",
        arguments: [
            "HISTORY", "history 1000", "  Export", "@id=a @json=1 RESUME token", "@x CLAIM", "TAKE 0123", "Show 0123",
            "WATCH 0123", "queue ventas", "STATUS",
        ])
    func long(line: String) { #expect(expected(line)) }

    @Test(
        "nothing else is, whatever it says",
        arguments: [
            "", " ", "@id=a", "SAY HISTORY", "HISTORYX", "XHISTORY", "PING", "HUMAN SHOW", "@id=SHOW PING", "é",
        ])
    func short(line: String) { #expect(!expected(line)) }

    private func expected(_ line: String) -> Bool {
        Array(line.utf8).withUnsafeBytes { LongReplies.expected(for: $0) }
    }
}
