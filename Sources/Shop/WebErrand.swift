import JSON

/// What a process is told to fetch, and how it tells what it got.
struct WebErrand: Equatable {
    /// Where.
    var url: String
    /// For the header `Authorization`.
    var token: String?
    /// For the header `Idempotency-Key`.
    var key: String?
    /// JSON to post; nil: to get.
    var body: String?
    /// Seconds.
    var timeout: Int

    init(url: String, token: String?, timeout: Int) {
        (self.url, self.token, self.timeout) = (url, token, timeout)
    }

    /// One JSON object.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { writer in
            writer.object { writer in
                writer.name("url")
                writer.value(url)
                writer.name("token")
                writer.value(token)
                writer.name("key")
                writer.value(key)
                writer.name("body")
                writer.value(body)
                writer.name("timeout")
                writer.value(timeout)
            }
        }
        return bytes
    }

    /// Reads what `encoded` wrote.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSONValue.parse(bytes), let url = json["url"]?.string,
            let timeout = json["timeout"]?.integer
        else { return nil }
        self.init(url: url, token: json["token"]?.string, timeout: timeout)
        key = json["key"]?.string
        body = json["body"]?.string
    }

    // MARK: - The way back

    /// A line of JSON, then the body as it came.
    static func write(_ result: Result<(status: Int, body: [UInt8]), OrderSourceFailure>) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(to: &bytes) { writer in
            writer.object { writer in
                switch result {
                case .success(let answer):
                    writer.name("status")
                    writer.value(answer.status)
                case .failure(.redirected):
                    writer.name("redirected")
                    writer.value(true)
                case .failure(.tooLong(let limit)):
                    writer.name("limit")
                    writer.value(limit)
                case .failure(let failure):
                    writer.name("unreachable")
                    if case .unreachable(let reason) = failure {
                        writer.value(reason)
                    } else {
                        writer.value(failure.description)
                    }
                }
            }
        }
        bytes.append(0x0A)
        if case .success(let answer) = result { bytes += answer.body }
        return bytes
    }

    /// Reads what `write` wrote.
    static func read(_ output: [UInt8]) throws(OrderSourceFailure) -> (status: Int, body: [UInt8]) {
        guard let end = output.firstIndex(of: 0x0A), let json = try? JSONValue.parse(Array(output[..<end])) else {
            throw .malformed("no HTTP")
        }
        if let status = json["status"]?.integer { return (status, Array(output[(end + 1)...])) }
        if json["redirected"] != nil { throw .redirected }
        if let limit = json["limit"]?.integer { throw .tooLong(limit: limit) }
        throw .unreachable(json["unreachable"]?.string ?? "")
    }
}
