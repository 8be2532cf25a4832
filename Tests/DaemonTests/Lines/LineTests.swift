import JSON
import Testing

@Suite("Lines of the protocol", .sharedDaemon())
struct LineTests {
    @Test("the first line of a connection says who serves whom")
    func hello() throws {
        let daemon = try Daemon.shared()
        for (address, role) in [(daemon.customers.first, "customer"), (daemon.agents.first, "agent")] {
            let hello = try LineClient(to: try #require(address)).nextPush("hello")
            #expect(try hello.text("server").hasPrefix("conserje/"))
            #expect(hello["protocol"] == .integer(1))
            #expect(hello["role"] == .string(role))
        }
    }

    @Test("PING, HELP and QUIT answer both roles, verbs in any case, and QUIT closes")
    func shared() throws {
        let daemon = try Daemon.shared()
        for client in [try daemon.customer(), try daemon.agent()] {
            #expect(try client.ask("ping") == .ok(.object([])))
            for command in try client.done("Help").list("commands") {
                #expect(try command.text("usage").hasPrefix(try command.text("verb")))
                #expect(try !command.text("does").isEmpty)
            }
            #expect(try client.ask("qUIT") == .ok(.object([])))
            #expect(try client.isClosed())
        }
    }

    @Test("a CR before the LF is dropped and empty lines are ignored")
    func lineEnds() throws {
        let client = try Daemon.shared().customer()
        try client.send(bytes: Array("\r\n\n\nPING\r\nHISTORY 5\r\n".utf8))
        #expect(try client.nextAnswer() == .ok(.object([])))
        #expect(try client.nextAnswer()["messages"] == .array([]))
    }

    @Test("a line of 8,192 bytes is taken, one more byte is too long, and the connection goes on")
    func lengths() throws {
        let client = try Daemon.shared().customer()
        let longest = "SAY " + String(repeating: "a", count: 8_188)
        #expect(try client.ask(longest).code == nil)
        #expect(try client.ask(longest + "a").code == "line_too_long")
        #expect(try client.ask("PING") == .ok(.object([])))
    }

    @Test("a line that is too long is told before it ends, and once")
    func tooLongEarly() throws {
        let client = try Daemon.shared().customer()
        try client.send(bytes: [UInt8](repeating: 0x61, count: 8_193))
        #expect(try client.nextAnswer().code == "line_too_long")
        try client.send(bytes: [UInt8](repeating: 0x61, count: 30_000) + Array("\nPING\n".utf8))
        #expect(try client.nextAnswer() == .ok(.object([])))
    }

    @Test(
        "bytes that are not UTF-8 are refused and the connection goes on",
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) throws {
        let client = try Daemon.shared().customer()
        try client.send(bytes: Array("SAY ".utf8) + bytes + [0x0A])
        #expect(try client.nextAnswer().code == "bad_utf8")
        #expect(try client.ask("PING").code == nil)
    }

    @Test(
        "control characters but TAB are refused, also when a JSON string hides them",
        arguments: [
            "SAY a\u{7}b", "SAY a\u{7F}b", "SAY a\u{85}b", "SAY a\rb", #"@json=1 SAY "a\u0007b""#,
            #"@json=1 SAY "a\u0085b""#, #"HELLO {"name":"a\u0000b"}"#,
        ])
    func badText(line: String) throws {
        let client = try Daemon.shared().customer()
        #expect(try client.ask(line).code == "bad_text")
        #expect(try client.ask("SAY a\tb").code == nil)
    }

    @Test("an unfinished line at the end of the stream is dropped, and every answer is still written")
    func halfClose() throws {
        let client = try Daemon.shared().customer()
        try client.send(bytes: Array("HELLO\nHUMAN\nHISTORY\nPING\nSAY not ended".utf8))
        client.halfClose()
        #expect(try client.nextAnswer()["resume"] != nil)
        #expect(try client.nextAnswer()[path: "reply.kind"] == .string("handoff"))
        #expect(try client.nextAnswer()["messages"]?.array?.count == 3)
        #expect(try client.nextAnswer() == .ok(.object([])))
        #expect(try client.isClosed())
    }

    @Test("pipelined commands are answered in their order, fast ones behind durable ones")
    func pipelining() throws {
        let client = try Daemon.shared().customer()
        var lines = ["HELLO"]
        for number in 0..<20 {
            lines += ["PING", "HUMAN ayuda \(number)", "HISTORY 1", "NOPE", "CANCEL", "RATE csat 9"]
        }
        try client.send(lines.joined(separator: "\n"))
        #expect(try client.nextAnswer()["conversation"] != nil)
        for number in 0..<20 {
            #expect(try client.nextAnswer() == .ok(.object([])))
            #expect(try client.nextAnswer()[path: "reply.handoff.state"] == .string("message_taken"), "round \(number)")
            #expect(try client.nextAnswer()["messages"]?.array?.count == 1)
            #expect(try client.nextAnswer().code == "unknown_command")
            #expect(try client.nextAnswer()[path: "reply.seq"] != nil)
            #expect(try client.nextAnswer().code == "bad_argument")
        }
    }

    @Test("an unknown verb, one of the other listener, or one not built yet names the nearest and is not in HELP")
    func unknownCommands() throws {
        let daemon = try Daemon.shared()
        let customer = try daemon.customer()
        let agent = try daemon.agent("pepa")
        let verbs = try customer.done("HELP").list("commands").map { try $0.text("verb") }
        for verb in ["FOO", "CLAIM", "LOGIN", "ANSWER", "CASES", "SYA"] {
            let answer = try customer.ask("\(verb) x y")
            #expect(answer.code == "unknown_command")
            #expect(verbs.contains(answer["nearest"]?.string ?? ""))
            #expect(try answer.value.text("message").contains(try answer.value.text("nearest")))
            #expect(!verbs.contains(verb))
        }
        #expect(try customer.ask("SYA hola")["nearest"] == .string("SAY"))
        for verb in ["SAY", "HUMAN", "CASE", "RESUME"] {
            #expect(try agent.ask("\(verb) x y").code == "unknown_command")
        }
    }

    @Test(
        "missing, superfluous and impossible arguments are bad arguments",
        arguments: [
            "SAY", "SAY   ", "RATE", "RATE csat", "RATE csat 0", "RATE csat 6", "RATE nps 11", "RATE nps -1",
            "RATE ces 0", "RATE ces 8", "RATE answer 2", "RATE stars 5", "RATE csat x", "HISTORY 0", "HISTORY 1001",
            "HISTORY x", "HISTORY 1 2", "LANGUAGE", "LANGUAGE fr", "RESUME", "RESUME a b", "RESUME a 1 2", "CANCEL x",
            "PING x", #"HELLO {"name":5}"#,
        ])
    func badArguments(line: String) throws {
        let client = try Daemon.shared().customer()
        try client.open()
        #expect(try client.ask(line).code == "bad_argument")
    }

    @Test(
        "what should be JSON and is not is bad JSON",
        arguments: ["HELLO {", "HELLO 5", "@json=1 SAY hola", "@json=1 SAY 5"])
    func badJSON(line: String) throws {
        #expect(try Daemon.shared().customer().ask(line).code == "bad_json")
    }

    @Test("every error carries a sentence that says what to do")
    func sentences() throws {
        let client = try Daemon.shared().customer()
        for line in ["SAY", "CANCEL", "FOO", "RESUME x", "@ PING", "HELLO {"] {
            let message = try client.ask(line).value.text("message")
            #expect(message.count > 10 && message.hasSuffix("."))
        }
    }

    @Test("server lines are compact JSON on one line")
    func compact() throws {
        let client = try Daemon.shared().customer()
        try client.send(#"@json=1 SAY "uno\ndos""#)
        let line = try client.nextLine()
        #expect(line.hasPrefix(#"OK {"seq":1,"#))
        try client.send("HISTORY")
        let history = try client.nextLine()
        #expect(history.contains(#""text":"uno\ndos""#))
        #expect(history.contains(#/"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/#))
    }
}
