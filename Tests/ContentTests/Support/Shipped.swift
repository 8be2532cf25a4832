import Foundation

/// The content that ships with the project.
enum Shipped {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Every Markdown file of it, by path.
    static func markdownFiles() -> [(path: String, text: String)] {
        var files: [(String, String)] = []
        for part in ["Intents", "KnowledgeBase"] {
            guard let names = FileManager.default.enumerator(atPath: folder + "/" + part) else { continue }
            for case let name as String in names where name.hasSuffix(".md") {
                let path = part + "/" + name
                guard let data = FileManager.default.contents(atPath: folder + "/" + path) else { continue }
                files.append((path, String(decoding: data, as: UTF8.self)))
            }
        }
        return files.sorted { $0.0 < $1.0 }
    }
}
