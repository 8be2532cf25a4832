extension FileEventLog {
    /// Milliseconds between two attempts to store anew what a failed sync may have lost.
    static let recoveryDelay = 1000

    /// Makes a failed sync good. For the sync queue.
    ///
    /// After a failed fdatasync the kernel may hold the pages for clean, so asking again would prove nothing
    /// (Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020). All events since the last sync
    /// that worked are written, from memory, into new files, a new file for each segment that holds some; only when
    /// these are synced and in their places do appends go on.
    func recover() {
        let failure: String? = writer.withLock { writer in
            do throws(StorageError) {
                try rewriteUnsynced()
                writer.needsNewSegment = state.withLock { $0.segments.last?.needsCut ?? true }
                return nil
            } catch { return error.description }
        }
        if let failure {
            state.withLock { if $0.syncFailure != nil { $0.syncFailure = failure } }
            options.syncWork.perform(Self.recoveryDelay) { [weak self] in self?.recover() }
            return
        }
        // Seals what was left without its end.
        options.syncWork.perform(0) { [weak self] in
            self?.synchronize()
            self?.tellRecovered()
        }
    }

    /// Tells that all is well again, once a sync has worked too.
    private func tellRecovered() {
        let isWell = state.withLock { state in
            guard state.isAiling, state.syncFailure == nil else { return false }
            state.isAiling = false
            return true
        }
        if isWell { options.notice(.recovered) }
    }

    private func rewriteUnsynced() throws(StorageError) {
        let (synced, unsynced, segments) = state.withLock { ($0.synced, $0.unsynced, $0.segments) }
        let holders = Set(unsynced.map(\.segment))
        var replacements: [(old: Int, new: Segment)] = []
        var drafts: [String] = []
        do throws(StorageError) {
            for old in segments where holders.contains(old.first) {
                let first = max(synced + 1, old.first)
                let draft = FileNames.segment(first) + FileNames.draftSuffix
                drafts.append(draft)
                var new = Segment(first: first, file: try device.open(draft, create: true))
                for batch in unsynced where batch.segment == old.first {
                    let lines = batch.text.withBytes { Array($0) }
                    try new.file.writeAll(lines, at: new.size)
                    new.note(lines: lines)
                }
                try new.file.sync()
                replacements.append((old.first, new))
            }
            for replacement in replacements {
                try device.rename(replacement.new.name + FileNames.draftSuffix, to: replacement.new.name)
            }
            try device.syncFolder()
        } catch {
            for draft in drafts { try? device.remove(draft) }
            throw error
        }
        adopt(replacements, synced: unsynced.last?.last ?? synced)
    }

    private func adopt(_ replacements: [(old: Int, new: Segment)], synced: Int) {
        state.withLock { state in
            var segments: [Segment] = []
            for var segment in state.segments {
                guard let replacement = replacements.first(where: { $0.old == segment.first }) else {
                    // The sync may have lost a cut: no bytes are added any more, and it is cut again before its seal.
                    if segment.sealed == nil { segment.needsCut = true }
                    segments.append(segment)
                    continue
                }
                if segment.first < replacement.new.first {
                    // It keeps what was synced before; its end is where the new one begins, cut off when it is sealed.
                    segment.keep(before: replacement.new.first, cutting: replacement.new.size)
                    segments.append(segment)
                }
                segments.append(replacement.new)
            }
            state.segments = segments
            state.sealing = segments.dropLast().filter { $0.sealed == nil && $0.count > 0 }.map(\.first)
            state.synced = synced
            state.unsynced = []
            state.unsyncedBytes = 0
            state.isFolderChanged = false
            state.syncFailure = nil
        }
        writeMark(synced)
    }
}

extension Segment {
    /// Forgets the events from a number on, which take up that many bytes; these stay until the file is cut.
    mutating func keep(before seq: Int, cutting bytes: Int) {
        drop(from: seq)
        size -= bytes
        needsCut = true
    }
}
