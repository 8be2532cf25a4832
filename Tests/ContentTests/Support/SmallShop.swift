import Content

/// A small shop that is sound; tests break one thing of it.
struct SmallShop {
    var files: [String: String] = [
        "Intents/settings.md": """
        ---
        shop_name: Tienda
        shop_phone: 900 1
        languages: es, en
        time_zone: Europe/Madrid
        hours: mon-fri 09:00-20:00; sat 10:00-14:00
        ---
        ## Teams
        - general: es General; en General
        - ventas: es Ventas; en Sales

        ## Agents
        - ana: supervisor; teams ventas; languages es; capacity 5
        """,
        "Intents/slots.md": """
        # zone

        ## Español
        - canarias: Canarias, Tenerife
        - peninsula: Península

        ## English
        - canarias: Canary Islands
        - peninsula: mainland
        """,
        "Intents/pre-sale/price.md": """
        ---
        title_es: Precio
        title_en: Price
        team: ventas
        slots: product, zone
        ---

        # Español

        ## Frases
        - ¿cuánto cuesta?
        - precio

        ## Pregunta: producto
        ¿Cuál?

        ## Respuesta si product.stock = 0
        No hay.

        ## Respuesta
        **{product.name}** cuesta {producto.precio}.

        - Llega: {product.restock}
        - Colores: {product.colours}

        Más en {shop.name}.

        ## Opciones
        - ¿Hay?
        - Envío: ¿cuánto cuesta el envío?

        # English

        ## Phrases
        - how much is it?

        ## Question: product
        Which one?

        ## Answer
        {product.name} costs {product.price}.
        """,
        "KnowledgeBase/es/envios.md": """
        ---
        title: Envíos
        intent: price
        translation: ../en/delivery.md
        ---
        Entregamos [aquí](../en/delivery.md#how-long).

        ## ¿Cuánto tarda? Año nuevo
        Preguntas:
        - ¿cuándo llega?
        - ¿tarda mucho?

        Dos días.
        """,
        "KnowledgeBase/en/delivery.md": """
        ---
        title: Delivery
        translation: ../es/envios.md
        ---
        ## How long
        Two days.
        """,
        "KnowledgeBase/products.csv": """
        sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,synonyms_en,alternatives,restock,description_es,description_en
        CL-0001,Cafetera,Coffee machine,Cafeteras,Coffee machines,Alborea,1289.90,3,rojo;azul,red;blue,1 l,cafe,coffee,CL-0002,,"Buena, bonita","Good, nice"
        CL-0002,Tetera,Teapot,Teteras,Teapots,Alborea,20,0,,,,,,CL-0001,2026-12-03,,
        """,
        "KnowledgeBase/orders.csv": """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered
        10001,2026-09-01,out_for_delivery,Ana,ana@example.com,28001,CL-0001 x 1;CL-0002 x 2,40.00,Correos,,2026-09-03,
        """,
    ]

    static let price = "Intents/pre-sale/price.md"

    func load() -> Result<ContentBundle, ContentFailure> {
        ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) })
    }

    /// What is wrong with it, or doubtful.
    func problems() -> [Diagnostic] {
        switch load() {
        case .success(let bundle): bundle.problems
        case .failure(.invalid(let problems)): problems
        case .failure(.noIntents): []
        }
    }

    /// The bundle; the tests' shop is sound unless something was broken.
    func bundle() throws -> ContentBundle { try load().get() }

    /// The shop with a text of one file replaced.
    func replacing(_ old: String, with new: String, in path: String = price) -> SmallShop {
        var shop = self
        if let text = files[path], let range = text.firstRange(of: old) {
            shop.files[path] = text.replacingCharacters(in: range, with: new)
        }
        return shop
    }

    /// The shop with one more file.
    func adding(_ path: String, _ text: String) -> SmallShop {
        var shop = self
        shop.files[path] = text
        return shop
    }
}

extension String {
    fileprivate func firstRange(of other: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
