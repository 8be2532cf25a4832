import Glibc

/// Finds the editors' files below a folder.
enum FolderScan {
    /// Links that lead in circles end here.
    private static let deepestFolder = 8
    /// More files than any shop writes; a wrong `--content` must not read a whole disk.
    private static let mostFiles = 20_000

    /// Paths relative to `root`, sorted by their bytes, of the files below `folder`; nil where there is no such folder.
    static func files(in folder: String, of root: String) -> [String]? {
        guard isFolder(root + "/" + folder) else { return nil }
        var found: [String] = []
        scan(folder, root, depth: 0, &found)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func isFolder(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    private static func scan(_ folder: String, _ root: String, depth: Int, _ found: inout [String]) {
        guard depth < deepestFolder, let stream = opendir(root + "/" + folder) else { return }
        defer { closedir(stream) }
        while found.count < mostFiles, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder + "/" + name
            guard let mode = mode(root + "/" + path) else { continue }
            if mode & S_IFMT == S_IFDIR {
                scan(path, root, depth: depth + 1, &found)
            } else if mode & S_IFMT == S_IFREG, ContentLoader.relevant(name) {
                found.append(path)
            }
        }
    }
}
