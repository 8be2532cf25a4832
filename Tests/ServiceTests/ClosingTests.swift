import Content
import Dialogue
import Events
import Journal
import Testing
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

@Suite("Closing")
struct ClosingTests {
    @Test(
        "a conversation without message and connection closes after the hours of the settings", arguments: [1, 24, 30])
    func closeAfter(hours: Int) throws {
        let content = try #require(SmallShop.content(["close_after: \(hours)"]))
        let start = Timestamp(milliseconds: 1_795_514_400_000)
        let service = try SimulatedService(
            SimulatedDisk(), content: content, now: start, random: Chance(seed: 1))
        let connection = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: 1))
        let request = try RequestParser(role: .customer).parse(Array("HELLO".utf8))
        service.inbox = [
            .opened(connection, ConnectionOrigin(listener: 0, peer: .unix), .customer),
            .job(Job(connection: connection, slot: ReplySlot(number: 1), request: request)),
        ]
        _ = service.decide(2, now: start)
        func states(after seconds: Int) -> [ConversationState] {
            // A tick looks at a part of the conversations; so many look at all.
            for second in 0..<Directory.shardCount {
                service.inbox = [.tick]
                _ = service.decide(1, now: Timestamp(milliseconds: start.milliseconds + Int64(seconds + second) * 1000))
            }
            return [ConversationState.bot, .closed].filter { !service.core.directory.conversations(in: [$0]).isEmpty }
        }
        #expect(states(after: hours * 3600) == [.bot], "somebody is connected")
        service.inbox = [.closed(connection)]
        _ = service.decide(1, now: start)
        #expect(states(after: hours * 3600 - Directory.shardCount) == [.bot])
        #expect(states(after: hours * 3600) == [.closed])
    }
}
