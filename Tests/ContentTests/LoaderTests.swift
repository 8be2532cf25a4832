import Content
import Foundation
import SeededRandom
import Testing

@Suite("Loading a content folder")
struct LoaderTests {
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("content-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(root.path)
    }

    @Test("a folder without Intents is told apart")
    func noIntents() throws {
        try withFolder(["KnowledgeBase/a.md": "x"]) { folder in
            guard case .failure(.noIntents(folder)) = ContentLoader.load(folder) else {
                Issue.record("not told")
                return
            }
        }
    }

    @Test("hidden files and what editing programs leave behind are passed over")
    func leftovers() throws {
        var files = SmallShop().files
        for name in [".a.md", "a.md~", "#a.md#", "a.md.swp", "a.md.tmp", "4913", "notes.txt"] {
            files["Intents/pre-sale/" + name] = "broken"
        }
        files["KnowledgeBase/.git/a.md"] = "---\nbroken"
        try withFolder(files) { folder in
            let bundle = try ContentLoader.load(folder).get()
            #expect(bundle.intents.count == 1)
            let inMemory = try SmallShop().bundle()
            #expect(bundle.version == inMemory.version)
        }
    }

    @Test("a file is relevant unless it is hidden or a leftover")
    func relevant() {
        for name in ["a.md", "products.csv", "README", "año.md"] { #expect(ContentLoader.relevant(name)) }
        for name in ["", ".a", "a~", "#a#", ".a.md.swp", "a.swp", "4913", "a.tmp"] {
            #expect(!ContentLoader.relevant(name))
        }
    }

    @Test("the version changes with any byte and any name, and with nothing else")
    func version() throws {
        let first = try SmallShop().bundle().version
        #expect(try SmallShop().bundle().version == first)
        #expect(try SmallShop().replacing("- precio", with: "- precios").bundle().version != first)
        let article = "---\ntranslation: envios.md\n---\nx"
        let one = try SmallShop().adding("KnowledgeBase/es/a.md", article).bundle().version
        let two = try SmallShop().adding("KnowledgeBase/es/b.md", article).bundle().version
        #expect(one != two)
    }

    @Test("without settings there are defaults and a warning")
    func noSettings() throws {
        var shop = SmallShop().replacing("team: ventas\n", with: "")
        shop.files["Intents/settings.md"] = nil
        let bundle = try shop.bundle()
        #expect(bundle.problems.map(\.key) == [.settingsMissing])
        #expect(bundle.intent("price")?.team == "general")
    }

    @Test("a file that cannot be read is told")
    func unreadable() throws {
        try withFolder(SmallShop().files) { folder in
            let path = folder + "/KnowledgeBase/big.md"
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            truncate(path, 17 << 20)
            guard case .failure(.invalid(let problems)) = ContentLoader.load(folder) else {
                Issue.record("not told")
                return
            }
            #expect(problems.map(\.key) == [.fileTooLarge])
        }
    }

    @Test("links in circles end")
    func circles() throws {
        try withFolder(SmallShop().files) { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/KnowledgeBase/es/again", withDestinationPath: folder + "/KnowledgeBase/es")
            _ = ContentLoader.load(folder)
        }
    }

    @Test("no bytes make the loader fail in another way than by telling what is wrong")
    func mutations() {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["CONSERJE_SEED"] ?? "") ?? 20_261_125
        var generator = SplitMix64(seed: seed)
        print("seed \(seed)")
        let real = Shipped.markdownFiles().shuffled(using: &generator).prefix(12)
        for _ in 0..<(environment["CONSERJE_LONG"] == "1" ? 3000 : 120) {
            var files = SmallShop().files.map { (path: $0.key, bytes: Array($0.value.utf8)) }
                .sorted { $0.path < $1.path }
            if let extra = real.randomElement(using: &generator) {
                files.append((path: extra.path + "x.md", bytes: Array(extra.text.utf8)))
            }
            for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&files, &generator) }
            switch ContentLoader.load(files: files) {
            case .success(let bundle): for problem in bundle.problems { _ = problem.rendered(language: "es") }
            case .failure(.invalid(let problems)):
                #expect(!problems.isEmpty)
                for problem in problems { #expect(problem.line >= 1 && problem.column >= 1, "seed \(seed)") }
            case .failure(.noIntents): Issue.record("seed \(seed)")
            }
        }
    }

    private func mutate(_ files: inout [(path: String, bytes: [UInt8])], _ generator: inout SplitMix64) {
        let file = Int.random(in: 0..<files.count, using: &generator)
        var bytes = files[file].bytes
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let signs = Array("{}[]()#*`-:;,\"\n\r\t \\<>&=|~.1".utf8) + [0, 0xFF, 0xC3, 0xF3, 0xB0, 0x80]
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes.insert(signs.randomElement(using: &generator) ?? 0, at: place)
        case 1 where place < bytes.count: bytes[place] = signs.randomElement(using: &generator) ?? 0
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...40, using: &generator)))
        case 3:
            let end = min(bytes.count, place + Int.random(in: 0...80, using: &generator))
            bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
        default:
            let sign = signs.randomElement(using: &generator) ?? 0
            bytes.insert(contentsOf: repeatElement(sign, count: Int.random(in: 1...200, using: &generator)), at: place)
        }
        files[file].bytes = bytes
    }
}
