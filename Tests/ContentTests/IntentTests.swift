import Content
import Testing

@Suite("Intents")
struct IntentTests {
    private func lookup(_ bundle: ContentBundle, _ sku: String, _ language: String) -> (String) -> ContentValue? {
        let product = bundle.product(sku)
        return { name in
            if name == "shop.name" { return bundle.settings.value(.name, language) }
            guard name.hasPrefix("product."), let field = ProductField(rawValue: String(name.dropFirst(8))) else {
                return nil
            }
            return product?.value(field, language) { bundle.product($0) }
        }
    }

    @Test("a file becomes an intent")
    func values() throws {
        let intent = try #require(try SmallShop().bundle().intent("price"))
        #expect(intent.phase == .preSale)
        #expect(intent.titles == ["es": "Precio", "en": "Price"])
        #expect(intent.team == "ventas")
        #expect(intent.slots == ["product", "zone"])
        #expect(intent.phrases["es"] == ["¿cuánto cuesta?", "precio"])
        #expect(intent.questions["en"]?["product"]?.rendered(language: "en") { _ in nil } == "Which one?")
        #expect(intent.choices["es"]?.map(\.label) == ["¿Hay?", "Envío"])
        #expect(intent.choices["es"]?.map(\.say) == ["¿Hay?", "¿cuánto cuesta el envío?"])
        #expect(intent.answers["es"]?.map { $0.condition == nil } == [false, true])
    }

    @Test("an answer shows money, dates and lists as its language writes them")
    func formats() throws {
        let bundle = try SmallShop().bundle()
        let intent = try #require(bundle.intent("price"))
        let spanish = try #require(intent.answer("es", lookup(bundle, "CL-0001", "es"))).template
        #expect(
            spanish.rendered(language: "es", lookup(bundle, "CL-0001", "es"))
                == "**Cafetera** cuesta 1.289,90 €.\n\n- Colores: rojo y azul\n\nMás en Tienda.")
        let english = try #require(intent.answer("en", lookup(bundle, "CL-0001", "en"))).template
        #expect(
            english.rendered(language: "en", lookup(bundle, "CL-0001", "en")) == "Coffee machine costs €1,289.90.")
        #expect(CalendarDay("2026-12-03").map { ContentValue.date($0).formatted("es") } == "3 de diciembre")
        #expect(CalendarDay("2026-12-03").map { ContentValue.date($0).formatted("en") } == "3 December")
        #expect(ContentValue.money(490).formatted("es") == "4,90 €")
        #expect(ContentValue.money(5).formatted("en") == "€0.05")
    }

    @Test("the first answer whose condition holds is given")
    func conditions() throws {
        let bundle = try SmallShop().bundle()
        let intent = try #require(bundle.intent("price"))
        #expect(
            intent.answer("es", lookup(bundle, "CL-0002", "es"))?.template.rendered(language: "es") { _ in nil }
                == "No hay.")
    }

    @Test("a list line is left out where its value is empty, and an empty list leaves no gap")
    func emptyLines() throws {
        let bundle = try SmallShop().bundle()
        let template = try #require(bundle.intent("price")?.answers["es"]?.last?.template)
        let text = template.rendered(language: "es") { name in name == "product.name" ? .text("A*b_c") : nil }
        #expect(text == "**A\\*b_c** cuesta .\n\nMás en .")
    }

    @Test("a value is text: it neither becomes markup nor breaks the line")
    func escapedValues() throws {
        let shop = SmallShop().replacing("No hay.", with: "Es \\{x\\}: {product.name} y `{product.sku}`.")
        let template = try #require(try shop.bundle().intent("price")?.answers["es"]?.first?.template)
        let text = template.rendered(language: "es") { _ in .text("[a](b)\n# *c*") }
        #expect(text == "Es {x}: \\[a\\](b) # \\*c\\* y `\\[a\\](b) # \\*c\\*`.")
    }

    @Test(
        "conditions compare numbers, money, dates and words in any language",
        arguments: [
            ("product.stock < 4", true), ("product.stock >= 4", false), ("product.price > 1289,89", true),
            ("product.price = 1289.9", true), ("producto.categoria = CAFETERAS", true),
            ("product.category = coffee machines", true), ("product.category != Teteras", true),
            ("product.colours = Azul", true), ("product and product.stock > 0", true), ("sin product", false),
            ("zone", false), ("without zone y product.stock = 3", true), ("product.stock!=3", false),
            ("hours = cerrado", true), ("language = Español", true), ("product.restock", false),
        ])
    func comparisons(condition: String, holds: Bool) throws {
        let bundle = try SmallShop().replacing("product.stock = 0", with: condition).bundle()
        let found = try #require(bundle.intent("price")?.answers["es"]?.first?.condition)
        let product = bundle.product("CL-0001")
        let result = found.holds { name in
            switch name {
            case "hours": return .text("closed")
            case "language": return .text("es")
            case "product": return .text("CL-0001")
            default:
                guard name.hasPrefix("product.") else { return nil }
                return ProductField(rawValue: String(name.dropFirst(8))).flatMap { product?.comparable($0) }
            }
        }
        #expect(result == holds)
    }
}
