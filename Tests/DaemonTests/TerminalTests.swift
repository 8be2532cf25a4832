import Testing

@testable import conserje

@Suite("What a terminal shows")
struct TerminalTests {
    @Test("Markdown is shown without its marks where there are no styles")
    func plainMarkdown() {
        let markdown = Markdown(style: TextStyle(isOn: false))
        let source = """
            # Envíos
            Llega en **48 horas** o *antes*; vea [las tarifas](https://x.es/t_1).
            - uno
            - `dos`
            1. tres
            > cita
            product_name_1 y 2 * 3 * 4 y \\*literal\\*
            """
        let expected = """
            Envíos
            Llega en 48 horas o antes; vea las tarifas (https://x.es/t_1).
            • uno
            • dos
            1. tres
            │ cita
            product_name_1 y 2 * 3 * 4 y *literal*
            """
        #expect(markdown.rendered(source) == expected)
    }

    @Test("styles are escape sequences, and text from elsewhere cannot bring its own")
    func styled() {
        let markdown = Markdown(style: TextStyle(isOn: true))
        #expect(markdown.rendered("**a**") == "\u{1B}[1ma\u{1B}[0m")
        #expect(markdown.rendered("x\u{1B}[2Jy\u{7}") == "x[2Jy")
        #expect(!TextStyle.suited(isTerminal: true, environment: ["NO_COLOR": "1"]).isOn)
        #expect(TextStyle.suited(isTerminal: true, environment: ["NO_COLOR": ""]).isOn)
        #expect(!TextStyle.suited(isTerminal: false, environment: [:]).isOn)
    }

    @Test("lines are broken between words, and the continuation of a list is indented")
    func wrapped() {
        let markdown = Markdown(style: TextStyle(isOn: false), width: 20)
        #expect(markdown.rendered("- una frase que no cabe entera") == "• una frase que no\n  cabe entera")
    }

    @Test("tables align by columns on the screen, wide characters and escapes included")
    func table() {
        var table = TextTable(header: ["#", "B"])
        table.append(["日本", "x"])
        table.append(["\u{1B}[31mé\u{1B}[0m", "y"])
        let lines = table.rendered(width: 80, style: TextStyle(isOn: false)).split(separator: "\n")
        #expect(lines == ["#     B", "日本  x", "\u{1B}[31mé\u{1B}[0m     y"])
    }

    @Test("durations are told in the unit that fits")
    func durations() {
        #expect(Span.words(45) == "45 s")
        #expect(Span.words(-130) == "2 min")
        #expect(Span.words(7500) == "2 h 05 min")
        #expect(Span.moment("2026-11-24T15:49:13.042Z") == "2026-11-24 15:49 UTC")
    }

    @Test("the line being typed is edited by characters, not bytes")
    func editing() {
        var editor = LineEditor()
        #expect(editor.feed("año".utf8) == [.edited])
        _ = editor.feed("\u{7F}\u{7F}".utf8)
        #expect(String(editor.text) == "a")
        _ = editor.feed("bc\u{1B}[D\u{1B}[DX".utf8)
        #expect(String(editor.text) == "aXbc")
        #expect(editor.feed("\u{1}Z\u{5}!\r".utf8).last == .line("ZaXbc!"))
        #expect(editor.feed("\u{1B}[A".utf8) == [.edited])
        #expect(String(editor.text) == "ZaXbc!")
        #expect(editor.feed([0x03]) == [.edited])
        #expect(editor.feed([0x03]) == [.interrupt])
        #expect(editor.feed([0x04]) == [.end])
    }

    @Test("a character that comes in pieces waits for the rest")
    func pieces() {
        var editor = LineEditor()
        let bytes = Array("ñ€👍".utf8)
        for byte in bytes { _ = editor.feed([byte]) }
        #expect(String(editor.text) == "ñ€👍")
        _ = editor.feed([0x1B])
        _ = editor.feed([UInt8(ascii: "[")])
        _ = editor.feed([UInt8(ascii: "D")])
        #expect(editor.cursor == 2)
    }

    @Test("a line longer than the terminal stays on one row, the cursor in sight")
    func scrolling() {
        var editor = LineEditor()
        _ = editor.feed(String(repeating: "a", count: 50).utf8)
        _ = editor.feed("END".utf8)
        let row = editor.rendered(prompt: "> ", width: 30)
        #expect(row.contains("aaEND"))
        #expect(row.filter { $0 == "a" }.count == 24)
        #expect(!row.contains("\n"))
    }

    @Test("an agent's line is a command only in its exact form, or after a slash")
    func deskLines() {
        func read(_ text: String) -> DeskLine? { DeskLine(text, isConversation: { Int($0) != nil }) }
        #expect(read("tomar 2")?.word == .claim)
        #expect(read("t")?.word == .claim)
        #expect(read("Tomar 2")?.word == nil)
        #expect(read("/Tomar 2")?.word == .claim)
        #expect(read("take care")?.word == nil)
        #expect(read("return it by post")?.word == nil)
        #expect(read("/return he wants the bot")?.rest == "he wants the bot")
        #expect(read("resolver cambio #envío")?.word == .resolve)
        #expect(read("resolver esto llevará un día")?.word == nil)
        #expect(read("estado de su pedido: enviado")?.rest == "estado de su pedido: enviado")
        #expect(read("nota  llamó  ayer")?.rest == "llamó  ayer")
        #expect(read("decir estado")?.rest == "estado")
        #expect(read("/nada") == nil)
    }
}
