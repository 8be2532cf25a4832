import JSON
import Testing

@Suite("Where orders come from")
struct OrdersTests {
    @Test("STATUS tells it, and a reload changes it")
    func status() throws {
        let daemon = try Daemon.started(settings: ["orders: command /opt/shop/orders"])
        let agent = try daemon.agent("jefa")
        let orders = try agent.done("STATUS")["orders"]
        #expect(orders?["source"]?.string == "command" && orders?["state"]?.string == "closed")
        #expect(orders?["problem"] == nil)
        try daemon.folder.write(Shop.settings(["orders: https://shop.example/api"]), to: "content/Intents/settings.md")
        try agent.done("RELOAD")
        #expect(try agent.done("STATUS").text("orders.source") == "https")
    }

    @Test("an address in clear is refused with its place")
    func inTheClear() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        try daemon.folder.write(Shop.settings(["orders: http://shop.example"]), to: "content/Intents/settings.md")
        let refused = try agent.ask("RELOAD")
        #expect(refused.code == "content_invalid")
        #expect("\(refused)".contains("settings.md:8:9"))
    }
}
