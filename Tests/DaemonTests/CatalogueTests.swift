import Testing

@testable import conserje

@Suite("The terminal's sentences")
struct CatalogueTests {
    @Test("both languages have the same keys with the same placeholders")
    func alike() {
        let spanish = Sentences.catalogue(.es)
        let english = Sentences.catalogue(.en)
        #expect(Set(spanish.keys) == Set(english.keys))
        for (key, sentence) in spanish {
            #expect(
                Sentences.placeholders(of: sentence) == Sentences.placeholders(of: english[key] ?? ""), "\(key) differs"
            )
            #expect(!sentence.isEmpty)
        }
    }

    @Test("every sentence that the program says is there, and nothing else but words for codes")
    func complete() {
        let groups = ["reason", "role", "speaker", "context", "status", "case", "survey", "figure", "evidence"]
        let keys = Set(Sentences.catalogue(.es).keys)
        let said = Set(Sentence.allCases.map(\.rawValue))
        #expect(said.subtracting(keys).isEmpty)
        for key in keys.subtracting(said) {
            #expect(groups.contains { key.hasPrefix($0 + ".") }, "nobody says \(key)")
        }
    }

    @Test("placeholders are filled once, and a value is not looked at again")
    func filled() {
        let sentences = Sentences(.en)
        #expect(sentences(.usageUnknownCommand, ["name": "{nearest}", "nearest": "x"]).contains("`{nearest}`"))
        #expect(sentences.word("reason", for: "asked") == "asked for a person")
        #expect(sentences.word("reason", for: "new_one") == "new_one")
    }

    @Test("the language is the option's, else the system's: Spanish where it begins with es")
    func language() {
        typealias Language = Sentences.Language
        #expect(Language.preferred(option: "es", environment: ["LANG": "en_US"]) == .es)
        #expect(Language.preferred(option: nil, environment: ["LC_ALL": "es_MX.UTF-8", "LANG": "en_US"]) == .es)
        #expect(Language.preferred(option: nil, environment: ["LC_ALL": "", "LANG": "es_ES"]) == .es)
        #expect(Language.preferred(option: nil, environment: ["LANG": "C"]) == .en)
        #expect(Language.preferred(option: nil, environment: [:]) == .en)
    }
}
