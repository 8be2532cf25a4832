import Language

/// Storage that matching uses again for each message. One for each thread; any matcher may use it.
public struct MatchScratch: Sendable {
    /// The folded words of the message that is being matched.
    public internal(set) var text = TokenBuffer()
    /// The repaired words between spaces; unused where nothing was repaired.
    var repairedBytes: [UInt8] = []
    var units: [UInt32] = []
    /// The letter groups of the text, and where each is looked for first.
    var groups: [UInt64] = []
    var slots: [UInt64] = []
    var word: [UInt8] = []
    var repair = SpellingRepair.Scratch()
    /// The known word that each token is or was repaired to, or -1.
    var words: [Int] = []
    /// The stem of each token, or -1.
    var stems: [Int] = []
    /// Which tokens were repaired.
    var repaired: [Int] = []
    /// How often the text being read has each feature; all zero between texts.
    var counts: [UInt16] = []
    var features: [UInt32] = []
    var values: [Float] = []
    /// Distinct stems and letter groups that no phrase has.
    var unknownStems: [UInt64] = []
    var unknownGroups: [UInt64] = []
    var scores: [Float] = []

    /// An empty scratch; it grows to what its matchers need.
    public init() {}

    /// Takes a message's words in, which any number of matchers and searches may then read.
    public mutating func read(_ message: String) {
        var message = message
        message.withUTF8 { read($0) }
    }

    /// Takes in the words of a message in UTF-8.
    public mutating func read(_ message: UnsafeBufferPointer<UInt8>) {
        text.tokenize(message, limit: Recipe.wordLimit)
    }
}
