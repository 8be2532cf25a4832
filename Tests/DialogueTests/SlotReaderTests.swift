import Content
import Testing

@testable import Dialogue

@Suite("What messages say of slots")
struct SlotReaderTests {
    /// A Tuesday.
    private static let today = CalendarDay(number: 20_781)
    private static let words = ["es": SlotWords("es"), "en": SlotWords("en")]

    private func read(
        _ text: String, _ kinds: [SlotKind], asked: SlotKind? = nil, language: String = "es", form: String = "#####"
    ) throws -> [String: String] {
        let reader = SlotReader(
            words: try #require(Self.words[language]), orderNumber: try #require(OrderNumber(form)), today: Self.today)
        let found = reader.read(text, kinds, asked: asked)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.slot, $0.values[0]) })
    }

    private func one(
        _ kind: SlotKind, _ text: String, asked: Bool = false, language: String = "es", form: String = "#####"
    ) throws -> String? {
        try read(text, [kind], asked: asked ? kind : nil, language: language, form: form)[kind.rawValue]
    }

    @Test(
        "e-mail addresses, as people type them",
        arguments: [
            ("mi correo es Ana.Lopez+casa@Example.com.", "ana.lopez+casa@example.com"),
            ("<luis@correo.example.org>", "luis@correo.example.org"), ("a@b", nil), ("luis@correo.", nil),
            ("@ana", nil), ("ana..l@example.com", nil), ("ana@exa_mple.com", nil), ("ana@ example.com", nil),
        ] as [(String, String?)])
    func emails(text: String, value: String?) throws { #expect(try one(.email, text) == value, "\(text)") }

    @Test(
        "telephone numbers in every grouping",
        arguments: [
            ("612345678", "+34612345678"), ("llámame al 612 34 56 78", "+34612345678"),
            ("612-345-678, por la tarde", "+34612345678"), ("(+34) 912 345 678", "+34912345678"),
            ("+34612345678", "+34612345678"), ("0034 612 345 678", "+34612345678"), ("34612345678", "+34612345678"),
            ("+44 20 7946 0958", "+442079460958"), ("+351 912 345 678", "+351912345678"),
            ("pedido 10024 tel 612345678", "+34612345678"), ("512345678", nil), ("61234567", nil),
            ("ES612345678", nil), ("612345678901", nil),
        ] as [(String, String?)])
    func phones(text: String, value: String?) throws { #expect(try one(.phone, text) == value, "\(text)") }

    @Test(
        "order numbers and postcodes are told apart by the words before them",
        arguments: [
            ("dónde está mi pedido 10024", "10024", nil),
            ("el nº de pedido es el 10024 y mi cp 28010", "10024", "28010"),
            ("10024, código postal 28010", "10024", "28010"), ("cp 28010 pedido 10024", "10024", "28010"),
            ("10024", "10024", nil), ("10024 28010", "10024", "28010"), ("mi código postal es el 28010", nil, "28010"),
            ("pagué 10024 euros", nil, nil), ("el 612345678", nil, nil), ("99999", "99999", nil),
            ("pedido 100245", nil, nil), ("vivo en Lisboa, 1000-205", nil, "1000-205"), ("Encamp AD200", nil, "AD200"),
        ] as [(String, String?, String?)])
    func ordersAndPostcodes(text: String, order: String?, postcode: String?) throws {
        let found = try read(text, [.order, .postcode])
        #expect(found["order"] == order, "\(text)")
        #expect(found["postcode"] == postcode, "\(text)")
    }

    @Test("a number is what was asked for")
    func asked() throws {
        #expect(try read("28010", [.order, .postcode], asked: .postcode) == ["postcode": "28010"])
        #expect(try read("el 2", [.quantity], asked: .quantity) == ["quantity": "2"])
        #expect(try read("el 2", [.quantity]) == [:])
        #expect(try read("45", [.amount], asked: .amount) == ["amount": "4500"])
        #expect(try read("45", [.amount]) == [:])
    }

    @Test("what is taken back counts no more")
    func corrections() throws {
        #expect(try one(.order, "el pedido 10023, perdona, el 10024") == "10024")
        #expect(try one(.order, "los pedidos 10023 y 10024") == "10023")
        #expect(try one(.order, "order 10023 sorry I mean 10024", language: "en") == "10024")
    }

    @Test("a shop's own form of order numbers")
    func forms() throws {
        #expect(try one(.order, "mi pedido es-ab 123456", form: "ES-@@-######") == "ES-AB-123456")
        #expect(try one(.order, "pedido ESAB123456", form: "ES-@@-######") == "ES-AB-123456")
        #expect(try one(.order, "pedido 10024", form: "ES-@@-######") == nil)
        for form in ["##", "", "ñ###", "#####€"] { #expect(OrderNumber(form) == nil, "\(form)") }
    }

    @Test(
        "days and spans",
        arguments: [
            ("lo compré ayer", "2026-11-23"), ("antes de ayer", "2026-11-22"), ("hoy mismo", "2026-11-24"),
            ("pasado mañana", "2026-11-26"), ("hace dos semanas", "2026-11-10"), ("hace 3 días", "2026-11-21"),
            ("hace un mes", "2026-10-24"), ("hace un par de días", "2026-11-22"), ("dentro de 2 días", "2026-11-26"),
            ("el martes pasado", "2026-11-17"), ("el lunes", "2026-11-23"), ("para el viernes", "2026-11-27"),
            ("la semana pasada", "2026-11-16/2026-11-22"), ("este fin de semana", "2026-11-28/2026-11-29"),
            ("el mes que viene", "2026-12-01/2026-12-31"), ("en octubre", "2026-10-01/2026-10-31"),
            ("el 3 de diciembre", "2026-12-03"), ("el 3 de diciembre de 2025", "2025-12-03"), ("el 3/12", "2026-12-03"),
            ("03-12-2025", "2025-12-03"), ("3.12.25", "2025-12-03"), ("2026-12-03", "2026-12-03"),
            ("antes de Navidad", "../2026-12-24"), ("hasta el 5 de enero", "../2027-01-05"),
            ("a partir del lunes", "2026-11-23/.."), ("del 3 al 5 de diciembre", "2026-12-03/2026-12-05"),
            ("en Reyes", "2027-01-06"), ("24-48 horas", nil), ("el 31 de febrero", nil), ("cuesta 12.50", nil),
        ] as [(String, String?)])
    func dates(text: String, value: String?) throws { #expect(try one(.date, text) == value, "\(text)") }

    @Test(
        "days and spans in English",
        arguments: [
            ("I bought it yesterday", "2026-11-23"), ("two weeks ago", "2026-11-10"), ("last Tuesday", "2026-11-17"),
            ("on 3rd December", "2026-12-03"), ("December 3rd, 2025", "2025-12-03"), ("by Friday", "../2026-11-27"),
            ("before Christmas", "../2026-12-24"), ("next week", "2026-11-30/2026-12-06"), ("in 3 days", "2026-11-27"),
            ("may I return it", nil),
        ] as [(String, String?)])
    func englishDates(text: String, value: String?) throws {
        #expect(try one(.date, text, language: "en") == value, "\(text)")
    }

    @Test(
        "amounts of money",
        arguments: [
            ("45 €", "4500"), ("45€", "4500"), ("€45.90", "4590"), ("1.234,50 euros", "123450"), ("12,5 euros", "1250"),
            ("me cobraron veinte euros", "2000"), ("1.234 euros", "123400"), ("45", nil), ("12.34.56 €", nil),
        ] as [(String, String?)])
    func amounts(text: String, value: String?) throws { #expect(try one(.amount, text) == value, "\(text)") }

    @Test(
        "quantities",
        arguments: [("quiero 2 unidades", "2"), ("dos cajas", "2"), ("x3", "3"), ("3 días", nil), ("0 cajas", nil)]
            as [(String, String?)])
    func quantities(text: String, value: String?) throws { #expect(try one(.quantity, text) == value, "\(text)") }

    @Test("names, where they are told or asked for")
    func names() throws {
        #expect(try one(.name, "hola, me llamo Ana López, ¿y mi pedido?") == "Ana López")
        #expect(try one(.name, "soy cliente vuestro") == nil)
        #expect(try one(.name, "ana lópez", asked: true) == "Ana López")
        #expect(try one(.name, "me llamo ana", asked: true) == "Ana")
        #expect(try one(.name, "ana lópez") == nil)
        #expect(try one(.name, "para qué lo quieres", asked: true) == nil)
        #expect(try one(.name, "I'm Mary O'Neill", language: "en") == "Mary O'Neill")
    }

    @Test(
        "agreement and refusal",
        arguments: [
            ("sí", "yes"), ("vale, adelante", "yes"), ("no", "no"), ("no, déjalo", "no"), ("mejor no", "no"),
            ("espera, no", "no"), ("bueno, pues sí", "yes"), ("a ver", nil),
            ("sí, por favor, cancelad el pedido ya", "yes"),
            ("sí, pero solo la sartén", nil), ("si llega mañana no", nil), ("no tengo duda, cancélalo", nil),
            ("no, gracias", "no"), ("no me lo canceles", "no"), ("no sé", nil), ("no, sí, bueno sí", nil),
            ("si no me lo canceláis os denuncio", nil),
            ("quizá", nil),
        ] as [(String, String?)])
    func agreement(text: String, value: String?) throws {
        #expect(try one(.agreement, text, asked: true) == value, "\(text)")
    }

    @Test("one message fills several at once, each from words of its own")
    func several() throws {
        let found = try read(
            "Soy Ana López, pedido 10024, ana@example.com, tel. 612 345 678, cp 28010, lo recibí el martes pasado",
            SlotKind.allCases)
        #expect(
            found == [
                "order": "10024", "email": "ana@example.com", "phone": "+34612345678", "postcode": "28010",
                "date": "2026-11-17", "name": "Ana López",
            ])
    }

    @Test("the longest line is read at once, whatever it is made of", .timeLimit(.minutes(5)))
    func longLines() throws {
        for piece in [
            "1 ", "6", "612 ", "10024 ", "+", "a@b.es ", "€1", "3/12 ", "hace un ", "pedido ", "x3 ", "el 3 de ",
        ] {
            _ = try read(String(repeating: piece, count: 8_192 / piece.utf8.count), SlotKind.allCases, asked: .amount)
        }
    }

    @Test("any bytes are read without harm, and nothing is found outside of them")
    func anything() throws {
        var seed: UInt64 = 7
        let pieces = [
            "10024", "@", "+34", "€", "de", "pedido", " ", ".", ",", "/", "-", "a", "ñ", "hace", "semanas", "martes",
            "🙂",
            "612345678", "cp", "AD", "2026", "é", "x", "0",
        ]
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<12 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            for asked in [nil, SlotKind.name, .postcode, .amount, .quantity] {
                let found = try read(text, SlotKind.allCases, asked: asked)
                #expect(found.values.allSatisfy { !$0.isEmpty }, "\(text)")
            }
        }
    }
}
