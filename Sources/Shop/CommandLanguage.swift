import JSON

/// How a process is asked, and how it answers.
protocol CommandLanguage: Sendable {
    /// What it reads.
    func input(_ question: ShopQuestion) -> [UInt8]

    /// What it wrote; it ended with 0.
    func reply(_ output: [UInt8], to question: ShopQuestion) throws(OrderSourceFailure) -> ShopReply

    /// What it means that it ended otherwise.
    func meaning(_ failure: OrderSourceFailure) -> OrderSourceFailure
}

/// A shop's command: `{"order":"10024"}` or `{"request":{…}}` with a line end, answered by one JSON object.
struct PlainLanguage: CommandLanguage {
    func input(_ question: ShopQuestion) -> [UInt8] {
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

    func reply(_ output: [UInt8], to question: ShopQuestion) throws(OrderSourceFailure) -> ShopReply {
        guard output.count <= ShopReply.longest else { throw .tooLong(limit: ShopReply.longest) }
        return .body(output)
    }

    func meaning(_ failure: OrderSourceFailure) -> OrderSourceFailure { failure }
}
