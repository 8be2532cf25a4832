import Language

/// A line of a file of examples: what was meant, and what was written.
public struct LabelledText: Sendable, Equatable {
    /// An intent, several joined by `|` where either is right, or `oos` where none is.
    public let label: String
    /// The utterance.
    public let text: String

    /// A labelled utterance.
    public init(label: String, text: String) {
        self.label = label
        self.text = text
    }

    /// The lines of `label TAB text`, ended by LF or CR LF; empty lines are passed over.
    /// - Returns: the lines, and the numbers, from 1, of those without a tab or a label.
    public static func parse(_ lines: String) -> (texts: [LabelledText], malformed: [Int]) {
        var texts: [LabelledText] = []
        var malformed: [Int] = []
        // Bytes: to `Character` a CR LF is one, and Unicode's other line ends are part of a text.
        for (index, line) in lines.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { continue }
            if let tab = line.firstIndex(of: 0x09), tab > line.startIndex {
                let text = line[line.index(after: tab)...]
                texts.append(
                    LabelledText(
                        label: String(decoding: line[..<tab], as: UTF8.self),
                        text: String(decoding: text, as: UTF8.self)))
            } else {
                malformed.append(index + 1)
            }
        }
        return (texts, malformed)
    }
}

/// What was predicted for one line.
public struct Prediction: Sendable, Equatable {
    /// The line's label.
    public let gold: String
    /// The best intent, also where its confidence is below the threshold; empty where there is none.
    public let best: String
    /// In 0…1.
    public let confidence: Float

    /// A prediction.
    public init(gold: String, best: String, confidence: Float) {
        self.gold = gold
        self.best = best
        self.confidence = confidence
    }

    /// Label of utterances that no intent is meant for.
    public static let outOfScope = "oos"

    /// Whether an intent was meant.
    public var isInScope: Bool { gold != Prediction.outOfScope }

    /// Whether the best intent is what was meant, or one of what was meant.
    public var isRight: Bool {
        isInScope && (gold == best || gold.split(separator: "|").contains { $0 == best })
    }

    /// What was meant, where this was the answer: of several that are right the one that was answered, else the first.
    func truth(of answer: String) -> String {
        let truths = gold.split(separator: "|").map(String.init)
        return truths.contains(answer) ? answer : truths.first ?? gold
    }

    /// `gold TAB best TAB confidence`
    public var line: String { "\(gold)\t\(best)\t\(confidence)" }
}

/// Measures a matcher against utterances whose meaning is known.
public enum Evaluation {
    /// Learns from `train`, predicts `test` and measures both.
    /// - Parameter threshold: as for ``IntentMatcher/init(examples:languages:unrepaired:threshold:)``.
    public static func intents(
        train: [LabelledText], test: [LabelledText], threshold: AnswerThreshold = .automatic
    ) -> (figures: EvaluationFigures, predictions: [Prediction]) {
        LearnedMatcher(train, threshold: threshold).ask(test)
    }

    /// The language whose stop words are commonest in `texts`, for files that don't name theirs.
    public static func language(of texts: [String]) -> String {
        let codes = ["en", "es"]
        let stopWords = codes.map { Set(StopWords.list(language: $0)) }
        var counts = codes.map { _ in 0 }
        var buffer = TokenBuffer()
        for text in texts {
            buffer.tokenize(text)
            for token in buffer.tokens.indices {
                let word = buffer.word(token)
                for language in codes.indices where stopWords[language].contains(word) { counts[language] += 1 }
            }
        }
        return codes[counts[1] > counts[0] ? 1 : 0]
    }
}
