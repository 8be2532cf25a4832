import Glibc
import Threading

/// A file of the simulated disk: what is on stable storage, what reads now, and the changes between the two.
final class SimulatedFile: Sendable {
    enum Change: Sendable {
        case write(offset: Int, bytes: [UInt8])
        case truncate(Int)
    }

    struct State: Sendable {
        var durable: [UInt8]
        var live: [UInt8]
        var changes: [Change] = []
    }

    /// What a crash makes of a change.
    private enum Fate { case kept, torn, lost }

    /// What a disk loses or keeps as one.
    private static let sector = 512

    let name: String
    private let state: Guarded<State>

    init(name: String, bytes: [UInt8]) {
        self.name = name
        state = Guarded(State(durable: bytes, live: bytes))
    }

    var contents: [UInt8] { state.withLock { $0.live } }

    func copy() -> SimulatedFile { SimulatedFile(name: name, bytes: contents) }

    func apply(_ change: Change) {
        state.withLock { state in
            Self.apply(change, to: &state.live)
            state.changes.append(change)
        }
    }

    /// Makes all changes stable. With a seed the sync fails: each change is made stable or forgotten, as a kernel does
    /// that marks pages clean which it couldn't write.
    func sync(failingWith seed: UInt64?) {
        state.withLock { state in
            if let seed {
                var random = SimulatedRandom(seed: seed)
                state.durable = Self.partly(state, &random)
            } else {
                for change in state.changes { Self.apply(change, to: &state.durable) }
            }
            state.changes = []
        }
    }

    func crashed(_ random: inout SimulatedRandom) -> SimulatedFile {
        let copy = state.withLock { $0 }
        return SimulatedFile(name: name, bytes: Self.partly(copy, &random))
    }

    func contains(_ text: [UInt8]) -> Bool {
        state.withLock { state in
            [state.durable, state.live].contains { bytes in
                bytes.withUnsafeBytes { Self.contains($0, text) }
            }
        }
    }

    private static func contains(_ bytes: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
        guard let base = bytes.baseAddress, let first = text.first else { return false }
        var offset = 0
        while bytes.count - offset >= text.count, let found = memchr(base + offset, Int32(first), bytes.count - offset)
        {
            offset = UnsafeRawPointer(found) - base
            if bytes.count - offset >= text.count, memcmp(found, text, text.count) == 0 { return true }
            offset += 1
        }
        return false
    }

    /// What is stable with some of the changes.
    private static func partly(_ state: State, _ random: inout SimulatedRandom) -> [UInt8] {
        // Most crashes keep most of what was written; some keep little.
        let likelihood = [0.1, 0.5, 0.9, 1][random.below(4)]
        let fates = state.changes.map { _ -> Fate in
            if random.chance(likelihood) { return .kept }
            return random.chance(0.3) ? .torn : .lost
        }
        var bytes = state.durable
        for (index, change) in state.changes.enumerated() {
            switch (change, fates[index]) {
            // What a later write took on the disk lies behind the cut in the file system's journal.
            case (.truncate, _): if fates[index...].contains(where: { $0 != .lost }) { apply(change, to: &bytes) }
            case (.write, .kept): apply(change, to: &bytes)
            case (.write(let offset, let written), .torn): tear(offset, written, into: &bytes, &random)
            case (.write, .lost): break
            }
        }
        return bytes
    }

    /// Keeps some sectors of a write.
    private static func tear(
        _ offset: Int, _ written: [UInt8], into bytes: inout [UInt8], _ random: inout SimulatedRandom
    ) {
        var start = 0
        while start < written.count {
            let end = min(written.count, start + sector - (offset + start) % sector)
            if random.chance(0.5) {
                apply(.write(offset: offset + start, bytes: Array(written[start..<end])), to: &bytes)
            }
            start = end
        }
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .truncate(let size):
            if size < bytes.count {
                bytes.removeLast(bytes.count - size)
            } else {
                bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
            }
        case .write(let offset, let written):
            let end = offset + written.count
            if offset == bytes.count {
                bytes.append(contentsOf: written)
                return
            }
            if bytes.count < end { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
            bytes.replaceSubrange(offset..<end, with: written)
        }
    }
}

/// An open file of the simulated disk.
final class SimulatedHandle: StorageFile {
    private let file: SimulatedFile
    private let disk: SimulatedDisk

    init(file: SimulatedFile, disk: SimulatedDisk) {
        self.file = file
        self.disk = disk
    }

    func size() throws(StorageError) -> Int { file.contents.count }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        disk.count()
        let growth = max(0, offset + bytes.count - file.contents.count)
        let (taken, error) = disk.admit(bytes.count, growth: growth)
        if taken > 0 { file.apply(.write(offset: offset, bytes: Array(bytes[..<taken]))) }
        if let error { throw StorageError(code: error, operation: "write \(file.name)") }
        return taken
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        if disk.readFails() { throw StorageError(code: EIO, operation: "read \(file.name)") }
        let contents = file.contents
        let count = max(0, min(buffer.count, contents.count - offset))
        if count > 0 { buffer.copyBytes(from: contents[offset..<(offset + count)]) }
        return count
    }

    func truncate(to size: Int) throws(StorageError) {
        disk.count()
        if disk.truncateFails() { throw StorageError(code: EIO, operation: "cut \(file.name)") }
        file.apply(.truncate(size))
    }

    func preallocate(_ size: Int) throws(StorageError) {}

    func sync() throws(StorageError) {
        disk.count()
        let fault = disk.syncFault()
        file.sync(failingWith: fault)
        if fault != nil { throw StorageError(code: EIO, operation: "sync \(file.name)") }
    }
}
