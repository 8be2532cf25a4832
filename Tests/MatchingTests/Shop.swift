import Matching

/// A small shop's phrases and sections.
enum Shop {
    static let phrases: [(intent: String, phrase: String)] = [
        (
            "price",
            [
                "¿cuánto cuesta la cafetera?", "precio de la batidora", "qué vale el horno", "cuánto es la tostadora",
                "dime el precio del hervidor", "a cómo está la cafetera",
            ]
        ),
        (
            "delivery",
            [
                "¿cuándo llega mi pedido?", "cuánto tarda el envío", "plazo de entrega a Canarias",
                "en cuántos días me llega", "tiempo de entrega del horno", "cuándo me lo entregan",
            ]
        ),
        (
            "return_item",
            [
                "quiero devolver la batidora", "cómo hago una devolución", "devolver un producto",
                "no me gusta y lo quiero devolver", "plazo para devolver", "devolución gratis",
            ]
        ),
        (
            "invoice",
            [
                "necesito la factura", "dónde descargo mi factura", "factura con el NIF de la empresa",
                "me falta la factura del pedido", "quiero una factura completa", "error en la factura",
            ]
        ),
        (
            "warranty",
            [
                "la cafetera está rota", "garantía de la tostadora", "se ha estropeado el horno",
                "reparación en garantía", "cuántos años de garantía tiene", "el hervidor no funciona",
            ]
        ),
        ("greeting", ["hola", "buenos días", "buenas tardes", "hola, qué tal", "muy buenas", "saludos"]),
    ].flatMap { intent, phrases in phrases.map { (intent, $0) } }

    static let matcher = IntentMatcher(examples: phrases, language: "es")

    static let sections = [
        SearchDocument(
            id: "delivery", title: "Plazos de entrega",
            body: "En la península entregamos en 24 o 48 horas; a Canarias, de 5 a 8 días laborables.",
            questions: ["¿cuánto tarda en llegar?"]),
        SearchDocument(
            id: "returns", title: "Devoluciones",
            body: "Tienes 30 días para devolver un producto sin usar. La recogida a domicilio cuesta 3,90 €."),
        SearchDocument(
            id: "payment", title: "Formas de pago",
            body: "Puedes pagar con tarjeta, Bizum, PayPal o transferencia. El pago contra reembolso cuesta 3,50 €."),
        SearchDocument(
            id: "warranty", title: "Garantía",
            body: "La garantía es de tres años. La reparación tarda de 10 a 15 días laborables y la recogida es gratis."
        ),
    ]

    static let search = SectionSearch(documents: sections, language: "es")
}
