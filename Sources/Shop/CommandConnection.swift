import Dispatch
import Foundation
import Glibc
import Threading

/// Asks a command on its standard input and hears its standard output. A run for each question, on a thread of its own,
/// since it waits for what another program does.
final class CommandConnection: ShopConnection {
    private struct State {
        var running: [Int: CommandRun] = [:]
        var count = 0
        var isClosed = false
    }

    private let words: [String]
    private let timeout: Int
    private let language: any CommandLanguage
    private let state = Guarded(State())

    /// - Parameters:
    ///   - words: the program, looked up in `PATH` where it has no slash, and its arguments.
    ///   - timeout: seconds that are told where it is late.
    init(_ words: [String], timeout: Int, language: any CommandLanguage = PlainLanguage()) {
        self.words = words
        self.timeout = timeout
        self.language = language
    }

    func ask(
        _ question: ShopQuestion, by deadline: DispatchTime,
        then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void
    ) {
        let run = CommandRun(words, input: language.input(question))
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
            let result = result(of: run, question, by: deadline)
            state.withLock { $0.running[number] = nil }
            tell(result)
        }
    }

    /// How long the answer waits for a process that was killed: one of another user's can't be.
    private static let patience = DispatchTimeInterval.milliseconds(500)

    private func result(
        of run: CommandRun, _ question: ShopQuestion, by deadline: DispatchTime
    ) -> Result<ShopReply, OrderSourceFailure> {
        let output: [UInt8]
        do throws(OrderSourceFailure) { output = try run.finish(by: deadline, timeout: timeout) } catch {
            return .failure(language.meaning(error))
        }
        do throws(OrderSourceFailure) { return .success(try language.reply(output, to: question)) } catch {
            return .failure(error)
        }
    }

    func close() {
        let running = state.withLock { state in
            state.isClosed = true
            return Array(state.running.values)
        }
        for run in running { run.kill(because: .closed) }
    }
}
