import Content
import Dialogue
import Events
import JSON
import Testing

@testable import Service

@Suite("What an agent who takes over is told")
struct HandoffContextTests {
    private static let start = Timestamp(milliseconds: 1_795_514_400_000)

    private static let files = [
        "Intents/order/cancel.md": """
        ---
        title_es: Cancelar
        title_en: Cancel
        team: ventas
        slots: motivo
        ---
        # Flujo
        - verificar pedido
        - pedir motivo
        - pasar a ventas

        # Español
        ## Frases
        - quiero cancelar mi pedido
        ## Reglas
        - cancelar
        ## Pregunta: motivo
        ¿Por qué?
        ## Respuesta
        Hecho.
        # English
        ## Phrases
        - I want to cancel my order
        ## Question: reason
        Why?
        ## Answer
        Done.
        """,
        "KnowledgeBase/products.csv": """
        sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,\
        synonyms_en,alternatives,restock,description_es,description_en
        CL-0012,a,a,c,c,b,1.00,1,,,,,,,,d,d

        """,
        "KnowledgeBase/orders.csv": """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered
        10024,2026-11-20,paid,Ana,ana@example.com,08001,CL-0012 x 1,1.00,,,,

        """,
    ]

    private func counter() throws -> Counter {
        let files = SmallShop.files.merging(Self.files) { $1 }
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        return try Counter(Interpreter(bundle), now: Self.start)
    }

    /// The customer says the lines, and an agent looks.
    private func context(_ counter: Counter, after lines: [String], by verb: String = "CLAIM") throws -> JSONValue? {
        let id = try #require(try counter.ask("clara", "HELLO")["conversation"]?.string)
        for line in lines { #expect(try counter.ask("clara", line)["code"] == nil) }
        return try look(counter, id, by: verb)
    }

    private func look(_ counter: Counter, _ id: String, by verb: String) throws -> JSONValue? {
        counter.connect("ana", .agent)
        _ = try counter.ask("ana", "LOGIN ana")
        return try counter.ask("ana", "\(verb) \(id)")["context"]
    }

    private func unfinished(_ slot: String, refusals: Int) -> JSONValue {
        .object([
            .init("intent", .string("cancel")), .init("slot", .string(slot)), .init("refusals", .integer(refusals)),
        ])
    }

    @Test("a flow that the customer breaks off, with what was asked last, also when something else was asked between")
    func brokenOff() throws {
        let asked = ["SAY quiero cancelar mi pedido", "HUMAN"]
        #expect(try context(try counter(), after: asked)?["unfinished"] == unfinished("order", refusals: 0))
        let between = ["SAY quiero cancelar mi pedido 10024", "SAY precio de la tetera", "HUMAN"]
        #expect(try context(try counter(), after: between)?["unfinished"] == unfinished("postcode", refusals: 0))
        let proved = ["SAY quiero cancelar mi pedido 10024", "SAY 08001", "SAY quiero hablar con una persona"]
        #expect(try context(try counter(), after: proved)?["unfinished"] == unfinished("reason", refusals: 0))
    }

    @Test("a proof that failed for the third time")
    func unproved() throws {
        let wrong = ["SAY quiero cancelar mi pedido 10024", "SAY 28001", "SAY 28002", "SAY 28003"]
        let context = try context(try counter(), after: wrong)
        #expect(context?["reason"] == .string("failed_verification"))
        #expect(context?["unfinished"]?["intent"] == .string("cancel"))
        #expect(context?["unfinished"]?["refusals"] == .integer(3))
    }

    @Test("a flow whose last step is a person leaves nothing unfinished, nor does what needs no question")
    func finished() throws {
        let done = ["SAY quiero cancelar mi pedido 10024", "SAY 08001", "SAY es muy grande"]
        let context = try context(try counter(), after: done)
        #expect(context?["team"] == .string("ventas") && context?["unfinished"] == nil)
        #expect(try self.context(try counter(), after: ["SAY llamadme"])?["unfinished"] == nil)
    }

    @Test("while the bot has it too, over a restart, and not any longer once it was given back")
    func elsewhere() throws {
        let counter = try counter()
        let context = try context(counter, after: ["SAY quiero cancelar mi pedido"], by: "SHOW")
        #expect(context?["unfinished"] == unfinished("order", refusals: 0))
        let id = try #require(try counter.ask("clara", "EXPORT")["export"]?["conversation"]?.string)
        _ = try counter.ask("clara", "HUMAN")
        try counter.restart()
        #expect(try look(counter, id, by: "CLAIM")?["unfinished"] == unfinished("order", refusals: 0))
        _ = try counter.ask("ana", "RETURN \(id)")
        #expect(try look(counter, id, by: "SHOW")?["unfinished"] == nil)
    }
}
