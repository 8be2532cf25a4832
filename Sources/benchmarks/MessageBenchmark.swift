import Content
import Dialogue
import Events
import Foundation
import JSON
import Journal
import Language
import Matching
import SeededRandom

/// Where a customer's message spends its time: each stage by itself, on one core, over thousands of different messages.
///
/// `benchmarks message [FOLDER]`: the content's own example phrases, a greeting before some and a wrong letter in a
/// third of them, in an order that a seed fixes. The stages are those of the daemon without its network.
struct MessageBenchmark {
    private static let seed: UInt64 = 7
    private static let messages = 5_000
    private static let rounds = 5
    /// Messages that a busy decider finds gathered.
    private static let groupsAtOnce = 32

    private let content: Interpreter
    private let texts: [String]
    private let language: String

    static func run(_ arguments: [String]) throws {
        let folder = arguments.first ?? "."
        guard case .success(let bundle) = ContentLoader.load(folder) else {
            print("\(folder) has no content without errors; `conserje check` names them")
            return
        }
        let benchmark = MessageBenchmark(bundle)
        try benchmark.run()
    }

    private init(_ bundle: ContentBundle) {
        content = Interpreter(bundle)
        language = content.defaultLanguage
        var random = SplitMix64(seed: Self.seed)
        let phrases = bundle.intents.flatMap { $0.phrases[bundle.settings.defaultLanguage] ?? [] }
        texts = (0..<Self.messages).map { _ in
            var letters = Array(phrases[Int.random(in: 0..<phrases.count, using: &random)])
            if letters.count > 6, Int.random(in: 0..<3, using: &random) == 0 {
                letters.remove(at: Int.random(in: 1..<letters.count - 1, using: &random))
            }
            return (Bool.random(using: &random) ? "" : "hola, ") + String(letters)
        }
    }

    private func run() throws {
        print(
            "\(texts.count) messages, \(content.intentCount) intents, \(content.sectionCount) sections, "
                + "seed \(Self.seed)")
        var total = understanding()
        total += try deciding()
        print("sum: \(Self.micros(total)) µs a message")
    }

    /// - Returns: what the daemon does of it; its parts are measured again by themselves.
    private func understanding() -> Duration {
        let examples = content.bundle.intents.flatMap { intent in
            (intent.phrases[language] ?? []).map { (intent: intent.id, phrase: $0) }
        }
        let matcher = IntentMatcher(examples: examples, language: language)
        let search = SectionSearch(
            documents: content.bundle.sections.filter { $0.language == language }.map {
                SearchDocument(
                    id: $0.source, title: $0.titlePath.joined(separator: " "), body: $0.plainText,
                    questions: $0.exampleQuestions)
            }, language: language)
        var scratch = MatchScratch()
        var interpreterScratch = InterpreterScratch()
        let whole = measure("understand") { text in
            content.understand(text, language: language, scratch: &interpreterScratch).candidates.count
        }
        _ = measure("  tokenize") { text in
            scratch.read(text)
            return scratch.text.tokens.count
        }
        _ = measure("  match") { matcher.match($0, scratch: &scratch).best?.intent ?? 0 }
        _ = measure("  search, where no intent decides") {
            search.search($0, limit: 1, scratch: &scratch).first?.index ?? 0
        }
        return whole
    }

    /// One conversation for each hundred messages; their groups are written to a log in a temporary folder.
    private func deciding() throws -> Duration {
        let understood = texts.map { content.understand($0, language: language) }
        var groups: [[Event]] = []
        let decide = median { groups = decided(understood) }
        print("decide: \(Self.micros(decide)) µs")
        var bytes: [UInt8] = []
        let encode = median {
            for group in groups {
                bytes.removeAll(keepingCapacity: true)
                for event in group { JSONWriter.append(to: &bytes) { event.writeMembers(to: &$0) } }
            }
        }
        print("encode: \(Self.micros(encode)) µs, \(bytes.count) bytes the last")
        let append = try (0..<Self.rounds).map { _ in try appending(groups) }.sorted()[Self.rounds / 2]
        print("append, encoding included: \(Self.micros(append)) µs, \(Self.groupsAtOnce) messages a write")
        return decide + append
    }

    private func decided(_ understood: [Understanding]) -> [[Event]] {
        let situation = Situation(now: Timestamp(milliseconds: 0), isOpen: true) { _, _ in true }
        var conversation = Conversation(id: ConversationID(bits: 0))
        return texts.enumerated().map { index, text in
            if index % 100 == 0 {
                conversation = Conversation(id: ConversationID(bits: UInt64(1 + index / 100)))
                conversation.language = language
            }
            let said = content.respond(to: text, understood[index], in: conversation, situation: situation).said
            let bodies = [EventBody.customerSaid(seq: conversation.lastSeq + 1, text: text), .botReplied(said)]
            let group = bodies.enumerated().map { place, body in
                Event(
                    stream: .conversation(conversation.id), version: conversation.version + 1 + place,
                    id: EventID(command: UInt64(index), index: place), at: situation.now, request: nil, body: body)
            }
            for event in group { conversation.evolve(event) }
            return group
        }
    }

    private func appending(_ groups: [[Event]]) throws -> Duration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("conserje-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = DiskFolder(path: folder.path)
        let (log, _) = try FileEventLog.open(device, restore: { _ in false }, fold: { _ in })
        var failure: JournalError?
        let elapsed = timed {
            for start in stride(from: 0, to: groups.count, by: Self.groupsAtOnce) {
                let batch = Array(groups[start..<min(start + Self.groupsAtOnce, groups.count)])
                do throws(JournalError) { _ = try log.append(batch) } catch { failure = error }
            }
        }
        try log.close()
        if let failure { throw failure }
        return elapsed
    }

    /// The median of a few rounds, for one message.
    private func measure(_ name: String, _ work: (String) -> Int) -> Duration {
        var sum = 0
        let time = median { for text in texts { sum &+= work(text) } }
        print("\(name): \(Self.micros(time)) µs (sum \(sum))")
        return time
    }

    private func median(_ work: () -> Void) -> Duration {
        (0..<Self.rounds).map { _ in timed(work) }.sorted()[Self.rounds / 2]
    }

    private func timed(_ work: () -> Void) -> Duration { ContinuousClock().measure(work) / texts.count }

    private static func micros(_ time: Duration) -> String { String(format: "%.1f", time / .microseconds(1)) }
}
