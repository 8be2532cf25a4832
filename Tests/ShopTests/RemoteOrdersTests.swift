import Content
import Dispatch
import Testing
import Threading

@testable import Shop

@Suite("Asking a shop")
struct RemoteOrdersTests {
    /// A shop that answers when the test says so.
    private final class Shop: ShopConnection {
        struct Asked: Sendable {
            let question: ShopQuestion
            let answer: @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
        }

        let asked = Record<Asked>()
        let closings = Record<Bool>()

        func ask(
            _ question: ShopQuestion, by deadline: DispatchTime,
            then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
        ) {
            asked.add(Asked(question: question, answer: then))
        }

        func close() { closings.add(true) }

        /// Answers the latest question.
        func answer(_ result: Result<ShopReply, OrderSourceFailure>) { asked.all.last?.answer(result) }
    }

    private let shop = Shop()
    private let notices = Record<RemoteOrders.Notice>()
    private let clock = ManualClock()
    private let answers = Record<Result<Order?, OrderSourceFailure>>()
    private let outcomes = Record<Result<OrderRequestOutcome, OrderSourceFailure>>()
    private static let body = ShopReply.body(Array(Samples.json.utf8))

    private func source(timeout: Int = 60, atOnce: Int = 2) -> RemoteOrders {
        RemoteOrders(
            shop, timeout: timeout, atOnce: atOnce, notice: { [notices] in notices.add($0) },
            now: { [clock] in clock.now })
    }

    private func ask(_ source: RemoteOrders, _ number: String = "10024") {
        source.order(number) { [answers] in answers.add($0) }
    }

    @Test("the shop's order is told, or that it has none, or why it can't be told")
    func answering() {
        let source = source()
        #expect(!source.isImmediate && source.known("10024") == nil)
        for reply in [Self.body, .nothing, .body(Array("{}".utf8))] {
            ask(source)
            shop.answer(.success(reply))
        }
        #expect(answers.all[0] == .success(Samples.order))
        #expect(answers.all[1] == .success(nil))
        #expect(answers.all[2] == .failure(.malformed("number is no text of at most 512 bytes")))
        #expect(shop.asked.all.map(\.question) == [.order("10024"), .order("10024"), .order("10024")])
    }

    @Test("so many are asked at once, so many more wait in their order, the rest is turned away")
    func limits() {
        let source = source(atOnce: 2)
        for number in 1...(2 + 2 * RemoteOrders.waitingForEach) { ask(source, "\(number)") }
        #expect(shop.asked.all.map(\.question) == [.order("1"), .order("2")])
        ask(source, "late")
        #expect(answers.waitForOne())
        #expect(answers.all == [.failure(.busy)])
        shop.asked.all[1].answer(.success(.nothing))
        #expect(shop.asked.all.map(\.question) == [.order("1"), .order("2"), .order("3")])
        shop.answer(.success(.nothing))
        #expect(shop.asked.all.map(\.question).last == .order("4"))
    }

    @Test("whoever waits in vain is told so in time")
    func waitingInVain() {
        let source = source(timeout: 1, atOnce: 1)
        ask(source, "1")
        ask(source, "2")
        #expect(answers.waitForOne())
        #expect(answers.all == [.failure(.busy)])
        shop.answer(.success(.nothing))
        #expect(shop.asked.all.count == 1)
    }

    @Test("a shop that fails several times is not asked for a while, which is told once; then a trial brings it back")
    func breaking() {
        let source = source()
        for _ in 0..<CircuitBreaker.failuresToOpen {
            ask(source)
            shop.answer(.failure(.status(500)))
        }
        #expect(notices.all == [.suspended(.status(500))])
        #expect(source.health.state == .open && source.health.failure == .status(500))
        for _ in answers.all { _ = answers.waitForOne() }
        ask(source)
        #expect(answers.waitForOne())
        #expect(answers.all.last == .failure(.suspended) && shop.asked.all.count == CircuitBreaker.failuresToOpen)
        clock.pass(CircuitBreaker.firstPause)
        ask(source)
        shop.answer(.failure(.tooSlow(seconds: 5)))
        #expect(source.health.failure == .tooSlow(seconds: 5))
        clock.pass(CircuitBreaker.firstPause * 2)
        ask(source)
        shop.answer(.success(.nothing))
        #expect(notices.all == [.suspended(.status(500)), .resumed])
        #expect(source.health == RemoteOrders.Health())
    }

    @Test("answers that can't be read are failures of the shop too")
    func unreadable() {
        let source = source()
        for _ in 0..<CircuitBreaker.failuresToOpen {
            ask(source)
            shop.answer(.success(.body(Array("<html>".utf8))))
        }
        #expect(source.health.state == .open)
    }

    @Test("those who wait when it breaks are told at once")
    func waitingForABrokenOne() {
        let (failing, waiting) = (CircuitBreaker.failuresToOpen, 5)
        let source = source(atOnce: failing)
        for number in 0..<failing + waiting { ask(source, "\(number)") }
        for asked in shop.asked.all { asked.answer(.failure(.status(503))) }
        // All failures but the last let another question through.
        let refused = waiting - (failing - 1)
        for _ in 0..<failing + refused { #expect(answers.waitForOne()) }
        #expect(answers.all.count { $0 == .failure(.suspended) } == refused)
        #expect(shop.asked.all.count == failing + failing - 1)
    }

    @Test("one wish is passed on once, however often it comes, and again only where it failed")
    func wishes() {
        let source = source()
        func wish() { source.request(Samples.wish) { [outcomes] in outcomes.add($0) } }
        wish()
        wish()
        #expect(shop.asked.all.map(\.question) == [.request(Samples.wish)])
        shop.answer(.failure(.status(500)))
        #expect(outcomes.all == [.failure(.status(500)), .failure(.status(500))])
        wish()
        #expect(shop.asked.all.count == 2)
        shop.answer(.success(.body(Array(#"{"accepted":true,"reference":"R-1"}"#.utf8))))
        for _ in outcomes.all { _ = outcomes.waitForOne() }
        wish()
        #expect(outcomes.waitForOne())
        #expect(outcomes.all.last == .success(.accepted(reference: "R-1")) && shop.asked.all.count == 2)
    }

    @Test("a shop may refuse a wish, or take it without a word")
    func refusals() {
        let source = source()
        let replies: [ShopReply] = [
            .refusal(Array(#"{"reason":"shipped"}"#.utf8)), .refusal(Array("no".utf8)), .nothing,
        ]
        for (number, reply) in replies.enumerated() {
            source.request(OrderRequest(.giveBack, order: "1", key: "\(number)")) { [outcomes] in outcomes.add($0) }
            shop.answer(.success(reply))
        }
        #expect(
            outcomes.all == [
                .success(.refused(reason: "shipped")), .success(.refused(reason: nil)),
                .success(.accepted(reference: nil)),
            ])
        #expect(source.health.failure == nil)
    }

    @Test("a closed source ends what waits and takes nothing more; that says nothing of the shop")
    func closing() {
        let source = source(atOnce: 1)
        ask(source, "1")
        ask(source, "2")
        source.close()
        #expect(answers.waitForOne())
        #expect(answers.all == [.failure(.closed)] && shop.closings.all == [true])
        ask(source, "3")
        #expect(answers.waitForOne())
        shop.answer(.failure(.closed))
        #expect(answers.all == [.failure(.closed), .failure(.closed), .failure(.closed)])
        #expect(source.health == RemoteOrders.Health())
    }

    @Test("a failure's words for the log name no customer and no order")
    func words() {
        #expect("\(OrderSourceFailure.tooSlow(seconds: 5))" == "no answer within 5 s")
        #expect("\(OrderSourceFailure.exit(3))" == "the command ended with exit code 3")
    }
}
