import Content
import Events
import Foundation
import JSON
import Testing

@testable import Service

/// What the law wants of a shop's customer service, each with what shows that it is kept.
///
/// Ley 10/2025, de 26 de diciembre, por la que se regulan los servicios de atención a la clientela (BOE of 27 December
/// 2025), and the Texto Refundido of the consumer act, Real Decreto Legislativo 1/2007. An article is named where it is
/// certain which one it is.
struct Obligation: Sendable, CustomTestStringConvertible {
    let law: String
    let duty: String
    /// Throws where it is not kept.
    let check: @Sendable () throws -> Void

    var testDescription: String { "\(law): \(duty)" }

    init(_ law: String, _ duty: String, _ check: @escaping @Sendable () throws -> Void) {
        (self.law, self.duty, self.check) = (law, duty, check)
    }

    private static let act = "Ley 10/2025"
    private static let consumerAct = "RDLeg 1/2007, art. 21"
    private static let personal = "Ley 10/2025, art. 8"

    private static let claims = [
        ("es", "quiero poner una reclamación", CaseKind.complaint), ("es", "me habéis cobrado dos veces", .billing),
        ("en", "I want to make a complaint", .complaint), ("en", "you charged me twice", .billing),
    ]

    private static func demand(_ condition: Bool, _ what: @autoclosure () -> String) throws {
        guard condition else { throw Office.Lacking(description: what()) }
    }

    static let all = claiming + answering + persons + honesty + records

    // MARK: - Claims

    private static let claiming = [
        Obligation(consumerAct, "a claim gets a key at once, in the same answer") {
            for (language, words, kind) in claims {
                let opened = try Office(language: language).open(words)
                try demand(opened.details["kind"] == .string(kind.rawValue), "\(words): \(opened.details)")
                try demand((try? CaseKey(opened.key)) != nil, "\(opened.key) is no key")
                try demand(opened.text.contains(opened.key), "the answer does not name the key: \(opened.text)")
            }
        },
        Obligation(consumerAct, "a receipt with what was claimed, date and time, that lasts") {
            for (language, words, _) in claims {
                let office = try Office(language: language)
                let opened = try office.open(words)
                let receipt = opened.details["receipt"]?.string ?? ""
                let moment =
                    language == "es" ? ["24 de noviembre", "2026", "11:00"] : ["24 November", "2026", "11:00"]
                for part in [words, opened.key] + moment {
                    try demand(receipt.contains(part), "no “\(part)” in the receipt: \(receipt)")
                }
                try office.restart()
                _ = try office.counter.ask("clara", "RESUME \(office.token)")
                let again = try office.counter.ask("clara", "CASE \(opened.key)")["case"]?["receipt"]?.string
                try demand(again == receipt, "after a power cut the receipt is \(again ?? "gone")")
            }
        },
        Obligation(act, "an answer within 15 working days, 5 where it is about billing") {
            for (language, words, kind) in claims {
                let office = try Office(language: language)
                let due = try office.open(words).details["due"]?.string.flatMap { Timestamp($0) }
                let wanted = lastMoment(of: kind == .billing ? 5 : 15, office.content.settings)
                try demand(due == wanted, "\(words): due \(due?.text ?? "never"), not \(wanted.text)")
            }
        },
        Obligation(act, "how it stands is told by the key, in any conversation and in chat") {
            let office = try Office()
            let key = try office.open("quiero poner una reclamación").key
            let told = try office.counter.ask("otra", "CASE \(key)")["case"]?["state"]
            try demand(told == .string("open"), "CASE tells \(String(describing: told))")
            let chat = try office.say("¿cómo va \(key)?", as: "tercera")
            try demand(chat["case"]?["state"] == .string("open"), "in chat: \(chat["text"]?.string ?? "")")
        },
        Obligation(act, "time alone closes no claim") {
            let office = try Office()
            let key = try office.open("quiero poner una reclamación").key
            _ = try office.counter.ask("clara", "QUIT")
            office.counter.leave("clara")
            for _ in 0..<40 { office.counter.pass(10 * Office.day) }
            let state = try office.counter.ask("otra", "CASE \(key)")["case"]?["state"]
            try demand(state == .string("open"), "after 400 days it is \(String(describing: state))")
            let late = try office.agent("STATUS")["cases"]?["overdue"]
            try demand(late == .integer(1), "agents are not told that it is late")
        },
    ]

    /// The last millisecond of the last of so many working days, counted day by day.
    private static func lastMoment(of days: Int, _ settings: Settings) -> Timestamp {
        var (left, day) = (days, settings.serviceHours.day(at: Office.morning.milliseconds))
        while left > 0 {
            day = CalendarDay(number: day.number + 1)
            if day.weekday < 5, settings.holidays[day] == nil { left -= 1 }
        }
        // Winter time: Madrid is an hour ahead.
        return Timestamp(milliseconds: (Int64(day.number + 1) * 86_400 - 3_600) * 1000 - 1)
    }

    // MARK: - The answer

    private static let answering = [
        Obligation(act, "the answer is a person's, with reasons, in the language of whoever claimed") {
            for (language, words, _) in claims {
                let office = try Office(language: language)
                let opened = try office.open(words)
                let listed = try office.agent("CASES")["cases"]?.array?.first
                try demand(listed?["language"] == .string(language), "agents are told \(String(describing: listed))")
                let empty = try office.agent("ANSWER \(opened.key)")["code"]
                try demand(empty == .string("bad_argument"), "it can be answered without a reason")
                _ = try office.agent("ANSWER \(opened.key) Zq razones.")
                let read = office.counter.pushed("message", to: "clara").suffix(2).compactMap { $0["text"]?.string }
                let lead = language == "es" ? "Respuesta a \(opened.key)" : "Answer to \(opened.key)"
                try demand(
                    read.count == 2 && read[0].hasPrefix(lead) && read[1] == "Zq razones.", "the customer reads \(read)"
                )
            }
        },
        Obligation(consumerAct, "who is refused is told of the scheme out of court") {
            for (language, words, _) in claims {
                for outcome in ["refused", "partly"] {
                    let office = try Office(language: language)
                    let key = try office.open(words).key
                    _ = try office.agent("ANSWER \(key) #\(outcome) Zq.")
                    let text = office.counter.pushed("message", to: "clara").last?["text"]?.string ?? ""
                    try demand(text.contains("Junta Arbitral de Consumo"), "\(outcome) in \(language): \(text)")
                }
            }
        },
        Obligation(act, "the answer waits for a customer who is not there") {
            let office = try Office()
            let key = try office.open("quiero poner una reclamación").key
            _ = try office.counter.ask("clara", "QUIT")
            office.counter.leave("clara")
            office.counter.pass(3 * Office.day)
            _ = try office.agent("ANSWER \(key) Zq razones.")
            try office.restart()
            _ = try office.counter.ask("clara", "RESUME \(office.token)")
            let said = try office.counter.ask("clara", "HISTORY")["messages"]?.array ?? []
            try demand(said.contains { $0["text"] == .string("Zq razones.") }, "she reads \(said)")
        },
    ]

    // MARK: - Persons

    private static let persons = [
        Obligation(personal, "a person at any moment, for the asking") {
            let moments = [
                [], ["hola"], ["quiero devolver un pedido"], ["quiero poner una reclamación"], ["xqzv wkjh"],
            ]
            for before in moments {
                for asking in ["SAY quiero hablar con una persona", "SAY I want to talk to a person", "HUMAN"] {
                    let office = try Office()
                    for words in before { _ = try office.say(words) }
                    let answer = try office.counter.ask("clara", asking)
                    // What is said to a person already waits for one.
                    let waits = answer["reply"]?["handoff"] != nil || answer["delivered"] == .bool(true)
                    try demand(waits, "\(before), \(asking): \(answer)")
                }
            }
        },
        Obligation(personal, "a person is offered from the first line on") {
            for language in ["es", "en"] {
                let greeting = try Office(language: language).greeting["greeting"]
                let choices = greeting?["choices"]?.array ?? []
                let isOffered = choices.contains {
                    $0["label"]?.string.map { $0.contains("persona") || $0.contains("person") } ?? false
                }
                let isSaid = greeting?["text"]?.string.map { $0.contains("persona") || $0.contains("person") } ?? false
                try demand(isOffered || isSaid, "the greeting: \(String(describing: greeting))")
            }
        },
        Obligation(personal, "three minutes: who waits longer is told to the agents as late") {
            let office = try Office()
            try demand(office.content.settings.waitTarget <= 180, "\(office.content.settings.waitTarget) s are allowed")
            _ = try office.agent("QUEUE")
            _ = try office.counter.ask("clara", "HUMAN")
            office.counter.pass(179)
            try demand(office.counter.pushed("overdue", to: "nora").isEmpty, "late before its time")
            let due = try office.agent("QUEUE")["waiting"]?.array?.first?["due_in"]?.integer ?? .max
            try demand(due <= 1, "due in \(due)")
            office.counter.pass(1)
            try demand(office.counter.pushed("overdue", to: "nora").count == 1, "nobody is told")
        },
        Obligation(personal, "nobody who waits is cut off, however long it takes") {
            let office = try Office()
            _ = try office.counter.ask("clara", "HUMAN")
            office.counter.leave("clara")
            for _ in 0..<72 { office.counter.pass(3_600) }
            try office.restart()
            office.counter.pass(1)
            let waiting = try office.agent("QUEUE")["waiting"]?.array?.compactMap { $0["conversation"]?.string }
            try demand(waiting == [office.conversation], "after three days \(String(describing: waiting)) wait")
        },
        Obligation(personal, "the person says who they are") {
            let office = try Office()
            _ = try office.counter.ask("clara", "HUMAN")
            _ = try office.agent("CLAIM \(office.conversation)")
            let joined = office.counter.pushed("agent_joined", to: "clara").compactMap { $0["name"]?.string }
            try demand(joined == ["nora"], "the customer is told \(joined)")
        },
    ]

    // MARK: - Honesty

    private static let honesty = [
        Obligation(personal, "what is automatic says so: at the beginning, and asked") {
            for (language, question) in [("es", "¿eres un robot?"), ("en", "are you a robot?")] {
                let office = try Office(language: language)
                for text in [
                    office.greeting["greeting"]?["text"]?.string ?? "", try office.say(question)["text"]?.string ?? "",
                ] {
                    let words = ["automático", "un programa", "automatic", "automated", "a program"]
                    try demand(words.contains { text.contains($0) }, "it does not say so: \(text)")
                }
            }
        },
        Obligation(act, "after the sale nothing is sold") {
            let office = try Office()
            let texts = office.texts(of: .afterSale)
            try demand(texts.count > 20, "only \(texts.count) texts were walked")
            let selling = [
                "{product.price}", "{product.stock}", "{product.alternatives}", "oferta", "descuento", "en rebajas",
                "promoción", "cómprate", "aprovecha", "on sale", "discount", "special offer", "upgrade to", "buy now",
            ]
            for (intent, text) in texts {
                let found = selling.filter { text.lowercased().contains($0) }
                try demand(found.isEmpty, "\(intent.id) says \(found): \(text)")
            }
            let sold: Set<String> = ["price", "availability", "product_advice", "request_offer"]
            for intent in office.content.bundle.intents where intent.phase == .afterSale {
                for (language, choices) in intent.choices {
                    for choice in choices {
                        let meant = office.content.understand(choice.say, language: language).candidates.first
                        let id = meant.map { office.content.bundle.intents[$0.intent].id } ?? ""
                        try demand(!sold.contains(id), "\(intent.id) offers “\(choice.label)”: \(id)")
                    }
                }
            }
        },
        Obligation(act, "it costs nothing beyond an ordinary call: no premium number is named") {
            let office = try Office()
            let phone = office.content.settings.shopPhone.filter { $0.isNumber }
            try demand(phone.count == 9 && (phone.hasPrefix("91") || phone.hasPrefix("900")), "the number is \(phone)")
            let premium = /\b(?:80[367]|905|90[12])[ .-]?\d{3}[ .-]?\d{3}\b/
            let texts = Intent.Phase.allCases.flatMap { office.texts(of: $0).map(\.text) }
            let articles = office.content.bundle.articles.flatMap { $0.sections.map(\.plainText) }
            for text in texts + articles {
                try demand(text.firstMatch(of: premium) == nil, "a premium number: \(text)")
            }
        },
    ]

    // MARK: - Records

    private static let records = [
        Obligation(act, "what was said and done is recorded, and the customer can have all of it") {
            let office = try Office()
            let key = try office.open("quiero poner una reclamación").key
            _ = try office.counter.ask("clara", "HUMAN")
            _ = try office.agent("CLAIM \(office.conversation)")
            _ = try office.agent("TELL \(office.conversation) Zq dicho por la persona")
            try office.restart()
            _ = try office.counter.ask("clara", "RESUME \(office.token)")
            let export = "\(try office.counter.ask("clara", "EXPORT"))"
            for part in ["quiero poner una reclamación", key, "Zq dicho por la persona", "nora"] {
                try demand(export.contains(part), "no “\(part)” in the export")
            }
        },
        Obligation(consumerAct, "what was claimed and answered stays as evidence when the conversation is erased") {
            let office = try Office()
            let key = try office.open("quiero poner una reclamación zqclaim").key
            _ = try office.agent("ANSWER \(key) zqanswer")
            let kept = try office.counter.ask("clara", "FORGET")["kept"]
            try demand(kept == .array([.string("case \(key)")]), "kept: \(String(describing: kept))")
            for word in ["zqclaim", "zqanswer"] {
                try demand(!office.counter.service.disk.files(containing: word).isEmpty, "\(word) is gone")
            }
        },
    ]
}
