import Content
import Testing

@Suite("Whether an order is the customer's")
struct OrderProofTests {
    private func order(email: String = "Ana.Ruiz@example.com", postcode: String = "08001") -> Order {
        Order(
            number: "10024", placed: CalendarDay(number: 20_777), state: .shipped, name: "Ana Ruiz", email: email,
            postcode: postcode, items: [], total: 8990, carrier: nil, tracking: nil, promised: nil, delivered: nil)
    }

    @Test(
        "its e-mail address proves it, however it is spelled",
        arguments: ["ana.ruiz@example.com", "ANA.RUIZ@EXAMPLE.COM", " ana.ruiz @example.com\u{A0}"])
    func email(text: String) {
        #expect(OrderProof.proves(text, order()) && OrderProof.proves(email: text, order()))
        #expect(!OrderProof.proves(postcode: text, order()))
    }

    @Test(
        "its postcode proves it, however it is spelled",
        arguments: [
            ("08001", "08001"), ("08001", "08 001"), ("08001", "E-08001"), ("08001", "es 08001"), ("08001", "8001"),
            ("8001", "08001"), ("1000-001", "1000001"), ("1000-001", "PT-1000 001"), ("1000001", "p 1000-001"),
            ("AD500", "ad 500"), ("AD500", "AD-500"),
        ])
    func postcode(held: String, given: String) {
        #expect(OrderProof.proves(given, order(postcode: held)))
        #expect(OrderProof.proves(postcode: given, order(postcode: held)))
        #expect(!OrderProof.proves(email: given, order(postcode: held)))
    }

    @Test(
        "nothing else does",
        arguments: [
            "", " ", "ana.ruiz@example.co", "ana@example.com", "08002", "080011", "0800", "Ana Ruiz", "10024", "E",
            "@", "08001@example.com", "FR-08001",
        ])
    func others(text: String) { #expect(!OrderProof.proves(text, order())) }

    @Test("one of both is enough, and neither proves nothing")
    func both() {
        #expect(OrderProof.proves(email: "ana.ruiz@example.com", postcode: "28004", order()))
        #expect(OrderProof.proves(email: nil, postcode: "08 001", order()))
        #expect(!OrderProof.proves(email: "08001", postcode: "ana.ruiz@example.com", order()))
        #expect(!OrderProof.proves(email: nil, postcode: nil, order()))
        #expect(!OrderProof.proves(email: "", postcode: nil, order(email: "", postcode: "")))
    }

    @Test("an order without address and postcode is nobody's, nor is one that there is not")
    func nothingHeld() {
        for text in ["", " ", "-", "ana.ruiz@example.com", "08001"] {
            #expect(!OrderProof.proves(text, order(email: "", postcode: "")))
            #expect(!OrderProof.proves(text, order(email: " ", postcode: " - ")))
            #expect(!OrderProof.proves(text, nil))
        }
    }
}
