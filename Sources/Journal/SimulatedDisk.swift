import Glibc
import SeededRandom
import Threading

/// A disk in memory that fails as disks do, by a seeded generator: for tests of the journal and of what stands on it.
///
/// Files are what is on stable storage and a list of changes that are not; names likewise. A crash keeps any part of
/// the changes: whole writes, some of a write's sectors, or none; renames and new names each for itself. A cut is kept
/// where a later change of the same file is, as journaling file systems order these.
public final class SimulatedDisk: StorageDevice {
    /// How likely what is, each 0…1.
    public struct Faults: Sendable {
        /// A write takes fewer bytes than given.
        public var shortWrite = 0.0
        /// A write takes some bytes and the next call fails with `EIO`.
        public var writeError = 0.0
        /// A write fails with `ENOSPC`.
        public var diskFull = 0.0
        /// A sync of a file fails; what it covered may be lost for good though it still reads as written.
        public var syncError = 0.0
        /// A cut fails.
        public var truncateError = 0.0
        /// A read fails with `EIO`.
        public var readError = 0.0
        /// Opening, renaming, removing or the folder's sync fails.
        public var folderError = 0.0

        /// None.
        public init() {}
    }

    struct State: Sendable {
        var names: [String: SimulatedFile] = [:]
        var durableNames: [String: SimulatedFile] = [:]
        var nameChanges: [[NameChange]] = []
        var faults = Faults()
        var random: SimulatedRandom
        var isLocked = false
        /// Bytes that all files together may have.
        var capacity = Int.max
        var callsToInterruption = Int.max
        var interruption: @Sendable () -> Void = {}
    }

    /// A name that a file got, or that nothing has any more.
    struct NameChange: Sendable {
        let name: String
        let file: SimulatedFile?
    }

    /// For messages.
    public let path = "simulated disk"
    private let state: Guarded<State>

    /// An empty disk.
    public init(seed: UInt64 = 0) { state = Guarded(State(random: SimulatedRandom(seed: seed))) }

    private init(seed: UInt64, files: [String: SimulatedFile]) {
        state = Guarded(State(names: files, durableNames: files, random: SimulatedRandom(seed: seed)))
    }

    /// What goes wrong from now on.
    public var faults: Faults {
        get { state.withLock { $0.faults } }
        set { state.withLock { $0.faults = newValue } }
    }

    /// Bytes that all files together may have; writes beyond fail with `ENOSPC`.
    public var capacity: Int {
        get { state.withLock { $0.capacity } }
        set { state.withLock { $0.capacity = newValue } }
    }

    /// Calls the closure in the middle of whatever is being done then, before the disk's n-th call from now: the place
    /// to take what a crash leaves.
    public func interrupt(afterCalls calls: Int, _ body: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.callsToInterruption = calls
            state.interruption = body
        }
    }

    /// What a crash at this moment may leave, for a start on it. Another seed leaves another part.
    public func crashed(seed: UInt64) -> SimulatedDisk {
        state.withLock { state in
            var random = SimulatedRandom(seed: seed)
            var names = state.durableNames
            for changes in state.nameChanges where random.chance(0.5) {
                for change in changes { names[change.name] = change.file }
            }
            var files: [String: SimulatedFile] = [:]
            // In order, so that a seed gives the same crash in every process.
            for (name, file) in names.sorted(by: { $0.key < $1.key }) { files[name] = file.crashed(&random) }
            return SimulatedDisk(seed: random.next(), files: files)
        }
    }

    /// What a kill of the process at this moment leaves: everything that was written.
    public func killed(seed: UInt64 = 0) -> SimulatedDisk {
        state.withLock { SimulatedDisk(seed: seed, files: $0.names.mapValues { $0.copy() }) }
    }

    /// The names of files whose bytes, on stable storage or as they read now, contain the text.
    public func files(containing text: String) -> [String] {
        state.withLock { state in
            (Array(state.names) + Array(state.durableNames)).filter { $0.value.contains(Array(text.utf8)) }.map(\.key)
        }
    }

    /// A file's bytes as they read now; nil where there is no such file.
    public func contents(_ name: String) -> [UInt8]? { state.withLock { $0.names[name]?.contents } }

    /// Puts bytes in place of a file's, on stable storage: damage, for tests.
    public func overwrite(_ name: String, with bytes: [UInt8]) {
        let file = SimulatedFile(name: name, bytes: bytes)
        state.withLock { state in
            state.names[name] = file
            state.durableNames[name] = file
        }
    }

    /// Takes the lock, once.
    public func lock() throws(StorageError) -> any StorageLock {
        let isTaken = state.withLock { state in
            defer { state.isLocked = true }
            return state.isLocked
        }
        if isTaken { throw StorageError(code: EWOULDBLOCK, operation: "lock") }
        return SimulatedLock { [weak self] in self?.state.withLock { $0.isLocked = false } }
    }

    /// The names of all files.
    public func list() throws(StorageError) -> [String] { state.withLock { $0.names.keys.sorted() } }

    /// Opens a file.
    public func open(_ name: String, create: Bool) throws(StorageError) -> any StorageFile {
        try failAtTimes("open \(name)")
        let file: SimulatedFile? = state.withLock { state in
            if !create { return state.names[name] }
            let file = SimulatedFile(name: name, bytes: [])
            state.names[name] = file
            state.nameChanges.append([NameChange(name: name, file: file)])
            return file
        }
        guard let file else { throw StorageError(code: ENOENT, operation: "open \(name)") }
        return SimulatedHandle(file: file, disk: self)
    }

    /// Renames a file.
    public func rename(_ name: String, to target: String) throws(StorageError) {
        try failAtTimes("rename \(name)")
        let isThere = state.withLock { state in
            guard let file = state.names.removeValue(forKey: name) else { return false }
            state.names[target] = file
            state.nameChanges.append([NameChange(name: name, file: nil), NameChange(name: target, file: file)])
            return true
        }
        if !isThere { throw StorageError(code: ENOENT, operation: "rename \(name)") }
    }

    /// Removes a file.
    public func remove(_ name: String) throws(StorageError) {
        try failAtTimes("remove \(name)")
        state.withLock { state in
            guard state.names.removeValue(forKey: name) != nil else { return }
            state.nameChanges.append([NameChange(name: name, file: nil)])
        }
    }

    /// Makes all names stable.
    public func syncFolder() throws(StorageError) {
        try failAtTimes("sync folder")
        state.withLock { state in
            state.durableNames = state.names
            state.nameChanges = []
        }
    }

    /// Counts a call that changes something.
    func count() {
        let body: (@Sendable () -> Void)? = state.withLock { state in
            state.callsToInterruption -= 1
            return state.callsToInterruption == 0 ? state.interruption : nil
        }
        body?()
    }

    private func failAtTimes(_ operation: String) throws(StorageError) {
        count()
        if state.withLock({ $0.random.chance($0.faults.folderError) }) {
            throw StorageError(code: EIO, operation: operation)
        }
    }

    /// How many of a write's bytes are taken, and with which error it fails after them.
    func admit(_ count: Int, growth: Int) -> (taken: Int, error: Int32?) {
        state.withLock { state in
            if growth > 0, state.names.values.reduce(growth, { $0 + $1.contents.count }) > state.capacity {
                return (0, ENOSPC)
            }
            if state.random.chance(state.faults.diskFull) { return (0, ENOSPC) }
            if state.random.chance(state.faults.writeError) { return (state.random.below(count + 1), EIO) }
            if count > 1, state.random.chance(state.faults.shortWrite) {
                return (1 + state.random.below(count - 1), nil)
            }
            return (count, nil)
        }
    }

    /// A seed where a sync is to fail.
    func syncFault() -> UInt64? { state.withLock { $0.random.chance($0.faults.syncError) ? $0.random.next() : nil } }

    /// Whether a read is to fail.
    func readFails() -> Bool { state.withLock { $0.random.chance($0.faults.readError) } }

    /// Whether a cut is to fail.
    func truncateFails() -> Bool { state.withLock { $0.random.chance($0.faults.truncateError) } }
}

private final class SimulatedLock: StorageLock {
    private let free: @Sendable () -> Void

    init(free: @escaping @Sendable () -> Void) { self.free = free }

    func release() { free() }
}

/// The chances of a simulated disk.
struct SimulatedRandom: Sendable {
    private var numbers: SplitMix64

    init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { numbers.next() }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    mutating func chance(_ likelihood: Double) -> Bool {
        likelihood > 0 && Double(next() >> 11) / Double(1 << 53) < likelihood
    }
}
