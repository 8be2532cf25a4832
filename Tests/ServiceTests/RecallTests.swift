import Content
import Dialogue
import Events
import Journal
import Testing
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

@Suite("After a restart")
struct RecallTests {
    @Test("who asked for a person within one millisecond stands in the order of asking, as before")
    func sameMoment() throws {
        let loaded = ContentLoader.load(files: SmallShop.files.map { ($0.key, Array($0.value.utf8)) })
        let bundle = try #require(try? loaded.get())
        let now = Timestamp(milliseconds: 1_795_514_400_000)
        let disk = SimulatedDisk()
        let service = try SimulatedService(disk, content: Interpreter(bundle), now: now, random: Chance(seed: 1))
        let parser = RequestParser(role: .customer)
        var asked: [ConversationID] = []
        for number in 1...12 as ClosedRange<UInt64> {
            let customer = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: number))
            service.inbox = [
                .opened(customer, ConnectionOrigin(listener: 0, peer: .unix), .customer),
                .job(
                    Job(
                        connection: customer, slot: ReplySlot(number: 1), request: try parser.parse(Array("HUMAN".utf8))
                    )),
            ]
            _ = service.decide(2, now: now)
            asked.append(try #require(service.core.sessions[customer]?.conversation))
            #expect(service.core.desk.queue.position(of: asked[asked.count - 1]) == asked.count)
        }
        #expect(asked != asked.sorted { $0.bits < $1.bits })
        try service.log.close()
        let again = try SimulatedService(disk, content: Interpreter(bundle), now: now, random: Chance(seed: 2))
        #expect(again.core.desk.queue.ordered().map(\.conversation) == asked)
    }
}
