import Content
import Testing

@testable import Shop

@Suite("What a shop writes of an order")
struct OrderJSONTests {
    private func order(_ json: String) throws(OrderSourceFailure) -> Order? {
        try OrderJSON.order(Array(json.utf8), number: "10024")
    }

    @Test("an order is read, alone or as a member, whatever else stands there")
    func sound() throws {
        #expect(try order(Samples.json) == Samples.order)
        #expect(try order(#"{"order":"# + Samples.json + "}\n") == Samples.order)
        #expect(try order(Samples.json.replacing(#""state""#, with: #""warehouse":[{}],"state""#)) == Samples.order)
        #expect(try order(Samples.json.replacing(#","delivered":null"#, with: "")) == Samples.order)
        #expect(try order(Samples.json.replacing("null", with: #""""#)) == Samples.order)
        #expect(try order(#"{"order":null}"#) == nil)
        #expect(try order(Samples.json.replacing(#""state""#, with: #""customer":"4711","state""#))?.customer == "4711")
    }

    @Test(
        "what is no order of that number is told by the member that is wrong, without its value",
        arguments: [
            (#""number":"10024""#, #""number":"10025""#, "number"), (#""number":"10024","#, "", "number"),
            (#""2026-11-20""#, #""20.11.2026""#, "placed"), (#""2026-11-20""#, "null", "placed"),
            (#""shipped""#, #""secret""#, "state"), (#""89.90""#, "8990", "total"), (#""89.90""#, #""89,9x""#, "total"),
            (#""89.90""#, #""-1""#, "total"), (#""count":1"#, #""count":0"#, "count"),
            (#""count":1"#, #""count":"1""#, "count"),
            (#""CL-0012""#, "12", "sku"), (#""items":["#, #""items":5,"x":["#, "items"),
            (#""Ana Ruiz""#, "null", "name"),
            (#""Ana Ruiz""#, #""Ana\u0000""#, "name"), (#""08001""#, "8001", "postcode"), (#""SEUR""#, "7", "carrier"),
            (#""2026-11-24""#, #""2026-02-30""#, "promised"),
        ])
    func wrong(part: String, other: String, member: String) {
        let json = Samples.json.replacing(part, with: other)
        #expect(json != Samples.json)
        do throws(OrderSourceFailure) {
            _ = try order(json)
            Issue.record("it was taken")
        } catch {
            guard case .malformed(let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.contains(member) && !reason.contains("secret") && !reason.contains("Ana"), "\(reason)")
        }
    }

    @Test(
        "what is no object is told so",
        arguments: ["", "null", "[]", "5", #""x""#, "<html>", #"{"order":5}"#, "{", "{}{}", "\u{FEFF}{}"])
    func noObject(text: String) { #expect(throws: OrderSourceFailure.self) { try order(text) } }

    @Test("what became of a wish is read")
    func outcomes() throws {
        func outcome(_ json: String) throws -> OrderRequestOutcome { try OrderJSON.outcome(Array(json.utf8)) }
        #expect(try outcome(#"{"accepted":true,"reference":"R-1"}"#) == .accepted(reference: "R-1"))
        #expect(try outcome(#"{"accepted":true}"#) == .accepted(reference: nil))
        #expect(try outcome(#"{"accepted":false,"reason":"shipped"}"#) == .refused(reason: "shipped"))
        for json in ["{}", #"{"accepted":1}"#, #"{"accepted":true,"reference":1}"#, "true"] {
            #expect(throws: OrderSourceFailure.self) { try outcome(json) }
        }
    }
}
