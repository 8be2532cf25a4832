/// A key of the front matter of `Intents/settings.md`.
public struct SettingKey: Sendable {
    typealias Target<Value> = WritableKeyPath<Settings, Value> & Sendable

    /// What a value looks like and where it goes.
    enum Kind: Sendable {
        case text(any Target<String>)
        case integer(ClosedRange<Int>, any Target<Int>)
        /// From 0 to 1, or with `%` after the number.
        case fraction(any Target<Double?>)
        case flag(any Target<Bool>)
        /// Bytes, with `KiB`, `MiB` or `GiB` after the number.
        case size(ClosedRange<Int>, any Target<Int>)
        case words(any Target<[String]>)
        /// One key for each language: the name is followed by `_` and the code.
        case wordsByLanguage(any Target<[String: [String]]>)
        /// One key for each language, as `wordsByLanguage`.
        case textByLanguage(any Target<[String: String]>)
        case languages(any Target<[String]>)
        case hours(any Target<OpeningHours>)
        case timeZone(any Target<TimeZoneRule>)
        case orderNumber(any Target<OrderNumber>)
        case orders(any Target<OrderOrigin>)
        /// `csat`, `nps` and `ces` with commas, or none.
        case survey(any Target<[SurveyKind]>)
    }

    /// As it is written.
    public let name: String
    /// What holds where the key is left out, as it would be written.
    public let defaultValue: String
    /// One sentence for the manual.
    public let documentation: String
    let kind: Kind

    /// The keys as editors write them: one for each language where a key has several.
    var writtenNames: [String] {
        switch kind {
        case .wordsByLanguage, .textByLanguage: Catalogue.languages.map { name + "_" + $0 }
        default: [name]
        }
    }

    private init(_ name: String, _ kind: Kind, _ defaultValue: String, _ documentation: String) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.documentation = documentation
    }

    /// Every key, in the order of the manual.
    public static let all: [SettingKey] = [
        SettingKey("shop_name", .text(\.shopName), "", "The shop's name, {shop.name} in answers."),
        SettingKey("shop_phone", .text(\.shopPhone), "", "Telephone, {shop.phone}."),
        SettingKey("shop_email", .text(\.shopEmail), "", "E-mail address, {shop.email}."),
        SettingKey("shop_address", .text(\.shopAddress), "", "Street address, {shop.address}."),
        SettingKey("shop_hours", .hours(\.shopHours), "", "When the shop is open, {shop.hours}; else as `hours`."),
        SettingKey(
            "languages", .languages(\.languages), "es, en",
            "Languages that every intent must have; the shop's own first."),
        SettingKey(
            "time_zone", .timeZone(\.timeZone), "UTC",
            "Where the hours are: a name of the tz database (`Europe/Madrid`)."),
        SettingKey(
            "hours", .hours(\.hours), "",
            "When people answer: `mon-fri 09:00-20:00; sat 10:00-14:00`; days also in Spanish; left out: always."),
        SettingKey("default_team", .text(\.defaultTeam), "general", "Team of the intents that name none."),
        SettingKey(
            "wrong_answers", .fraction(\.wrongAnswers), "",
            "How many of a hundred messages may get a wrong answer, such as `3 %`: fewer, and the bot asks back more."),
        SettingKey(
            "answer_threshold", .fraction(\.answerThreshold), "",
            "Confidence 0 to 1 from which the bot answers; left out: found from the phrases."),
        SettingKey(
            "misses_before_person", .integer(1...10, \.missesBeforePerson), "2",
            "Messages in a row that are not understood before a person is called; with 2, one question back first."),
        SettingKey(
            "clarify_choices", .integer(2...6, \.clarifyChoices), "3", "Choices that a question back offers at most."),
        SettingKey(
            "anger_words", .wordsByLanguage(\.angerWords), "",
            "Words and phrases, with commas, that call a person at once; one key a language: `anger_words_es`."),
        SettingKey(
            "insult_words", .wordsByLanguage(\.insultWords), "",
            "Words and phrases, with commas, that are answered calmly, and with a person the second time: "
                + "`insult_words_es`."),
        SettingKey(
            "upset_words", .wordsByLanguage(\.upsetWords), "",
            "Words and phrases, with commas, that get a kind word before the answer: `upset_words_es`."),
        SettingKey(
            "keep_words", .words(\.keepWords), "",
            "Words, with commas, whose spelling is never corrected: brands, models."),
        SettingKey(
            "publish_only_if_tests_pass", .flag(\.publishOnlyIfTestsPass), "no",
            "Whether content stays out of use while one of its conversations or golden questions fails."),
        SettingKey(
            "wait_target", .integer(1...86_400, \.waitTarget), "180",
            "Seconds within which a waiting customer should be answered."),
        SettingKey(
            "close_after", .integer(1...8760, \.closeAfter), "24",
            "Hours without a message after which a conversation closes."),
        SettingKey(
            "agent_grace", .integer(1...3600, \.agentGrace), "30",
            "Seconds that an agent who lost the connection has to come back."),
        SettingKey(
            "survey", .survey(\.survey), "csat, ces",
            "What a customer is asked once the conversation is resolved: any of csat, nps, ces; or `none`."),
        SettingKey(
            "order_number", .orderNumber(\.orderNumber), "#####",
            "What an order's number looks like: # for a digit, @ for a letter, the rest as it is (`ES-######`)."),
        SettingKey(
            "orders", .orders(\.orders), "file",
            "Where orders are looked up: `file` (KnowledgeBase/orders.csv), `https://…` or `command PATH [ARG…]`."),
        SettingKey(
            "orders_timeout", .integer(1...60, \.ordersTimeout), "5",
            "Seconds within which the address or the command has to answer; then a person takes over."),
        SettingKey(
            "orders_at_once", .integer(1...32, \.ordersAtOnce), "4",
            "Questions to the address, or runs of the command, at once; more wait."),
        SettingKey(
            "case_days", .integer(1...365, \.caseDays), "15",
            "Working days within which a case gets its answer; holidays and weekends don't count."),
        SettingKey(
            "billing_days", .integer(1...365, \.billingDays), "5",
            "Working days within which a case about billing gets its answer."),
        SettingKey(
            "request_days", .integer(1...365, \.requestDays), "1",
            "Working days within which what a customer wants done with an order is done."),
        SettingKey(
            "case_warning_days", .integer(0...365, \.caseWarningDays), "2",
            "Working days before its last one from which a case is due soon."),
        SettingKey(
            "out_of_court", .textByLanguage(\.outOfCourt), "",
            "Where a customer may turn whose case was refused; one key a language: `out_of_court_es`."),
        SettingKey(
            "case_failures_per_address", .integer(1...1_000_000, \.caseFailuresPerAddress), "10",
            "Wrong or unknown case keys a minute from one address."),
        SettingKey(
            "case_failures", .integer(1...1_000_000, \.caseFailures), "300",
            "Wrong or unknown case keys a minute in all."),
        SettingKey(
            "keep_conversations", .integer(0...36_500, \.keepConversations), "0",
            "Days after which what was said in a conversation that is over is erased; 0: never."),
        SettingKey(
            "keep_cases", .integer(0...36_500, \.keepCases), "0",
            "Days, from its answer, for which a case is kept, blocked, when its conversation is erased; 0: for ever."),
        SettingKey("max_connections", .integer(1...1_000_000, \.maxConnections), "16000", "Connections in all."),
        SettingKey(
            "connections_per_address", .integer(1...1_000_000, \.connectionsPerAddress), "64",
            "Connections from one address."),
        SettingKey(
            "lines_per_second", .integer(1...1_000_000, \.linesPerSecond), "50", "Lines a second from one address."),
        SettingKey(
            "opens_per_minute", .integer(1...1_000_000, \.opensPerMinute), "30",
            "Conversations opened a minute from one address."),
        SettingKey(
            "push_buffer", .size(4096...(1 << 30), \.pushBuffer), "1 MiB",
            "Unwritten pushes that a connection may pile up."),
        SettingKey(
            "reply_buffer", .size(4096...(1 << 30), \.replyBuffer), "256 KiB",
            "Unwritten answers of a connection above which no more commands are read from it."),
        SettingKey(
            "pending_replies", .integer(1...1_000_000, \.pendingReplies), "1024",
            "Commands of a connection without an answer from which no more are read."),
        SettingKey("limit_loopback", .flag(\.limitLoopback), "no", "Whether limits by address apply to loopback too."),
        SettingKey(
            "segment_size", .size(65_536...(1 << 34), \.segmentSize), "64 MiB",
            "Size at which the journal begins a new segment."),
        SettingKey(
            "sync_interval", .integer(1...10_000, \.syncInterval), "100",
            "Milliseconds within which the journal is on stable storage."),
    ]
}
