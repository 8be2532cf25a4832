import Testing

@testable import Content

@Suite("Settings")
struct SettingsTests {
    private func settings(_ lines: String) throws -> Settings {
        try SmallShop().replacing("shop_phone: 900 1", with: lines, in: "Intents/settings.md").bundle().settings
    }

    @Test("values, teams, agents and holidays are read")
    func values() throws {
        let found = try settings(
            "push_buffer: 512 KiB\nlimit_loopback: sí\nanger_words_es: estafa, timo\nanswer_threshold: 0.4")
        #expect(found.pushBuffer == 524_288)
        #expect(found.limitLoopback)
        #expect(found.angerWords == ["es": ["estafa", "timo"]])
        #expect(found.answerThreshold == 0.4)
        #expect(found.teams.map(\.id) == ["general", "ventas"])
        #expect(found.team("ventas")?.name("en") == "Sales")
        #expect(
            found.agents == [
                Settings.Agent(name: "ana", role: .supervisor, teams: ["ventas"], languages: ["es"], capacity: 5)
            ])
    }

    @Test("a share is written with a percent sign or without", arguments: ["0.032", "3.2 %", "3.2%", "3,2 %"])
    func shares(text: String) throws {
        let found = try settings("wrong_answers: \(text)")
        #expect(abs((found.wrongAnswers ?? 0) - 0.032) < 1e-9 && found.answerThreshold == nil)
    }

    @Test("what is no share is told", arguments: ["4", "120 %", "%", "x %", "-1 %"])
    func badShares(text: String) {
        var problems = Problems()
        let bytes = Array("---\nwrong_answers: \(text)\n---\n".utf8)
        let found = SettingsReader.read(SourceText(path: "s", bytes: bytes), &problems)
        #expect(problems.list.map(\.key) == [.valueOutOfRange] && found.wrongAnswers == nil)
    }

    @Test(
        "orders come from the file, an address or a command",
        arguments: [
            ("file", OrderOrigin.file), ("https://shop.example/api/v1/", .web(base: "https://shop.example/api/v1")),
            ("http://127.0.0.1:8080", .web(base: "http://127.0.0.1:8080")),
            ("http://[::1]:8080/a", .web(base: "http://[::1]:8080/a")),
            ("http://localhost", .web(base: "http://localhost")),
            ("command  /opt/shop/orders --json", .command(["/opt/shop/orders", "--json"])),
            ("command orders", .command(["orders"])),
        ])
    func orders(text: String, origin: OrderOrigin) throws {
        let found = try settings("orders: \(text)\norders_timeout: 3\norders_at_once: 2")
        #expect(found.orders == origin && found.ordersTimeout == 3 && found.ordersAtOnce == 2)
    }

    @Test(
        "what orders can't come from is told, and nothing is asked in clear over the network",
        arguments: [
            ("archivo", SentenceKey.ordersMalformed), ("command", .ordersMalformed), ("file x", .ordersMalformed),
            ("https://", .ordersMalformed), ("ftp://shop.example", .ordersMalformed),
            ("https://shop.example?key=1", .ordersMalformed), ("https://shop.example:0", .ordersMalformed),
            ("https://[::1", .ordersMalformed), ("https://a b", .ordersMalformed),
            ("http://shop.example", .ordersInTheClear), ("http://127.0.0.1.shop.example", .ordersInTheClear),
            ("http://127.shop.0.1", .ordersInTheClear), ("https://ana:secret@shop.example", .ordersSecret),
            ("http://localhost:80@shop.example", .ordersSecret),
        ])
    func badOrders(text: String, key: SentenceKey) {
        var problems = Problems()
        let bytes = Array("---\norders: \(text)\n---\n".utf8)
        let found = SettingsReader.read(SourceText(path: "s", bytes: bytes), &problems)
        #expect(problems.list.map(\.key) == [key] && found.orders == .file)
        for language in Catalogue.languages {
            #expect(problems.list.first?.hintText(language: language)?.hasSuffix(".") == true)
        }
    }

    @Test(
        "a survey asks what the settings name, each once, or nothing",
        arguments: [
            ("csat", [SurveyKind.csat]), ("NPS, ces, nps", [.nps, .ces]), ("none", []), ("ninguna", []),
        ])
    func survey(text: String, kinds: [SurveyKind]) throws {
        #expect(try settings("survey: \(text)").survey == kinds)
    }

    @Test("a survey that there is not is told", arguments: ["cst", "csat, none", "csat ces"])
    func badSurvey(text: String) {
        var problems = Problems()
        let bytes = Array("---\nsurvey: \(text)\n---\n".utf8)
        let found = SettingsReader.read(SourceText(path: "s", bytes: bytes), &problems)
        #expect(problems.list.map(\.key) == [.valueUnknown] && found.survey == [.csat, .ces])
    }

    @Test("what the table of keys says of defaults is what holds without them")
    func defaults() throws {
        let keys = SettingKey.all.filter { !$0.defaultValue.isEmpty }
        let text = "---\n" + keys.map { "\($0.name): \($0.defaultValue)" }.joined(separator: "\n") + "\n---\n"
        var problems = Problems()
        var written = SettingsReader.read(SourceText(path: "s", bytes: Array(text.utf8)), &problems)
        #expect(problems.list == [])
        written.teams = []
        #expect(written == Settings())
    }

    @Test("every key is explained in one sentence")
    func documented() {
        for key in SettingKey.all { #expect(key.documentation.hasSuffix("."), "\(key.name)") }
        #expect(Set(SettingKey.all.map(\.name)).count == SettingKey.all.count)
    }

    @Test("hours are told in the reader's language")
    func formattedHours() throws {
        let hours = try OpeningHours("lun-vie 10:00-14:00, 16:00-20:30; sáb 10:00-14:00")
        #expect(
            hours.formatted("es") == "de lunes a viernes de 10:00 a 14:00 y de 16:00 a 20:30; sábado de 10:00 a 14:00")
        #expect(hours.formatted("en").hasPrefix("Monday to Friday 10:00 to 14:00 and 16:00 to 20:30"))
        #expect(try OpeningHours("fri-mon 9:00-24:00").days.map(\.count) == [1, 0, 0, 0, 1, 1, 1])
    }

    @Test("hours that overlap, end before they begin or name no day are refused")
    func badHours() {
        for text in ["mon 9:00-8:00", "mon 9:00-12:00, 11:00-13:00", "9:00-10:00", "mon", "mon 9-10", "xyz 9:00-10:00"]
        {
            #expect(throws: OpeningHours.Fault.self, "\(text)") { try OpeningHours(text) }
        }
    }
}
