import Foundation
import SeededRandom
import Testing

@testable import Content

@Suite("Hostile files")
struct HostileFileTests {
    private static let rounds = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1" ? 20_000 : 120

    @Test("a shop with changed files is read or refused with places that lie in its files")
    func shop() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix64(seed: seed)
        let rules = "## Rules\n- ^ [how] (much | many [of]) *3 {product} $ !no !(not | never)\n\n## Question: product"
        let synonyms = "# Español\n- jarra, tetera\n\n# en\n- cost, come to\n"
        let sound = SmallShop().replacing("## Question: product", with: rules)
            .adding("Intents/synonyms.md", synonyms).files.sorted { $0.key < $1.key }.map {
                (path: $0.key, bytes: Array($0.value.utf8))
            }
        for round in 0..<Self.rounds {
            var files = sound
            let changed = Int.random(in: 0..<files.count, using: &generator)
            files[changed].bytes = Self.mutated(files[changed].bytes, &generator)
            let problems =
                switch ContentLoader.load(files: files) {
                case .success(let bundle): bundle.problems
                case .failure(.invalid(let problems)): problems
                case .failure(.noIntents): [Diagnostic]()
                }
            let place = "seed \(seed), round \(round)"
            expectPlaces(problems, in: files.map { Self.source($0.path, $0.bytes) }, place)
        }
    }

    @Test("changed tables, front matter and Markdown of the shipped content keep to their files")
    func shipped() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix64(seed: seed)
        let markdown = Shipped.markdownFiles().map { Array($0.text.utf8) }
        let tables = try ["products", "orders"].map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: Shipped.folder + "/KnowledgeBase/\(name).csv"))
            return Array(data.prefix(4_000))
        }
        for round in 0..<Self.rounds / 2 {
            let place = "seed \(seed), round \(round)"
            let original = try #require(markdown.randomElement(using: &generator))
            let article = Self.source("a.md", Self.mutated(original, &generator))
            var problems = Problems()
            let front = FrontMatter(article, &problems)
            #expect(front.bodyLine <= article.lines.count, "\(place)")
            #expect(front.entries.allSatisfy { article.string($0.valueRange) == $0.value }, "\(place)")
            let document = MarkdownDocument(String(decoding: article.bytes, as: UTF8.self))
            #expect(document.blocks.allSatisfy { (1...max(1, article.lines.count)).contains($0.line) }, "\(place)")
            expectPlaces(problems.list, in: [article], place)

            let table = Self.source("t.csv", Self.mutated(tables[round % 2], &generator))
            problems = Problems()
            if round % 2 == 0 {
                _ = ProductReader.read(table, languages: ["es", "en"], &problems)
            } else {
                _ = OrderReader.read(table, skus: ["CL-0001"], form: .standard, &problems)
            }
            expectPlaces(problems.list, in: [table], place)
        }
    }

    private func expectPlaces(_ problems: [Diagnostic], in sources: [SourceText], _ place: String) {
        for problem in problems {
            guard let source = sources.first(where: { $0.path == problem.path }) else { continue }
            #expect((1...max(1, source.lines.count)).contains(problem.line), "\(place): \(problem)")
            #expect((1...source.line(problem.line).count + 1).contains(problem.column), "\(place): \(problem)")
        }
    }

    /// As the loader hands it on.
    private static func source(_ path: String, _ bytes: [UInt8]) -> SourceText {
        SourceText(path: path, bytes: Array(String(decoding: bytes, as: UTF8.self).utf8))
    }

    /// Some bytes changed, some parts taken out or doubled, some signs of the readers' own put in.
    private static func mutated(_ original: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
        let signs = Array("\n\r\t -#:;,\"{}\\`*_[]()<>&|=.0123ñ¿^$!".utf8)
        var bytes = original
        for _ in 0...Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let part = index..<min(bytes.count, index + Int.random(in: 0..<30, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(part)
            case 2: bytes.insert(contentsOf: bytes[part], at: index)
            default: bytes.insert(signs.randomElement(using: &generator) ?? 0x0A, at: index)
            }
        }
        return bytes
    }
}
