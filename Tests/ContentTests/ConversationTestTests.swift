import Testing

@testable import Content

@Suite("Conversations that editors write down")
struct ConversationTestTests {
    private func tests(_ text: String) throws -> [ConversationTest] {
        let shop = SmallShop().adding("Intents/tests/a.md", text)
        let bundle = try shop.bundle()
        #expect(bundle.problems.map { $0.rendered(language: "en") } == [])
        return bundle.tests
    }

    private func acts(_ text: String) throws -> [ConversationTest.Act] {
        try #require(try tests(text).first).steps.map(\.act)
    }

    @Test("a conversation is the list below its heading, in the languages of the catalogue")
    func bothLanguages() throws {
        let spanish = try acts(
            """
            # Precio

            Una nota para quien la lea.

            - Cliente: ¿cuánto
              cuesta?
            - Bot: pregunta o da a elegir (price)
              - dice: ¿cuál?
              - no dice: agotado
              - opción: Cafetera
              - sin opción: Tetera
              - fuente: envios
              - motivo: reclamación
              - equipo: Ventas
              - situación: mensaje guardado
              - caso: facturación, abierto
              - idioma: inglés
            """)
        let english = try acts(
            """
            # Price
            - Customer: ¿cuánto cuesta?
            - Bot: asks or gives a choice (price)
            - says: ¿cuál?
            - doesn't say: agotado
            - choice: Cafetera
            - no choice: Tetera
            - source: envios
            - reason: complaint
            - team: ventas
            - standing: message_taken
            - case: billing open
            - language: en
            """)
        #expect(spanish == english)
        #expect(
            spanish == [
                .says("¿cuánto cuesta?"), .expects(.reply(kinds: [.ask, .clarify], intents: ["price"])),
                .expects(.says("¿cuál?")), .expects(.lacks("agotado")), .expects(.choice("Cafetera")),
                .expects(.noChoice("Tetera")), .expects(.source("envios")), .expects(.reason("complaint")),
                .expects(.team("ventas")), .expects(.state("message_taken")),
                .expects(.caseTold(kind: "billing", state: "open")), .expects(.language("en")),
            ])
    }

    @Test("what else a customer does, and what agents do")
    func turns() throws {
        let acts = try acts(
            """
            # Todo
            - Agente ana: entra
            - Cliente pide una persona: mi pedido
            - Agente ana: toma la conversación
            - Agente ana: dice: Hola: soy Ana
            - Agente Ana: anota llamar
            - Agente ana: pasa a ventas
            - Agente ana: devuelve
            - Agente ana: resuelve
            - Agente ana: contesta el caso: rechazada: no consta
            - Agente ana: contesta el caso: en ello
            - Agente ana: se va
            - Cliente mira el caso
            - Cliente deja la cola
            - Cliente valora: respuesta no
            - Cliente valora: csat 5
            - Cliente elige idioma: inglés
            - Otra conversación
            - Cliente: hola
            - Bot: calla
            """)
        #expect(
            acts == [
                .agent("ana", .comesIn), .asksForPerson("mi pedido"), .agent("ana", .takes),
                .agent("ana", .tells("Hola: soy Ana")), .agent("ana", .notes("llamar")),
                .agent("ana", .transfers(to: "ventas")), .agent("ana", .returns), .agent("ana", .resolves),
                .agent("ana", .answersCase(outcome: "refused", "no consta")),
                .agent("ana", .answersCase(outcome: nil, "en ello")), .agent("ana", .leaves), .looksAtCase, .cancels,
                .rates(kind: "answer", score: 0), .rates(kind: "csat", score: 5),
                .chooses(language: "en"), .beginsAnew, .says("hola"), .expects(.reply(kinds: [.silent], intents: [])),
            ])
    }

    @Test("date, hours, language and what is known hold for a file, or for one conversation")
    func before() throws {
        let tests = try tests(
            """
            ---
            idioma: inglés
            hoy: 2026-12-24 18:30
            ---
            # Una
            - Cliente: hola
            - Bot: charla
            # Otra
            - Idioma: español
            - Hoy: 2026-07-01
            - Conocido: no saluda
            - Cliente: hola
            - Bot: charla
            # De noche
            - Hoy: 2026-12-24 18:30
            - Horario: cerrado
            - Cliente: hola
            - Bot: charla
            """)
        #expect(tests.map(\.title) == ["Una", "Otra", "De noche"])
        #expect(tests.map(\.language) == ["en", "es", "en"])
        #expect(tests.map(\.known) == [nil, "no saluda", nil])
        // In Madrid: winter, summer, and the hour after which nobody answers on that Thursday.
        #expect(tests.map(\.moment) == [1_798_133_400_000, 1_782_896_400_000, 1_798_138_800_000])
    }

    @Test("a conversation that says nothing else begins on a Tuesday at eleven, in the shop's time")
    func usual() throws {
        let test = try #require(try tests("# A\n- Cliente: hola\n- Bot: charla\n").first)
        #expect(test.moment == 1_795_514_400_000)
        #expect((test.line, test.column, test.path) == (1, 3, "Intents/tests/a.md"))
    }

    @Test("hours that never come are told")
    func never() throws {
        let shop = SmallShop().replacing(
            "hours: mon-fri 09:00-20:00; sat 10:00-14:00\n", with: "", in: "Intents/settings.md"
        )
        .adding("Intents/tests/a.md", "# A\n- Horario: cerrado\n- Cliente: hola\n- Bot: charla\n")
        #expect(shop.problems().map(\.key) == [.testNeverSo])
    }

    @Test("a heading without a list stands over others")
    func grouped() throws {
        let tests = try tests(
            "# Precios\nDe todo.\n## Uno\n- Cliente: a\n- Bot: pregunta\n## Dos\n- Cliente: b\n- Bot: pregunta\n")
        #expect(tests.map(\.title) == ["Uno", "Dos"])
    }

    @Test("golden questions of an intent and of an article are tests, no phrases and no section")
    func golden() throws {
        let bundle = try SmallShop()
            .replacing(
                "## Opciones",
                with: "## Pruebas\n- ¿a cuánto?\n  - Conocido: aún no\n- No: ¿cuándo llega?\n\n## Opciones"
            )
            .replacing(
                "Dos días.", with: "Dos días.\n\n## Pruebas\n- ¿tardáis?\n\n## Otra\nTexto.",
                in: "KnowledgeBase/es/envios.md"
            ).bundle()
        #expect(bundle.tests.map(\.title) == ["¿a cuánto?", "¿cuándo llega?", "¿tardáis?"])
        #expect(bundle.tests.map(\.known) == ["aún no", nil, nil])
        #expect(
            bundle.tests.compactMap(\.steps.last?.act) == [
                .expects(.answered(intent: "price", article: nil)),
                .expects(.notAnswered(intent: "price", article: nil)),
                .expects(.answered(intent: "price", article: "KnowledgeBase/es/envios.md")),
            ])
        #expect(bundle.tests.map(\.line) == [29, 31, 16])
        #expect(bundle.intent("price")?.phrases["es"]?.count == 2)
        let sections = bundle.sections.filter { $0.path == "KnowledgeBase/es/envios.md" }
        #expect(sections.map(\.title) == ["Envíos", "¿Cuánto tarda? Año nuevo", "Otra"])
        #expect(!sections.contains { $0.plainText.contains("¿tardáis?") })
    }

    @Test("a file that is not in the content folder is read for its content")
    func elsewhere() throws {
        let bundle = try SmallShop().bundle()
        let good = ConversationTest.read(
            path: "/tmp/a.md", bytes: Array("# A\n- Customer: hi\n- Bot: chats\n".utf8), for: bundle)
        #expect(try good.get().map(\.path) == ["/tmp/a.md"])
        let bad = ConversationTest.read(path: "a.md", bytes: Array("# A\n- Bot: chats (prise)\n".utf8), for: bundle)
        #expect(throws: ContentFailure.self) { try bad.get() }
    }
}
