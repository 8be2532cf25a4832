import Events

/// Why the journal refuses.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nothing can be stored now; the next append tries again.
    case storageUnavailable(reason: String)
    /// Another process holds the folder.
    case inUse(path: String)
    /// Bytes that were stored are not what was written.
    case damaged(Damage)
    /// The folder can't be read or made.
    case unreadable(reason: String)
    /// A snapshot that an erasure overtook; it must be taken again.
    case snapshotOutdated

    /// One sentence that names the thing and the remedy.
    public var description: String {
        switch self {
        case .storageUnavailable(let reason): "nothing can be stored: \(reason)"
        case .inUse(let path): "\(path) is in use by another daemon"
        case .damaged(let damage):
            "\(damage); restore the file from a copy, or start once with --salvage to go on without the damaged lines"
        case .unreadable(let reason): "the journal can't be read: \(reason)"
        case .snapshotOutdated: "the snapshot was overtaken by an erasure; take another"
        }
    }

    init(_ error: StorageError) { self = .storageUnavailable(reason: error.description) }
}

/// One place where the journal is not what was written.
public struct Damage: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// The line, from 1; 0 where the whole file is meant.
    public var line: Int
    /// What is wrong.
    public var reason: String

    /// `file:line: reason`
    public var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}

/// Runs work that carries typed errors through closures that can't.
func catching<Value>(_ work: () throws(StorageError) -> Value) throws(JournalError) -> Value {
    do throws(StorageError) { return try work() } catch { throw JournalError(error) }
}
