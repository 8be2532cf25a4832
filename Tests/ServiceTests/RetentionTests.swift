import Content
import Dialogue
import Events
import JSON
import Journal
import Testing

@testable import Service

@Suite("What is kept for so many days")
struct RetentionTests {
    /// Tuesday, 24 November 2026, 11:00 in Madrid.
    private static let start = Timestamp(milliseconds: 1_795_514_400_000)
    private static let day = 86_400
    private static let complaint = "SAY quiero poner una queja"

    private func counter(_ settings: [String]) throws -> Counter {
        try Counter(try #require(SmallShop.content(settings)), now: Self.start)
    }

    /// So many days go by, with a look at all that there is in the last night; it ends at four in the morning.
    private func pass(_ counter: Counter, days: Int) {
        let moment = counter.now.milliseconds / 1000 % 86_400
        // In winter it is 3:00 in Madrid at 2:00.
        counter.pass(days * Self.day - Int(moment) + 2 * 3_600)
        for _ in 0...Directory.shardCount + 1 { counter.pass(1) }
        counter.pass(3_600 - Directory.shardCount)
    }

    /// A customer writes a word of their own, and goes.
    private func visit(_ counter: Counter, _ name: String, saying line: String) throws -> (id: String, token: String) {
        let opened = try counter.ask(name, #"HELLO {"name":"nombre de \#(name)"}"#)
        _ = try counter.ask(name, line)
        counter.leave(name)
        // Every part of the directory is looked at for what is to be closed.
        counter.pass(Self.day)
        for _ in 0..<Directory.shardCount { counter.pass(1) }
        return (try #require(opened["conversation"]?.string), try #require(opened["resume"]?.string))
    }

    private func files(_ counter: Counter, _ text: String) -> [String] { counter.service.disk.files(containing: text) }

    @Test("contacts go with their conversation, from memory too", arguments: [false, true])
    func contacts(failing: Bool) throws {
        let counter = try counter(["keep_conversations: 30"])
        for line in ["HELLO", "SAY apuntadme zqab", "SAY zqlead@example.com", "SAY sí"] {
            _ = try counter.ask("clara", line)
        }
        counter.leave("clara")
        counter.pass(Self.day)
        for _ in 0..<Directory.shardCount { counter.pass(1) }
        counter.connect("ana", .agent)
        _ = try counter.ask("ana", "LOGIN ana")
        func listed() throws -> Int? { try counter.ask("ana", "LEADS")["leads"]?.array?.count }
        #expect(try listed() == 1)
        counter.service.disk.faults.writeError = failing ? 1 : 0
        pass(counter, days: 40)
        counter.service.disk.faults.writeError = 0
        #expect(try listed() == (failing ? 1 : 0))
        #expect(files(counter, "zqlead").isEmpty != failing)
    }

    @Test("what was said in a conversation that is over is erased after the days of the settings, not a day before")
    func conversations() throws {
        let counter = try counter(["keep_conversations: 30"])
        let old = try visit(counter, "clara", saying: "SAY hola zqold")
        pass(counter, days: 20)
        let young = try visit(counter, "berta", saying: "SAY hola zqyoung")
        try counter.restart(orderly: true)
        pass(counter, days: 8)
        #expect(!files(counter, "zqold").isEmpty && !files(counter, "nombre de clara").isEmpty)
        #expect(try counter.ask("clara", "RESUME \(old.token)")["code"] == nil)
        counter.leave("clara")
        // It closes a day later.
        pass(counter, days: 2)
        pass(counter, days: 30)
        // She was there again; Berta was not.
        #expect(files(counter, "zqyoung") == [] && files(counter, "nombre de berta") == [])
        #expect(try counter.ask("berta", "RESUME \(young.token)")["code"] == .string("bad_token"))
        #expect(files(counter, "zqold") == [] && files(counter, "nombre de clara") == [])
        try counter.restart(orderly: true)
        #expect(try counter.ask("clara", "RESUME \(old.token)")["code"] == .string("bad_token"))
        #expect(files(counter, "zqold") == [])
    }

    @Test("without the setting nothing is ever erased by itself, nor while somebody is connected")
    func never() throws {
        let counter = try counter([])
        _ = try visit(counter, "clara", saying: "SAY hola zqold")
        pass(counter, days: 2_000)
        #expect(!files(counter, "zqold").isEmpty)
        let other = try self.counter(["keep_conversations: 1"])
        _ = try other.ask("clara", "HELLO")
        _ = try other.ask("clara", "SAY hola zqheld")
        pass(other, days: 5)
        #expect(!files(other, "zqheld").isEmpty)
        // No customer waits at night, and by day nothing is erased.
        other.leave("clara")
        pass(other, days: 1)
        other.pass(8 * 3_600)
        for _ in 0..<Directory.shardCount { other.pass(1) }
        #expect(!files(other, "zqheld").isEmpty)
        pass(other, days: 2)
        #expect(files(other, "zqheld") == [])
    }

    @Test("a case keeps its conversation until it is answered; then it is kept, blocked, for its own days")
    func cases() throws {
        let counter = try counter(["keep_conversations: 30", "keep_cases: 100"])
        let opened = try counter.ask("clara", #"HELLO {"name":"Zenobia"}"#)
        let key = try #require(
            try counter.ask("clara", "\(Self.complaint) zqclaim")["reply"]?["case"]?["key"]?.string)
        counter.leave("clara")
        pass(counter, days: 60)
        #expect(!files(counter, "Zenobia").isEmpty)
        counter.connect("ana", .agent)
        _ = try counter.ask("ana", "LOGIN ana")
        #expect(try counter.ask("ana", "ANSWER \(key) zqanswer")["code"] == nil)
        pass(counter, days: 29)
        #expect(!files(counter, "Zenobia").isEmpty)
        pass(counter, days: 3)
        try counter.restart(orderly: true)
        #expect(files(counter, "Zenobia") == [])
        #expect(!files(counter, "zqclaim").isEmpty && !files(counter, "zqanswer").isEmpty)
        #expect(try counter.ask("otra", "CASE \(key)")["case"]?["state"] == .string("answered"))
        #expect(
            try counter.ask("clara", "RESUME \(opened["resume"]?.string ?? "")")["code"] == .string("bad_token"))
        pass(counter, days: 60)
        #expect(!files(counter, "zqclaim").isEmpty)
        pass(counter, days: 20)
        #expect(files(counter, "zqclaim") == [] && files(counter, "zqanswer") == [])
        #expect(try counter.ask("otra", "CASE \(key)")["code"] == .string("no_such_case"))
        try counter.restart()
        #expect(try counter.ask("otra", "CASE \(key)")["code"] == .string("no_such_case"))
    }

    @Test("what a power cut interrupts is done after the start")
    func interrupted() throws {
        let counter = try counter(["keep_conversations: 30"])
        for name in ["clara", "berta", "dora"] { _ = try visit(counter, name, saying: "SAY hola zqold \(name)") }
        counter.pass(60 * Self.day)
        // All are marked, none is rewritten: that comes once the whole directory was looked at.
        for _ in 0..<Directory.shardCount { counter.pass(1) }
        #expect(counter.service.core.erasures.count == 3 && !files(counter, "zqold").isEmpty)
        try counter.restart()
        counter.pass(1)
        #expect(files(counter, "zqold") == [] && counter.service.core.erasures.isEmpty)
    }

    @Test("what the log refuses to store is not erased, and is tried again the next night")
    func refused() throws {
        let counter = try counter(["keep_conversations: 30"])
        let old = try visit(counter, "clara", saying: "SAY hola zqold")
        let before = counter.service.core.directory[try #require(ConversationID(old.id))]
        counter.service.disk.faults.writeError = 1
        pass(counter, days: 40)
        counter.service.disk.faults.writeError = 0
        #expect(counter.service.core.directory[try #require(ConversationID(old.id))] == before)
        #expect(counter.service.core.erasures.isEmpty && !files(counter, "zqold").isEmpty)
        pass(counter, days: 1)
        #expect(files(counter, "zqold") == [])
    }

    @Test("a look takes so many conversations a turn, and writes all segments once")
    func many() throws {
        let counter = try counter(["keep_conversations: 1"])
        for number in 0..<300 {
            _ = try counter.ask("c\(number)", "SAY hola zqold")
            counter.leave("c\(number)")
        }
        counter.pass(2 * Self.day)
        for _ in 0..<Directory.shardCount { counter.pass(1) }
        pass(counter, days: 3)
        #expect(files(counter, "zqold") == [])
        #expect(counter.service.core.erasures.isEmpty)
    }
}
