import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

extension Core {
    /// A connection is gone. That alone never leaves the queue.
    func left(_ connection: ConnectionHandle) {
        guard let session = sessions[connection] else { return }
        if let name = session.agent { leave(connection, name) }
        if let id = session.conversation {
            bind(connection, to: nil)
            if audience[id] == nil, let conversation = conversations[id] { tellDisconnected(conversation) }
        }
        sessions[connection] = nil
    }

    /// Tells those who follow a conversation that its customer's last connection is gone.
    func tellDisconnected(_ conversation: Conversation) {
        for agent in agents(following: conversation, except: nil) {
            push(to: agent, .written, in: conversation.id) {
                Answers.left(conversation.id, why: "disconnected", to: &$0)
            }
        }
    }

    /// What time brings: agents who vanished, places that changed, waits that are too long, conversations that are over.
    func tick() {
        requeueVanished()
        queueDue()
        attend()
        tellPositions()
        tellOverdue()
        remindOfCases()
        closeIdle()
        // Before it looks: what this turn erases is not stored yet.
        if !retention.isLooking { erasePending() }
        eraseExpired()
    }

    private func requeueVanished() {
        for name in desk.holdingAgents {
            guard let agent = desk.agents[name] else {
                var gone =
                    access.agent(named: name, settings: content.settings)
                    ?? Agent(
                        name: name, role: .agent, teams: nil, languages: nil, capacity: 0)
                gone.goneSince = now
                desk.agents[name] = gone
                continue
            }
            guard let since = agent.goneSince, agent.connections.isEmpty,
                now.seconds(since: since) >= content.settings.agentGrace
            else { continue }
            for id in desk.conversations(of: name) {
                guard let conversation = conversations[id] else { continue }
                let seq = conversation.lastSeq + 1
                let after = commit(
                    id,
                    [
                        .handoffRequeued(agent: name),
                        .systemSaid(
                            seq: seq,
                            text: content.sentence(.agentVanished, conversation.language, ["name": .text(name)])),
                    ])
                for connection in audience[id] ?? [] {
                    push(to: connection, .durable, in: id) { $0 += Answers.agentLeft }
                }
                publish(after, since: seq - 1, except: nil, .durable)
                offer(after)
            }
        }
    }

    /// Messages taken become waiting as soon as somebody attends within the hours.
    func attend() {
        let taken = desk.queue.ordered().filter { !$0.isAttended }
        guard !taken.isEmpty, content.serviceHours.isOpen(at: now.milliseconds) else { return }
        for entry in taken where desk.attends(entry) {
            guard let conversation = conversations[entry.conversation] else { continue }
            let seq = conversation.lastSeq + 1
            let after = commit(
                entry.conversation,
                [
                    .handoffAttended,
                    .systemSaid(
                        seq: seq,
                        text: content.sentence(
                            .nowAttended, conversation.language,
                            ["position": .number(desk.queue.position(of: entry.conversation) ?? 1)])),
                ])
            publish(after, since: seq - 1, except: nil, .durable)
            offer(after)
        }
    }

    /// Tells customers whose place has changed, one a second at most: the tick's interval.
    private func tellPositions() {
        for entry in desk.queue.ordered() where entry.isAttended {
            let position = desk.queue.position(of: entry.conversation)
            guard let position, toldPositions[entry.conversation] != position else { continue }
            toldPositions[entry.conversation] = position
            let estimate = desk.waits.estimate(team: entry.team, position: position)
            for connection in audience[entry.conversation] ?? [] {
                push(to: connection, .written, in: entry.conversation) {
                    Answers.place(position, estimate: estimate, to: &$0)
                }
            }
        }
    }

    private func tellOverdue() {
        for entry in desk.queue.ordered() where entry.isAttended && !toldOverdue.contains(entry.conversation) {
            let view = view(entry)
            guard let due = view.dueIn, due <= 0 else { continue }
            toldOverdue.insert(entry.conversation)
            for agent in desk.agents.values where agent.serves(team: entry.team) {
                for connection in agentConnections[agent.name] ?? [] {
                    push(to: connection, .written, in: entry.conversation) {
                        Answers.overdue(entry, view, to: &$0)
                    }
                }
            }
        }
    }

    /// Closes conversations that had neither a message nor a connection for the time of the settings; a part at a time,
    /// so that no tick takes long.
    private func closeIdle() {
        let allowed = content.settings.closeAfter * 3600
        let shard = Int(truncatingIfNeeded: now.milliseconds / 1000) % Directory.shardCount
        let over = directory.conversations(inShard: shard) { entry in
            (entry.state == .bot || entry.state == .resolved)
                && now.seconds(since: entry.lastActivity) >= allowed
        }
        for id in over.sorted(by: { $0.bits < $1.bits }) where audience[id] == nil && watchers[id] == nil {
            close(id)
        }
    }

    /// Closes a conversation, in memory or not.
    private func close(_ id: ConversationID) {
        if conversations[id] != nil {
            commit(id, [.conversationClosed])
        } else if var entry = directory[id], batch.entries[id] == nil {
            let version = log.version(of: .conversation(id)) + 1
            batch.entries[id] = entry
            entry.state = .closed
            directory.set(id, entry)
            batch.groups.append([
                Event(
                    stream: .conversation(id), version: version, id: EventID(command: random.next(), index: 0),
                    at: now, body: .conversationClosed)
            ])
        }
    }

    /// New content is in use, or stays out of use.
    func reloaded(_ result: Result<Interpreter, ContentProblems>, _ job: Job?) {
        switch result {
        case .success(let fresh):
            let isNew = fresh.version != loadedVersion
            content = fresh
            openings.replace(AllowedRate(fresh.settings.opensPerMinute, every: 60))
            caseFailures.replace(AllowedRate(fresh.settings.caseFailuresPerAddress, every: 60))
            allCaseFailures.replace(AllowedRate(fresh.settings.caseFailures, every: 60))
            if isNew { commitLoaded(fresh) }
        case .failure(let problems):
            for connection in agentConnections.values.joined() {
                batch.plain.push(to: connection) { Answers.contentInvalid(problems.lines, to: &$0) }
            }
        }
        guard let job else { return }
        resumeAfterReload(job, result)
    }

    /// Stores which content the answers from here on are made with.
    private func commitLoaded(_ content: Interpreter) {
        loadedVersion = content.version
        let version = (contentStreamVersion ?? log.version(of: .content)) + 1
        contentStreamVersion = version
        batch.groups.append([
            Event(
                stream: .content, version: version,
                id: EventID(command: random.next(), index: 0), at: now,
                body: .contentLoaded(
                    version: content.version, intents: content.intentCount, sections: content.sectionCount))
        ])
    }

    private func resumeAfterReload(_ job: Job, _ result: Result<Interpreter, ContentProblems>) {
        goOn(job) {
            switch result {
            case .success: self.reply(job) { Answers.reloaded(self.content, to: &$0) }
            case .failure(let problems):
                self.fail(
                    job,
                    WireError(
                        .contentInvalid, "The content has faults; the old one stays in use.",
                        [.init("problems", .array(problems.lines.map { .string($0) }))]))
            }
        }
    }
}
