import Loop
import Threading

/// How often something may happen: so many times in a period, which may come all at once.
public struct AllowedRate: Sendable, Equatable {
    /// How many times in a period.
    public let count: Int
    /// The period in seconds.
    public let seconds: Int

    /// So many times, 1…1,000,000, in so many seconds, 1…3,600; what lies outside is taken as the nearest.
    public init(_ count: Int, every seconds: Int) {
        self.count = min(max(count, 1), 1_000_000)
        self.seconds = min(max(seconds, 1), 3_600)
    }
}

/// A token bucket for each address: full at first, refilled evenly, one token taken for each time. An IPv6 `/64` counts
/// as one address. From any thread.
public final class AddressLimiter: Sendable {
    /// The answer to one more time.
    public enum Verdict: Sendable, Equatable {
        case allowed
        /// Not before so many seconds, at least 1.
        case limited(retryAfter: Int)
    }

    private struct Bucket {
        /// Tokens in billionths of a token-second, so that no time is lost in rounding.
        var tokens: UInt64
        var filled: UInt64
    }

    private struct State {
        var rate: AllowedRate
        var buckets: [PeerAddress.Network: Bucket] = [:]
        var sweepAt = 1_024
    }

    private let state: Guarded<State>

    /// A limiter whose buckets are all full.
    public init(_ rate: AllowedRate) {
        state = Guarded(State(rate: rate))
    }

    /// Changes the rate; what has been taken so far stays taken.
    public func replace(_ rate: AllowedRate) {
        state.withLock { $0.rate = rate }
    }

    /// Takes a token of an address.
    /// - Parameter now: monotonic nanoseconds.
    public func take(_ network: PeerAddress.Network, now: UInt64) -> Verdict {
        state.withLock { state in
            // A token is worth as many nanoseconds as the period has; each nanosecond brings `count` of them.
            let price = UInt64(state.rate.seconds) * 1_000_000_000
            let refill = UInt64(state.rate.count)
            let full = price * refill
            var bucket = state.buckets[network] ?? Bucket(tokens: full, filled: now)
            bucket.tokens = Self.level(bucket, now: now, refill: refill, full: full)
            bucket.filled = max(now, bucket.filled)
            defer {
                state.buckets[network] = bucket
                if state.buckets.count > state.sweepAt { Self.sweep(&state, now: now, refill: refill, full: full) }
            }
            if bucket.tokens >= price {
                bucket.tokens -= price
                return .allowed
            }
            return .limited(retryAfter: Self.seconds(untilFilled: price - bucket.tokens, refill: refill))
        }
    }

    /// Takes nothing: seconds until an address may, nil where it may now.
    /// - Parameter now: monotonic nanoseconds.
    public func wait(_ network: PeerAddress.Network, now: UInt64) -> Int? {
        state.withLock { state in
            let price = UInt64(state.rate.seconds) * 1_000_000_000
            let refill = UInt64(state.rate.count)
            guard let bucket = state.buckets[network] else { return nil }
            let tokens = Self.level(bucket, now: now, refill: refill, full: price * refill)
            if tokens >= price { return nil }
            return Self.seconds(untilFilled: price - tokens, refill: refill)
        }
    }

    private static func seconds(untilFilled missing: UInt64, refill: UInt64) -> Int {
        max(1, Int(((missing + refill - 1) / refill + 999_999_999) / 1_000_000_000))
    }

    private static func level(_ bucket: Bucket, now: UInt64, refill: UInt64, full: UInt64) -> UInt64 {
        let elapsed = now > bucket.filled ? now - bucket.filled : 0
        let (gained, overflow) = elapsed.multipliedReportingOverflow(by: refill)
        return overflow || gained >= full ? full : min(full, bucket.tokens + gained)
    }

    /// Full buckets are as good as none: forgotten whenever the table has doubled, so that it holds no more addresses
    /// than were seen within about a period.
    private static func sweep(_ state: inout State, now: UInt64, refill: UInt64, full: UInt64) {
        state.buckets = state.buckets.filter { level($0.value, now: now, refill: refill, full: full) < full }
        state.sweepAt = max(1_024, state.buckets.count * 2)
    }
}
