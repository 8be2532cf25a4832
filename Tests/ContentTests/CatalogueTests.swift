import Testing

@testable import Content

@Suite("The catalogue of sentences")
struct CatalogueTests {
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
        // Whether a number needs two forms, or an article, differs from language to language.
        let grammar: Set<String> = ["hour", "last"]
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
                == "You are number 2 in the queue. We'll be with you in about 1 minute.")
    }

    @Test("what fills a placeholder is not read again")
    func noDoubleFilling() {
        #expect(Catalogue.sentence(.agentJoined, "es", ["name": "{name}"]) == "{name} está contigo.")
        #expect(Catalogue.sentence(.agentJoined, "es") == "{name} está contigo.")
    }

    @Test("a language without sentences gets English ones")
    func fallback() { #expect(Catalogue.sentence(.handoffAsked, "fr") == Catalogue.sentence(.handoffAsked, "en")) }

    @Test("days and months are complete", arguments: Catalogue.languages)
    func calendarWords(language: String) {
        #expect(Catalogue.words(.monthNames, language).count == 12)
        #expect(Catalogue.words(.dayNames, language).count == 7)
        #expect(Catalogue.words(.dayShortNames, language).count == 7)
    }
}
