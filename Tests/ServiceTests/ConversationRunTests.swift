import Content
import Dialogue
import Foundation
import Synchronization
import Testing

@testable import Service

@Suite("Tests that editors write")
struct ConversationRunTests {
    /// The small shop with a file of conversations.
    private func content(_ text: String, _ changes: [String: (String, String)] = [:]) throws -> Interpreter {
        var files = SmallShop.files
        files["Intents/tests/a.md"] = text
        for (path, change) in changes { files[path] = files[path]?.replacing(change.0, with: change.1) }
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
    }

    private func run(_ text: String) throws -> ConversationRun {
        try #require(ContentTestReport(try content(text)).runs.first)
    }

    @Test("a conversation that goes as it should passes: answers, people, ratings, a new language")
    func passes() throws {
        let run = try run(
            """
            # Todo
            - Agente ana: entra
            - Cliente: ¿cuánto cuesta?
            - Bot: responde (price)
              - dice: DIEZ  euros
              - no dice: veinte
              - idioma: español
            - Cliente valora: respuesta sí
            - Cliente: quiero hablar con una persona
            - Bot: pasa a una persona (human)
              - motivo: pidió una persona
              - equipo: Sales
              - situación: en espera
            - Agente ana: toma la conversación
            - Cliente: ¿hola?
            - Bot: calla
            - Agente ana: dice Hola
            - Agente ana: anota es amable
            - Agente ana: pasa a ventas
            - Agente ana: toma
            - Agente ana: devuelve
            - Cliente: hola
            - Bot: charla
            - Cliente pide una persona
            - Bot: pasa
            - Cliente deja la cola
            - Bot: charla
            - Agente ana: toma
            - Agente ana: resuelve
            - Agente ana: se va
            - Otra conversación
            - Cliente elige idioma: inglés
            - Cliente: how much is it?
            - Bot: responde (price)
              - dice: Ten euros
            """)
        #expect(run.outcome == .passed, "\(run.transcript("en"))")
    }

    @Test(
        "what is not as expected is told with its line, the editor's words and what came",
        arguments: [
            ("  - dice: veinte", "dice: veinte"), ("  - no dice: euros", "no dice: euros"),
            ("  - opción: Té", "opción: Té"),
            ("  - fuente: envios", "fuente: envios"), ("  - idioma: inglés", "idioma: inglés"),
            ("  - motivo: asked", "motivo: asked"), ("  - equipo: general", "equipo: general"),
            ("  - situación: en espera", "situación: en espera"), ("- Bot: pregunta", "Bot: pregunta"),
            ("- Bot: responde (human)", "Bot: responde (human)"), ("- Bot: calla", "Bot: calla"),
            ("- Bot: duda", "Bot: duda"),
        ])
    func fails(line: String, words: String) throws {
        let run = try run("# Precio\n- Cliente: ¿cuánto cuesta?\n- Bot:\n\(line)\n")
        #expect(run.outcome == .failed)
        let told = run.diagnostic("es").rendered(language: "es")
        let column = line.prefix { $0 == " " }.count + 3
        #expect(
            told.hasPrefix(
                "Intents/tests/a.md:4:\(column): error: «Precio»: se esperaba «\(words)»; el bot responde price"))
        #expect(told.contains("Diez euros."))
        #expect(run.diagnostic("en").message(language: "en").contains("the bot answers price"))
    }

    @Test("a choice that is not to be there")
    func noChoice() throws {
        let run = try run("# A\n- Cliente: xkcd brumf\n- Bot: duda\n  - opción: persona\n  - sin opción: persona\n")
        #expect(run.faults.map(\.step.line) == [5])
    }

    @Test("what can't be done fails by itself, with the service's reason")
    func refused() throws {
        let run = try run("# A\n- Agente luis: entra\n- Cliente: hola\n- Agente luis: devuelve\n- Bot: charla\n")
        #expect(run.faults.first?.step.line == 4)
        #expect(run.diagnostic("en").message(language: "en").contains("not_yours"))
    }

    @Test("what is known to fail is told and is no failure; what goes well now is told too")
    func known() throws {
        let report = ContentTestReport(
            try content(
                """
                # Aún no
                - Conocido: no lo sabe
                - Cliente: hola
                - Bot: pregunta
                # Ya
                - Conocido: no saludaba
                - Cliente: hola
                - Bot: charla
                """))
        #expect(report.runs.map(\.outcome) == [.known, .mended])
        #expect(report.failures.isEmpty)
        #expect(report.runs.map { $0.diagnostic("en").severity } == [.warning, .warning])
        #expect(report.runs[1].diagnostic("en").message(language: "en").contains("no saludaba"))
    }

    @Test("date and hours decide whether somebody is there")
    func hours() throws {
        for (hours, state) in [("abierto", "en espera"), ("cerrado", "mensaje guardado")] {
            let run = try run(
                "# A\n- Hoy: 2026-12-24 12:00\n- Horario: \(hours)\n- Agente ana: entra\n- Cliente pide una persona\n"
                    + "- Bot: pasa\n  - situación: \(state)\n")
            #expect(run.outcome == .passed, "\(run.transcript("en"))")
        }
    }

    @Test("a golden question is answered by its intent, one behind No by another or by none")
    func golden() throws {
        let price = "Intents/pre-sale/price.md"
        let right = try content(
            "", [price: ("Diez euros.\n", "Diez euros.\n## Pruebas\n- ¿cuánto cuesta?\n- No: hola\n")])
        #expect(ContentTestReport(right).runs.map(\.outcome) == [.passed, .passed])
        let wrong = try content(
            "", [price: ("Diez euros.\n", "Diez euros.\n## Pruebas\n- hola\n- No: ¿cuánto cuesta?\n")])
        let report = ContentTestReport(wrong)
        #expect(report.runs.map(\.outcome) == [.failed, .failed])
        let messages = report.runs.map { $0.diagnostic("en").message(language: "en") }
        #expect(messages[0].contains("expected \"an answer by price\"; the bot chats greeting"))
        #expect(messages[1].contains("expected \"no answer by price\"; the bot answers price"))
    }

    @Test("what is expected is the answer to the customer's last line, also behind what an agent did")
    func behindAgent() throws {
        let run = try run("# A\n- Cliente: hola\n- Agente ana: entra\n- Bot: charla\n  - dice: hola\n")
        #expect(run.outcome == .passed, "\(run.transcript("en"))")
    }

    @Test("a case is told of, asked after under its key, answered by an agent and closed")
    func cases() throws {
        let run = try run(
            """
            # Queja
            - Agente ana: entra
            - Cliente: quiero poner una queja
            - Bot: responde (complaint)
              - caso: reclamación, abierto
              - dice: {caso}
            - Cliente mira el caso
            - Bot:
              - caso: abierto
            - Agente ana: contesta el caso: rechazada: no consta
            - Cliente: ¿cómo va {case}?
            - Bot:
              - caso: reclamación, cerrado
            """)
        #expect(run.outcome == .passed, "\(run.transcript("en"))")
        let wrong = try self.run("# Queja\n- Cliente: quiero poner una queja\n- Bot:\n  - caso: solicitud\n")
        #expect(wrong.diagnostic("en").message(language: "en").contains(" complaint open"))
    }

    @Test("orders are the content's own, whatever the settings say: no test asks the shop")
    func orders() throws {
        var files = SmallShop.files
        files["Intents/settings.md"] = files["Intents/settings.md"]?
            .replacing("hours:", with: "orders: command false\nhours:")
        files["Intents/order/order_status.md"] = """
            ---
            title_es: Pedido
            title_en: Order
            ---
            # Flujo
            - verificar pedido
            - responder
            # Español
            ## Frases
            - ¿dónde está mi pedido?
            ## Respuesta
            Está {pedido.estado}.
            # English
            ## Phrases
            - where is my order?
            ## Answer
            It is {order.state}.
            """
        files["KnowledgeBase/orders.csv"] =
            "number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered\n"
            + "10024,2026-11-20,shipped,Ana,ana@example.com,08001,CL-0012 x 1,1.00,,,,\n"
        files["KnowledgeBase/products.csv"] =
            "sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,"
            + "synonyms_en,alternatives,restock,description_es,description_en\nCL-0012,a,a,c,c,b,1.00,1,,,,,,,,d,d\n"
        files["Intents/tests/a.md"] = """
            # Pedido
            - Cliente: ¿dónde está mi pedido?
            - Bot: pregunta (order_status)
            - Cliente: 10024
            - Bot: pregunta (order_status)
            - Cliente: ana@example.com
            - Bot: da el pedido (order_status)
              - dice: enviado
            """
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        let run = try #require(ContentTestReport(Interpreter(bundle)).runs.first)
        #expect(run.outcome == .passed, "\(run.transcript("en"))")
    }

    @Test("a card's number is hidden before the bot reads it, as customers' lines are")
    func masked() throws {
        let service = try MemoryService(
            try content(""), now: .init(milliseconds: 1_795_514_400_000))
        _ = service.say("SAY mi tarjeta es 4111 1111 1111 1111")
        #expect(service.conversation?.lastCustomerText?.contains("4111 1111") == false)
    }
}

@Suite("Content that its tests keep out of use")
struct PublishGateTests {
    private static let settings = "Intents/settings.md"
    private static let tests = "Intents/tests/precio.md"

    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory() + "conserje-\(UUID().uuidString)")
        for (path, text) in SmallShop.files { try write(text, to: path) }
        try write("# Precio\n- Cliente: ¿cuánto cuesta?\n- Bot: responde (price)\n  - dice: Diez\n", to: Self.tests)
    }

    private func write(_ text: String, to path: String) throws {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    private func publishOnlyIfTestsPass() throws {
        let text = SmallShop.files[Self.settings]?
            .replacing("shop_name: Tienda", with: "shop_name: Tienda\npublish_only_if_tests_pass: sí")
        try write(try #require(text), to: Self.settings)
    }

    private func breakPrice() throws {
        let path = "Intents/pre-sale/price.md"
        try write(try #require(SmallShop.files[path]).replacing("Diez euros", with: "Once euros"), to: path)
    }

    private func load() -> Result<Interpreter?, ContentProblems> { ContentStore.load(folder.path, language: "es") }

    private func reload(_ store: ContentStore) async -> Result<Interpreter, ContentProblems> {
        await withCheckedContinuation { waiting in store.reload { waiting.resume(returning: $0) } }
    }

    @Test("a reload that breaks a test keeps the old content and says which, until the test passes again")
    func reloaded() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try publishOnlyIfTestsPass()
        let first = try #require(try load().get())
        let store = ContentStore(folder: folder.path, language: "es", current: first)
        try breakPrice()
        guard case .failure(let problems) = await reload(store) else {
            Issue.record("what breaks a test is in use")
            return
        }
        #expect(problems.lines.count == 1)
        #expect(problems.lines[0].hasPrefix("Intents/tests/precio.md:4:5: error: «Precio»: se esperaba «dice: Diez»"))
        #expect(store.problems == problems.lines)
        #expect(store.current === first)
        try write("# Precio\n- Cliente: ¿cuánto cuesta?\n- Bot: responde (price)\n  - dice: Once\n", to: Self.tests)
        let second = try await reload(store).get()
        #expect(second !== first && store.current === second)
        #expect(store.problems.isEmpty)
    }

    @Test("a first load with a test that fails is refused; one that is known to fail is not")
    func first() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try publishOnlyIfTestsPass()
        try breakPrice()
        #expect(throws: ContentProblems.self) { try load().get() }
        try write(
            "# Precio\n- Conocido: sube mañana\n- Cliente: ¿cuánto cuesta?\n- Bot:\n  - dice: Diez\n", to: Self.tests)
        #expect(try load().get() != nil)
    }

    @Test("without the setting tests keep nothing out of use")
    func unasked() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try breakPrice()
        #expect(try load().get() != nil)
    }
}
