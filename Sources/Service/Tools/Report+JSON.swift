import JSON
import Matching

extension EvaluationReport {
    /// Writes its members into an object that was begun.
    public func write(to writer: inout JSONWriter) {
        figures.named.write(to: &writer)
        writer.name("intents")
        writer.list(intents) { $0.write(to: &$1) }
        writer.name("confusions")
        writer.list(confusions) { $0.write(to: &$1) }
        writer.name("reliability")
        writer.list(reliability.bins) { $0.write(to: &$1) }
        writer.name("confidences")
        writer.beginObject()
        writer.name("right")
        writer.numbers(confidences.right)
        writer.name("wrong")
        writer.numbers(confidences.wrong)
        writer.name("oos")
        writer.numbers(confidences.outOfScope)
        writer.endObject()
        if !languages.isEmpty {
            writer.name("languages")
            writer.beginObject()
            for (code, figures) in languages {
                writer.name(dynamic: code)
                writer.object { figures.quality.write(to: &$0) }
            }
            writer.endObject()
        }
        if let typos {
            writer.name("typos")
            writer.object { typos.quality.write(to: &$0) }
        }
        if !curve.isEmpty {
            writer.name("learning_curve")
            writer.list(curve) { $0.write(to: &$1) }
        }
    }
}

extension SearchReport {
    /// Writes its members into an object that was begun.
    public func write(to writer: inout JSONWriter) {
        figures.named.write(to: &writer)
        writer.name("ranks")
        writer.numbers(ranks)
        writer.name("not_found")
        writer.value(notFound)
        if let typos {
            writer.name("typos")
            writer.object { typos.named.write(to: &$0) }
        }
    }
}

extension IntentFigures {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.name("intent")
        writer.value(intent)
        writer.name("lines")
        writer.value(lines)
        writer.name("precision")
        writer.value(precision)
        writer.name("recall")
        writer.value(recall)
        writer.name("f1")
        writer.value(f1)
        writer.name("kept")
        writer.value(kept)
        writer.name("wrong_answers")
        writer.value(wrongAnswers)
    }
}

extension Confusion {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.name("gold")
        writer.value(gold)
        writer.name("best")
        writer.value(best)
        writer.name("lines")
        writer.value(lines)
        writer.name("examples")
        writer.list(examples) { example, writer in
            writer.name("text")
            writer.value(example.text)
            writer.name("confidence")
            writer.value(Double(example.confidence.description) ?? Double(example.confidence))
        }
    }
}

extension ReliabilityBin {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.name("from")
        writer.value(from)
        writer.name("to")
        writer.value(to)
        writer.name("lines")
        writer.value(lines)
        writer.name("confidence")
        writer.value(confidence)
        writer.name("accuracy")
        writer.value(accuracy)
    }
}

extension LearningPoint {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.name("limit")
        writer.value(limit)
        writer.name("phrases")
        writer.value(phrases)
        writer.name("accuracy")
        writer.value(accuracy)
        writer.name("in_scope_kept")
        writer.value(inScopeKept)
    }
}

extension JSONWriter {
    fileprivate mutating func numbers(_ numbers: [Int]) {
        beginArray()
        for number in numbers { value(number) }
        endArray()
    }

    fileprivate mutating func value(_ number: Double?) {
        if let number { value(number) } else { null() }
    }
}
