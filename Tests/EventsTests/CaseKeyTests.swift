import Events
import Testing

@Suite("Case keys")
struct CaseKeyTests {
    /// Keys that are the same in every run.
    private static let keys = (1...40).map { CaseKey(bits: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    @Test("a key is twelve digits in groups of four, and comes back from them", arguments: keys)
    func roundTrip(key: CaseKey) throws {
        let text = key.description
        let groups: [Substring] = text.split(separator: "-")
        #expect(groups.map(\.count) == [2, 4, 4, 4] && groups[0] == "CL")
        #expect(try CaseKey(text) == key)
    }

    @Test("letter case, hyphens, blanks and the prefix don't matter; O is 0, I and L are 1")
    func tolerant() throws {
        let key = try CaseKey("CL-7K3M-Q2X8-F4T9")
        for text in ["cl-7k3m-q2x8-f4t9", "CL7K3MQ2X8F4T9", "7k3mq2x8f4t9", "cl 7K3M Q2X8 F4T9", "c1-7k3m-q2x8-f4t9"] {
            #expect(try CaseKey(text) == key, "\(text)")
        }
        let ones = CaseKey(bits: 1 << 50)
        #expect(ones.description.hasPrefix("CL-1000-"))
        #expect(try CaseKey(ones.description.replacing("1000", with: "lOoO")) == ones)
    }

    @Test("one wrong digit, and two that changed places, are always seen", arguments: keys.prefix(6))
    func mistyped(key: CaseKey) {
        let right = Array(key.description)
        for place in right.indices.dropFirst(3) where right[place] != "-" {
            for digit in Self.digits where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(throws: CaseKey.Fault.mistyped) { try CaseKey(String(wrong)) }
            }
            for other in right.indices where other > place && right[other] != "-" && right[other] != right[place] {
                var wrong = right
                wrong.swapAt(place, other)
                #expect(throws: CaseKey.Fault.mistyped) { try CaseKey(String(wrong)) }
            }
        }
    }

    @Test(
        "what has not the form is malformed",
        arguments: ["", "CL-", "CL-7K3M-Q2X8-F4T", "CL-7K3M-Q2X8-F4T99", "ñ", "U"])
    func malformed(text: String) {
        #expect(throws: CaseKey.Fault.malformed) { try CaseKey(text) }
    }

    @Test("a key is found in a sentence, one that is mistyped too, and a product's number is none")
    func mentioned() throws {
        let key = CaseKey.Mention.key(try CaseKey("CL-7K3M-Q2X8-F4T9"))
        for text in [
            "¿cómo va CL-7K3M-Q2X8-F4T9?", "cl7k3mq2x8f4t9", "lo mío: CL 7K3M Q2X8 F4T9, gracias",
            "el CL-0012 y el caso cl-7k3m-q2x8-f4t9",
        ] { #expect(CaseKey.mentioned(in: text) == key, "\(text)") }
        #expect(CaseKey.mentioned(in: "¿y CL-7K3M-Q2X8-F4T8?") == .mistyped)
        for text in [
            "quiero el CL-0012", "CL-0012 y CL-0040", "xCL-7K3M-Q2X8-F4T9", "CL-7K3M-Q2X8-F4T9A", "cl abcd efgh ijkl",
            "clientes1234567", "",
        ] { #expect(CaseKey.mentioned(in: text) == nil, "\(text)") }
    }
}
