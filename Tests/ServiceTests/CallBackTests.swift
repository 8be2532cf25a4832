import Dialogue
import Events
import JSON
import Testing

@testable import Service

@Suite("Calls and follow-ups in the queue")
struct CallBackTests {
    /// Tuesday, 24 November 2026, 11:00 in Madrid.
    private static let start = Timestamp(milliseconds: 1_795_514_400_000)
    private static let day = 86_400
    private static let call = "SAY telefoneadme al 612345678 en 20 minutos zqyx"

    private func counter(now: Timestamp = Self.start) throws -> Counter {
        try Counter(try #require(SmallShop.content), now: now)
    }

    private func agent(_ counter: Counter, _ name: String = "ana", ready: Bool = true) throws {
        counter.connect(name, .agent)
        _ = try counter.ask(name, "LOGIN \(name)")
        if ready { _ = try counter.ask(name, "READY") }
    }

    private func open(_ counter: Counter, _ line: String = Self.call) throws -> (conversation: String, token: String) {
        let opened = try counter.ask("clara", "HELLO")
        let reply = try counter.ask("clara", line)["reply"]
        #expect(reply?["kind"] == .string("answer"), "\(String(describing: reply))")
        return (try #require(opened["conversation"]?.string), try #require(opened["resume"]?.string))
    }

    private func coming(_ counter: Counter, _ line: String = "CALLBACKS") throws -> [JSONValue] {
        try counter.ask("ana", line)["callbacks"]?.array ?? []
    }

    private func waiting(_ counter: Counter, _ name: String = "ana") throws -> [JSONValue] {
        try counter.ask(name, "QUEUE")["waiting"]?.array ?? []
    }

    @Test("a call is listed until its time, then stands in the queue with number and words, and is offered")
    func due() throws {
        let counter = try counter()
        let (id, _) = try open(counter)
        try agent(counter)
        let listed = try coming(counter).first
        #expect(listed?["conversation"] == .string(id) && listed?["at"] == .string("2026-11-24T10:20:00.000Z"))
        #expect(listed?["local"] == .string("2026-11-24T11:20"))
        #expect(listed?["phone"] == .string("+34612345678") && listed?["text"]?.string?.contains("zqyx") == true)
        #expect(try coming(counter, "CALLBACKS general").isEmpty)
        #expect(try counter.ask("ana", "CALLBACKS nadie")["code"] == .string("bad_argument"))
        #expect(try counter.ask("ana", "STATUS")["callbacks"]?["coming"] == .integer(1))
        counter.pass(1_199)
        #expect(try waiting(counter).isEmpty)
        counter.pass(1)
        let offer = counter.pushed("waiting", to: "ana").first
        #expect(offer?["reason"] == .string("callback") && offer?["state"] == .string("waiting"))
        #expect(offer?["team"] == .string("ventas"))
        #expect(counter.pushed("message", to: "clara").first?["text"]?.string?.contains("612 345 678") == true)
        #expect(try coming(counter).isEmpty)
        let context = try counter.ask("ana", "CLAIM \(id)")["context"]
        #expect(context?["callback"]?["phone"] == .string("+34612345678"))
        #expect(context?["callback"]?["text"]?.string?.contains("zqyx") == true)
        _ = try counter.ask("ana", "RESOLVE \(id)")
        counter.pass(60)
        #expect(try waiting(counter).isEmpty && counter.service.core.followUps.isEmpty)
    }

    @Test("a promise outlives a power cut, a snapshot and the end of its conversation", arguments: [false, true])
    func durable(orderly: Bool) throws {
        let counter = try counter()
        let (id, _) = try open(counter)
        _ = try counter.ask("clara", "QUIT")
        counter.leave("clara")
        counter.pass(5)
        try counter.restart(orderly: orderly)
        try agent(counter)
        #expect(try coming(counter).count == 1)
        #expect(counter.service.core.conversations.isEmpty)
        // Due while the service is down.
        counter.now = counter.now + 3_600
        try counter.restart(orderly: orderly)
        try agent(counter)
        counter.pass(1)
        counter.pass(1)
        #expect(try waiting(counter).map { $0["conversation"] } == [.string(id)])
        try counter.restart(orderly: orderly)
        try agent(counter)
        counter.pass(1)
        #expect(try waiting(counter).count == 1 && coming(counter).isEmpty)
    }

    @Test("a promise that is due is tried again where it could not be stored, and is stored once")
    func refused() throws {
        let counter = try counter()
        _ = try open(counter)
        _ = try counter.ask("clara", "QUIT")
        counter.leave("clara")
        try agent(counter)
        counter.service.disk.faults.writeError = 1
        counter.pass(1_200)
        #expect(try waiting(counter).isEmpty && coming(counter).count == 1)
        #expect(try counter.ask("berta", Self.call)["code"] == .string("storage_unavailable"))
        #expect(try coming(counter).count == 1)
        counter.service.disk.faults = .init()
        for _ in 0..<3 { counter.pass(1) }
        #expect(try waiting(counter).count == 1)
        #expect(counter.pushed("waiting", to: "ana").count == 1)
    }

    @Test("a customer takes a call back: by words, by CANCEL, and while it stands in the queue")
    func cancelled() throws {
        let counter = try counter()
        _ = try open(counter)
        try agent(counter)
        _ = try counter.ask("clara", "SAY colgad")
        #expect(try coming(counter).isEmpty)
        _ = try counter.ask("clara", Self.call)
        #expect(try coming(counter).count == 1)
        let answer = try counter.ask("clara", "CANCEL")["reply"]?["text"]?.string
        #expect(answer?.hasPrefix("De acuerdo, no te llamamos") == true)
        #expect(try coming(counter).isEmpty)
        _ = try counter.ask("clara", Self.call)
        counter.pass(1_200)
        #expect(try counter.ask("clara", "SAY hola")["delivered"] == .bool(true))
        #expect(try counter.ask("clara", "SAY colgad")["reply"]?["text"]?.string?.contains("no te llamamos") == true)
        #expect(try waiting(counter).isEmpty)
        #expect(counter.pushed("customer_left", to: "ana").first?["why"] == .string("cancelled"))
        counter.pass(60)
        #expect(try waiting(counter).isEmpty && coming(counter).isEmpty)
    }

    @Test("an agent promises a follow-up, resolves, and has it back at its time")
    func followUp() throws {
        let counter = try counter()
        let opened = try counter.ask("clara", "HELLO")
        let id = try #require(opened["conversation"]?.string)
        _ = try counter.ask("clara", "HUMAN")
        try agent(counter)
        _ = try counter.ask("ana", "CLAIM \(id)")
        for line in ["2026-11-24T10:59 tarde", "mañana x", "2029-01-01T10:00 x"] {
            #expect(try counter.ask("ana", "CALLBACK \(id) \(line)")["code"] == .string("bad_argument"), "\(line)")
        }
        let line = "@id=a CALLBACK \(id) 2026-11-24T12:00 lo miro con el almacén"
        #expect(try counter.ask("ana", line) == .object([]))
        #expect(try counter.ask("ana", line) == .object([]))
        #expect(counter.pushed("message", to: "clara").last?["text"]?.string?.contains("hoy a las 12:00") == true)
        let listed = try coming(counter)
        #expect(listed.count == 1 && listed[0]["by"] == .string("ana"))
        _ = try counter.ask("ana", "RESOLVE \(id)")
        try counter.restart()
        try agent(counter)
        counter.pass(3_600)
        counter.pass(1)
        #expect(try waiting(counter).map { $0["reason"] } == [.string("callback")])
        let context = try counter.ask("ana", "CLAIM \(id)")["context"]
        #expect(context?["callback"]?["text"] == .string("lo miro con el almacén"))
    }

    @Test("who has the conversation when it is due is told, once, and it goes to the queue when it is let go")
    func held() throws {
        let counter = try counter()
        let (id, _) = try open(counter)
        try agent(counter)
        _ = try counter.ask("ana", "TAKE \(id)")
        counter.pass(1_200)
        counter.pass(60)
        let told = counter.pushed("callback_due", to: "ana")
        #expect(told.map { $0["conversation"] } == [.string(id)])
        #expect(told.first?["local"] == .string("2026-11-24T11:20"))
        #expect(try waiting(counter).isEmpty)
        _ = try counter.ask("ana", "RETURN \(id)")
        counter.pass(1)
        #expect(try waiting(counter).count == 1)
    }

    @Test("FORGET takes what was promised and kept off the disk; EXPORT has both before it", arguments: [false, true])
    func forgotten(orderly: Bool) throws {
        let counter = try counter()
        _ = try open(counter)
        for line in ["SAY apuntadme zqab", "SAY zqlead@example.com", "SAY sí"] { _ = try counter.ask("clara", line) }
        try agent(counter)
        let leads = try counter.ask("ana", "LEADS ventas")["leads"]?.array
        #expect(leads?.count == 1 && leads?[0]["email"] == .string("zqlead@example.com"))
        #expect(leads?[0]["text"]?.string?.contains("zqab") == true)
        #expect(try counter.ask("ana", "LEADS general")["leads"] == .array([]))
        let export = try counter.ask("clara", "EXPORT")["export"]
        #expect(export?["callback"]?["phone"] == .string("+34612345678"))
        #expect(export?["leads"]?.array?.count == 1)
        try counter.restart(orderly: orderly)
        try agent(counter)
        #expect(try counter.ask("ana", "LEADS")["leads"]?.array?.count == 1)
        let token = try #require(counter.tokens["clara"])
        _ = try counter.ask("clara", "RESUME \(token)")
        #expect(try counter.ask("clara", "FORGET")["kept"] == .array([]))
        for word in ["zqlead", "zqab", "zqyx", "612345678"] {
            #expect(counter.service.disk.files(containing: word) == [], "\(word)")
        }
        for _ in 0..<2 {
            #expect(try coming(counter).isEmpty && counter.ask("ana", "LEADS")["leads"] == .array([]))
            counter.pass(Self.day)
            #expect(try waiting(counter).isEmpty)
            try counter.restart(orderly: orderly)
            try agent(counter)
        }
    }

    @Test("a supervisor who is there gets the conversation; agents are not offered it and may still claim it by name")
    func supervisor() throws {
        let counter = try counter()
        try agent(counter)
        try agent(counter, "jefa")
        let id = try #require(try counter.ask("clara", "HELLO")["conversation"]?.string)
        let reply = try counter.ask("clara", "SAY quiero a la jefaza")["reply"]
        #expect(reply?["handoff"]?["state"] == .string("waiting"))
        #expect(counter.pushed("waiting", to: "jefa").map { $0["supervisor"] } == [.bool(true)])
        #expect(counter.pushed("waiting", to: "ana").isEmpty)
        #expect(try counter.ask("ana", "CLAIM")["code"] == .string("queue_empty"))
        #expect(try counter.ask("jefa", "CLAIM")["conversation"] == .string(id))
    }

    @Test("a supervisor's call waits for a supervisor when it is due")
    func absentSupervisor() throws {
        let counter = try counter()
        try agent(counter)
        #expect(try counter.ask("clara", "SAY quiero a la jefaza")["reply"]?["kind"] == .string("ask"))
        _ = try counter.ask("clara", "SAY 612345678")
        #expect(try coming(counter).first?["supervisor"] == .bool(true))
        counter.pass(3_600)
        #expect(try waiting(counter).map { $0["state"] } == [.string("message_taken")])
        try agent(counter, "jefa")
        #expect(counter.pushed("waiting", to: "jefa").map { $0["reason"] } == [.string("callback")])
        #expect(try waiting(counter).map { $0["state"] } == [.string("waiting")])
    }

    @Test("whoever leaves a message outside the hours is offered a call, and a number alone is enough")
    func outsideHours() throws {
        let counter = try counter(now: Self.start + 11 * 3_600)
        _ = try counter.ask("clara", "HELLO")
        let reply = try counter.ask("clara", "HUMAN es por la cafetera")["reply"]
        #expect(reply?["handoff"]?["state"] == .string("message_taken"))
        #expect(reply?["text"]?.string?.contains("escribe aquí un teléfono") == true)
        #expect(try counter.ask("clara", "SAY no me calienta")["delivered"] == .bool(true))
        let promised = try counter.ask("clara", "@id=n SAY 612 345 678")
        #expect(promised["reply"]?["text"] == .string("Te llamamos mañana a las 9:00 al +34 612 345 678."))
        #expect(try counter.ask("clara", "@id=n SAY 612 345 678") == promised)
        try agent(counter)
        #expect(try waiting(counter).isEmpty)
        #expect(try coming(counter).first?["text"] == .string("es por la cafetera\nno me calienta\n612 345 678"))
        counter.pass(11 * 3_600)
        #expect(try waiting(counter).count == 1)
        // Within the hours a number is a message like any other.
        let open = try self.counter()
        _ = try open.ask("clara", "HELLO")
        _ = try open.ask("clara", "HUMAN")
        #expect(try open.ask("clara", "SAY 612345678")["delivered"] == .bool(true))
    }

    @Test("a snapshot holds promises and contacts; those of earlier versions are read too")
    func snapshot() throws {
        let counter = try counter()
        _ = try open(counter)
        for line in ["SAY apuntadme", "SAY ana@example.com", "SAY sí"] { _ = try counter.ask("clara", line) }
        let core = counter.service.core
        let bytes = ServiceSnapshot(
            directory: core.directory, erasures: [], cases: core.cases, followUps: core.followUps
        ).encoded()
        let read = try #require(ServiceSnapshot(bytes))
        #expect(read.followUps.allPromises == core.followUps.allPromises && !read.followUps.allPromises.isEmpty)
        #expect(read.followUps.contacts() == core.followUps.contacts() && !read.followUps.contacts().isEmpty)
        let second = Array("conserje-2\n0\n0\n".utf8) + core.directory.encoded()
        #expect(ServiceSnapshot(second)?.directory.count == core.directory.count)
        #expect(ServiceSnapshot(Array(bytes.dropLast(core.directory.encoded().count + 3))) == nil)
    }
}
