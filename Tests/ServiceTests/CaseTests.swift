import Content
import Dialogue
import Events
import JSON
import Language
import Testing
import Wire

@testable import Journal
@testable import LineServer
@testable import Loop
@testable import Service

@Suite("Cases")
struct CaseTests {
    /// Tuesday, 24 November 2026, 11:00 in Madrid.
    private static let start = Timestamp(milliseconds: 1_795_514_400_000)
    private static let day = 86_400
    private static let complaint = "SAY quiero poner una queja"

    private func counter() throws -> Counter { try Counter(try #require(SmallShop.content), now: Self.start) }

    private func open(_ counter: Counter, _ name: String = "clara") throws -> (
        key: String, conversation: String, token: String
    ) {
        let opened = try counter.ask(name, "HELLO")
        let answer = try counter.ask(name, Self.complaint)
        return (
            try #require(answer["reply"]?["case"]?["key"]?.string), try #require(opened["conversation"]?.string),
            try #require(opened["resume"]?.string)
        )
    }

    private func agent(_ counter: Counter, _ name: String = "ana") throws {
        counter.connect(name, .agent)
        _ = try counter.ask(name, "LOGIN \(name)")
    }

    private func state(_ counter: Counter, _ key: String, _ name: String = "otra") throws -> String? {
        try counter.ask(name, "CASE \(key)")["case"]?["state"]?.string
    }

    @Test("a case is told from any conversation and from none, in whole in its own alone")
    func told() throws {
        let counter = try counter()
        let (key, _, token) = try open(counter)
        let own = try counter.ask("clara", "CASE \(key.lowercased())")["case"]
        #expect(own?["receipt"]?.string?.contains("> quiero poner una queja") == true)
        #expect(own?["due"] == .string("2026-11-25T22:59:59.999Z"))
        let foreign = try counter.ask("otra", "CASE \(key)")["case"]
        #expect(foreign?["key"] == .string(key) && foreign?["due"] == own?["due"])
        #expect(foreign?["receipt"] == nil && foreign?["text"] == nil)
        #expect(try counter.ask("otra", "CASE \(CaseKey(bits: 1))")["code"] == .string("no_such_case"))
        #expect(try counter.ask("otra", "CASE CL-1")["code"] == .string("bad_case_key"))
        #expect(try counter.ask("otra", "SAY ¿y \(key)?")["reply"]?["case"]?["receipt"] == nil)
        counter.leave("clara")
        _ = try counter.ask("clara", "RESUME \(token)")
        #expect(try counter.ask("clara", "CASE \(key)")["case"]?["receipt"] == own?["receipt"])
    }

    @Test("a person's answer closes a case at once where the customer is there; a refusal tells where to turn")
    func answered() throws {
        let counter = try counter()
        let (key, _, _) = try open(counter)
        try agent(counter)
        #expect(try counter.ask("ana", "ANSWER \(key) #refused No fue así.") == .object([]))
        let messages = counter.pushed("message", to: "clara")
        #expect(messages.map { $0["from"]?.string } == ["system", "agent"])
        #expect(messages[0]["text"]?.string?.contains(key) == true)
        #expect(
            messages[1]["text"]?.string == "No fue así.\n\nSi no estás de acuerdo, puedes acudir a la Junta Arbitral.")
        #expect(try state(counter, key) == "closed")
        let again = try counter.ask("ana", "ANSWER \(key) Otra cosa.")
        #expect(again["code"] == .string("not_allowed") && again["message"]?.string?.contains("answered") == true)
        #expect(try counter.ask("ana", "ANSWER \(CaseKey(bits: 1)) x")["code"] == .string("no_such_case"))
        // Another complaint is another case.
        #expect(try counter.ask("clara", Self.complaint)["reply"]?["case"]?["key"]?.string != key)
    }

    @Test("an answer to a conversation that is over waits for the customer's return, which alone closes the case")
    func onReturn() throws {
        let counter = try counter()
        let (key, _, token) = try open(counter)
        _ = try counter.ask("clara", "QUIT")
        counter.leave("clara")
        try agent(counter)
        #expect(try counter.ask("ana", "@id=a ANSWER \(key) Lo cambiamos.") == .object([]))
        for _ in 0..<40 { counter.pass(Self.day) }
        #expect(try state(counter, key) == "answered")
        try counter.restart()
        try agent(counter)
        #expect(try counter.ask("ana", "@id=a ANSWER \(key) Lo cambiamos.") == .object([]))
        #expect(try counter.ask("ana", "@id=a ANSWER \(key) Otra cosa.")["code"] == .string("id_reused"))
        #expect(try counter.ask("ana", "CASES")["cases"]?.array?.first?["state"] == .string("answered"))
        #expect(try counter.ask("clara", "RESUME \(token)")["state"] != nil)
        #expect(try state(counter, key) == "closed")
        let said = try counter.ask("clara", "HISTORY")["messages"]?.array ?? []
        #expect(said.filter { $0["text"] == .string("Lo cambiamos.") }.count == 1)
    }

    @Test("cases are listed by team and due date, with what was said")
    func listed() throws {
        let counter = try counter()
        let (key, conversation, _) = try open(counter)
        _ = try counter.ask("berta", "SAY llamadme")
        try agent(counter)
        #expect(
            try counter.ask("ana", "STATUS")["cases"]
                == .object([.init("open", .integer(2)), .init("overdue", .integer(0))]))
        func keys(_ line: String) throws -> [String] {
            try counter.ask("ana", line)["cases"]?.array?.compactMap { $0["key"]?.string } ?? []
        }
        #expect(try keys("CASES").count == 2 && keys("CASES general") == [key] && keys("CASES ventas").count == 1)
        let listed = try counter.ask("ana", "CASES general")["cases"]?.array?.first
        #expect(
            listed?["conversation"] == .string(conversation) && listed?["text"] == .string("quiero poner una queja"))
        #expect(listed?["language"] == .string("es") && listed?["team"] == .string("general"))
        #expect(try counter.ask("ana", "CASES nadie")["code"] == .string("bad_argument"))
    }

    @Test(
        "agents are told of a deadline when somebody is there, once, and not again after a restart",
        arguments: [false, true])
    func reminded(orderly: Bool) throws {
        let counter = try counter()
        let (key, _, _) = try open(counter)
        _ = try counter.ask("clara", "QUIT")
        counter.leave("clara")
        counter.pass(5)
        try agent(counter)
        counter.pass(1)
        #expect(counter.pushed("case_due", to: "ana").map { $0["case"]?["key"]?.string } == [key])
        for _ in 0..<5 { counter.pass(60) }
        #expect(counter.pushed("case_due", to: "ana").isEmpty && counter.pushed("overdue_case", to: "ana").isEmpty)
        try counter.restart(orderly: orderly)
        counter.pass(2 * Self.day)
        try agent(counter)
        try agent(counter, "luis")
        counter.pass(1)
        for name in ["ana", "luis"] {
            #expect(counter.pushed("overdue_case", to: name).count == 1 && counter.pushed("case_due", to: name).isEmpty)
        }
        try counter.restart(orderly: orderly)
        try agent(counter)
        for _ in 0..<3 { counter.pass(60) }
        #expect(counter.pushed("overdue_case", to: "ana").isEmpty)
        #expect(try state(counter, key) == "open")
    }

    @Test("keys that fail are limited for each address and in all, and hide which keys there are; one's own is told")
    func limited() throws {
        let counter = try counter()
        func peer(_ host: UInt32) -> PeerAddress { PeerAddress(.ipv4(host, port: 1)) }
        counter.connect("clara", from: peer(0x0A00_0001))
        let (key, _, _) = try open(counter)
        counter.connect("uno", from: peer(0x0A00_0002))
        for number in 0..<10 {
            let line = number % 2 == 0 ? "CASE CL-1" : "CASE \(CaseKey(bits: UInt64(number)))"
            #expect(try counter.ask("uno", line)["code"] != .string("rate_limited"))
        }
        let refused = try counter.ask("uno", "CASE \(key)")
        #expect(refused["code"] == .string("rate_limited") && (refused["retry_after"]?.integer ?? 0) > 0)
        #expect(try counter.ask("uno", "SAY ¿cómo va \(key)?")["reply"]?["case"] == nil)
        counter.connect("dos", from: peer(0x0A00_0003))
        #expect(try state(counter, key, "dos") == "open")
        for number in 0..<290 { _ = try counter.ask("tres", "SAY ¿y \(CaseKey(bits: UInt64(number)))?") }
        #expect(try counter.ask("dos", "CASE \(key)")["code"] == .string("rate_limited"))
        #expect(try state(counter, key, "clara") == "open")
        counter.now = counter.now + 60
        #expect(try state(counter, key, "uno") == "open")
    }

    @Test("a case whose events could not be stored is none, and what became of another goes back")
    func refused() throws {
        let counter = try counter()
        let (key, _, _) = try open(counter)
        try agent(counter)
        counter.service.disk.faults.writeError = 1
        #expect(try counter.ask("berta", Self.complaint)["code"] == .string("storage_unavailable"))
        #expect(try counter.ask("ana", "ANSWER \(key) Sí.")["code"] == .string("storage_unavailable"))
        counter.service.disk.faults = .init()
        #expect(try counter.ask("ana", "CASES")["cases"]?.array?.map { $0["state"] } == [.string("open")])
        #expect(try counter.ask("ana", "ANSWER \(key) Sí.") == .object([]))
    }

    @Test(
        "after FORGET a claim is kept, blocked: out of the lists, without words, its key still answered; a request is gone"
    )
    func forgotten() throws {
        let counter = try counter()
        let (key, _, _) = try open(counter)
        let request = try #require(try counter.ask("berta", "SAY llamadme zqyx")["reply"]?["case"]?["key"]?.string)
        let export = try counter.ask("clara", "EXPORT")["export"]
        #expect(export?["cases"]?.array?.first?["receipt"]?.string?.contains("queja") == true)
        #expect(try counter.ask("clara", "FORGET")["kept"] == .array([.string("case \(key)")]))
        #expect(try counter.ask("berta", "FORGET")["kept"] == .array([]))
        #expect(counter.service.disk.files(containing: "zqyx") == [])
        for _ in 0..<2 {
            try agent(counter)
            #expect(try counter.ask("ana", "CASES")["cases"] == .array([]))
            #expect(try counter.ask("ana", "ANSWER \(key) Sí.")["code"] == .string("not_allowed"))
            #expect(try state(counter, key) == "open")
            #expect(try counter.ask("otra", "CASE \(request)")["code"] == .string("no_such_case"))
            counter.pass(3 * Self.day)
            #expect(counter.pushed("overdue_case", to: "ana").isEmpty)
            try counter.restart()
        }
        var kept: [String] = []
        try counter.service.log.events(from: 1) { stored in
            if case .caseOpened(let opening) = stored.event.body { kept.append(opening.text) }
            return true
        }
        #expect(kept == ["quiero poner una queja", ""])
    }

    @Test("a snapshot holds the cases, one without them is read too, and one that is cut short is not")
    func snapshot() throws {
        let counter = try counter()
        let (key, _, _) = try open(counter)
        let core = counter.service.core
        let whole = ServiceSnapshot(directory: core.directory, erasures: [], cases: core.cases)
        let bytes = whole.encoded()
        let read = try #require(ServiceSnapshot(bytes))
        #expect(read.cases.all == core.cases.all && read.cases.all.map(\.value.key.description) == [key])
        let first = Array("conserje-1\n0\n".utf8) + core.directory.encoded()
        #expect(ServiceSnapshot(first)?.directory.count == core.directory.count)
        let line = try #require(bytes.firstIndex(of: UInt8(ascii: "{")))
        #expect(ServiceSnapshot(Array(bytes[..<line] + bytes[(line + 1)...])) == nil)
    }

    @Test("no key looks like a card number, an account or a password")
    func notMasked() {
        let secrets = SecretMask(words: Catalogue.words(.secretWords), links: Catalogue.words(.secretLinks))
        var random = Chance(seed: 7)
        for _ in 0..<20_000 {
            let text = "¿cómo va \(CaseKey(bits: random.next()))? mi pedido es el 10024"
            #expect(secrets.masked(text) == nil, "\(text)")
        }
    }
}
