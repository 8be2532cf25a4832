import Content
import Testing

@testable import Dialogue

@Suite("Moments that customers name")
struct MomentReaderTests {
    private static let words = ["es": SlotWords("es"), "en": SlotWords("en")]

    /// Tuesday, 24 November 2026, 11:00 in Madrid, in a shop that is open from 9 to 20 on weekdays and from 10 to 14 on
    /// Saturdays.
    private static let hours: ServiceHours? = try? {
        let files = [
            "Intents/settings.md": """
            ---
            shop_name: Tienda
            languages: es, en
            time_zone: Europe/Madrid
            hours: mon-fri 09:00-20:00; sat 10:00-14:00
            ---
            ## Teams
            - general: es General; en General

            ## Holidays
            - 2026-12-08: La Inmaculada
            """,
            "Intents/small-talk/hello.md": """
            ---
            title_es: Saludo
            title_en: Greeting
            ---
            # Español
            ## Frases
            - hola
            ## Respuesta
            Hola.
            # English
            ## Phrases
            - hello
            ## Answer
            Hello.
            """,
        ]
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
            .serviceHours
    }()

    private func moment(
        _ text: String, language: String = "es", asked: Bool = false, now: String = "2026-11-24T11:00",
        earlier: String? = nil
    ) throws -> String? {
        let hours = try #require(Self.hours)
        let present = hours.unixMilliseconds(try #require(LocalMoment(now)))
        let reader = SlotReader(
            words: try #require(Self.words[language]), orderNumber: try #require(OrderNumber("#####")),
            today: hours.day(at: present),
            clock: MomentReader.Clock(hours: hours, now: present, earlier: earlier.flatMap { LocalMoment($0) }))
        return reader.read(text, [.moment, .phone], asked: asked ? .moment : nil).first { $0.slot == "moment" }?
            .values.first
    }

    @Test(
        "in Spanish",
        arguments: [
            ("mañana a las 5", "2026-11-25T17:00"), ("a las 17:30", "2026-11-24T17:30"),
            ("esta tarde", "2026-11-24T15:00"), ("el lunes por la mañana", "2026-11-30T09:00"),
            ("mañana por la mañana", "2026-11-25T09:00"), ("mañana a las diez de la mañana", "2026-11-25T10:00"),
            ("cuando abráis", "2026-11-25T09:00"), ("mañana a primera hora", "2026-11-25T09:00"),
            ("cuanto antes", "2026-11-24T11:00"), ("ahora mismo", "2026-11-24T11:00"),
            ("dentro de dos horas", "2026-11-24T13:00"), ("en media hora", "2026-11-24T11:30"),
            ("en 20 minutos", "2026-11-24T11:20"), ("hoy a las 6 y media", "2026-11-24T18:30"),
            ("a las seis menos cuarto", "2026-11-24T17:45"), ("a las 10", "2026-11-25T10:00"),
            ("a las 5 de la tarde", "2026-11-24T17:00"), ("el jueves", "2026-11-26T09:00"),
            ("el martes a las 12", "2026-12-01T12:00"), ("el 3 de diciembre a las 16h", "2026-12-03T16:00"),
            ("llamadme al 612345678 a partir de las 4", "2026-11-24T16:00"), ("17h30", "2026-11-24T17:30"),
            ("a las 19.15", "2026-11-24T19:15"), ("mañana a las 5, perdona, a las 6", "2026-11-25T18:00"),
            ("el sábado a las 11", "2026-11-28T11:00"), ("el domingo a las 5", "2026-11-29T17:00"),
            ("entre las 4 y las 6", "2026-11-24T16:00"), ("a las 12 de la noche", "2026-11-25T00:00"),
            ("mañana al mediodía", "2026-11-25T12:00"), ("mañana", "2026-11-25T09:00"), ("hoy", "2026-11-24T11:00"),
            ("quiero que me llaméis", nil), ("al 612345678", nil), ("tengo 5 sartenes", nil), ("cuesta 12.50 €", nil),
            ("el 5%", nil), ("2 unidades", nil), ("mi pedido es el 10024", nil),
        ] as [(String, String?)])
    func spanish(text: String, value: String?) throws { #expect(try moment(text) == value, "\(text)") }

    @Test(
        "in English",
        arguments: [
            ("tomorrow at 3pm", "2026-11-25T15:00"), ("tomorrow at 3 p.m.", "2026-11-25T15:00"),
            ("at half past four", "2026-11-24T16:30"), ("quarter to six today", "2026-11-24T17:45"),
            ("this afternoon", "2026-11-24T12:00"), ("Monday morning", "2026-11-30T09:00"),
            ("when you open", "2026-11-25T09:00"), ("in two hours", "2026-11-24T13:00"),
            ("in half an hour", "2026-11-24T11:30"), ("on Thursday at 10am", "2026-11-26T10:00"),
            ("5 o'clock", "2026-11-24T17:00"), ("as soon as possible", "2026-11-24T11:00"),
            ("next Friday at noon", "2026-11-27T12:00"), ("after 5", "2026-11-24T17:00"),
            ("December 3rd at 16:00", "2026-12-03T16:00"), ("call me on +44 20 7946 0958", nil),
            ("I have 3 pans", nil), ("I am a customer", nil),
        ] as [(String, String?)])
    func english(text: String, value: String?) throws { #expect(try moment(text, language: "en") == value, "\(text)") }

    @Test("where it was asked for, a bare hour is enough")
    func asked() throws {
        #expect(try moment("5", asked: true) == "2026-11-24T17:00")
        #expect(try moment("las cinco", asked: true) == "2026-11-24T17:00")
        #expect(try moment("5") == nil && moment("las cinco") == nil)
        #expect(try moment("612345678", asked: true) == nil)
    }

    @Test("a time alone keeps the day that was agreed on, and a day alone the time")
    func corrected() throws {
        let earlier = "2026-11-26T17:30"
        #expect(try moment("mejor a las 6", earlier: earlier) == "2026-11-26T18:00")
        #expect(try moment("mejor el viernes", earlier: earlier) == "2026-11-27T17:30")
        #expect(try moment("mejor por la mañana", earlier: earlier) == "2026-11-26T09:00")
        #expect(try moment("mejor a las 6", earlier: "2026-11-20T17:30") == "2026-11-24T18:00")
    }

    @Test("what is past today is meant for the next day, late in the day as early")
    func past() throws {
        #expect(try moment("por la mañana", now: "2026-11-24T18:00") == "2026-11-25T09:00")
        #expect(try moment("esta tarde", now: "2026-11-24T16:20") == "2026-11-24T16:20")
        #expect(try moment("a las 9 de la mañana", now: "2026-11-24T18:00") == "2026-11-25T09:00")
        #expect(try moment("cuando abráis", now: "2026-11-24T08:00") == "2026-11-24T09:00")
        #expect(try moment("cuando abráis", now: "2026-12-07T20:00") == "2026-12-09T09:00")
    }

    @Test("any text does no harm")
    func hostile() throws {
        let pieces = [
            "a las ", "24:99", "25h", ":", "mañana ", "5", "pm", "p.", " de la ", "tarde", "en ", "999999999",
            " minutos",
            "é", "\n", "-", "31/2 ", "menos cuarto",
        ]
        var seed: UInt64 = 11
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<8 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            if let found = try moment(text, asked: seed % 2 == 0) {
                #expect(LocalMoment(found) != nil, "\(text): \(found), seed 11")
            }
        }
    }
}
