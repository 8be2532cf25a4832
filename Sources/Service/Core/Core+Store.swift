import Dialogue
import Events
import Journal
import LineServer
import Wire

extension Core {
    /// Writes the turn's groups; where that fails, goes back to the state before them and turns promises into errors.
    func store() {
        guard !batch.groups.isEmpty else { return }
        do throws(JournalError) {
            var position = 0
            for result in try log.append(batch.groups) {
                switch result {
                case .stored(let stored), .duplicate(let stored): position = max(position, stored)
                case .conflict: throw .storageUnavailable(reason: "another writer changed a stream")
                }
            }
            for id in batch.durableConversations { unsynced[id] = position }
        } catch {
            undo()
        }
    }

    private func undo() {
        for (connection, session) in batch.sessions where sessions[connection] != nil {
            bind(connection, to: session.conversation)
            for id in sessions[connection]?.watching.subtracting(session.watching) ?? [] {
                unfollow(connection, id)
            }
            for id in session.watching { watchers[id, default: []].insert(connection) }
            if let name = sessions[connection]?.agent, name != session.agent {
                agentConnections[name]?.remove(connection)
            }
            if let name = session.agent { agentConnections[name, default: []].insert(connection) }
            sessions[connection] = session
        }
        for (name, before) in batch.agents {
            agentVersions[name] = before.version
            guard var agent = before.agent else {
                desk.agents[name] = nil
                continue
            }
            // Connections may have gone in this very turn.
            agent.connections = Set(
                (agentConnections[name] ?? []).compactMap { sessions[$0]?.number })
            if agent.connections.isEmpty {
                agent.isReady = false
                agent.goneSince = agent.goneSince ?? now
            }
            desk.agents[name] = agent
        }
        for (name, id) in batch.remembered {
            agentAnswers[name]?[id] = nil
            agentClaims[name]?[id] = nil
        }
        if let before = batch.followUps { followUps = before }
        for (id, conversation) in batch.conversations {
            cases.note(conversation?.cases ?? [], of: id)
            undoPromises(of: id, to: conversation)
            if let conversation {
                put(conversation, at: id, arrival: batch.arrivals[id])
            } else {
                conversations[id] = nil
                directory.remove(id)
                desk.place(id, .elsewhere)
            }
            toldPositions[id] = desk.queue.position(of: id)
        }
        for (id, entry) in batch.entries { directory.set(id, entry) }
        for entry in batch.cases.values { cases.set(entry) }
        for (id, before) in batch.caseLists { cases.note(before, of: id) }
        erasures.subtract(batch.erasures)
        if batch.groups.contains(where: { $0[0].stream == .content }) {
            loadedVersion = nil
            contentStreamVersion = nil
        }
        batch.written = Deliveries()
        batch.durable = Deliveries()
        for (connection, slot) in batch.promised {
            batch.refused.reply(to: connection, slot: slot) { bytes in
                bytes += Self.storageUnavailable.line
            }
        }
        abandonErasures()
    }

    /// What was promised goes back; of a conversation that is not in memory before or after, nothing was.
    private func undoPromises(of id: ConversationID, to before: Conversation?) {
        guard !followUps.isEmpty || before?.callback != nil || before?.leads.isEmpty == false else { return }
        followUps.note(before?.callbacks ?? [], before?.leads ?? [], of: id)
    }

    /// Erasures that this turn began are not begun: their jobs come back to be refused.
    private func abandonErasures() {
        errands = errands.map { errand in
            guard case .erase(let ids, _, let job?) = errand, let id = ids.first,
                batch.conversations.index(forKey: id) != nil
            else {
                return errand
            }
            erasures.remove(id)
            erasing.remove(id)
            return .refuse(job)
        }
    }

    static let storageUnavailable = WireError(
        .storageUnavailable, "What you sent could not be stored and was not done; send it again in a while.")
    static let storageUncertain = WireError(
        .storageUnavailable,
        "It is not certain that what you sent is stored; send it again in a while under the same @id.")
}
