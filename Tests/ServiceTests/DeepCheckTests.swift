import Content
import Testing

@testable import Service

@Suite("The deep check")
struct DeepCheckTests {
    /// What is asked for, in both languages: so unlike that nine in ten phrases find the tenth.
    private static let topics: [(id: String, es: [String], en: [String])] = [
        (
            "price", ["cuánto cuesta", "qué precio tiene", "cuánto vale", "dime el precio de"],
            ["how much is", "what is the price of", "what does it cost to buy", "tell me the price of"]
        ),
        (
            "repair", ["se ha roto", "no enciende", "quiero reparar", "dejó de funcionar"],
            ["I broke", "it will not start,", "I want to repair", "it stopped working,"]
        ),
        (
            "colours", ["de qué colores hay", "existe en rojo", "otros colores para", "viene en azul"],
            ["which colours are there for", "is there a red", "other colours for", "does it come in blue,"]
        ),
    ]
    private static let things = [
        "cafetera", "tostadora", "batidora", "freidora", "plancha", "licuadora", "sartén", "olla", "lámpara", "báscula",
        "nevera",
    ]

    /// A shop with 44 phrases an intent and language, and one phrase more for each that is planted.
    /// - Parameter planted: an intent's id and a Spanish phrase.
    private func bundle(
        _ planted: [(intent: String, phrase: String)] = [], things: [String] = things
    ) throws -> ContentBundle {
        var files = [
            (
                path: "Intents/settings.md",
                text: "---\nshop_name: Tienda\nlanguages: es, en\ntime_zone: Europe/Madrid\n---\n## Teams\n"
                    + "- general: es General; en General\n"
            )
        ]
        for topic in Self.topics {
            func phrases(_ starts: [String], _ planted: [String] = []) -> String {
                (things.flatMap { thing in starts.map { "\($0) \(thing)" } } + planted).map { "- \($0)\n" }.joined()
            }
            let own = planted.filter { $0.intent == topic.id }.map(\.phrase)
            files.append(
                (
                    "Intents/pre-sale/\(topic.id).md",
                    "---\ntitle_es: \(topic.id)\ntitle_en: \(topic.id)\nteam: general\n---\n# Español\n## Frases\n"
                        + phrases(topic.es, own) + "## Respuesta\nSí.\n# English\n## Phrases\n" + phrases(topic.en)
                        + "## Answer\nYes.\n"
                ))
        }
        return try ContentLoader.load(files: files.map { (path: $0.path, bytes: Array($0.text.utf8)) }).get()
    }

    /// The line of the last Spanish phrase.
    private let lastLine = 7 + 4 * things.count

    @Test("clean content has nothing to tell")
    func clean() throws {
        let check = DeepCheck(try bundle())
        #expect(check.problems.map { $0.rendered(language: "en") } == [])
        #expect(check.findings == .init(nearDuplicates: 0, strangers: 0, fewPhrases: 0, climbing: 0))
    }

    @Test("a planted near duplicate is told with both places and a suggestion in each language")
    func nearDuplicate() throws {
        let check = DeepCheck(try bundle([("repair", "¿cafetera? ¿cuánto cuesta?")]))
        let problem = try #require(check.problems.first { $0.key == .phraseNear })
        #expect(check.findings.nearDuplicates == 1)
        #expect(problem.severity == .warning && problem.path == "Intents/pre-sale/repair.md")
        #expect(problem.line == lastLine + 1 && problem.column == 3)
        #expect(problem.arguments["place"] == "Intents/pre-sale/price.md:8")
        for language in Catalogue.languages {
            #expect(problem.message(language: language).contains("cuánto cuesta cafetera"))
            #expect(problem.hintText(language: language)?.isEmpty == false)
        }
        let rendered = problem.rendered(language: "en")
        #expect(rendered.hasPrefix("Intents/pre-sale/repair.md:\(lastLine + 1):3: warning: "))
    }

    @Test("a planted stranger is told with the intent that it would go to and its confidence")
    func stranger() throws {
        let check = DeepCheck(try bundle([("colours", "cuánto vale la cafetera y qué precio tiene la tostadora")]))
        let problem = try #require(check.problems.first { $0.key == .phraseStranger })
        #expect(check.findings.strangers == 1 && problem.path == "Intents/pre-sale/colours.md")
        #expect(problem.line == lastLine + 1 && problem.arguments["intent"] == "price")
        #expect((problem.arguments["confidence"].flatMap { Double($0) } ?? 0) >= 0.35)
        #expect(problem.hintText(language: "es")?.contains("price") == true)
    }

    @Test("few phrases are told for the intent and language that has them, with how many are missing")
    func few() throws {
        let check = DeepCheck(try bundle(things: Array(Self.things.prefix(9))))
        let problems = check.problems.filter { $0.key == .phrasesFew }
        #expect(problems.count == 6 && check.findings.fewPhrases == 6)
        #expect(problems.allSatisfy { $0.arguments["count"] == "36" && $0.arguments["missing"] == "4" })
        #expect(Set(problems.map(\.line)).count == 2)
    }

    @Test("an intent whose phrases find much more than half of them do asks for more, others don't")
    func climbing() throws {
        let intent = try #require(try bundle().intents.first)
        let problem = try #require(DeepCheck.climbing(intent, "en", 40, 35, of: 50))
        #expect(problem.arguments["half"] == "70" && problem.arguments["whole"] == "80")
        #expect(problem.line == lastLine + 5 && problem.hint == .hintPhrasesClimbing)
        #expect(DeepCheck.climbing(intent, "en", 40, 36, of: 50) == nil)
        #expect(DeepCheck.climbing(intent, "en", 30, 40, of: 50) == nil)
    }
}
