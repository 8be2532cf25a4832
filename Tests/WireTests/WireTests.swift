import Events
import JSON
import Testing

@testable import Wire

@Suite("The line protocol's grammar")
struct WireTests {
    private func parse(_ line: String, _ role: Role = .customer) throws(WireError) -> Request {
        let bytes = Array(line.utf8)
        let result: Result<Request, WireError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(WireError) { return .success(try RequestParser(role: role).parse(buffer)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func code(_ line: String, _ role: Role = .customer) -> WireError.Code? {
        do throws(WireError) { _ = try parse(line, role) } catch { return error.code }
        return nil
    }

    private static let id = ConversationID(bits: 5)
    private static let key = CaseKey(bits: 5)

    @Test(
        "customers' commands are read",
        arguments: [
            ("say  hola  qué tal \t", Command.say("hola  qué tal")), ("PING", .ping), ("  ping  ", .ping),
            ("HELLO", .hello(Hello())), ("HUMAN", .human(reason: nil)), ("human ya mismo", .human(reason: "ya mismo")),
            ("HISTORY", .history(count: 50)), ("HISTORY 1000", .history(count: 1000)),
            ("RESUME abc", .resume(token: "abc", after: 0)), ("RESUME abc 7", .resume(token: "abc", after: 7)),
            ("LANGUAGE EN", .language("en")), ("RATE csat 5", .rate(Rating(kind: .csat, score: 5, comment: nil))),
            ("RATE answer 0 no me sirve", .rate(Rating(kind: .answer, score: 0, comment: "no me sirve"))),
            (#"@json=1 SAY "a\nb""#, .say("a\nb")), ("CASE cl-7k3m q2x8", .caseState("cl-7k3m q2x8")),
            ("@x=y SAY hola", .say("hola")), ("TYPING", .typing),
        ])
    func customers(line: String, command: Command) throws { #expect(try parse(line).command == command) }

    @Test(
        "agents' commands are read",
        arguments: [
            ("LOGIN ana", Command.login(name: "ana", token: nil)), ("LOGIN ana t", .login(name: "ana", token: "t")),
            ("READY", .ready(capacity: nil)), ("READY 4", .ready(capacity: 4)), ("CLAIM", .claim(nil)),
            ("CLAIM \(id)", .claim(id)), ("TELL \(id)  hola  Ana ", .tell(id, text: "hola  Ana")),
            ("TRANSFER \(id) ventas", .transfer(id, target: "ventas", note: nil)),
            ("TRANSFER \(id) eva quiere factura", .transfer(id, target: "eva", note: "quiere factura")),
            ("RESOLVE \(id)", .resolve(id, outcome: nil, tags: [])),
            ("RESOLVE \(id) hecho ya #envio #tarde", .resolve(id, outcome: "hecho ya", tags: ["envio", "tarde"])),
            ("RETURN \(id)", .giveBack(id, note: nil)), ("EXPLAIN dónde está", .explain("dónde está")),
            ("CALLBACKS", .callbacks(team: nil)), ("LEADS ventas", .leads(team: "ventas")),
            ("CASES", .cases(team: nil)), ("CASES ventas", .cases(team: "ventas")),
            ("ANSWER \(key) Sí, es así.", .answer(key, outcome: nil, text: "Sí, es así.")),
            ("ANSWER \(key) #Refused No es así.", .answer(key, outcome: .refused, text: "No es así.")),
            ("ANSWER \(key) #1 es así", .answer(key, outcome: nil, text: "#1 es así")),
            (##"@json=1 ANSWER \##(key) "#partly\nEn parte.""##, .answer(key, outcome: .partly, text: "En parte.")),
        ])
    func agents(line: String, command: Command) throws { #expect(try parse(line, .agent).command == command) }

    @Test("a key that is mistyped, and an answer without reasons, are told apart")
    func badCases() {
        #expect(code("ANSWER CL-7K3M-Q2X8-F4T8 No.", .agent) == .badCaseKey)
        #expect(code("ANSWER CL-7K3M-Q2X8-F4T9", .agent) == .badArgument)
        #expect(code("ANSWER CL-7K3M-Q2X8-F4T9 #refused", .agent) == .badArgument)
        #expect(code("ANSWER CL-7K3M-Q2X8-F4T9 #refused No.", .agent) == nil)
    }

    @Test(
        "each fault has its code",
        arguments: [
            ("SAY", WireError.Code.badArgument), ("SAY   ", .badArgument), ("DANCE", .unknownCommand),
            ("CLAIM", .unknownCommand), ("CASE", .badArgument), ("@id SAY x", .badTag), ("@id= SAY x", .badTag),
            ("@id=a @id=b SAY x", .badTag), ("@z=1 @z=2 SAY x", .badTag), ("@id=ñ SAY x", .badTag),
            ("@json=2 SAY x", .badTag), ("@after=x SAY x", .badTag), ("@json=1 SAY x", .badJSON),
            ("@json=1 SAY 5", .badJSON), (#"@json=1 SAY """#, .badArgument), (#"@json=1 SAY "\u0000""#, .badText),
            (#"@json=1 SAY "\r\n""#, .badText), ("HELLO {", .badJSON), ("HELLO []", .badJSON),
            (#"HELLO {"name":5}"#, .badArgument), ("RATE", .badArgument), ("RATE csat 0", .badArgument),
            ("RATE csat x", .badArgument), ("RATE love 5", .badArgument), ("HISTORY 0", .badArgument),
            ("HISTORY 1001", .badArgument), ("RESUME", .badArgument), ("PING x", .badArgument),
        ])
    func faults(line: String, expected: WireError.Code) { #expect(code(line) == expected) }

    @Test("a customer whom the website vouches for is read as it was signed, to the last blank")
    func vouched() throws {
        let line = #"HELLO {"customer":{"id":" 7","name":"Ana ","expires":1795518000,"signature":"ab"},"name":" Eva "}"#
        guard case .hello(var hello) = try parse(line).command else {
            Issue.record("no HELLO")
            return
        }
        let customer = Hello.Customer(id: " 7", name: "Ana ", expires: "1795518000", signature: "ab")
        #expect(hello.customer == customer && hello.name == "Eva")
        hello.takeCustomersName()
        #expect(hello.name == "Ana")
        #expect(try parse(line.replacing("1795518000", with: #""1795518000""#)).command == parse(line).command)
        #expect(try parse(#"HELLO {"customer":null}"#).command == .hello(Hello()))
    }

    @Test(
        "a customer who is none is told so",
        arguments: [
            #""7""#, "{}", #"{"id":"7","name":"Ana","expires":"1"}"#,
            #"{"id":7,"name":"Ana","expires":"1","signature":"ab"}"#,
            #"{"id":"7","name":"Ana","expires":1.5,"signature":"ab"}"#,
            #"{"id":"7","name":null,"expires":1,"signature":"ab"}"#,
            #"{"id":"7","name":"\#(String(repeating: "a", count: 257))","expires":1,"signature":"ab"}"#,
        ])
    func badCustomer(json: String) {
        #expect(code(#"HELLO {"customer":\#(json)}"#) == .badArgument)
        #expect(code(#"HELLO {"customer":{"id":"7","name":"\u0000","expires":1,"signature":"ab"}}"#) == .badText)
    }

    @Test("an unknown verb names the nearest one")
    func nearest() {
        do throws(WireError) {
            _ = try parse("SYA hola")
            Issue.record("SYA was taken")
        } catch { #expect(error.members == [.init("nearest", .string("SAY"))]) }
    }

    @Test("a conversation that cannot be one is no_such_conversation")
    func badConversation() { #expect(code("CLAIM zz", .agent) == .noSuchConversation) }

    @Test("the digest of a command with an @id tells its words, not its verb's letter case")
    func digests() throws {
        let first = try parse("@id=a SAY hola").tag
        #expect(first == (try parse("@id=a say hola").tag))
        #expect(first?.id == (try parse("@id=a SAY adiós").tag?.id))
        #expect(first?.command != (try parse("@id=a SAY adiós").tag?.command))
        #expect(first?.id.count == 64)
    }

    @Test("every verb in HELP is understood by its own listener")
    func help() {
        for role in [Role.customer, .agent] {
            for verb in Verb.all(role) { #expect(code(verb.name, role) != .unknownCommand) }
        }
    }
}
