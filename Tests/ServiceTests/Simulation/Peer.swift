import Events

/// One client with what it knows: it sends lines and sends them again where it heard nothing certain.
struct Peer {
    /// A line on its way.
    struct Sent {
        var line: String
        var verb: String
        /// The word in it that stands nowhere else.
        var word: String?
        /// Its `@id`.
        var id: String?
        /// What an agent's command names.
        var target: ConversationID?
        var isAgain = false
    }

    let name: String
    let isAgent: Bool
    var connection: UInt64?
    var nextSlot: UInt64 = 1
    var sent: [UInt64: Sent] = [:]
    var token: String?
    var conversation: ConversationID?
    var isLoggedIn = false
    /// Lines of which it does not know whether they were done.
    var unsure: [Sent] = []

    /// What it sends next; nil where it waits for an answer.
    mutating func next(_ random: inout Chance, _ ledger: Ledger, _ number: inout Int) -> Sent? {
        isAgent ? nextAsAgent(&random, ledger, &number) : nextAsCustomer(&random, ledger, &number)
    }

    private mutating func nextAsCustomer(_ random: inout Chance, _ ledger: Ledger, _ number: inout Int) -> Sent? {
        let settling = ["HELLO", "RESUME", "FORGET", "QUIT"]
        guard sent.count < 3, !sent.values.contains(where: { settling.contains($0.verb) }) else { return nil }
        if conversation == nil {
            guard sent.isEmpty else { return nil }
            if let token, random.percent(90) {
                return Sent(line: "RESUME \(token) \(random.below(4))", verb: "RESUME")
            }
            unsure = []
            let verb = random.pick(["HELLO": 40, "SAY": 45, "HUMAN": 15])
            return tagged(verb, &random, &number)
        }
        if !unsure.isEmpty, random.percent(50) {
            var again = unsure.removeFirst()
            again.isAgain = true
            return again
        }
        let verb = random.pick([
            "SAY": 50, "CASE": 4, "HUMAN": 10, "CANCEL": 10, "RATE": 5, "LANGUAGE": 4, "HISTORY": 3, "FORGET": 4,
            "EXPORT": 3,
            "HELLO": 2, "QUIT": 1, "TYPING": 2,
        ])
        // What is under way belongs to the conversation that it leaves.
        if verb == "HELLO", !sent.isEmpty { return nil }
        if verb == "CASE" {
            guard let key = random.pick(ledger.cases.keys.sorted { $0.bits < $1.bits }) else { return nil }
            return Sent(line: "CASE \(key)", verb: verb)
        }
        return tagged(verb, &random, &number)
    }

    private func tagged(_ verb: String, _ random: inout Chance, _ number: inout Int) -> Sent {
        number += 1
        let word = "zq\(String(number, radix: 36))Z"
        var sent = Sent(line: verb, verb: verb)
        switch verb {
        case "HELLO":
            sent.line += " {\"name\":\"\(word)\"}"
            sent.word = word
        case "SAY":
            let phrase = random.pick(SmallShop.phrases.map(\.text)) ?? "hola"
            sent.line += " \(phrase) \(word)"
            sent.word = word
        case "HUMAN":
            sent.line += " \(word)"
            sent.word = word
        case "RATE":
            sent.line += (random.percent(50) ? " csat 3 " : " answer 1 ") + word
            sent.word = word
        case "LANGUAGE": sent.line += random.percent(50) ? " es" : " en"
        default: break
        }
        let isChange = ["SAY", "HUMAN", "CANCEL", "RATE", "LANGUAGE", "FORGET", "HELLO"].contains(verb)
        if isChange, random.percent(80) {
            sent.id = "i\(number)"
            sent.line = "@id=i\(number) \(sent.line)"
        }
        return sent
    }

    private mutating func nextAsAgent(_ random: inout Chance, _ ledger: Ledger, _ number: inout Int) -> Sent? {
        guard sent.count < 3 else { return nil }
        guard isLoggedIn else {
            return sent.isEmpty ? Sent(line: "LOGIN \(name)", verb: "LOGIN") : nil
        }
        if !unsure.isEmpty, random.percent(50) {
            var again = unsure.removeFirst()
            again.isAgain = true
            return again
        }
        number += 1
        let word = "zq\(String(number, radix: 36))Z"
        let verb = random.pick([
            "READY": 10, "AWAY": 3, "QUEUE": 2, "CLAIM": 10, "CLAIM named": 15, "TELL": 22, "NOTE": 8, "TRANSFER": 6,
            "RETURN": 6, "RESOLVE": 8, "TAKE": 5, "SHOW": 3, "WATCH": 3, "UNWATCH": 2, "LOGOUT": 1, "STATUS": 1,
            "ANSWER": 8,
            "CASES": 2, "CALLBACK": 4, "CALLBACKS": 1, "LEADS": 1,
        ])
        let held = random.percent(85) ? ledger.held(by: self.name) : ledger.conversations.keys.sorted()
        let waiting = random.percent(85) ? ledger.waiting() : ledger.conversations.keys.sorted()
        let any = ledger.conversations.keys.sorted()
        var sent = Sent(line: verb, verb: verb)
        func address(_ among: [ConversationID]) -> Bool {
            guard let id = random.pick(among) else { return false }
            sent.target = id
            sent.line += " \(id)"
            return true
        }
        switch verb {
        case "CLAIM named":
            (sent.line, sent.verb) = ("CLAIM", "CLAIM")
            guard address(waiting) else { return nil }
        case "CALLBACK":
            guard address(held) else { return nil }
            sent.line += " 2027-06-01T10:00 \(word)"
            sent.word = word
        case "TELL", "NOTE":
            guard address(held) else { return nil }
            sent.line += " \(word)"
            sent.word = word
        case "TRANSFER":
            guard address(held), let target = random.pick(["ventas", "general", "ana", "luis"]) else { return nil }
            sent.line += " \(target)"
            if random.percent(50) {
                sent.line += " \(word)"
                sent.word = word
            }
        case "RETURN", "RESOLVE": guard address(held) else { return nil }
        case "TAKE", "SHOW", "WATCH", "UNWATCH": guard address(any) else { return nil }
        case "ANSWER":
            let keys = random.percent(85) ? ledger.openCases() : ledger.cases.keys.sorted { $0.bits < $1.bits }
            guard let key = random.pick(keys) else { return nil }
            sent.target = ledger.cases[key]?.conversation
            sent.line += " \(key) #\(random.percent(50) ? "refused" : "accepted") \(word)"
            sent.word = word
        default: break
        }
        let isQuestion = [
            "QUEUE", "STATUS", "CASES", "CALLBACKS", "LEADS", "SHOW", "LOGOUT", "WATCH", "UNWATCH",
        ].contains(verb)
        if !isQuestion, random.percent(80) {
            sent.id = "\(self.name)\(number)"
            sent.line = "@id=\(self.name)\(number) \(sent.line)"
        }
        return sent
    }
}
