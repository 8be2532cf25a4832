import Testing

@testable import Shop

@Suite("The circuit breaker")
struct CircuitBreakerTests {
    private let start = ContinuousClock.Instant.now

    private func admit(
        _ breaker: inout CircuitBreaker, at now: ContinuousClock.Instant
    ) throws -> CircuitBreaker.Admission {
        let admission = breaker.admit(at: now)
        return try #require(admission)
    }

    /// Lets so many questions through, which fail.
    private func fail(_ breaker: inout CircuitBreaker, times: Int, at now: ContinuousClock.Instant) throws {
        for _ in 0..<times {
            let admission = try admit(&breaker, at: now)
            _ = breaker.settle(admission, succeeded: false, at: now)
        }
    }

    @Test("it opens after some failures in a row, not after as many with an answer between them")
    func opening() throws {
        var breaker = CircuitBreaker()
        try fail(&breaker, times: CircuitBreaker.failuresToOpen - 1, at: start)
        let answered = try admit(&breaker, at: start)
        #expect(breaker.settle(answered, succeeded: true, at: start) == nil)
        try fail(&breaker, times: CircuitBreaker.failuresToOpen - 1, at: start)
        #expect(breaker.state(at: start) == .closed)
        let last = try admit(&breaker, at: start)
        #expect(breaker.settle(last, succeeded: false, at: start) == .opened)
        #expect(breaker.state(at: start) == .open)
        #expect(breaker.admit(at: start + .milliseconds(4_999)) == nil)
    }

    @Test("after a pause one question goes through as a trial, whose answer closes it")
    func trial() throws {
        var breaker = CircuitBreaker()
        try fail(&breaker, times: CircuitBreaker.failuresToOpen, at: start)
        let later = start + CircuitBreaker.firstPause
        #expect(breaker.state(at: later) == .halfOpen)
        let trial = try admit(&breaker, at: later)
        #expect(breaker.admit(at: later + .seconds(100)) == nil)
        #expect(breaker.settle(trial, succeeded: true, at: later) == .closed)
        #expect(breaker.state(at: later) == .closed)
        #expect(breaker.admit(at: later) != nil)
    }

    @Test("each trial that fails doubles the pause, up to a limit, and is told once only")
    func pauses() throws {
        var breaker = CircuitBreaker()
        try fail(&breaker, times: CircuitBreaker.failuresToOpen, at: start)
        var (now, pause) = (start, CircuitBreaker.firstPause)
        for _ in 0..<8 {
            #expect(breaker.admit(at: now + pause - .milliseconds(1)) == nil)
            now += pause
            let trial = try admit(&breaker, at: now)
            #expect(breaker.settle(trial, succeeded: false, at: now) == nil)
            pause = min(pause * 2, CircuitBreaker.longestPause)
        }
        #expect(pause == CircuitBreaker.longestPause)
    }

    @Test("answers to questions from before it opened, or closed, say nothing")
    func lateAnswers() throws {
        var breaker = CircuitBreaker()
        let late = try admit(&breaker, at: start)
        let later = try admit(&breaker, at: start)
        try fail(&breaker, times: CircuitBreaker.failuresToOpen, at: start)
        #expect(breaker.settle(late, succeeded: true, at: start) == nil)
        #expect(breaker.state(at: start) == .open)
        let now = start + CircuitBreaker.firstPause
        let trial = try admit(&breaker, at: now)
        #expect(breaker.settle(later, succeeded: false, at: now) == nil)
        #expect(breaker.settle(trial, succeeded: true, at: now) == .closed)
    }

    @Test("a trial that was not asked after all leaves room for another")
    func withdrawn() throws {
        var breaker = CircuitBreaker()
        try fail(&breaker, times: CircuitBreaker.failuresToOpen, at: start)
        let now = start + CircuitBreaker.firstPause
        breaker.withdraw(try admit(&breaker, at: now))
        #expect(breaker.admit(at: now) != nil)
    }
}
