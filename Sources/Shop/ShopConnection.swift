import Dispatch
import JSON

/// One way to put a question to a shop's own programs.
protocol ShopConnection: Sendable {
    /// Asks.
    /// - Parameters:
    ///   - deadline: when the answer must be there, or its failure.
    ///   - then: told once, after the call returned, on a queue or thread of the connection's own.
    func ask(
        _ question: ShopQuestion, by deadline: DispatchTime,
        then: @escaping @Sendable (Result<ShopReply, OrderSourceFailure>) -> Void)

    /// Ends what is under way, each with its answer, and takes nothing more.
    func close()
}

/// What a shop is asked.
enum ShopQuestion: Sendable, Equatable {
    case order(String)
    case request(OrderRequest)
}

/// What comes back.
enum ShopReply: Sendable, Equatable {
    /// Some JSON.
    case body([UInt8])
    /// There is no such order.
    case nothing
    /// The shop does not do what was asked for; some JSON or nothing.
    case refusal([UInt8])
}

extension ShopReply {
    /// The longest answer: an order of some hundred items has a tenth of it.
    static let longest = 256 << 10
}

extension OrderRequest {
    /// `{"kind":"cancel","order":"10024","details":{…},"key":"…"}`
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("kind")
            writer.value(kind.rawValue)
            writer.name("order")
            writer.value(order)
            writer.name("details")
            writer.object { writer in
                for (name, value) in details.sorted(by: { $0.key < $1.key }) {
                    writer.name(dynamic: name)
                    writer.value(value)
                }
            }
            writer.name("key")
            writer.value(key)
        }
    }
}
