import Content
import Dispatch
import Events
import Language
import Matching
import Threading

/// Content in use: the editors' files with all that was learned from them. Immutable.
public final class Interpreter: Sendable {
    /// The files.
    public let bundle: ContentBundle
    /// Learned from the phrases of all languages.
    let matcher: IntentMatcher
    /// Of each of the matcher's intents, the index into the content's.
    let matcherIntents: [Int]
    /// What belongs to one language, in the settings' order.
    let models: [LanguageModel]
    let detector: LanguageDetector
    /// All sections of all articles, in their order.
    let sections: [Section]
    /// When people answer, ready to be asked.
    public let serviceHours: ServiceHours
    /// The days that count for deadlines, ready to be asked.
    let workingDays: WorkingDays
    /// Answers that are the same for everybody who asks for them.
    let filledAnswers = FilledAnswers()
    /// Buffers that nobody uses now.
    let spareScratch = Guarded<InterpreterScratch?>(nil)
    /// The buttons under each intent's answers, by language.
    let choices: [[String: [Choice]]]
    /// The slots of each intent that the mechanism reads by itself.
    let kinds: [[SlotKind]]
    /// Kinds of slots that some intent looks for and that hold for a whole conversation.
    let lastingKinds: [SlotKind]
    /// The intent of asking for a person, if the content has one.
    let personIntent: Intent?
    /// The intent that a message of little but an order's number is for, if there is one.
    let orderIntent: Int?
    /// The intent of giving up what was begun, if there is one.
    let leavingIntent: Int?
    /// The button that asks for a person, by language.
    let personChoices: [String: Choice]
    /// The first thing a customer reads, by language: one text for all conversations.
    let greetings: [String: Reply]

    /// Learns from content: some hundred milliseconds for a shop.
    public init(_ bundle: ContentBundle) {
        self.bundle = bundle
        let codes = bundle.settings.languages
        let sections = bundle.sections
        self.sections = sections
        serviceHours = bundle.settings.serviceHours
        workingDays = bundle.settings.workingDays
        choices = bundle.intents.map { intent in
            Dictionary(codes.map { ($0, Self.choices(intent, $0)) }, uniquingKeysWith: { first, _ in first })
        }
        let kinds = bundle.intents.map { $0.slots.compactMap(SlotKind.init(rawValue:)) }
        self.kinds = kinds
        lastingKinds = SlotKind.allCases.filter { kind in kind.isLasting && kinds.contains { $0.contains(kind) } }
        personIntent = bundle.intents.first { $0.handoff == .always && $0.reason == .asked }
        orderIntent = bundle.intents.firstIndex { $0.takesOrder }
        leavingIntent = bundle.intents.firstIndex { $0.kind == .abandon }
        (matcher, models, detector) = Self.learn(codes, bundle, sections)
        let indices = Dictionary(
            bundle.intents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        matcherIntents = matcher.intents.map { indices[$0] ?? 0 }
        greetings = Dictionary(
            codes.map { ($0, Self.greeting(bundle.settings.shopName, $0)) }, uniquingKeysWith: { first, _ in first })
        personChoices = Dictionary(
            codes.map { ($0, Self.personChoice($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Changes whenever a file does.
    public var version: String { bundle.version }
    /// The shop's settings.
    public var settings: Settings { bundle.settings }
    /// Codes of the shop's languages.
    public var languages: [String] { bundle.settings.languages }
    /// The shop's first language.
    public var defaultLanguage: String { bundle.settings.defaultLanguage }
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

    /// On all cores: training is most of the time of a start. The matcher spreads over them by itself, which it may not
    /// do from inside a `concurrentPerform`: nested ones get no threads.
    private static func learn(
        _ codes: [String], _ bundle: ContentBundle, _ sections: [Section]
    ) -> (IntentMatcher, [LanguageModel], LanguageDetector) {
        var models = [LanguageModel?](repeating: nil, count: codes.count)
        var detectors = [LanguageDetector?](repeating: nil, count: 1)
        let matcher = models.withUnsafeMutableBufferPointer { models in
            detectors.withUnsafeMutableBufferPointer { detectors in
                // Each writes one element of its own, and all have written when the group is done.
                nonisolated(unsafe) let (models, detectors) = (models, detectors)
                let group = DispatchGroup()
                for index in codes.indices {
                    DispatchQueue.global(qos: .userInitiated).async(group: group) {
                        models[index] = LanguageModel(index, bundle: bundle, sections: sections)
                    }
                }
                DispatchQueue.global(qos: .userInitiated).async(group: group) {
                    detectors[0] = detector(codes, bundle, sections)
                }
                defer { group.wait() }
                return Self.matcher(codes, bundle)
            }
        }
        return (matcher, models.compactMap { $0 }, detectors[0] ?? detector(codes, bundle, sections))
    }

    private static func detector(
        _ codes: [String], _ bundle: ContentBundle, _ sections: [Section]
    ) -> LanguageDetector {
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
        return LanguageDetector(languages: codes, texts: texts)
    }

    private static func matcher(_ codes: [String], _ bundle: ContentBundle) -> IntentMatcher {
        let examples = codes.enumerated().flatMap { language, code in
            bundle.intents.flatMap { intent in
                (intent.phrases[code] ?? []).map {
                    IntentMatcher.Example(intent: intent.id, language: language, phrase: $0)
                }
            }
        }
        let rules = codes.map { code in
            bundle.intents.flatMap { intent in (intent.rules[code] ?? []).map(\.pattern) }
        }
        return IntentMatcher(
            examples: examples + titles(codes, bundle), languages: codes, unrepaired: Self.unrepaired(bundle),
            synonyms: codes.map { bundle.synonyms[$0] ?? [] }, rules: rules, slots: EntityIndex.slots(of: bundle),
            threshold: threshold(bundle.settings))
    }

    private static func threshold(_ settings: Settings) -> AnswerThreshold {
        if let threshold = settings.answerThreshold { return .fixed(Float(threshold)) }
        return settings.wrongAnswers.map { .wrongAnswers($0) } ?? .automatic
    }

    /// With fewer phrases than this in a language, an intent learns from the titles of its articles too. Over the
    /// shop's own content cut to 5, 10, 20 and 40 phrases they raised ten-fold accuracy by .062, .039, .017 and .006;
    /// to 80, by nothing; beyond, they cost some.
    static let fewPhrases = 60

    /// The titles of sections, with those of their articles, as examples of intents that have few.
    private static func titles(_ codes: [String], _ bundle: ContentBundle) -> [IntentMatcher.Example] {
        let wanting = codes.map { code in
            Set(bundle.intents.lazy.filter { ($0.phrases[code]?.count ?? 0) < fewPhrases }.map(\.id))
        }
        return bundle.sections.compactMap { section in
            guard let intent = section.intent, let language = codes.firstIndex(of: section.language),
                wanting[language].contains(intent)
            else { return nil }
            return IntentMatcher.Example(
                intent: intent, language: language, phrase: section.titlePath.joined(separator: " "))
        }
    }

    /// Words that are right though no phrase or article has them: those of products' names, and what the settings say.
    static func unrepaired(_ bundle: ContentBundle) -> [String] {
        bundle.settings.keepWords
            + bundle.products.flatMap { product in bundle.settings.languages.map { product.name($0) } }
    }

    /// The model of a language, the first one's where there is none.
    func model(_ language: String) -> LanguageModel? { models.first { $0.code == language } ?? models.first }
}
