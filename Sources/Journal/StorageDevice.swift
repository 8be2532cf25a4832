import Glibc

/// A folder on which the journal lives: the seam where tests put a disk that fails.
///
/// What the journal relies on, and nothing more: bytes are safe once `StorageFile.sync` has returned, names once
/// `syncFolder` has, a rename is atomic, and before that any part may be lost in a crash.
public protocol StorageDevice: Sendable {
    /// Where it is, for messages.
    var path: String { get }
    /// Takes the folder for this process, made where it is missing.
    /// - Throws: `StorageError` with `EWOULDBLOCK` where another daemon holds it.
    func lock() throws(StorageError) -> any StorageLock
    /// The names of all files.
    func list() throws(StorageError) -> [String]
    /// Opens a file for reading and writing.
    /// - Parameter create: makes it, or empties it where it is there.
    func open(_ name: String, create: Bool) throws(StorageError) -> any StorageFile
    /// Gives a file another name, over the one that had it.
    func rename(_ name: String, to target: String) throws(StorageError)
    /// Takes a file's name away; none of that name is no error.
    func remove(_ name: String) throws(StorageError)
    /// Returns when all names are on stable storage.
    func syncFolder() throws(StorageError)
}

/// An open file; it is closed with its last reference.
public protocol StorageFile: AnyObject, Sendable {
    /// Its size in bytes.
    func size() throws(StorageError) -> Int
    /// Writes at an offset.
    /// - Returns: how many bytes were taken, which may be fewer than given.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) -> Int
    /// Reads at an offset.
    /// - Returns: how many bytes were read; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int
    /// Cuts the file.
    func truncate(to size: Int) throws(StorageError)
    /// Takes blocks for that many bytes without changing the size; where the file system can't, nothing happens.
    func preallocate(_ size: Int) throws(StorageError)
    /// Returns when all bytes written before the call are on stable storage (fdatasync).
    func sync() throws(StorageError)
}

/// Holds the folder until it is released or freed.
public protocol StorageLock: AnyObject, Sendable {
    /// Gives the folder free.
    func release()
}

/// A refusal of the operating system.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Its `errno`.
    public let code: Int32
    /// What was being done, with the file: `write journal-….jsonl`.
    public let operation: String

    /// An error of `errno` while something was being done.
    public init(code: Int32, operation: String) {
        self.code = code
        self.operation = operation
    }

    /// One clause: what was being done and what the system said.
    public var description: String { "\(operation): \(String(cString: strerror(code)))" }
}

extension StorageFile {
    /// Writes all bytes; a short write goes on where it stopped.
    func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) {
        var done = 0
        while done < bytes.count {
            let taken = try write(UnsafeRawBufferPointer(rebasing: bytes[done...]), at: offset + done)
            guard taken > 0 else { throw StorageError(code: EIO, operation: "write") }
            done += taken
        }
    }

    /// Writes all bytes of an array.
    func writeAll(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        let result: Result<Void, StorageError> = bytes.withUnsafeBytes { buffer in
            do throws(StorageError) { return .success(try writeAll(buffer, at: offset)) } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Reads a run of bytes; fewer where the file ends.
    func bytes(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        // The empty array's storage is one for all threads, and what follows would write to it.
        if count <= 0 { return [] }
        var failure: StorageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(StorageError) {
                while filled < count {
                    let rest = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
                    let taken = try read(into: rest, at: offset + filled)
                    if taken == 0 { break }
                    filled += taken
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}

extension StorageDevice {
    /// Puts a whole file into place: another name first, bytes on stable storage, then the name. The folder's own
    /// sync is left to the caller, who may have several files to put.
    func replace(_ name: String, with bytes: [UInt8]) throws(StorageError) {
        let draft = name + FileNames.draftSuffix
        do throws(StorageError) {
            let file = try open(draft, create: true)
            try file.writeAll(bytes, at: 0)
            try file.sync()
            try rename(draft, to: name)
        } catch {
            try? remove(draft)
            throw error
        }
    }
}
