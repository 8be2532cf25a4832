import Content
import Dialogue
import Events
import JSON
import Journal
import Testing
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

@Suite("HISTORY")
struct HistoryTests {
    private let customer = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: 1))
    private let agent = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: 2))
    private let now = Timestamp(milliseconds: 1_795_514_400_000)

    /// A conversation of a customer called Eva, with two messages and, every tenth time, a note for each round.
    private func service(rounds: Int) throws -> SimulatedService {
        let loaded = ContentLoader.load(files: SmallShop.files.map { ($0.key, Array($0.value.utf8)) })
        let bundle = try #require(try? loaded.get())
        let service = try SimulatedService(
            SimulatedDisk(), content: Interpreter(bundle), now: now, random: Chance(seed: 1))
        service.inbox = [
            .opened(customer, ConnectionOrigin(listener: 0, peer: .unix), .customer),
            .opened(agent, ConnectionOrigin(listener: Gateway.firstAgentListener, peer: .unix), .agent),
            .job(try job(#"HELLO {"name":"Eva"}"#, customer, 1)), .job(try job("LOGIN ana", agent, 1)),
        ]
        _ = service.decide(4, now: now)
        let id = try #require(service.core.sessions[customer]?.conversation)
        service.inbox = [.job(try job("TAKE \(id)", agent, 2))]
        _ = service.decide(1, now: now)
        for round in 1...rounds {
            var jobs = [
                try job("SAY pregunta \(round)", customer, 1), try job("TELL \(id) respuesta \(round)", agent, 1),
            ]
            if round % 10 == 0 { jobs.append(try job("NOTE \(id) nota \(round)", agent, 1)) }
            service.inbox = jobs.map { .job($0) }
            _ = service.decide(jobs.count, now: now)
        }
        return service
    }

    private func job(_ line: String, _ connection: ConnectionHandle, _ slot: UInt64) throws -> Job {
        Job(
            connection: connection, slot: ReplySlot(number: slot),
            request: try RequestParser(role: connection == agent ? .agent : .customer).parse(Array(line.utf8)))
    }

    @Test(
        "beyond what is in memory it reads only as far back as it was asked for", arguments: [50, 150, 300, 800, 1_000])
    func bounded(count: Int) throws {
        let rounds = 400
        let service = try service(rounds: rounds)
        service.inbox = [.job(try job("HISTORY \(count)", customer, 7))]
        var answers = service.decide(1, now: now)
        if count > Conversation.recentCount {
            guard case .load(let id, let messages, _) = try #require(service.errands.first) else { throw Broken() }
            let all = try service.log.events(of: id, messages: nil).count
            let read = try service.log.events(of: id, messages: messages).count
            #expect(messages == count && (count > rounds ? read <= all : read < 2 * count), "\(read) of \(all)")
            service.run(errand: 0)
            while service.inbox.isEmpty { _ = service.takeReturned() }
            answers = service.decide(1, now: now)
        }
        #expect(service.errands.isEmpty)
        while service.runSyncs() > 0 {}
        while !service.isIdle { if let late = service.takeReturned() { answers.append(late.answers) } }
        let line = answers.flatMap { deliveries in
            deliveries.records.filter { $0.kind == .reply && $0.slot == ReplySlot(number: 7) }.map {
                String(decoding: deliveries.bytes[$0.start..<$0.end], as: UTF8.self)
            }
        }
        let value = try JSONValue.parse(String(try #require(line.first).dropFirst(3)))
        let messages = try #require(value["messages"]?.array)
        let expected = Array((1...rounds).flatMap { ["pregunta \($0)", "respuesta \($0)"] }.suffix(count))
        #expect(Array(messages.compactMap { $0["text"]?.string }.suffix(expected.count)) == expected)
        #expect(messages.count <= count && messages.count >= expected.count)
        #expect(messages.filter { $0["from"]?.string == "customer" }.allSatisfy { $0["name"]?.string == "Eva" })
    }

    private struct Broken: Error {}
}
