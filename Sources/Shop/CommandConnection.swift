import Dispatch
import Foundation
import Glibc
import JSON
import Threading

/// Asks a command that the shop gives: one line of JSON on its standard input, one JSON object on its standard output. A
/// run for each question, on a thread of its own, since it waits for what another program does.
final class CommandConnection: ShopConnection {
    private struct State {
        var running: [Int: CommandRun] = [:]
        var count = 0
        var isClosed = false
    }

    private let words: [String]
    private let timeout: Int
    private let state = Guarded(State())

    /// - Parameters:
    ///   - words: the program, looked up in `PATH` where it has no slash, and its arguments.
    ///   - timeout: seconds that are told where it is late.
    init(_ words: [String], timeout: Int) {
        self.words = words
        self.timeout = timeout
    }

    func ask(
        _ question: ShopQuestion, by deadline: DispatchTime,
        then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
    ) {
        let run = CommandRun(words, input: Self.line(question))
        let number = state.withLock { state in
            state.count += 1
            state.running[state.count] = run
            if state.isClosed { run.kill(because: .closed) }
            return state.count
        }
        let isTold = Guarded(false)
        let tell: @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void = { result in
            let isFirst = isTold.withLock { isTold in
                defer { isTold = true }
                return !isTold
            }
            if isFirst { then(result) }
        }
        let late = OrderSourceFailure.tooSlow(seconds: timeout)
        DispatchQueue.global().asyncAfter(deadline: deadline) { run.kill(because: late) }
        DispatchQueue.global().asyncAfter(deadline: deadline + Self.patience) { tell(.failure(late)) }
        Thread.detachNewThread { [self] in
            let result = Self.result { () throws(OrderSourceFailure) in
                ShopReply.body(try run.finish(by: deadline, timeout: timeout))
            }
            state.withLock { $0.running[number] = nil }
            tell(result)
        }
    }

    /// How long the answer waits for a process that was killed: one of another user's can't be.
    private static let patience = DispatchTimeInterval.milliseconds(500)

    private static func result(
        _ body: () throws(OrderSourceFailure) -> ShopReply
    ) -> Result<ShopReply, OrderSourceFailure> {
        do throws(OrderSourceFailure) { return .success(try body()) } catch { return .failure(error) }
    }

    func close() {
        let running = state.withLock { state in
            state.isClosed = true
            return Array(state.running.values)
        }
        for run in running { run.kill(because: .closed) }
    }

    /// `{"order":"10024"}` or `{"request":{…}}` with a line end.
    private static func line(_ question: ShopQuestion) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { writer in
            writer.object { writer in
                switch question {
                case .order(let number):
                    writer.name("order")
                    writer.value(number)
                case .request(let request):
                    writer.name("request")
                    request.write(to: &writer)
                }
            }
        }
        return bytes + [0x0A]
    }
}
