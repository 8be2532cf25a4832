/// What `Intents/settings.md` says. Every member has a default, so that a shop may leave out what it does not care for.
public struct Settings: Sendable, Equatable {
    /// People who answer for one part of the shop.
    public struct Team: Sendable, Equatable {
        /// As intents name it.
        public let id: String
        /// What is shown, by language.
        public let names: [String: String]
        /// The languages that it answers in; nil: all of the shop's.
        public let languages: [String]?

        /// What is shown in a language.
        public func name(_ language: String) -> String { names[language] ?? names.min { $0.key < $1.key }?.value ?? id }
    }

    /// A person who answers.
    public struct Agent: Sendable, Equatable {
        /// What an agent may do.
        public enum Role: String, Sendable, CaseIterable {
            case agent
            case supervisor
        }

        /// As the person logs in.
        public let name: String
        /// What they may do.
        public let role: Role
        /// Ids of their teams; empty: all.
        public let teams: [String]
        /// Languages that they answer in; empty: all.
        public let languages: [String]
        /// Conversations at once.
        public let capacity: Int
    }

    /// `{shop.name}`.
    public internal(set) var shopName = ""
    /// `{shop.phone}`.
    public internal(set) var shopPhone = ""
    /// `{shop.email}`.
    public internal(set) var shopEmail = ""
    /// `{shop.address}`.
    public internal(set) var shopAddress = ""
    /// When the shop itself is open; empty: as customer service.
    public internal(set) var shopHours = OpeningHours()
    /// Codes; the first is the shop's own.
    public internal(set) var languages = Catalogue.languages
    /// The shop's own language.
    public var defaultLanguage: String { languages.first ?? Catalogue.fallbackLanguage }
    /// When people answer.
    public internal(set) var hours = OpeningHours()
    /// Where that is.
    public internal(set) var timeZone = TimeZoneRule.utc
    /// Days without service, with what they are called.
    public internal(set) var holidays: [CalendarDay: String] = [:]
    /// Team of the intents that name none.
    public internal(set) var defaultTeam = "general"
    /// In the order of the file.
    public internal(set) var teams: [Team] = []
    /// In the order of the file.
    public internal(set) var agents: [Agent] = []

    /// Confidence from which the bot answers, 0…1; nil: the one that the matcher finds.
    public internal(set) var answerThreshold: Double?
    /// The share of all messages, 0…1, that may get a wrong answer, for which the matcher finds the confidence; nil: it
    /// gives up few right answers.
    public internal(set) var wrongAnswers: Double?
    /// Messages not understood in a row before a person is called; those before it are answered with a question back.
    public internal(set) var missesBeforePerson = 2
    /// How many choices a question back offers.
    public internal(set) var clarifyChoices = 3
    /// Words that call a person at once, by language.
    public internal(set) var angerWords: [String: [String]] = [:]
    /// Rude words, answered calmly once, by language.
    public internal(set) var insultWords: [String: [String]] = [:]
    /// Words of somebody let down, by language.
    public internal(set) var upsetWords: [String: [String]] = [:]
    /// Words that are never corrected.
    public internal(set) var keepWords: [String] = []

    /// Whether content whose tests fail stays out of use.
    public internal(set) var publishOnlyIfTestsPass = false

    /// What an order's number looks like.
    public internal(set) var orderNumber = OrderNumber.standard
    /// Where orders come from.
    public internal(set) var orders = OrderOrigin.file
    /// Seconds within which another source than the file has to answer.
    public internal(set) var ordersTimeout = 5
    /// Questions to it at once.
    public internal(set) var ordersAtOnce = 4

    /// Seconds within which a waiting customer should be answered.
    public internal(set) var waitTarget = 180
    /// Hours without a message after which a conversation is closed.
    public internal(set) var closeAfter = 24
    /// Seconds that an agent who lost the connection has to come back.
    public internal(set) var agentGrace = 30

    /// What a customer is asked once the conversation is resolved.
    public internal(set) var survey: [SurveyKind] = [.csat, .ces]

    /// Working days within which a case is answered.
    public internal(set) var caseDays = 15
    /// The same of a case about billing.
    public internal(set) var billingDays = 5
    /// Working days for what a customer wants done with an order.
    public internal(set) var requestDays = 1
    /// Working days before its last one from which a case is due soon.
    public internal(set) var caseWarningDays = 2
    /// Where a customer may turn whose case was refused, by language.
    public internal(set) var outOfCourt: [String: String] = [:]
    /// Failed case keys a minute from one address.
    public internal(set) var caseFailuresPerAddress = 10
    /// Failed case keys a minute in all.
    public internal(set) var caseFailures = 300

    /// Days after which what was said in a conversation that is over is erased; 0: never.
    public internal(set) var keepConversations = 0
    /// Days for which a blocked case is kept; 0: for ever.
    public internal(set) var keepCases = 0

    /// Connections in all.
    public internal(set) var maxConnections = 16_000
    /// Connections from one address.
    public internal(set) var connectionsPerAddress = 64
    /// Lines a second from one address.
    public internal(set) var linesPerSecond = 50
    /// Conversations opened a minute from one address.
    public internal(set) var opensPerMinute = 30
    /// Bytes of unwritten pushes a connection.
    public internal(set) var pushBuffer = 1 << 20
    /// Bytes of unwritten answers above which a connection is not read from.
    public internal(set) var replyBuffer = 256 << 10
    /// Commands of a connection without an answer from which it is not read from.
    public internal(set) var pendingReplies = 1_024
    /// Whether limits by address apply to loopback too.
    public internal(set) var limitLoopback = false
    /// Bytes after which a new segment of the journal begins.
    public internal(set) var segmentSize = 64 << 20
    /// Milliseconds within which the journal is on stable storage.
    public internal(set) var syncInterval = 100

    /// All defaults.
    public init() {}

    /// When people answer, ready to be asked.
    public var serviceHours: ServiceHours {
        ServiceHours(hours: hours, holidays: Set(holidays.keys), timeZone: timeZone)
    }

    /// The team of that id.
    public func team(_ id: String) -> Team? { teams.first { $0.id == id } }

    /// What `{shop.…}` shows.
    public func value(_ field: ShopField, _ language: String) -> ContentValue {
        switch field {
        case .name: .text(shopName)
        case .phone: .text(shopPhone)
        case .email: .text(shopEmail)
        case .address: .text(shopAddress)
        case .hours: .text((shopHours.isEmpty ? hours : shopHours).formatted(language))
        }
    }
}
