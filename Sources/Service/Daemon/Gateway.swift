import Content
import Dialogue
import Events
import Language
import LineServer
import Loop
import Synchronization
import Wire

/// Between the lines of the network and the decider: reads commands, understands what customers say, hands both over a
/// batch at a time. Runs on the loops' queues.
///
/// `@unchecked Sendable`: each of `desks` is touched on its own loop's queue alone.
final class Gateway: LineHandler, @unchecked Sendable {
    private let decider: Decider
    private let store: ContentStore
    private let customers = RequestParser(role: .customer)
    private let agents = RequestParser(role: .agent)
    private let desks: [Desk]
    private let secrets = SecretMask(words: Catalogue.words(.secretWords), links: Catalogue.words(.secretLinks))

    /// One loop's working space.
    private final class Desk {
        var scratch = InterpreterScratch()
    }

    /// What is kept for a connection, on its loop's queue.
    private final class Peer {
        let role: Role
        /// The language last spoken or chosen, as far as the loop knows: what the decider knows better is understood
        /// anew.
        var language: String?

        init(role: Role) { self.role = role }
    }

    init(decider: Decider, store: ContentStore, loops: Int) {
        self.decider = decider
        self.store = store
        desks = (0..<loops).map { _ in Desk() }
    }

    func opened(_ connection: ConnectionHandle, origin: ConnectionOrigin, on loop: LineLoop) -> [UInt8]? {
        let role: Role = origin.listener >= Self.firstAgentListener ? .agent : .customer
        loop.setContext(Peer(role: role), of: connection)
        decider.submit([.opened(connection, origin, role)])
        return Array(
            (#"* {"type":"hello","server":"\#(ServerIdentity.name)","protocol":\#(ServerIdentity.protocolVersion),"#
                + #""role":"\#(role.rawValue)"}"#).utf8)
    }

    /// Jobs after which the decider begins while the rest of a batch is still being understood. A batch of fewer is
    /// decided by the loop that brings it.
    private static let handedOverAtOnce = 8
    /// Listeners from this number on are agents'.
    static let firstAgentListener = 1_000

    func closed(_ connection: ConnectionHandle, context: AnyObject?, on loop: LineLoop) {
        decider.submit([.closed(connection)])
    }

    func expectsLongReply(to line: UnsafeRawBufferPointer) -> Bool { LongReplies.expected(for: line) }

    func lines(_ batch: LineBatch, on loop: LineLoop) {
        let content = store.current
        let desk = desks[loop.eventLoop.index]
        var inputs: [Core.Input] = []
        inputs.reserveCapacity(batch.lines.count)
        for line in batch.lines {
            guard let peer = loop.context(of: line.connection) as? Peer else { continue }
            let parser = peer.role == .customer ? customers : agents
            let parsed: Result<Request, WireError> = batch.withBytes(of: line) { bytes in
                do throws(WireError) {
                    return .success(try parser.parse(bytes.assumingMemoryBound(to: UInt8.self)))
                } catch {
                    return .failure(error)
                }
            }
            switch consume parsed {
            case .failure(let error): loop.reply(to: line) { $0 += error.line }
            case .success(var request):
                if peer.role == .customer { request.maskCustomersText(secrets) }
                if answers(request.command, line, peer, content, loop) { continue }
                inputs.append(.job(job(request, line, peer, content, desk)))
            }
            if inputs.count >= Self.handedOverAtOnce {
                decider.submit(inputs)
                inputs.removeAll(keepingCapacity: true)
            }
        }
        guard !inputs.isEmpty else { return }
        if batch.lines.count < Self.handedOverAtOnce { decider.decideHere(inputs) } else { decider.submit(inputs) }
    }

    /// Answers what needs no state.
    private func answers(
        _ command: Command, _ line: ReceivedLine, _ peer: Peer, _ content: Interpreter, _ loop: LineLoop
    ) -> Bool {
        switch command {
        case .ping: loop.reply(to: line) { $0 += Answers.empty }
        case .help: loop.reply(to: line) { Answers.help(peer.role, languages: content.languages, to: &$0) }
        default: return false
        }
        return true
    }

    private func job(
        _ request: Request, _ line: ReceivedLine, _ peer: Peer, _ content: Interpreter, _ desk: Desk
    ) -> Job {
        switch request.command {
        case .say(let text):
            let understanding = content.understand(text, language: peer.language, scratch: &desk.scratch)
            // In doubt the decider keeps to the conversation's.
            if peer.language == nil || understanding.isLanguageSure { peer.language = understanding.language }
            return Job(
                connection: line.connection, slot: line.slot, request: request, understanding: understanding,
                content: content)
        case .hello(let hello): peer.language = content.language(hello.language) ?? peer.language
        case .language(let code): peer.language = content.language(code) ?? peer.language
        case .resume: peer.language = nil
        default: break
        }
        return Job(connection: line.connection, slot: line.slot, request: request)
    }
}

extension Answers {
    /// `HELP`
    static func help(_ role: Role, languages: [String], to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("commands")
            writer.beginArray()
            for verb in Verb.all(role) {
                writer.beginObject()
                writer.member("verb", verb.name)
                writer.member("usage", verb.usage(languages: languages))
                writer.member("does", verb.does)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
