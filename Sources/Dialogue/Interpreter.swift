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
    /// Answers that are the same for everybody who asks for them.
    let filledAnswers = FilledAnswers()
    /// The buttons under each intent's answers, by language.
    let choices: [[String: [Choice]]]
    /// The intent of asking for a person, if the content has one.
    let personIntent: Intent?
    /// The button that asks for a person, by language.
    let personChoices: [String: Choice]
    /// The first thing a customer reads, by language: one text for all conversations.
    let greetings: [String: Reply]

    /// Learns from content: some tens of milliseconds for a shop.
    public init(_ bundle: ContentBundle) {
        self.bundle = bundle
        let codes = bundle.settings.languages
        let sections = bundle.sections
        self.sections = sections
        serviceHours = bundle.settings.serviceHours
        choices = bundle.intents.map { intent in
            Dictionary(codes.map { ($0, Self.choices(intent, $0)) }, uniquingKeysWith: { first, _ in first })
        }
        personIntent = bundle.intents.first { $0.handoff == .always && $0.reason == .asked }
        models = Self.learn(codes, bundle, sections)
        greetings = Dictionary(
            codes.map { ($0, Self.greeting(bundle.settings.shopName, $0)) }, uniquingKeysWith: { first, _ in first })
        personChoices = Dictionary(
            codes.map { ($0, Self.personChoice($0)) }, uniquingKeysWith: { first, _ in first })
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

    /// The model of a language, the first one's where there is none.
    func model(_ language: String) -> LanguageModel? { models.first { $0.code == language } ?? models.first }
}
