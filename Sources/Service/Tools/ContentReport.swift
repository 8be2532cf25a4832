import Content
import Dialogue
import JSON

/// What a content folder holds and what is wrong with it: `conserje check`.
public struct ContentReport: Sendable {
    /// Errors and warnings, sorted by place.
    public let problems: [Diagnostic]
    /// How many there are; nil where errors stand in the way.
    public let counts: Counts?
    /// How much the deep check found; nil where it was not asked for or errors stand in the way.
    public let findings: DeepCheck.Findings?

    /// What sound content holds.
    public struct Counts: Sendable, Equatable {
        /// Intents.
        public let intents: Int
        /// Articles of the knowledge base.
        public let articles: Int
        /// Their sections.
        public let sections: Int
        /// Products of the catalogue.
        public let products: Int
    }

    /// Reads a folder.
    /// - Parameter isDeep: whether to look also for phrases that make the matcher doubt.
    public init(folder: String, isDeep: Bool = false) throws(ToolFailure) {
        switch ContentLoader.load(folder) {
        case .success(let bundle):
            let deep = isDeep ? DeepCheck(bundle) : nil
            problems = (bundle.problems + Self.ruleProblems(bundle) + (deep?.problems ?? [])).sortedByPlace()
            findings = deep?.findings
            counts = Counts(
                intents: bundle.intents.count, articles: bundle.articles.count, sections: bundle.sections.count,
                products: bundle.products.count)
        case .failure(.invalid(let problems)):
            self.problems = problems
            (counts, findings) = (nil, nil)
        case .failure(let failure): throw ToolFailure(failure)
        }
    }

    /// What is doubtful about the rules; that takes what is learned from the phrases.
    private static func ruleProblems(_ bundle: ContentBundle) -> [Diagnostic] {
        let hasRules = bundle.intents.contains { intent in intent.rules.values.contains { !$0.isEmpty } }
        return hasRules ? Interpreter(bundle).ruleProblems() : []
    }

    /// How many errors.
    public var errors: Int { problems.count { $0.severity == .error } }
    /// How many warnings.
    public var warnings: Int { problems.count { $0.severity == .warning } }

    /// Writes its members into an object that was begun.
    public func write(to writer: inout JSONWriter, language: String) {
        writer.name("ok")
        writer.value(counts != nil)
        writer.name("errors")
        writer.value(errors)
        writer.name("warnings")
        writer.value(warnings)
        if let counts {
            writer.name("intents")
            writer.value(counts.intents)
            writer.name("articles")
            writer.value(counts.articles)
            writer.name("sections")
            writer.value(counts.sections)
            writer.name("products")
            writer.value(counts.products)
        }
        if let findings {
            writer.name("deep")
            writer.object { writer in
                writer.name("near_duplicates")
                writer.value(findings.nearDuplicates)
                writer.name("strangers")
                writer.value(findings.strangers)
                writer.name("few_phrases")
                writer.value(findings.fewPhrases)
                writer.name("climbing")
                writer.value(findings.climbing)
            }
        }
        writer.name("problems")
        writer.list(problems) { problem, writer in
            writer.name("path")
            writer.value(problem.path)
            writer.name("line")
            writer.value(problem.line)
            writer.name("column")
            writer.value(problem.column)
            writer.name("severity")
            writer.value(problem.severity.rawValue)
            writer.name("code")
            writer.value(problem.key.rawValue)
            writer.name("message")
            writer.value(problem.message(language: language))
            writer.name("source")
            writer.value(problem.source)
            writer.name("hint")
            writer.value(problem.hintText(language: language))
        }
    }
}

extension Interpreter {
    /// Reads a content folder and learns from it, for a command that runs without a daemon.
    public static func load(folder: String) throws(ToolFailure) -> Interpreter {
        switch ContentLoader.load(folder) {
        case .success(let bundle): return Interpreter(bundle)
        case .failure(let failure): throw ToolFailure(failure)
        }
    }
}
