import Content
import Dialogue
import Events
import JSON
import Testing

@testable import Service

@Suite("Open cases of other conversations")
struct OpenCaseTests {
    private static let cancel = """
        ---
        title_es: Cancelar
        title_en: Cancel
        ---
        # Flujo
        - verificar pedido
        - hacer cancelación
        - responder

        # Español
        ## Frases
        - quiero cancelar mi pedido
        ## Reglas
        - cancelar [mi] pedido
        ## Respuesta
        Pedida con {caso}.
        # English
        ## Phrases
        - cancel my order
        ## Answer
        Requested: {case}.
        """

    private static let orders = """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered
        10024,2026-11-20,paid,Ana López,ana@example.com,28010,CL-0001 x 1,20.00,SEUR,S1,2026-11-26,
        """

    private static let products = """
        sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,synonyms_en,alternatives,restock,description_es,description_en
        CL-0001,Hervidor,Kettle,Desayuno,Breakfast,Calorina,20,5,,,,,,,,,
        """

    @Test(
        "a cancellation that is under way is told in another conversation, and no other is opened until it is answered")
    func once() throws {
        var files = SmallShop.files
        files["Intents/order/stop.md"] = Self.cancel
        files["KnowledgeBase/orders.csv"] = Self.orders
        files["KnowledgeBase/products.csv"] = Self.products
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        let counter = try Counter(Interpreter(bundle), now: Timestamp(milliseconds: 1_795_514_400_000))
        func ask(_ name: String) throws -> JSONValue? {
            _ = try counter.ask(name, "HELLO")
            return try counter.ask(name, "SAY cancelar mi pedido 10024, ana@example.com")["reply"]?["case"]
        }
        let first = try #require(try ask("ana"))
        let second = try #require(try ask("eva"))
        #expect(second["key"] == first["key"])
        #expect(first["receipt"] != nil && second["receipt"] == nil)
        #expect(counter.service.core.cases.all.count == 1)
        counter.connect("luis", .agent)
        _ = try counter.ask("luis", "LOGIN luis")
        _ = try counter.ask("luis", "ANSWER \(first["key"]?.string ?? "") Hecho.")
        #expect(try ask("pia")?["key"] != first["key"])
    }
}
