import Foundation
import Testing

@testable import Content

@Suite("The catalogue of sentences")
struct CatalogueTests {
    @Test("every file of the folder is a language of the catalogue")
    func files() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 1...3 { folder.deleteLastPathComponent() }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/Sources/Content/Catalogue")
        #expect(names.sorted() == Catalogue.languages.map { $0 + ".json" }.sorted())
        #expect(Catalogue.languages.contains(Catalogue.fallbackLanguage))
        #expect(Settings().languages == Catalogue.languages, "a shop that names none speaks all of them")
    }

    @Test("every language has every sentence, once, and no others", arguments: Catalogue.languages)
    func complete(language: String) {
        let names = Catalogue.members(of: language).map(\.name)
        #expect(names.count == Set(names).count)
        #expect(Set(names).symmetricDifference(SentenceKey.allCases.map(\.rawValue)) == [])
    }

    @Test("no sentence is empty", arguments: Catalogue.languages)
    func notEmpty(language: String) {
        #expect(Catalogue.members(of: language).filter { $0.text.isEmpty }.map(\.name) == [])
    }

    @Test("a sentence has the same placeholders in all languages", arguments: SentenceKey.allCases)
    func samePlaceholders(key: SentenceKey) {
        // Whether the hour has an article differs from language to language.
        let grammar: Set<String> = ["hour"]
        let sets = Catalogue.languages.map { language in
            Set(SentenceTemplate.placeholders(Catalogue.template(key, language))).subtracting(grammar)
        }
        #expect(Set(sets).count == 1, "\(sets)")
    }

    @Test("a number chooses its form")
    func plural() {
        #expect(
            Catalogue.sentence(.handoffWaiting, "es", ["position": 2, "minutes": 12])
                == "Estás en el puesto 2 de la cola. Te atenderemos en unos 12 minutos.")
        #expect(
            Catalogue.sentence(.handoffWaiting, "en", ["position": 2, "minutes": 1])
                == "You are number 2 in the queue. We'll be with you in about a minute.")
    }

    @Test("what fills a placeholder is not read again")
    func noDoubleFilling() {
        #expect(Catalogue.sentence(.agentJoined, "es", ["name": "{name}"]) == "{name} está contigo.")
        #expect(Catalogue.sentence(.agentJoined, "es") == "{name} está contigo.")
    }

    @Test("a language without sentences gets English ones")
    func fallback() { #expect(Catalogue.sentence(.handoffAsked, "xx") == Catalogue.sentence(.handoffAsked, "en")) }

    @Test("days, months and fields are complete", arguments: Catalogue.languages)
    func lists(language: String) {
        #expect(Catalogue.words(.productFields, language).count == ProductField.allCases.count)
        #expect(Catalogue.words(.shopFields, language).count == ShopField.allCases.count)
        #expect(Catalogue.words(.monthNames, language).count == 12)
        #expect(Catalogue.words(.dayNames, language).count == 7)
        #expect(Catalogue.words(.dayShortNames, language).count == 7)
    }

    @Test("the system's language is the first that is set, English where the catalogue has not got it")
    func systemLanguage() {
        func language(_ environment: [String: String]) -> String { Sentences(environment: environment).language }
        #expect(language(["CONSERJE_LANGUAGE": "en", "LANG": "es_ES.UTF-8"]) == "en")
        #expect(language(["LC_ALL": "es_MX.UTF-8", "LANG": "en_US"]) == "es")
        #expect(language(["LC_ALL": "", "LC_MESSAGES": "es", "LANG": "en_GB"]) == "es")
        #expect(language(["LANG": "es@euro"]) == "es")
        #expect(language(["LANG": "est_EE.UTF-8"]) == "en")
        #expect(language(["LC_ALL": "xx_XX.UTF-8", "LANG": "es_ES.UTF-8"]) == "en")
        #expect(language(["LANG": "C.UTF-8"]) == "en")
        #expect(language([:]) == "en")
    }

    @Test("what the system refuses is told in the reader's language, or else in the system's")
    func faults() {
        #expect(SystemFault(ENOENT).words("es") == "no existe")
        #expect(SystemFault(EISDIR).words("en") == "it is not a file")
        #expect(SystemFault(EMFILE).words("es") == String(cString: strerror(EMFILE)))
    }

    @Test("a code of the protocol has its words, and stands for itself where there are none")
    func codes() {
        #expect(Sentences("en").word("reason", for: "low_confidence") == "the bot did not understand")
        #expect(Sentences("es").word("reason", for: "new_one") == "new_one")
    }
}
