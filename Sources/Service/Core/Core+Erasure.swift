import Dialogue
import Events
import LineServer
import Wire

extension Core {
    func forget(_ job: Job, _ conversation: Conversation) throws(WireError) {
        let id = conversation.id
        let told = agents(following: conversation, except: nil).union(agentsServing(conversation))
        commit(id, [.conversationErased], request: job.request)
        if !conversation.isBots {
            for connection in told {
                push(to: connection, .durable, in: id) { Answers.left(id, why: "forgotten", to: &$0) }
            }
        }
        // Nobody says anything more in it: what came after would not be off the disk when the answer says so.
        for connection in audience[id] ?? [] {
            keep(connection)
            bind(connection, to: nil)
        }
        erasures.insert(id)
        erasing.insert(id)
        park(job, .erase([id], keeping: keptCases(of: [id]), for: job))
    }

    /// Erasures have ended: the segments no longer hold the conversations' words, or they could not be rewritten.
    func erased(_ ids: [ConversationID], succeeded: Bool, _ job: Job?) {
        for id in ids {
            erasing.remove(id)
            if succeeded { erasures.remove(id) }
            for connection in watchers[id] ?? [] { sessions[connection]?.watching.remove(id) }
            watchers[id] = nil
            conversations[id] = nil
        }
        if erasing.isEmpty { needsSnapshot = true }
        guard let job, let id = ids.first else { return }
        goOn(job) {
            guard succeeded else { return self.fail(job, Self.eraseUnavailable) }
            let line = Answers.kept(self.kept(of: id))
            if let tag = job.request.tag {
                self.sessions[job.connection]?.answered[tag.id] = Session.PlainAnswer(command: tag.command, line: line)
            }
            self.reply(job) { $0 += line }
        }
    }

    /// Erasures that a start found, that the disk refused, or whose time has come: one pass over the segments for all.
    func erasePending() {
        let ids = erasures.subtracting(erasing).sorted { $0.bits < $1.bits }
        guard !ids.isEmpty else { return }
        erasing.formUnion(ids)
        errands.append(.erase(ids, keeping: keptCases(of: ids), for: nil))
    }

    /// Cases of erased conversations that the law wants kept.
    private func keptCases(of ids: [ConversationID]) -> Set<CaseKey> {
        Set(ids.flatMap { cases.cases(of: $0) }.filter(\.isBlocked).map(\.key))
    }

    private static let eraseUnavailable = WireError(
        .storageUnavailable,
        "Nobody sees the conversation any more, but it is not off the disk yet; that is tried again by itself.")
}
