import Content
import Dialogue
import Events
import Journal
import Testing
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

@Suite("Taken back since the log refused it")
struct TakenBackTests {
    @Test("a claim leaves the customer where they stood among those who asked in the same millisecond")
    func claim() throws {
        let loaded = ContentLoader.load(files: SmallShop.files.map { ($0.key, Array($0.value.utf8)) })
        let bundle = try #require(try? loaded.get())
        let now = Timestamp(milliseconds: 1_795_514_400_000)
        let disk = SimulatedDisk()
        let service = try SimulatedService(disk, content: Interpreter(bundle), now: now, random: Chance(seed: 1))
        let agent = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: 99))
        service.inbox = [
            .opened(agent, ConnectionOrigin(listener: Gateway.firstAgentListener, peer: .unix), .agent),
            .job(try job("LOGIN ana", agent, .agent)),
        ]
        _ = service.decide(2, now: now)
        for number in 1...5 as ClosedRange<UInt64> {
            let customer = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: number))
            service.inbox = [
                .opened(customer, ConnectionOrigin(listener: 0, peer: .unix), .customer),
                .job(try job("HUMAN", customer, .customer)),
            ]
            _ = service.decide(2, now: now)
        }
        let asked = service.core.desk.queue.ordered().map(\.conversation)
        #expect(asked.count == 5)
        disk.faults.writeError = 1
        // Claimed and transferred within the turn, too: the number before the turn counts.
        service.inbox = [
            .job(try job("CLAIM \(asked[1])", agent, .agent)),
            .job(try job("TRANSFER \(asked[1]) \(service.core.content.settings.defaultTeam)", agent, .agent)),
            .job(try job("CLAIM \(asked[0])", agent, .agent)),
        ]
        _ = service.decide(3, now: now)
        #expect(service.core.desk.queue.ordered().map(\.conversation) == asked)
        #expect(service.core.desk.conversations(of: "ana").isEmpty)
    }

    private func job(_ line: String, _ connection: ConnectionHandle, _ role: Role) throws -> Job {
        Job(
            connection: connection, slot: ReplySlot(number: 1),
            request: try RequestParser(role: role).parse(Array(line.utf8)))
    }
}
