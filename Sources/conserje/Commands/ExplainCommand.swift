import Dialogue
import Service

/// `conserje explain`: what the bot would answer to a text, and why.
enum ExplainCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "explain", summary: .explainSummary, operands: [OperandSpecification(name: "TEXT", repeats: true)],
            options: [ToolOutput.content, ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let content = try Interpreter.load(folder: arguments.value("--content") ?? ".")
                let explanation = content.explain(arguments.operands.joined(separator: " "))
                if output.isJSON {
                    output.write { explanation.write(to: &$0) }
                } else {
                    StandardStream.output.write(text(explanation, output.sentences))
                }
                return .success
            }
        })

    /// For reading: the words, the likeliest intents with a bar each, their words' shares, the sections, the decision.
    private static func text(_ explanation: Explanation, _ sentences: Sentences) -> String {
        var lines: [String] = []
        let words = explanation.words.map { word in
            word.text == word.read ? "\(word.text) (\(word.stem))" : "\(word.text) → \(word.read) (\(word.stem))"
        }
        lines.append("\(sentences(.explainWords)) [\(explanation.language)]: \(words.joined(separator: ", "))")
        lines.append("\(sentences(.explainIntents)) (≥ \(digits(explanation.threshold))):")
        for candidate in explanation.candidates {
            lines.append("  \(bar(candidate.confidence)) \(digits(candidate.confidence)) \(candidate.intent)")
        }
        if let best = explanation.candidates.first {
            let terms = best.terms.map { "\($0.text) \(signed($0.share))" }
            lines.append("\(sentences(.explainShares)): \(terms.joined(separator: ", ")) = \(digits(best.score))")
            let confidence = explanation.confidenceTerms.map { "\($0.text) \(signed($0.share))" }
            lines.append("\(sentences(.explainConfidence)): \(confidence.joined(separator: ", "))")
        }
        lines.append("\(sentences(.explainSections)) (≥ \(digits(explanation.sectionThreshold))):")
        for section in explanation.sections {
            lines.append("  \(bar(section.confidence)) \(digits(section.confidence)) \(section.path)")
        }
        lines.append("\(sentences(.explainDecides)): \(explanation.decides) \(explanation.intent ?? "")")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func bar(_ share: Double) -> String {
        let full = max(0, min(20, Int((share * 20).rounded())))
        return String(repeating: "█", count: full) + String(repeating: "·", count: 20 - full)
    }

    private static func digits(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }

    private static func signed(_ number: Double) -> String { (number < 0 ? "" : "+") + digits(number) }
}
