/// The lines that this floor writes by itself.
enum ServerLine {
    static let tooManyConnections = Array(
        #"ERR {"code":"too_many","message":"Too many connections; close one or try again later."}"#.utf8)
    static let tooLong = Array(
        #"ERR {"code":"line_too_long","message":"A line holds at most 8192 bytes; send a shorter one."}"#.utf8)
    static let badUTF8 = Array(
        #"ERR {"code":"bad_utf8","message":"The line is not UTF-8; send it encoded as RFC 3629 has it."}"#.utf8)
    static let badText = Array(
        #"ERR {"code":"bad_text","message":"The line holds a control character; send text without any but TAB."}"#.utf8)
    static let overflow = Array(#"* {"type":"overflow"}"#.utf8)

    static func of(_ fault: LineFault) -> [UInt8] {
        switch fault {
        case .tooLong: return tooLong
        case .badUTF8: return badUTF8
        case .badText: return badText
        }
    }

    static func rateLimited(retryAfter: Int) -> [UInt8] {
        let head =
            #"ERR {"code":"rate_limited","message":"Too many lines from this address; wait before the next one.""#
        return Array("\(head),\"retry_after\":\(retryAfter)}".utf8)
    }
}
