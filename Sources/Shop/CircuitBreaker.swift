/// Keeps customers from waiting for a shop that does not answer (Nygard, "Release It!", 2007): after some failures in a row
/// nobody asks it for a while, then one question is let through as a trial. Pure: the moment comes in.
public struct CircuitBreaker: Sendable, Equatable {
    /// How the breaker stands.
    public enum State: String, Sendable {
        /// Questions go through.
        case closed
        /// None does.
        case open
        /// One did, as a trial, and has no answer yet; or may now.
        case halfOpen = "half_open"
    }

    /// What a settled question changed.
    public enum Change: Sendable, Equatable {
        case opened, closed
    }

    /// A question that was let through.
    public struct Admission: Sendable, Equatable {
        fileprivate let era: Int
    }

    /// Failures in a row after which it opens: with fewer, a shop's single hiccup would send everybody to a person.
    static let failuresToOpen = 3
    /// How long it stays open at first; twice as long after each trial that fails.
    static let firstPause = Duration.seconds(5)
    /// The longest that it stays open: by then a shop that is back is noticed.
    static let longestPause = Duration.seconds(60)

    private var failures = 0
    private var pause = Self.firstPause
    private var reopens: ContinuousClock.Instant?
    private var isTrying = false
    /// Counts changes, so that answers to questions from before the last one say nothing.
    private var era = 0

    /// Closed.
    public init() {}

    /// How it stands at a moment.
    public func state(at now: ContinuousClock.Instant) -> State {
        guard let reopens else { return .closed }
        return isTrying || now >= reopens ? .halfOpen : .open
    }

    /// Whether a question may be asked; nil where not. Every question let through must be settled.
    public mutating func admit(at now: ContinuousClock.Instant) -> Admission? {
        switch state(at: now) {
        case .closed: return Admission(era: era)
        case .halfOpen where !isTrying:
            isTrying = true
            return Admission(era: era)
        case .open, .halfOpen: return nil
        }
    }

    /// What became of a question that was let through.
    /// - Returns: that it opened from closed, or closed; nil for anything else.
    public mutating func settle(
        _ admission: Admission, succeeded: Bool, at now: ContinuousClock.Instant
    ) -> Change? {
        guard admission.era == era else { return nil }
        if succeeded {
            let wasClosed = reopens == nil
            if !wasClosed { era += 1 }
            (failures, pause, reopens, isTrying) = (0, Self.firstPause, nil, false)
            return wasClosed ? nil : .closed
        }
        if reopens != nil {
            pause = min(pause * 2, Self.longestPause)
        } else {
            failures += 1
            if failures < Self.failuresToOpen { return nil }
        }
        let wasClosed = reopens == nil
        reopens = now + pause
        isTrying = false
        era += 1
        return wasClosed ? .opened : nil
    }

    /// A question that was let through was not asked after all.
    public mutating func withdraw(_ admission: Admission) {
        if admission.era == era { isTrying = false }
    }
}
