import Events

/// How long customers of a team waited lately, from which a likely wait is told.
public struct WaitTimes: Sendable, Equatable {
    private var recent: [String: [Claim]] = [:]

    /// One claim: when, and after what wait in seconds.
    private struct Claim: Sendable, Equatable {
        let at: Timestamp
        let wait: Int
    }

    /// Waits that a median is taken of: enough to be steady, few enough to follow the day.
    private static let kept = 20
    /// Fewer say nothing.
    private static let needed = 5

    /// Nothing known yet.
    public init() {}

    /// A customer of the team was claimed after that many seconds.
    public mutating func note(team: String, wait: Int, at moment: Timestamp) {
        recent[team, default: []].append(Claim(at: moment, wait: max(0, wait)))
        if recent[team, default: []].count > Self.kept { recent[team]?.removeFirst() }
    }

    /// Likely wait in seconds at a place of the team's queue: the median of the last waits, and for each one before in
    /// the queue the usual time between two claims. Nil until five waits are known.
    public func estimate(team: String, position: Int) -> Int? {
        guard let claims = recent[team], claims.count >= Self.needed else { return nil }
        let waits = claims.map(\.wait).sorted()
        let span = claims[claims.count - 1].at.seconds(since: claims[0].at)
        let interval = min(span / (claims.count - 1), 600)
        return waits[waits.count / 2] + max(0, position - 1) * interval
    }
}
