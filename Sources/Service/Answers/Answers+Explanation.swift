import Content
import Dialogue
import JSON

extension Answers {
    /// Why the bot would answer a text as it does.
    static func explained(_ text: String, _ content: Interpreter, to bytes: inout [UInt8]) {
        ok(&bytes) { content.explain(text).write(to: &$0) }
    }
}
