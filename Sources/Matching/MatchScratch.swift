import Language

/// Storage that matching uses again for each message. One for each thread; any matcher may use it.
public struct MatchScratch: Sendable {
    /// The folded words of the message that is being matched.
    public internal(set) var text = TokenBuffer()
    /// The letters of the text with its repaired words.
    var units: [UInt32] = []
    var word: [UInt8] = []
    var repair = SpellingRepair.Scratch()
    /// The known word that each token is or was repaired to, or -1.
    var words: [Int] = []
    /// The stem of each token, or -1.
    var stems: [Int] = []
    /// Which tokens were repaired.
    var repaired: [Int] = []
    /// What was read as a synonym, in written order, and the text before it was, if any was.
    var synonyms: [SynonymPlace] = []
    var spelled = TokenBuffer()
    /// The stems of that text.
    var spelledStems: [Int] = []
    /// How often the text being read has each feature; all zero between texts.
    var counts: [UInt16] = []
    var features: [UInt32] = []
    var values: [Float] = []
    /// Where the pairs of stems and the letter groups start in `features`.
    var firstPair = 0
    var firstGroup = 0
    /// Distinct stems that no phrase has.
    var unknownStems: [UInt64] = []
    /// Room for letter groups that no phrase has, and how many distinct ones there are.
    var unknownGroups: [UInt64] = []
    var unknownGroupCount = 0
    var scores: [Float] = []
    /// The best intents for the message, best first.
    public internal(set) var candidates: [IntentCandidate] = []
    /// Rules that the message may match, and which states of one are reached before each word.
    var filedRules: [UInt32] = []
    /// The stems that rules may find, as the rules' index takes them.
    var ruleStems: UInt64 = 0
    var ruleStates: [UInt64] = []
    /// What the message mentions of each slot that a rule asked about.
    var mentions: [[SlotMention]] = []
    /// The same as they stand in the written words, where synonyms were read.
    var writtenMentions: [[SlotMention]] = []
    var areMentionsKnown: [Bool] = []
    /// What rules have cost since the scratch was made: how many were tried, and how many states that took.
    var triedRules = 0
    var ruleSteps = 0
    /// For searches of many sections.
    var sections = SectionScratch()

    /// An empty scratch; it grows to what its matchers need.
    public init() {}

    /// Whether no phrase and no rule has a word of the text, as it stands or repaired.
    func isUnread(_ position: Int) -> Bool { words[position] < 0 && stems[position] < 0 }

    /// Takes a message's words in, which any number of matchers and searches may then read.
    public mutating func read(_ message: String) {
        var message = message
        message.withUTF8 { read($0) }
    }

    /// Takes in the words of a message in UTF-8.
    public mutating func read(_ message: UnsafeBufferPointer<UInt8>) {
        text.tokenize(message, limit: Recipe.wordLimit)
        synonyms.removeAll(keepingCapacity: true)
    }
}
