import Content
import Dispatch
import Events
import Language
import Matching
import Synchronization

/// Content in use: the editors' files with all that was learned from them. Immutable.
public final class Interpreter: Sendable {
    /// The files.
    public let bundle: ContentBundle
    let models: [LanguageModel]
    let detector: LanguageDetector
    /// All sections of all articles, in their order.
    let sections: [Section]
    /// When people answer, ready to be asked.
    public let serviceHours: ServiceHours
    /// Answers that are the same for everybody, by intent and language.
    let fixedAnswers: [[String: String]]

    /// What was learned for one language.
    struct LanguageModel: Sendable {
        let code: String
        let matcher: IntentMatcher
        /// Of each of the matcher's intents, the index into the content's.
        let intents: [Int]
        let search: SectionSearch
        /// Of each of the search's sections, the index into the content's.
        let sections: [Int]
        let entities: EntityIndex
        /// Folded words of each of the editors' angry phrases.
        let anger: [[[UInt8]]]
    }

    /// Learns from content: some tens of milliseconds for a shop.
    public init(_ bundle: ContentBundle) {
        self.bundle = bundle
        let codes = bundle.settings.languages
        let sections = bundle.sections
        self.sections = sections
        serviceHours = bundle.settings.serviceHours
        models = Self.learn(codes, bundle, sections)
        fixedAnswers = bundle.intents.map { intent in
            intent.answers.compactMapValues { answers in
                guard answers.count == 1, answers[0].condition == nil, answers[0].template.variables.isEmpty else {
                    return nil
                }
                return answers[0].template.rendered(language: "") { _ in nil }
            }
        }
        var texts: [(language: UInt8, text: String)] = []
        for (index, code) in codes.enumerated() {
            let language = UInt8(truncatingIfNeeded: index)
            for intent in bundle.intents {
                for phrase in intent.phrases[code] ?? [] { texts.append((language, phrase)) }
            }
            for section in sections where section.language == code {
                texts.append((language, section.plainText))
            }
        }
        detector = LanguageDetector(languages: codes, texts: texts)
    }

    /// Changes whenever a file does.
    public var version: String { bundle.version }
    /// The shop's settings.
    public var settings: Settings { bundle.settings }
    /// Codes of the shop's languages.
    public var languages: [String] { bundle.settings.languages }
    /// The shop's first language.
    public var defaultLanguage: String { bundle.settings.languages.first ?? "es" }
    /// How many intents there are.
    public var intentCount: Int { bundle.intents.count }
    /// How many sections there are.
    public var sectionCount: Int { sections.count }

    /// The intent's answer, where it is the same for everybody.
    func fixedAnswer(_ intent: Intent, _ language: String) -> String? {
        guard let index = bundle.index(ofIntent: intent.id) else { return nil }
        return fixedAnswers[index][language]
    }

    /// The shop's language of that code, nil where it has none.
    public func language(_ code: String?) -> String? {
        guard let code = code?.lowercased() else { return nil }
        let primary = String(code.prefix { $0 != "-" && $0 != "_" })
        return languages.first { $0 == primary }
    }

    /// A sentence of the mechanism.
    public func sentence(
        _ key: SentenceKey, _ language: String, _ arguments: [String: SentenceArgument] = [:]
    ) -> String {
        Catalogue.sentence(key, language, arguments)
    }

    /// One language a core: training is most of the time of a start.
    private static func learn(_ codes: [String], _ bundle: ContentBundle, _ sections: [Section]) -> [LanguageModel] {
        let learned = Mutex<[Int: LanguageModel]>([:])
        DispatchQueue.concurrentPerform(iterations: codes.count) { index in
            let model = LanguageModel(codes[index], bundle: bundle, sections: sections)
            learned.withLock { $0[index] = model }
        }
        return learned.withLock { models in codes.indices.compactMap { models[$0] } }
    }

    func model(_ language: String) -> LanguageModel? { models.first { $0.code == language } ?? models.first }
}

extension Interpreter.LanguageModel {
    init(_ code: String, bundle: ContentBundle, sections all: [Section]) {
        self.code = code
        var examples: [(intent: String, phrase: String)] = []
        for intent in bundle.intents {
            for phrase in intent.phrases[code] ?? [] { examples.append((intent.id, phrase)) }
        }
        let indices = Dictionary(
            bundle.intents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        matcher = IntentMatcher(
            examples: examples, language: code, unrepaired: bundle.settings.keepWords,
            threshold: bundle.settings.answerThreshold.map { Float($0) })
        intents = matcher.intents.map { indices[$0] ?? 0 }
        sections = all.indices.filter { all[$0].language == code }
        search = SectionSearch(
            documents: sections.map { index in
                let section = all[index]
                return SearchDocument(
                    id: section.source, title: section.titlePath.joined(separator: " "), body: section.plainText,
                    questions: section.exampleQuestions)
            }, language: code, unrepaired: bundle.settings.keepWords)
        entities = EntityIndex(bundle: bundle, language: code)
        anger = (bundle.settings.angerWords[code] ?? []).map { phrase in
            var buffer = TokenBuffer()
            buffer.tokenize(phrase)
            return buffer.tokens.map { Array(buffer.bytes[$0.range]) }
        }
    }

    /// Whether the message holds one of the editors' angry words.
    func isAngry(_ message: TokenBuffer) -> Bool {
        let count = message.tokens.count
        return anger.contains { phrase in
            guard !phrase.isEmpty, phrase.count <= count else { return false }
            return (0...(count - phrase.count)).contains { start in
                phrase.indices.allSatisfy { index in
                    message.bytes[message.tokens[start + index].range].elementsEqual(phrase[index])
                }
            }
        }
    }
}
