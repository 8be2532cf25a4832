import Content
import Dispatch
import Foundation
import Threading

@testable import Shop

/// An order, and how a shop writes it.
enum Samples {
    static let json =
        #"{"number":"10024","placed":"2026-11-20","state":"shipped","name":"Ana Ruiz","email":"Ana.Ruiz@example.com","#
        + #""postcode":"08001","items":[{"sku":"CL-0012","count":1},{"sku":"CL-0040","count":2}],"total":"89.90","#
        + #""carrier":"SEUR","tracking":"SE1","promised":"2026-11-24","delivered":null}"#

    static let order = Order(
        number: "10024", placed: CalendarDay("2026-11-20")!, state: .shipped, name: "Ana Ruiz",
        email: "Ana.Ruiz@example.com", postcode: "08001",
        items: [.init(sku: "CL-0012", count: 1), .init(sku: "CL-0040", count: 2)], total: 8990, carrier: "SEUR",
        tracking: "SE1", promised: CalendarDay("2026-11-24"), delivered: nil)

    static let wish = OrderRequest(.cancel, order: "10024", details: ["reason": "late\n\"x\""], key: "c-1:7")
}

extension OrderSource {
    /// The answer to one question; a second answer to it would end the test.
    func order(_ number: String) async -> Result<Order?, OrderSourceFailure> {
        await withCheckedContinuation { waiting in order(number) { waiting.resume(returning: $0) } }
    }

    func request(_ wish: OrderRequest) async -> Result<OrderRequestOutcome, OrderSourceFailure> {
        await withCheckedContinuation { waiting in request(wish) { waiting.resume(returning: $0) } }
    }
}

/// What happened, in its order.
final class Record<Element: Sendable>: Sendable {
    private let held = Guarded<[Element]>([])
    private let signal = DispatchSemaphore(value: 0)

    func add(_ element: Element) {
        held.withLock { $0.append(element) }
        signal.signal()
    }

    var all: [Element] { held.withLock { $0 } }

    /// Waits until one more happened than was waited for before.
    func waitForOne(seconds: Int = 30) -> Bool { signal.wait(timeout: .now() + .seconds(seconds)) == .success }
}

/// A moment that a test moves.
final class ManualClock: Sendable {
    private let moment = Guarded(ContinuousClock.Instant.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }
    func pass(_ duration: Duration) { moment.withLock { $0 += duration } }
}

/// A folder for one test's files.
final class Folder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("shop-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// A program in the shell's language.
    /// - Returns: the words that run it. The shell is named, since a file that another test's child still holds open for
    ///   writing can't be run.
    func program(_ name: String, _ lines: String) throws -> [String] {
        try (lines + "\n").write(toFile: file(name), atomically: true, encoding: .utf8)
        return ["/bin/sh", file(name)]
    }
}
