import Testing

@testable import conserje

@Suite("Command lines")
struct ArgumentTests {
    let parser = ArgumentParser(
        commands: [
            CommandSpecification(
                name: "serve", summary: .serveSummary,
                options: [
                    OptionSpecification(name: "--listen", value: "ADDR", repeats: true, summary: .serveListen),
                    OptionSpecification(name: "--agent-tokens", value: "FILE", summary: .serveTokens),
                    OptionSpecification(name: "--salvage", summary: .serveSalvage),
                ]),
            CommandSpecification(
                name: "explain", summary: .serveSummary, operands: [OperandSpecification(name: "TEXT", repeats: true)]),
            CommandSpecification(name: "journal verify", summary: .serveSummary),
            CommandSpecification(name: "journal export", summary: .serveSummary),
        ], environment: ["CONSERJE_AGENT_TOKENS": "from-environment", "CONSERJE_LISTEN": "unix:a unix:b"])

    func arguments(_ words: String...) throws -> Arguments {
        guard case .run(let arguments) = try parser.parse(words) else { throw HarnessError("not a command to run") }
        return arguments
    }

    @Test("without a command the first of the table is meant")
    func defaultCommand() throws {
        #expect(try arguments().command.name == "serve")
        #expect(try arguments("--salvage").command.name == "serve")
        #expect(try arguments("--salvage").flag("--salvage"))
        #expect(try !arguments().flag("--salvage"))
    }

    @Test("a value stands after the option or after an equals sign; repeated ones add up")
    func values() throws {
        let arguments = try arguments("serve", "--listen", "a", "--listen=b=c")
        #expect(arguments.values("--listen") == ["a", "b=c"])
        #expect(arguments.value("--listen") == "b=c")
    }

    @Test("the environment answers where the option was not given")
    func environment() throws {
        #expect(try arguments("serve").value("--agent-tokens") == "from-environment")
        #expect(try arguments("serve", "--agent-tokens", "x").value("--agent-tokens") == "x")
        #expect(try arguments("serve").values("--listen") == ["unix:a", "unix:b"])
    }

    @Test("two dashes end the options")
    func end() throws {
        #expect(try arguments("explain", "--", "--listen", "x").operands == ["--listen", "x"])
    }

    @Test("commands of two words are found, and the nearest of them named")
    func twoWords() throws {
        #expect(try arguments("journal", "verify").command.name == "journal verify")
        #expect(throws: UsageError.unknownCommand("journal verfy", nearest: "journal verify")) {
            try arguments("journal", "verfy")
        }
    }

    @Test("what is unknown names the nearest")
    func nearest() {
        #expect(throws: UsageError.unknownCommand("srve", nearest: "serve")) { try arguments("srve") }
        #expect(throws: UsageError.unknownOption("--lisetn", nearest: "--listen")) { try arguments("--lisetn=x") }
        #expect(throws: UsageError.unknownOption("-x", nearest: "--help")) { try arguments("explain", "-x") }
    }

    @Test("a missing or unwanted value and a missing or surplus operand are told")
    func faults() {
        #expect(throws: UsageError.missingValue(option: "--listen", value: "ADDR")) { try arguments("--listen") }
        #expect(throws: UsageError.missingValue(option: "--listen", value: "ADDR")) {
            try arguments("--listen", "--salvage")
        }
        #expect(throws: UsageError.unwantedValue(option: "--salvage")) { try arguments("--salvage=1") }
        #expect(throws: UsageError.missingOperand("TEXT", command: "explain")) { try arguments("explain") }
        #expect(throws: UsageError.extraOperand("x", command: "serve")) { try arguments("serve", "x") }
    }

    @Test("every command has a help that names all its options", arguments: Program.commands.map(\.specification.name))
    func help(name: String) throws {
        let child = try Child([name, "--help"], environment: ["LANG": "es_ES.UTF-8"])
        #expect(try child.wait() == 0)
        let options = Program.commands.first { $0.specification.name == name }?.specification.options ?? []
        for option in options {
            #expect(child.remaining.contains(option.name))
            #expect(child.remaining.contains(option.variable))
        }
        #expect(child.remaining.contains("Muestra esta ayuda"))
    }

    @Test("--version prints the version, a usage error goes to standard error with 64")
    func exits() throws {
        let version = try Child(["--version"])
        #expect(try version.wait() == 0)
        #expect(version.remaining.hasPrefix("conserje "))
        let fault = try Child(["chat", "--langage", "es"], environment: ["LANG": "en_US.UTF-8"])
        #expect(try fault.wait() == 64)
        #expect(fault.remaining.isEmpty)
        #expect(try fault.errors.rest(within: 5).contains("did you mean `--language`?"))
        #expect(try Child(["chat", "--to", "nowhere"]).wait() == 64)
        #expect(try Child(["--help"]).wait() == 0)
    }

    @Test("the daemon's options come from command line and environment, and bad addresses are refused")
    func serveOptions() throws {
        let specification = ServeCommand.command.specification
        let parser = ArgumentParser(commands: [specification], environment: ["CONSERJE_WEB": "off"])
        guard case .run(let given) = try parser.parse(["--listen", "127.0.0.1:0", "--data=d"]) else {
            throw HarnessError("not a command to run")
        }
        let options = try ServeOptions(given)
        #expect(options.listen == ["127.0.0.1:0"])
        #expect(options.data == "d")
        #expect(options.content == ".")
        #expect(options.web == "off")
        #expect(options.agents.isEmpty)
        guard case .run(let bad) = try parser.parse(["--agents", "7411"]) else { throw HarnessError("not to run") }
        #expect(throws: UsageError.badValue(option: "--agents", value: "7411", expected: .usageAddress)) {
            try ServeOptions(bad)
        }
    }

    @Test("addresses are a host with a port, or the path of a socket")
    func destinations() {
        #expect(Destination("127.0.0.1:7411") == .tcp(host: "127.0.0.1", port: 7411))
        #expect(Destination("[::1]:80") == .tcp(host: "::1", port: 80))
        #expect(Destination("[::1]:80")?.description == "[::1]:80")
        #expect(Destination("unix:a/b") == .unix(path: "a/b"))
        for bad in ["", "7411", ":1", "host:", "host:70000", "::1:80", "unix:"] { #expect(Destination(bad) == nil) }
    }
}
