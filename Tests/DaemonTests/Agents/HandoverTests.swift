import Glibc
import JSON
import Testing

@Suite("Transfers, vanished agents and hours")
struct HandoverTests {
    @Test("TRANSFER to a team puts it at the head of that team's queue, with its note")
    func toTeam() throws {
        let daemon = try Daemon.started()
        let (ana, vera) = (try daemon.agent("ana"), try daemon.agent("vera"))
        try vera.done("READY")
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try ana.done("CLAIM " + opened.id)
        #expect(try ana.ask("TRANSFER \(opened.id) nobody").code == "bad_argument")
        try ana.done("TRANSFER \(opened.id) ventas quiere un presupuesto")
        let offer = try vera.nextPush("waiting")
        #expect(try offer.text("team") == "ventas")
        _ = try client.nextPush("agent_left")
        #expect(try ana.ask("TELL \(opened.id) hola").code == "not_yours")
        let claim = try vera.done("CLAIM")
        #expect(try claim.text("conversation") == opened.id)
        #expect(try claim.list("transcript").contains { $0["text"] == .string("quiere un presupuesto") })
    }

    @Test("TRANSFER to an agent is offered to that agent alone")
    func toAgent() throws {
        let daemon = try Daemon.started()
        let (ana, luis, boss) = (try daemon.agent("ana"), try daemon.agent("luis"), try daemon.agent("jefa"))
        try luis.done("READY")
        try boss.done("READY")
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try ana.done("CLAIM " + opened.id)
        _ = try boss.pushesSoFar(after: "STATUS")
        try ana.done("TRANSFER \(opened.id) luis")
        #expect(try luis.nextPush("waiting").text("conversation") == opened.id)
        #expect(try boss.pushesSoFar(after: "STATUS").allSatisfy { $0.type != "waiting" })
        #expect(try boss.ask("CLAIM").code == "queue_empty")
        #expect(try luis.done("CLAIM").text("conversation") == opened.id)
    }

    @Test("what a vanished agent held goes back to the head of the queue with its wait, and the customer is told")
    func vanished() throws {
        let daemon = try Daemon.started(settings: ["agent_grace: 1"])
        let (ana, luis) = (try daemon.agent("ana"), try daemon.agent("luis"))
        try luis.done("READY")
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try ana.done("CLAIM " + opened.id)
        let other = try daemon.customer()
        let second = try other.openInQueue()
        ana.disconnect()
        _ = try client.nextPush("agent_left")
        let waiting = try luis.done("QUEUE").list("waiting")
        #expect(try waiting.map { try $0.text("conversation") } == [opened.id, second.id])
        #expect(try waiting[0].number("waited") >= waiting[1].number("waited"))
        #expect(try luis.done("CLAIM").text("conversation") == opened.id)
    }

    @Test("an agent who comes back within the grace keeps what they hold")
    func back() throws {
        let daemon = try Daemon.started(settings: ["agent_grace: 3600"])
        let ana = try daemon.agent("ana")
        let opened = try daemon.customer().openInQueue()
        try ana.done("CLAIM " + opened.id)
        ana.disconnect()
        try daemon.restart(killing: true)
        let again = try daemon.agent("ana")
        #expect(try again.done("QUEUE").list("mine").map { try $0.text("conversation") } == [opened.id])
        #expect(try again.ask("TELL \(opened.id) sigo aquí").code == nil)
    }

    @Test("after a restart the grace counts from ready on")
    func vanishedAtRestart() throws {
        let daemon = try Daemon.started(settings: ["agent_grace: 1"])
        let ana = try daemon.agent("ana")
        let opened = try daemon.customer().openInQueue()
        try ana.done("CLAIM " + opened.id)
        try daemon.restart(killing: true)
        let luis = try daemon.agent("luis")
        try luis.done("READY")
        #expect(try luis.nextPush("waiting").text("conversation") == opened.id)
        #expect(try luis.done("CLAIM").text("conversation") == opened.id)
    }

    @Test("with nobody ready the message is taken, and it waits as soon as an agent of the team is ready")
    func messageTaken() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        #expect(try client.done("HUMAN").text("reply.handoff.state") == "message_taken")
        #expect(try client.done("SAY y otra cosa")["delivered"] == .bool(true))
        let ana = try daemon.agent("ana")
        let entry = try ana.done("QUEUE").list("waiting")[0]
        #expect(entry["due_in"] == .null)
        #expect(entry["state"] == .string("message_taken"))
        try daemon.agent("vera").done("READY")
        #expect(try ana.done("QUEUE").list("waiting")[0]["state"] == .string("message_taken"))
        try ana.done("READY")
        #expect(try client.nextPush("message").text("from") == "system")
        #expect(try daemon.customer().state(opened.token) == "waiting")
    }

    @Test("outside the hours a message is taken though an agent is ready, and may be claimed")
    func outsideHours() throws {
        // One minute of one day of the week that is not today's.
        let weekday = (Int(time(nil)) / 86_400 + 3) % 7
        let far = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(weekday + 3) % 7]
        let daemon = try Daemon.started(settings: ["hours: \(far) 09:00-09:01"])
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let client = try daemon.customer()
        try client.open()
        #expect(try client.done("HUMAN").text("reply.handoff.state") == "message_taken")
        #expect(try ana.ask("CLAIM").code == nil)
        #expect(try client.done("SAY hola")["delivered"] == .bool(true))
    }
}
