import Foundation
import Language
import Matching
import SeededRandom

/// Sections cut out of the text files that lie on a machine, and questions made of their words.
///
/// Prose and code, in the order of the files' paths: the same files give the same sections. Each piece of text is taken
/// once, however many packages ship it.
struct SearchCorpus {
    /// Words of a section: what a heading of a manual has below it.
    private static let shortest = 40
    private static let longest = 160
    private static let titleWords = 6
    private static let longestWord = 40
    private static let largestFile = 2_000_000
    private static let endings: Set<String> = ["", "c", "h", "html", "md", "pl", "pm", "pod", "py", "rst", "txt"]

    private(set) var documents: [SearchDocument] = []
    private var seen = Set<UInt64>()

    /// - Parameter count: how many sections are wanted; fewer where the folders hold no more.
    init(folders: [String], count: Int) {
        for folder in folders {
            let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            for file in files.sorted() where documents.count < count {
                let path = folder + "/" + file
                guard Self.endings.contains((file as NSString).pathExtension),
                    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int,
                    size > 500, size < Self.largestFile, let bytes = FileManager.default.contents(atPath: path)
                else { continue }
                cut(Self.withoutTags(Array(bytes)), limit: count)
            }
        }
    }

    /// Cuts at empty lines, where enough words have come together.
    private mutating func cut(_ text: [UInt8], limit: Int) {
        var words: [ArraySlice<UInt8>] = []
        var start = 0
        for index in text.indices where text[index] <= 0x20 {
            if start < index, index - start < Self.longestWord { words.append(text[start..<index]) }
            start = index + 1
            guard text[index] == 0x0A, index > 0, text[index - 1] == 0x0A, words.count >= Self.shortest else {
                continue
            }
            let body = Self.text(words[Self.titleWords..<min(words.count, Self.longest)])
            if documents.count < limit, seen.insert(StableHash.of(body.utf8)).inserted {
                documents.append(
                    SearchDocument(
                        id: "\(documents.count)", title: Self.text(words[..<Self.titleWords]), body: body))
            }
            words.removeAll()
        }
    }

    private static func text(_ words: ArraySlice<ArraySlice<UInt8>>) -> String {
        String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }

    private static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
        var isTag = false
        return bytes.filter { byte in
            if byte == 0x3C { isTag = true }
            defer { if byte == 0x3E || byte == 0x0A { isTag = false } }
            return !isTag
        }
    }

    /// Questions whose answer is known: some of the words of a section in their order, from its text or its heading, a
    /// wrong letter in some of them.
    func queries(_ count: Int, seed: UInt64) -> [SearchQuery] {
        var random = SplitMix64(seed: seed)
        guard !documents.isEmpty else { return [] }
        return (0..<count).map { _ in
            let document = documents[Int.random(in: documents.indices, using: &random)]
            var buffer = TokenBuffer()
            buffer.tokenize(document.title + " " + document.body)
            let length = Int.random(in: 8...16, using: &random)
            let start = Int.random(in: 0...max(0, buffer.tokens.count - length), using: &random)
            let words = (start..<min(start + length, buffer.tokens.count)).compactMap { index -> String? in
                guard Int.random(in: 0..<5, using: &random) < 3 else { return nil }
                var letters = Array(buffer.word(index))
                if letters.count > 5, Int.random(in: 0..<10, using: &random) == 0 {
                    letters.remove(at: Int.random(in: 1..<letters.count, using: &random))
                }
                return String(letters)
            }
            return SearchQuery(text: words.joined(separator: " "), relevant: [document.id])
        }
    }
}
