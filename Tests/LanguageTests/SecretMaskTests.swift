import Testing

@testable import Language

@Suite("Secrets that customers type")
struct SecretMaskTests {
    private let mask = SecretMask(words: ["contraseña", "clave", "password", "cvv"], links: ["es", "is"])

    @Test(
        "card numbers are hidden but for their last four digits",
        arguments: [
            ("mi tarjeta es 4111 1111 1111 1111, cadúcala", "mi tarjeta es •••• •••• •••• 1111, cadúcala"),
            ("4111111111111111", "••••••••••••1111"), ("5500-0000-0000-0004", "••••-••••-••••-0004"),
            ("Amex 3400 000000 00009", "Amex •••• •••••• •0009"),
            ("pedido 10024 4111 1111 1111 1111", "pedido 10024 •••• •••• •••• 1111"),
        ])
    func cards(text: String, hidden: String) { #expect(mask.masked(text) == hidden) }

    @Test(
        "what is no card stays",
        arguments: [
            "4111 1111 1111 1112", "612 345 678", "pedido 10024 del 28010", "ES91 2100 0418 4502 0005 1332",
            "1111 1111 1111 1117", "8412345678905", "CX7202452364ES",
            "el 12/03/2026 a las 10:30, llamadme al 612345678",
            "", "🙂", "0000 0000 0000 0000",
        ])
    func others(text: String) { #expect(mask.masked(text) == nil) }

    @Test(
        "passwords are hidden",
        arguments: [
            ("mi contraseña es Gato123", "mi contraseña es •"), ("contraseña: gato", "contraseña: •"),
            ("CLAVE=abc.", "CLAVE=•."), ("my password is \"hUnter2\".", "my password is \"•\"."),
            ("clave: 4111111111111111", "clave: •"), ("clave=clave=x9 4111111111111111", "clave=• ••••••••••••1111"),
            ("el cvv es 123 y la clave: x9", "el cvv es • y la clave: •"),
        ])
    func passwords(text: String, hidden: String) { #expect(mask.masked(text) == hidden) }

    @Test("the longest line is looked through at once, whatever it is made of", .timeLimit(.minutes(5)))
    func longLines() {
        for piece in ["1 ", "4", "41 ", "4111 ", "clave ", "clave:", "-", "ñ"] {
            let text = String(repeating: piece, count: 8_192 / piece.utf8.count)
            for _ in 0..<3 { _ = mask.masked(text) }
        }
    }

    @Test(
        "talk about passwords stays",
        arguments: [
            "mi contraseña es incorrecta", "olvidé la contraseña y no puedo entrar", "¿cuál es la clave?", "contraseña",
            "la contraseña", "password reset please", "contraseña:",
        ])
    func talk(text: String) { #expect(mask.masked(text) == nil) }
}
