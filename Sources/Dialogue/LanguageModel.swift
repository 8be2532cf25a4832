import Content
import Language
import Matching

/// What was learned from the content for one language. Immutable.
final class LanguageModel: Sendable {
    let code: String
    /// Among the content's languages.
    let index: Int
    /// The editors' rules as the matcher numbers them, each with its intent's index into the content's.
    let rules: [(intent: Int, rule: Rule)]
    let search: SectionSearch
    /// Of each of the search's sections, the index into the content's.
    let sections: [Int]
    let entities: EntityIndex
    let slotWords: SlotWords
    let choiceWords: ChoiceWords
    let stemmer: Stemmer?
    /// Folded words that may join two wishes.
    let joints: [[UInt8]]
    /// What gives away how a customer feels.
    let tones: ToneWords

    init(_ index: Int, bundle: ContentBundle, sections all: [Section]) {
        let code = bundle.settings.languages[index]
        self.code = code
        self.index = index
        entities = EntityIndex(bundle: bundle, language: code)
        let slotWords = SlotWords(code)
        self.slotWords = slotWords
        choiceWords = ChoiceWords(code, slotWords)
        stemmer = Stemmer(language: code)
        joints = Catalogue.words(.wishJoints, code).map { word in
            var buffer = TokenBuffer()
            buffer.tokenize(word)
            return buffer.tokens.flatMap { buffer.bytes[$0.range] }
        }
        rules = bundle.intents.enumerated().flatMap { index, intent in
            (intent.rules[code] ?? []).map { (intent: index, rule: $0) }
        }
        let sections = all.indices.filter { all[$0].language == code }
        self.sections = sections
        search = SectionSearch(
            documents: sections.map { index in
                let section = all[index]
                return SearchDocument(
                    id: section.source, title: section.titlePath.joined(separator: " "), body: section.plainText,
                    questions: section.exampleQuestions)
            }, language: code, unrepaired: Interpreter.unrepaired(bundle), synonyms: bundle.synonyms[code] ?? [])
        tones = ToneWords([
            (bundle.settings.angerWords[code] ?? [], .angry), (bundle.settings.insultWords[code] ?? [], .insulting),
            (bundle.settings.upsetWords[code] ?? [], .upset),
        ])
    }
}
