import Testing

@testable import Language

@Suite("Files pasted into a message")
struct PastedFilesTests {
    private static let payload = String(repeating: "iVBORw0KGgoAAAANSUhEUg", count: 4)

    @Test(
        "what is kept of a file is the mark of its type",
        arguments: [
            ("data:image/png;base64,\(payload)==", "[image/png]"),
            ("mira: DATA:Image/JPEG;base64,\(payload) ¿lo ves?", "mira: [image/jpeg] ¿lo ves?"),
            ("data:text/plain;charset=utf-8,hola%20clara", "[text/plain]"),
            ("data:;base64,aG9sYQ==", "[text/plain]"),
            ("<img src=\"data:image/gif;base64,R0lGOD\">", "<img src=\"[image/gif]\">"),
            ("data:application/pdf;base64,\(payload)\n\(payload)\ny la factura", "[application/pdf]\ny la factura"),
            ("data:image/png;base64,AAAA y data:video/mp4;base64,BBBB", "[image/png] y [video/mp4]"),
        ])
    func masked(text: String, kept: String) { #expect(PastedFiles.masked(text) == kept) }

    @Test(
        "a message without a file stays as it is",
        arguments: [
            "", "mis data: clara, 28001", "data:", "data:image/png", "metadata:image/png,x", "data:hola,adiós",
            "data:café/png;base64,AAAA", "el pedido [10024]", "data:video,x",
        ])
    func unmasked(text: String) { #expect(PastedFiles.masked(text) == nil) }

    @Test(
        "what the customer wrote besides is told apart, and links to files alone say nothing",
        arguments: [
            ("[image/png]", ""), ("mira [image/png] esto", "mira  esto"), ("[a [image/png]", "[a "),
            ("https://example.com/fotos/golpe.JPG", ""), ("http://x.example/a.pdf?b=1 https://x.example/c.mp4", ""),
        ])
    func rest(text: String, rest: String) { #expect(PastedFiles.rest(of: text) == rest) }

    @Test(
        "other brackets and links are words like any",
        arguments: [
            "hola", "[10024]", "[image]", "[texto/plano", "https://casalumbre.example", "https://x.example/batidora",
            "¿es esta? https://x.example/foto.jpg", "https://foto.jpg", "",
        ])
    func noFile(text: String) { #expect(PastedFiles.rest(of: text) == nil) }
}
