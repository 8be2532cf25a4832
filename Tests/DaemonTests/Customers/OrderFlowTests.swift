import Foundation
import JSON
import Testing

/// A flow whose orders the shop's own program knows.
@Suite("Orders that the shop is asked for")
struct OrderFlowTests {
    private static let cancel = """
        ---
        title_es: Cancelar
        title_en: Cancel
        slots: confirmación
        ---
        # Flujo
        - verificar pedido
        - pedir confirmación
        - si confirmación = no: terminar
        - hacer cancelación
        - responder

        # Español
        ## Frases
        - quiero cancelar mi pedido
        - anular el pedido
        - cancelad mi compra
        - necesito cancelar el pedido
        - cancelación de pedido
        ## Pregunta: confirmación
        ¿Cancelamos el {pedido.número} de {pedido.total}?
        ## Respuesta
        Pedida con la clave {caso}.
        # English
        ## Phrases
        - I want to cancel my order
        - cancel the order
        - please cancel my purchase
        ## Question: agreement
        Shall we cancel {order.number}?
        ## Answer
        Requested: {case}.
        """

    /// Answers after `delay` seconds, and keeps what it was told.
    private static func script(_ delay: Double, log: String) -> String {
        """
        read line
        echo "$line" >> \(log)
        sleep \(delay)
        case "$line" in
        *request*) echo '{"accepted":true,"reference":"R-77"}' ;;
        *10024*) echo '{"order":{"number":"10024","placed":"2026-11-20","state":"paid","name":"Ana","email":"ana@example.com","postcode":"28010","items":[{"sku":"CL-0001","count":1}],"total":"49.80"}}' ;;
        *) echo '{"order":null}' ;;
        esac
        """
    }

    private func started(_ script: String, in folder: TemporaryFolder) throws -> Daemon {
        try folder.write(script, to: "orders.sh")
        return try Daemon.started(
            settings: ["orders: command /bin/sh \(folder.path)/orders.sh", "orders_timeout: 2"],
            files: ["Intents/order/cancel.md": Self.cancel])
    }

    @Test("the customer is told to wait, reads the answer by itself, and the shop is told the wish once")
    func asked() throws {
        let folder = try TemporaryFolder()
        let log = folder.path + "/log"
        let daemon = try started(Self.script(0.3, log: log), in: folder)
        let client = try daemon.customer()
        try client.open()
        #expect(try client.done("SAY quiero cancelar mi pedido 10024").text("reply.kind") == "ask")
        let waiting = try client.done("SAY ana@example.com").text("reply.text")
        #expect(waiting == "Un momento, lo estoy mirando.")
        let told = try client.nextPush("message")
        #expect(told["text"]?.string == "¿Cancelamos el 10024 de 49,80 €?")
        #expect(told["reply"]?["choices"]?.array?.count == 2)
        let done = try client.done("@id=si SAY sí")
        let key = try done.text("reply.case.key")
        #expect(try done.text("reply.text") == "Pedida con la clave \(key).")
        let agent = try daemon.agent("jefa")
        let cases = try agent.done("CASES").list("cases")
        #expect(try cases.map { try $0.text("key") } == [key])
        // The wish and what the shop makes of it reach those who have to answer the case.
        let id = try client.done("EXPORT").text("export.conversation")
        var transcript = ""
        for _ in 0..<50 where !transcript.contains("R-77") {
            transcript = "\(try agent.done("SHOW \(id)"))"
            usleep(100_000)
        }
        #expect(transcript.contains("R-77"))
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.filter { $0.contains("cancel") }.count == 1)
        #expect(lines.contains { $0.contains(key) })
        // Asked again, what was told is still known: nobody waits twice.
        #expect(try client.done("SAY quiero cancelar mi pedido").text("reply.kind") == "ask")
    }

    @Test("what the shop refuses is told to the customer as such, and to whoever answers the case")
    func refusedByShop() throws {
        let folder = try TemporaryFolder()
        let script = Self.script(0, log: "/dev/null").replacing(
            #"{"accepted":true,"reference":"R-77"}"#, with: #"{"accepted":false,"reason":"Ya salió del almacén."}"#)
        let daemon = try started(script, in: folder)
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("SAY quiero cancelar mi pedido 10024")
        try client.done("SAY ana@example.com")
        _ = try client.nextPush("message")
        let key = try client.done("SAY sí").text("reply.case.key")
        let told = try client.nextPush("message")
        #expect(try told.text("from") == "system")
        let text = try told.text("text")
        #expect(["10024", "Ya salió del almacén.", key].allSatisfy(text.contains))
        let context = try daemon.agent("jefa").done("SHOW \(opened.id)")["context"]
        #expect(context?["refused"]?.array?.map { $0["case"] } == [.string(key)])
        #expect(context?["refused"]?.array?.map { $0["text"] } == [.string("Ya salió del almacén.")])
    }

    @Test("a wrong proof is told as an unknown order is; where the shop is silent a person takes over")
    func silent() throws {
        let folder = try TemporaryFolder()
        let daemon = try started(Self.script(0, log: "/dev/null"), in: folder)
        let (one, other) = (try daemon.customer(), try daemon.customer())
        func refused(_ client: LineClient, _ number: String) throws -> String? {
            try client.open()
            try client.done("SAY quiero cancelar mi pedido \(number)")
            try client.done("SAY eva@example.com")
            return try client.nextPush("message")["text"]?.string
        }
        let wrong = try refused(one, "10024")
        #expect(wrong?.hasPrefix("Con esos datos no encuentro ningún pedido") == true)
        #expect(try refused(other, "10099") == wrong)
        try folder.write("sleep 60", to: "orders.sh")
        #expect(try one.done("SAY luis@example.com").text("reply.kind") == "ask")
        // The order was told before; another is not.
        #expect(try one.done("SAY es el 10031").text("reply.kind") == "order")
        let pushed = try one.nextPush("message", within: 20)
        #expect(pushed["reply"]?["handoff"]?["reason"]?.string == "error")
        #expect(try one.done("SAY hola")["delivered"]?.bool == true)
    }
}
