/// Why content cannot be used.
public enum ContentFailure: Error, Sendable, Equatable {
    /// There is no folder `Intents` in the content folder, which is named.
    case noIntents(folder: String)
    /// What is wrong, with the warnings, sorted by place.
    case invalid([Diagnostic])
}

/// Reads a content folder: `Intents` and `KnowledgeBase`.
public enum ContentLoader {
    /// Larger files are no editors' text.
    private static let largestFile = 16 << 20

    /// Reads everything and tells everything that is wrong in one go. Never fails in another way, whatever the bytes.
    public static func load(_ folder: String) -> Result<ContentBundle, ContentFailure> {
        guard let intents = FolderScan.files(in: "Intents", of: folder) else {
            return .failure(.noIntents(folder: folder))
        }
        let knowledge = FolderScan.files(in: "KnowledgeBase", of: folder) ?? []
        var assembly = ContentAssembly()
        for path in intents + knowledge where isContent(path) {
            switch FileReader.read(folder + "/" + path, limit: largestFile) {
            case .success(let bytes): assembly.add(path: path, bytes: bytes)
            case .failure(let failure): assembly.addUnreadable(path: path, failure)
            }
        }
        return assembly.finish()
    }

    /// The same over files that are in memory already.
    /// - Parameter files: paths relative to the content folder with their bytes.
    public static func load(files: [(path: String, bytes: [UInt8])]) -> Result<ContentBundle, ContentFailure> {
        var assembly = ContentAssembly()
        for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
        where isContent(file.path) {
            assembly.add(path: file.path, bytes: file.bytes)
        }
        return assembly.finish()
    }

    /// Whether a file of that name is an editor's own: neither hidden nor what editing programs leave behind while they
    /// save.
    public static func relevant(_ fileName: String) -> Bool {
        let isLeftover =
            fileName.isEmpty || fileName.hasPrefix(".") || fileName.hasSuffix("~") || fileName == "4913"
            || (fileName.hasPrefix("#") && fileName.hasSuffix("#"))
        guard !isLeftover, let point = fileName.lastIndex(of: ".") else { return !isLeftover }
        return !["swp", "swo", "swx", "swpx", "tmp", "bak", "orig", "part"].contains(fileName[point...].dropFirst())
    }

    private static func isContent(_ path: String) -> Bool {
        path.hasSuffix(".md") || path == ContentAssembly.productsPath || path == ContentAssembly.ordersPath
    }
}
