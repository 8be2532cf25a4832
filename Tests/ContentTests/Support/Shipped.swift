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

/// A generator whose seed makes a failure happen again (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
