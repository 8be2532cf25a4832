import Dialogue
import Service

/// `conserje explain`: what the bot would answer to a text, and why.
enum ExplainCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "explain", summary: .explainSummary, operands: [OperandSpecification(name: "TEXT", repeats: true)],
            options: [ToolOutput.content, ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let text = arguments.operands.joined(separator: " ")
            guard !text.allSatisfy(\.isWhitespace) else {
                throw .missingOperand("TEXT", command: arguments.command.name)
            }
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let content = try Interpreter.load(folder: arguments.value("--content") ?? ".")
                let explanation = content.explain(text)
                if output.isJSON { return output.write { explanation.write(to: &$0) } }
                let style = TextStyle.suited(
                    isTerminal: StandardStream.output.isTerminal, environment: arguments.environment)
                let drawing = ExplanationDrawing(explanation, sentences: output.sentences, style: style)
                return output.write(drawing.text + "\n")
            }
        })
}
