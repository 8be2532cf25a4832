import CLinux
import Content
import Dispatch
import Glibc

/// Tells when content files change: `inotify` on the folders and all below them, told once it has been quiet for a
/// while, so that an editor's way of saving (rename over, truncate and write, a swap file beside it) is one change.
///
/// `@unchecked Sendable`: all mutable state is guarded by `queue`.
final class FolderWatcher: @unchecked Sendable {
    private let queue = DispatchQueue(label: "content.watcher")
    private let descriptor: Int32
    private let content: String
    private let folders: [String]
    private let changed: @Sendable () -> Void
    private var source: (any DispatchSourceRead)?
    private var watched: [Int32: String] = [:]
    private var generation = 0
    /// When the first change came that is not told yet.
    private var firstChange: DispatchTime?

    /// Quiet that must pass after the last change before it is told.
    private static let quiet = DispatchTimeInterval.milliseconds(200)
    /// Quiet is not waited for longer, so that somebody who saves all the time sees it too.
    private static let longestWait = DispatchTimeInterval.milliseconds(700)
    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR)

    /// Watches the named folders of the content folder, also one that comes into being later, and all below them.
    init?(in content: String, folders: [String], changed: @escaping @Sendable () -> Void) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        self.content = content
        self.folders = folders
        self.changed = changed
        queue.sync {
            watchAll()
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            source.setEventHandler { [weak self] in self?.read() }
            source.setCancelHandler { [descriptor] in close(descriptor) }
            source.resume()
            self.source = source
        }
    }

    /// Watches no more.
    func stop() {
        queue.sync {
            source?.cancel()
            source = nil
            generation += 1
        }
    }

    private func watchAll() {
        let root = inotify_add_watch(descriptor, content, Self.mask)
        if root >= 0 { watched[root] = content }
        for folder in folders { watch(content + "/" + folder) }
    }

    private func watch(_ folder: String) {
        let watch = inotify_add_watch(descriptor, folder, Self.mask)
        guard watch >= 0 else { return }
        watched[watch] = folder
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { self.watch(folder + "/" + name) }
        }
    }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var isRelevant = false
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            buffer[..<count].withUnsafeBytes { bytes in
                var offset = 0
                while offset + MemoryLayout<inotify_event>.size <= count {
                    let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let nameStart = offset + MemoryLayout<inotify_event>.size
                    let name = String(
                        decoding: bytes[nameStart..<(nameStart + Int(event.len))].prefix { $0 != 0 }, as: UTF8.self)
                    if note(event, name) { isRelevant = true }
                    offset = nameStart + Int(event.len)
                }
            }
        }
        if isRelevant { wait() }
    }

    /// Whether an event may have changed the content.
    private func note(_ event: inotify_event, _ name: String) -> Bool {
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
            // Events were lost: folders may have come that nobody watches.
            watchAll()
            return true
        }
        if event.mask & UInt32(IN_IGNORED) != 0 {
            watched[event.wd] = nil
            return false
        }
        guard let folder = watched[event.wd] else { return false }
        // Beside the content's own folders anything may stand, the data folder among it.
        if folder == content, !folders.contains(name) { return false }
        if event.mask & UInt32(IN_ISDIR) != 0 {
            if event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0, !name.hasPrefix(".") { watch(folder + "/" + name) }
            return !name.hasPrefix(".")
        }
        return name.isEmpty || ContentLoader.relevant(name)
    }

    /// Tells the change once no other has come for a while.
    private func wait() {
        generation += 1
        let mine = generation
        let first = firstChange ?? .now()
        firstChange = first
        queue.asyncAfter(deadline: min(.now() + Self.quiet, first + Self.longestWait)) { [weak self] in
            guard let self, firstChange != nil, generation == mine || .now() >= first + Self.longestWait else { return }
            firstChange = nil
            changed()
        }
    }
}
