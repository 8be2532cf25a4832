import Events

extension FileEventLog {
    /// All events of a stream in order, from a version on. For any queue but the decider's: it reads the disk, with
    /// no lock held.
    /// - Throws: `damaged` where a line is not what was written.
    public func read(_ stream: StreamID, from version: Int = 1) throws(JournalError) -> [StoredEvent] {
        let places = state.withLock { state in
            let key = StreamKey(stream)
            let wanted = max(0, state.index.version(key) - version + 1)
            return state.index.positions(key).suffix(wanted).compactMap { state.place(of: $0) }
        }
        var events: [StoredEvent] = []
        // Versions rise by one but where a salvage left a gap, so there may only be fewer.
        for place in places.reversed() {
            let stored = try Self.event(at: place)
            if stored.event.version < version { break }
            events.append(stored)
        }
        return events.reversed()
    }

    /// The event at a version of a stream.
    func event(of stream: StreamID, version: Int) throws(JournalError) -> StoredEvent? {
        let positions = state.withLock { $0.index.positions(StreamKey(stream)) }
        var index = min(version, positions.count) - 1
        while index >= 0, let place = state.withLock({ $0.place(of: positions[index]) }) {
            let stored = try Self.event(at: place)
            if stored.event.version <= version { return stored.event.version == version ? stored : nil }
            index -= 1
        }
        return nil
    }

    /// Hands over all events from a position on, in order; those of streams that this version doesn't know are left
    /// out. For any queue but the decider's.
    /// - Parameter body: returns whether to go on.
    public func events(from position: Int, _ body: (StoredEvent) throws -> Bool) throws {
        let (segments, last) = state.withLock { ($0.segments, $0.last) }
        for segment in segments where segment.last >= position && segment.count > 0 {
            let start = try segment.offset(of: max(position, segment.first))
            var reader = LineReader(file: segment.file, from: start, to: segment.size)
            var seq = max(position, segment.first)
            while let line = try catching({ () throws(StorageError) in try reader.next() }) {
                guard seq <= last else { return }
                let damage = Damage(file: segment.name, line: seq - segment.first + 1, reason: "")
                if let event = try Self.decode(line.bytes, seq: seq, damage) {
                    guard try body(StoredEvent(position: seq, event: event)) else { return }
                }
                seq += 1
            }
        }
    }

    static func event(at place: EventPlace) throws(JournalError) -> StoredEvent {
        try place.withLine { (line) throws(JournalError) in
            guard let event = try decode(line, seq: place.seq, place.damage("")) else {
                throw .damaged(place.damage("the line is of another stream"))
            }
            return StoredEvent(position: place.seq, event: event)
        }
    }

    /// The event of a line; nil for a lost event and for a stream that this version doesn't know.
    static func decode(
        _ line: UnsafeRawBufferPointer, seq: Int, _ damage: Damage
    ) throws(JournalError) -> Event? {
        var damage = damage
        guard let body = LogLine.checked(line) else {
            damage.reason = LineFault.checksum
            throw .damaged(damage)
        }
        guard let header = LineHeader(body), header.seq == seq else {
            damage.reason = LineFault.order
            throw .damaged(damage)
        }
        guard header.stream?.stream != nil else { return nil }
        do {
            return try parse(line)
        } catch {
            damage.reason = "\(LineFault.content): \(error)"
            throw .damaged(damage)
        }
    }
}
