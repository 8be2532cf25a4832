import CLinux
import Content
import Dialogue
import Dispatch
import Threading

/// Why content was not taken into use, in sentences with file, line and column.
public struct ContentProblems: Error, Sendable, Equatable {
    /// A line each.
    public let lines: [String]

    init(lines: [String]) { self.lines = lines }

    init(_ failure: ContentFailure, language: String) {
        lines =
            switch failure {
            case .noIntents(let folder): ["\(folder): there is no folder Intents"]
            case .invalid(let problems): problems.map { $0.rendered(language: language) }
            }
    }
}

/// The content in use. A reload makes a new value beside the old one and swaps the reference, or leaves it.
final class ContentStore: Sendable {
    private struct State {
        var current: Interpreter
        var problems: [String] = []
    }

    private let folder: String
    private let state: Guarded<State>
    private let queue = DispatchQueue(label: "content")
    private let language: String

    init(folder: String, language: String, current: Interpreter) {
        self.folder = folder
        self.language = language
        state = Guarded(State(current: current))
    }

    /// What is in use.
    var current: Interpreter { state.withLock { $0.current } }

    /// What is wrong with the files as they are now; empty where they are what is in use.
    var problems: [String] { state.withLock { $0.problems } }

    /// Reads the files again.
    /// - Parameter then: told the new content, the same where no file changed, or what is wrong; on another queue.
    func reload(then: @escaping @Sendable (Result<Interpreter, ContentProblems>) -> Void) {
        queue.async { [self] in
            switch Self.load(folder, language: language, unlessVersion: current.version) {
            case .success(let fresh):
                let content = state.withLock { state in
                    state.problems = []
                    if let fresh { state.current = fresh }
                    return state.current
                }
                then(.success(content))
            case .failure(let problems):
                state.withLock { $0.problems = problems.lines }
                then(.failure(problems))
            }
        }
    }

    /// Reads a folder's content and learns from it; nil where it is of that version.
    static func load(
        _ folder: String, language: String, unlessVersion known: String? = nil
    ) -> Result<Interpreter?, ContentProblems> {
        switch ContentLoader.load(folder) {
        case .success(let bundle):
            if bundle.version == known { return .success(nil) }
            let content = Interpreter(bundle)
            if let failures = failures(of: content, language: language) { return .failure(failures) }
            // Learning leaves holes of several times what it learned; the kernel gets them back.
            DispatchQueue.global().async { _ = malloc_trim(0) }
            return .success(content)
        case .failure(let failure):
            return .failure(ContentProblems(failure, language: language))
        }
    }

    /// The tests that fail, where the shop publishes nothing that breaks one.
    private static func failures(of content: Interpreter, language: String) -> ContentProblems? {
        guard content.settings.publishOnlyIfTestsPass else { return nil }
        let failures = ContentTestReport(content).failures
        return failures.isEmpty
            ? nil : ContentProblems(lines: failures.map { $0.diagnostic(language).rendered(language: language) })
    }
}
