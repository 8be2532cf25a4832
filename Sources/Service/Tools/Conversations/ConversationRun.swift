import Content
import Dialogue
import Events
import JSON
import Journal

/// How a conversation that editors wrote down went.
public struct ConversationRun: Sendable {
    /// Something that was not as expected.
    public struct Fault: Sendable {
        /// The line that says what was expected.
        public let step: ConversationTest.Step
        /// What came.
        let answer: TestAnswer
    }

    /// What became of a conversation.
    public enum Outcome: String, Sendable {
        case passed, failed
        /// It fails, as its editor knows.
        case known
        /// It was known to fail and does not any more.
        case mended
    }

    /// What was run.
    public let test: ConversationTest
    /// In the order of the conversation.
    public let faults: [Fault]
    /// What came of each step that somebody did.
    let answers: [(step: ConversationTest.Step, answer: TestAnswer)]

    /// What became of it.
    public var outcome: Outcome {
        if test.known != nil { return faults.isEmpty ? .mended : .known }
        return faults.isEmpty ? .passed : .failed
    }

    /// Runs a conversation against the service in memory.
    public init(_ test: ConversationTest, on content: Interpreter) {
        self.test = test
        var faults: [Fault] = []
        var answers: [(ConversationTest.Step, TestAnswer)] = []
        var last = TestAnswer(.null)
        do throws(JournalError) {
            let service = try MemoryService(content, now: Timestamp(milliseconds: test.moment))
            var player = Player(service: service, language: test.language)
            for step in test.steps {
                if case .expects(let check) = step.act {
                    if !last.satisfies(player.filled(check)) { faults.append(Fault(step: step, answer: last)) }
                    continue
                }
                let answer = player.play(step.act)
                answers.append((step, answer))
                if answer.refusal != nil { faults.append(Fault(step: step, answer: answer)) }
                // What agents are answered is nothing that a customer reads.
                if case .agent = step.act { continue }
                last = answer
            }
        } catch {
            // A disk in memory has no faults; should it have one, nothing is said to have passed.
            faults = test.steps.map { Fault(step: $0, answer: last) }
        }
        (self.faults, self.answers) = (faults, answers)
    }

    /// Does what the lines of a conversation say.
    private struct Player {
        let service: MemoryService
        let language: String?
        private var isOpen = false
        /// Of the case that was told last.
        private var caseKey = ""

        init(service: MemoryService, language: String?) { (self.service, self.language) = (service, language) }

        mutating func play(_ act: ConversationTest.Act) -> TestAnswer {
            let answer = TestAnswer(done(act))
            caseKey = answer.caseKey ?? caseKey
            return answer
        }

        /// What is expected, with the case's key in its place.
        func filled(_ check: ConversationTest.Check) -> ConversationTest.Check {
            switch check {
            case .says(let text): .says(filled(text))
            case .lacks(let text): .lacks(filled(text))
            default: check
            }
        }

        private func filled(_ text: String) -> String {
            Catalogue.words(.keywordCase).reduce(text) { $0.replacing("{\($1)}", with: caseKey) }
        }

        private mutating func done(_ act: ConversationTest.Act) -> JSONValue {
            if case .agent(let name, let deed) = act { return play(deed, as: name) }
            if !isOpen, language != nil { hello() }
            isOpen = true
            switch act {
            case .says(let text): return service.say("SAY " + filled(text))
            case .asksForPerson(let reason): return service.say("HUMAN" + (reason.map { " " + $0 } ?? ""))
            case .cancels: return service.say("CANCEL")
            case .rates(let kind, let score): return service.say("RATE \(kind) \(score)")
            case .looksAtCase: return service.say("CASE " + caseKey)
            case .chooses(let code): return service.say("LANGUAGE " + code)
            case .beginsAnew: return hello()
            case .agent, .expects: return .null
            }
        }

        @discardableResult
        private func hello() -> JSONValue {
            service.say("HELLO" + (language.map { #" {"language":"\#($0)"}"# } ?? ""))
        }

        private func play(_ deed: ConversationTest.AgentAct, as name: String) -> JSONValue {
            let conversation = service.conversation
            let id = conversation?.id.description ?? ""
            switch deed {
            case .comesIn:
                let login = service.say("LOGIN " + name, as: name)
                return login["code"] == nil ? service.say("READY", as: name) : login
            case .leaves: return service.say("LOGOUT", as: name)
            case .takes: return service.say((conversation?.isBots == true ? "TAKE " : "CLAIM ") + id, as: name)
            case .tells(let text): return service.say("TELL \(id) \(text)", as: name)
            case .notes(let text): return service.say("NOTE \(id) \(text)", as: name)
            case .transfers(let target): return service.say("TRANSFER \(id) \(target)", as: name)
            case .returns: return service.say("RETURN " + id, as: name)
            case .resolves: return service.say("RESOLVE " + id, as: name)
            case .answersCase(let outcome, let text):
                return service.say("ANSWER \(caseKey) \(outcome.map { "#\($0) " } ?? "")\(text)", as: name)
            }
        }
    }
}
