/// The numbers that tune matching, together. All were measured with one recipe on public intent sets.
enum Recipe {
    /// A message may be 8 KiB long; its first words say what it is about.
    static let wordLimit = 200
    /// Letters of a message that are grouped; 200 words have about 1,200. Bounds what a line of noise costs.
    static let letterLimit = 2_000
    /// Exponent of idf: a little flatter than tf-idf, half a point of accuracy.
    static let idfExponent: Float = 0.7
    /// Cost of a training error in the linear machine.
    static let cost: Float = 3
    static let epochs = 8
    /// Fewer epochs in the folds that calibrate confidence: within noise.
    static let foldEpochs = 5
    /// Likewise of many phrases.
    static let fewFoldEpochs = 3
    /// An epoch whose largest step is below this is the last one.
    static let tolerance: Float = 0.02
    /// A phrase that moves less than the tolerance is looked at in every so many epochs only.
    static let restEpochs = 4
    static let smallestStep: Float = 1e-5
    /// Twice the share of each intent's centroid in the weights; helps intents with few phrases.
    static let centroidShare: Float = 0.5
    static let folds = 5
    /// From more phrases than these on, fewer folds do.
    static let manyPhrases = 4_000
    static let fewFolds = 3
    /// And not all of them need be tried.
    static let triedOfFewFolds = 2
    /// Where intents have more phrases than these, what one phrase alone has is no feature: half the time to learn, and
    /// out of scope is told better, for a tenth of a point of accuracy.
    static let manyPhrasesOfIntent = 100
    /// Assumed shares of messages that no intent is meant for: of a kind that the bot might have had an intent for, and
    /// about something else altogether.
    static let hiddenShare = 0.18
    static let offTopicShare = 0.07
    /// Off-topic sentences that a fold makes, at most twice as many.
    static let offTopicSentences = 1_000
    /// Fewer phrases than these have too few words to make off-topic sentences of.
    static let fewestForOffTopic = 200
    /// Penalty on the confidence's weights.
    static let ridge = 0.01
    static let newtonSteps = 15
    /// A smaller step is the last one.
    static let newtonTolerance = 1e-6
    /// Of the messages that mean an intent, how many the threshold may cost their right answer, unless editors say how
    /// many answers may be wrong instead.
    static let lostAnswers = 0.035
    /// Where that lies: what is as likely right as wrong is answered however clear the phrases are, and what is wrong
    /// seven times in ten is not, however few they are.
    static let foundThresholds: ClosedRange<Float> = 0.3...0.5
    /// The threshold where there are too few phrases to find one.
    static let uncalibratedThreshold: Float = 0.35
    /// How often the folds take one of two intents for the other, at least, where customers are asked which they mean.
    static let fewestConfusions = 2
    /// Intents listed with a match.
    static let candidates = 5
    /// Fewest right answers in the folds that six numbers can be fitted to.
    static let fewestRight = 20
    /// Fewest intents from which hiding one teaches anything.
    static let fewestIntents = 3
}
