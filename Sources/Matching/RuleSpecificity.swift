import Language

/// How precise a rule is: of several that match, the most precise decides.
struct RuleSpecificity: Comparable {
    private let needed: Int
    private let openGaps: Int
    private let gapWords: Int
    private let anchors: Int
    private let exclusions: Int

    init(_ pattern: RulePattern) {
        let gaps = pattern.body.gaps
        needed = pattern.body.fewestNeeded
        openGaps = gaps.count { $0 == nil }
        gapWords = gaps.reduce(0) { $0 + ($1 ?? 0) }
        anchors = (pattern.startsMessage ? 1 : 0) + (pattern.endsMessage ? 1 : 0)
        exclusions = Set(pattern.allExcluded).count
    }

    /// In this order: more words and slots that it needs, fewer gaps without bound, fewer words in the others, more
    /// ends of the message, more words that it excludes.
    static func < (one: RuleSpecificity, other: RuleSpecificity) -> Bool {
        if one.needed != other.needed { return one.needed < other.needed }
        if one.openGaps != other.openGaps { return one.openGaps > other.openGaps }
        if one.gapWords != other.gapWords { return one.gapWords > other.gapWords }
        if one.anchors != other.anchors { return one.anchors < other.anchors }
        return one.exclusions < other.exclusions
    }
}
