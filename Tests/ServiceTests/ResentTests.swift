import Content
import Dialogue
import Events
import Journal
import Testing
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

@Suite("Sent again")
struct ResentTests {
    @Test("what an earlier turn stored is answered as before, though a write of this turn fails")
    func besideAFailure() throws {
        let loaded = ContentLoader.load(files: SmallShop.files.map { ($0.key, Array($0.value.utf8)) })
        guard case .success(let bundle) = loaded else { throw Broken() }
        let start = Timestamp(milliseconds: 1_795_514_400_000)
        let disk = SimulatedDisk()
        let service = try SimulatedService(disk, content: Interpreter(bundle), now: start, random: Chance(seed: 1))
        let (one, other) = (handle(1), handle(2))
        service.inbox = [
            .opened(one, ConnectionOrigin(listener: 0, peer: .unix), .customer),
            .opened(other, ConnectionOrigin(listener: 0, peer: .unix), .customer),
            .job(try job("HELLO", one, 1)),
            .job(try job("@id=a LANGUAGE en", one, 2)),
        ]
        _ = service.decide(4, now: start)
        disk.faults.writeError = 1
        service.inbox = [.job(try job("@id=a LANGUAGE en", one, 3)), .job(try job("SAY hola", other, 1))]
        let answers = lines(service.decide(2, now: start), of: one)
        #expect(answers == [#"OK {"language":"en"}"#])
        #expect(service.core.batch.refused.records.map(\.connection) == [other])
    }

    private func handle(_ number: UInt64) -> ConnectionHandle {
        ConnectionHandle(loop: 0, id: ConnectionID(rawValue: number))
    }

    private func job(_ line: String, _ connection: ConnectionHandle, _ slot: UInt64) throws -> Job {
        Job(
            connection: connection, slot: ReplySlot(number: slot),
            request: try RequestParser(role: .customer).parse(Array(line.utf8)))
    }

    private func lines(_ deliveries: [Deliveries], of connection: ConnectionHandle) -> [String] {
        deliveries.flatMap { deliveries in
            deliveries.records.filter { $0.kind == .reply && $0.connection == connection }.map {
                String(decoding: deliveries.bytes[$0.start..<$0.end], as: UTF8.self)
            }
        }
    }

    private struct Broken: Error {}
}
