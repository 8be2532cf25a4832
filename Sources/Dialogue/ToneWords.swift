import Content
import Language

/// How a customer sounds, by the words that editors listed. Rising: the strongest tone of a message is its own.
public enum Tone: Int, Sendable, Comparable {
    case calm
    /// Let down: a kind word comes first.
    case upset
    /// Rude to whoever reads it: answered calmly once, then a person.
    case insulting
    /// Angry: a person at once.
    case angry

    /// Weaker.
    public static func < (one: Tone, other: Tone) -> Bool { one.rawValue < other.rawValue }
}

/// The words and phrases that give a tone away. Immutable.
struct ToneWords: Sendable {
    /// Folded words of each phrase.
    private let phrases: [(words: [[UInt8]], tone: Tone)]
    /// The first words of these: most words begin none.
    private let starts: KeyTable

    init(_ lists: [(phrases: [String], tone: Tone)]) {
        phrases = lists.flatMap { list in
            list.phrases.compactMap { phrase in
                var buffer = TokenBuffer()
                buffer.tokenize(phrase)
                let words = buffer.tokens.map { Array(buffer.bytes[$0.range]) }
                return words.isEmpty ? nil : (words, list.tone)
            }
        }
        var keys = KeyIndexer()
        for phrase in phrases { _ = keys.insert(StableHash.of(phrase.words[0])) }
        starts = KeyTable(keys: keys.keys)
    }

    /// The strongest tone of the phrases that a message holds.
    func tone(of message: TokenBuffer) -> Tone {
        guard !phrases.isEmpty else { return .calm }
        return message.tokens.indices.reduce(.calm) { tone, start in
            guard starts.index(of: message.tokens[start].key) >= 0 else { return tone }
            return phrases.reduce(tone) { $1.tone > $0 && begins($1.words, at: start, of: message) ? $1.tone : $0 }
        }
    }

    /// Whether a message has no words but those of a tone's phrases, and such as say nothing.
    func isNothingBut(_ tone: Tone, in message: TokenBuffer, besides isFiller: (String) -> Bool) -> Bool {
        var place = 0
        while place < message.tokens.count {
            let lengths = phrases.filter { $0.tone == tone && begins($0.words, at: place, of: message) }.map(
                \.words.count)
            guard let length = lengths.max() ?? (isFiller(message.word(place)) ? 1 : nil) else { return false }
            place += length
        }
        return true
    }

    private func begins(_ words: [[UInt8]], at start: Int, of message: TokenBuffer) -> Bool {
        words.count <= message.tokens.count - start
            && words.indices.allSatisfy {
                message.bytes[message.tokens[start + $0].range].elementsEqual(words[$0])
            }
    }
}
