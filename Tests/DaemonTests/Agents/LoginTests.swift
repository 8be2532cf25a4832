import Foundation
import JSON
import Testing

@Suite("Agents log in")
struct LoginTests {
    @Suite("by their name", .sharedDaemon())
    struct ByName {
        @Test("an agent of the settings has their role, teams and capacity")
        func known() throws {
            let answer = try Daemon.shared().agent().done("LOGIN ana")
            #expect(try answer.text("agent") == "ana")
            #expect(try answer.text("role") == "agent")
            #expect(answer["teams"] == .array([.string("general"), .string("ventas")]))
            #expect(answer["languages"] == .array([.string("es"), .string("en")]))
            #expect(try answer.number("capacity") == 2)
        }

        @Test("a name that the settings do not know is a supervisor of all teams with capacity 3")
        func unknown() throws {
            let answer = try Daemon.shared().agent().done("LOGIN nadie")
            #expect(try answer.text("role") == "supervisor")
            #expect(try answer.list("teams").count == 3)
            #expect(try answer.number("capacity") == 3)
        }

        @Test(
            "nothing but LOGIN works before it",
            arguments: [
                "READY", "AWAY", "LOGOUT", "QUEUE", "CLAIM", "STATUS", "RELOAD", "EXPLAIN hola", "TELL aaaaaaaaaaaaa x",
            ])
        func notLoggedIn(line: String) throws {
            let code = try Daemon.shared().agent().ask(line).code
            #expect(code == "not_logged_in" || line.hasPrefix("TELL") && code == "no_such_conversation")
        }

        @Test("after LOGOUT nothing works until the next LOGIN")
        func logout() throws {
            let agent = try Daemon.shared().agent("ana")
            try agent.done("LOGOUT")
            #expect(try agent.ask("QUEUE").code == "not_logged_in")
            try agent.done("LOGIN luis")
            #expect(try agent.ask("QUEUE").code == nil)
        }

        @Test("READY takes a capacity, and STATUS shows it with who is ready")
        func status() throws {
            let agent = try Daemon.shared().agent("vera")
            func row() throws -> JSONValue? {
                try agent.done("STATUS").list("agents").first { $0["name"] == .string("vera") }
            }
            #expect(try row()?["ready"] == .bool(false))
            try agent.done("READY 7")
            #expect(try row()?["ready"] == .bool(true))
            #expect(try row()?["capacity"] == .integer(7))
            try agent.done("AWAY")
            #expect(try row()?["ready"] == .bool(false))
            for line in ["READY x", "READY -1", "READY 1001", "LOGIN", "LOGIN a b c", "LOGIN a/b", "QUEUE nothere"] {
                #expect(try agent.ask(line).code == "bad_argument", "\(line)")
            }
        }

        @Test("commands with a conversation that is not there say so")
        func noSuchConversation() throws {
            let agent = try Daemon.shared().agent("jefa")
            for command in ["CLAIM x", "TELL x hola", "NOTE x hola", "SHOW x", "WATCH x", "TAKE x", "RESOLVE x"] {
                let line = command.replacing(" x", with: " 0000000000001")
                let code = try agent.ask(line).code
                #expect(code == "no_such_conversation", "\(line)")
                #expect(try agent.ask(command).code == "no_such_conversation", "\(command)")
            }
        }
    }

    @Suite("with tokens")
    struct WithTokens {
        /// What `conserje token` printed for a name: the token and the line for the file.
        private func token(_ name: String) throws -> (token: String, line: String) {
            let child = try Child(["token", name])
            child.closeInput()
            try child.wait()
            let lines = child.remaining.split(separator: "\n").map(String.init)
            let line = try #require(lines.first { $0.hasPrefix(name + " ") })
            let token = try #require(lines.first { $0 != line })
            return (String(token.split(separator: " ").last ?? ""), line)
        }

        @Test("every listener asks for the token of the file")
        func tokens() throws {
            let (token, line) = try token("ana")
            let (_, other) = try self.token("luis")
            let folder = try TemporaryFolder()
            try folder.write("# agents\n\(line)\n\(other)\n", to: "agents")
            chmod(folder.file("agents"), 0o600)
            let daemon = try Daemon.started(extra: ["--agent-tokens", folder.file("agents")])
            let agent = try daemon.agent()
            for line in ["LOGIN ana", "LOGIN ana x", "LOGIN luis \(token)", "LOGIN nadie \(token)"] {
                #expect(try agent.ask(line).code == "bad_token", "\(line)")
            }
            #expect(try agent.ask("QUEUE").code == "not_logged_in")
            #expect(try agent.done("LOGIN ana \(token)").text("agent") == "ana")
            #expect(try agent.ask("QUEUE").code == nil)
        }

        @Test("a file that others may read stops the start with 78")
        func mode() throws {
            let (_, line) = try token("ana")
            let folder = try TemporaryFolder()
            try folder.write(line + "\n", to: "agents")
            chmod(folder.file("agents"), 0o644)
            let error = #expect(throws: HarnessError.self) {
                try Daemon.started(extra: ["--agent-tokens", folder.file("agents")])
            }
            #expect(error?.description.contains("ended with 78") == true)
            #expect(error?.description.contains("600") == true)
        }

        @Test("agents over TCP beyond loopback are refused without --insecure-agents")
        func insecure() throws {
            let error = #expect(throws: HarnessError.self) { try Daemon.started(extra: ["--agents", "0.0.0.0:0"]) }
            #expect(error?.description.contains("ended with 78") == true)
            #expect(error?.description.contains("--insecure-agents") == true)
            _ = try Daemon.started(extra: ["--agents", "0.0.0.0:0", "--insecure-agents"])
        }

        @Test("the agents' socket is its owner's alone")
        func socketMode() throws {
            let daemon = try Daemon.started()
            var status = stat()
            #expect(stat(daemon.folder.file("agents.sock"), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }
}
