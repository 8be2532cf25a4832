import Events
import Glibc

extension FileEventLog {
    /// Opens the journal in a folder and takes the folder for this process.
    /// - Parameters:
    ///   - restore: is given the payload of the newest whole snapshot before anything is folded, and returns whether
    ///     it could be read; where not, the one before is tried, and where none can be, all events are folded.
    ///   - fold: is given every event after that snapshot, in order.
    /// - Throws: `inUse`; `damaged` with file, line and reason; `unreadable`.
    /// - Complexity: O(index of the snapshot) + O(events after it).
    public static func open(
        _ device: any StorageDevice, options: JournalOptions = JournalOptions(), restore: ([UInt8]) -> Bool,
        fold: (StoredEvent) -> Void
    ) throws(JournalError) -> (log: FileEventLog, report: OpenReport) {
        let lock: any StorageLock
        do throws(StorageError) { lock = try device.lock() } catch {
            throw error.code == EWOULDBLOCK ? .inUse(path: device.path) : .unreadable(reason: error.description)
        }
        do throws(JournalError) {
            var opener = LogOpener(device: device, options: options)
            let state = try opener.run(restore: restore, fold: fold)
            let last = state.last
            let log = try catching { () throws(StorageError) in
                let isNew = try !device.list().contains(FileNames.mark)
                let mark = try device.open(FileNames.mark, create: isNew)
                return FileEventLog(device: device, options: options, lock: lock, mark: mark, state: state)
            }
            log.writeMark(last)
            options.syncWork.perform(0) { [weak log] in log?.prepareSpare() }
            options.maintenanceWork.perform(0) { [weak log] in log?.verifySealed() }
            return (log, opener.report)
        } catch {
            lock.release()
            throw error
        }
    }
}
