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
        park(job, .erase(id, for: job))
    }

    /// An erasure has ended: the segments no longer hold the conversation's words, or they could not be rewritten.
    func erased(_ id: ConversationID, succeeded: Bool, _ job: Job?) {
        erasing.remove(id)
        if succeeded { erasures.remove(id) }
        if erasing.isEmpty { needsSnapshot = true }
        for connection in watchers[id] ?? [] { sessions[connection]?.watching.remove(id) }
        watchers[id] = nil
        conversations[id] = nil
        guard let job else { return }
        goOn(job) {
            guard succeeded else { return self.fail(job, Self.eraseUnavailable) }
            let line = Answers.kept(self.kept(of: id))
            if let tag = job.request.tag {
                self.sessions[job.connection]?.answered[tag.id] = Session.PlainAnswer(command: tag.command, line: line)
            }
            self.reply(job) { $0 += line }
        }
    }

    /// Erasures that a start found, or that the disk refused, are tried again.
    func eraseAgain() {
        for id in erasures.subtracting(erasing).sorted(by: { $0.bits < $1.bits }) {
            erasing.insert(id)
            errands.append(.erase(id, for: nil))
        }
    }

    private static let eraseUnavailable = WireError(
        .storageUnavailable,
        "Nobody sees the conversation any more, but it is not off the disk yet; that is tried again by itself.")
}
