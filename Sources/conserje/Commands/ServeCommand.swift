import Content

/// `conserje serve`: the daemon.
enum ServeCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "serve", summary: .serveSummary,
            options: [
                OptionSpecification(name: "--content", value: "DIR", byDefault: ".", summary: .serveContent),
                OptionSpecification(name: "--data", value: "DIR", byDefault: ".conserje", summary: .serveData),
                OptionSpecification(
                    name: "--listen", value: "ADDR", repeats: true, byDefault: "127.0.0.1:7411", summary: .serveListen),
                OptionSpecification(
                    name: "--agents", value: "ADDR", repeats: true, byDefault: "unix:DATA/agents.sock",
                    summary: .serveAgents),
                OptionSpecification(name: "--web", value: "ADDR|off", byDefault: "off", summary: .serveWeb),
                OptionSpecification(name: "--agent-tokens", value: "FILE", summary: .serveTokens),
                OptionSpecification(name: "--orders-token", value: "FILE", summary: .serveOrdersToken),
                OptionSpecification(name: "--vouch-secret", value: "FILE", summary: .serveVouchSecret),
                OptionSpecification(name: "--insecure-agents", summary: .serveInsecure),
                OptionSpecification(name: "--salvage", summary: .serveSalvage),
            ]),
        run: { arguments throws(UsageError) in
            serve(
                try ServeOptions(arguments),
                language: Sentences(environment: arguments.environment).language)
        })
}

/// What option and environment say about the daemon; nil or empty where the settings, then the defaults decide.
struct ServeOptions: Sendable, Equatable {
    /// The folder that holds `Intents` and `KnowledgeBase`.
    var content: String
    /// The folder of the journal.
    var data: String
    /// Addresses for customers, checked for their form.
    var listen: [String]
    /// Addresses for agents, checked for their form.
    var agents: [String]
    /// An address, or `off`.
    var web: String?
    /// The file with the lines of `conserje token`.
    var agentTokens: String?
    /// The file with the key for the address that orders come from.
    var ordersToken: String?
    /// The file with the secret by which the shop's website vouches for its customers.
    var vouchSecret: String?
    /// Whether agents may send their tokens in clear over the network.
    var insecureAgents: Bool
    /// Whether a damaged journal is opened up to the damage.
    var salvage: Bool

    /// Reads the options of a command line.
    init(_ arguments: Arguments) throws(UsageError) {
        content = arguments.value("--content") ?? "."
        data = arguments.value("--data") ?? ".conserje"
        listen = arguments.values("--listen")
        agents = arguments.values("--agents")
        web = arguments.value("--web")
        agentTokens = arguments.value("--agent-tokens")
        ordersToken = arguments.value("--orders-token")
        vouchSecret = arguments.value("--vouch-secret")
        insecureAgents = arguments.flag("--insecure-agents")
        salvage = arguments.flag("--salvage")
        let addresses = listen.map { ("--listen", $0) } + agents.map { ("--agents", $0) }
        for (option, address) in addresses where Destination(address) == nil {
            throw .badValue(option: option, value: address, expected: .usageAddress)
        }
        if let web, web != "off", Destination(web) == nil {
            throw .badValue(option: "--web", value: web, expected: .usageAddress)
        }
    }
}
