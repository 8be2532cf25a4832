import Testing

@Suite("The customer service act, on the shop that ships")
struct CustomerServiceActTests {
    @Test("the law is kept", arguments: Obligation.all)
    func isKept(_ obligation: Obligation) throws { try obligation.check() }
}
