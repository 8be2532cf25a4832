import Content

/// One of each mistake that editors make.
enum Mistakes {
    private static let shop = SmallShop()
    private static let settings = "Intents/settings.md"
    private static let slots = "Intents/slots.md"
    private static let article = "KnowledgeBase/es/envios.md"
    private static let products = "KnowledgeBase/products.csv"
    private static let orders = "KnowledgeBase/orders.csv"

    static let all: [Mistake] =
        intents + answers + knowledge + tables + settingsMistakes + synonyms + conversations

    static let intents: [Mistake] = [
        Mistake(
            "unknown key", shop.replacing("team: ventas", with: "  teem: ventas"), 4, 3, .frontMatterUnknownKey,
            hint: "\"team\""),
        Mistake(
            "line without colon", shop.replacing("team: ventas", with: "team ventas"), 4, 1, .frontMatterMalformed,
            hint: "team: ventas"),
        Mistake("key twice", shop.replacing("team: ventas", with: "title_es: Otro"), 4, 1, .frontMatterRepeated),
        Mistake(
            "front matter never closed", shop.adding("Intents/order/a.md", "---\nteam: ventas\n"), "Intents/order/a.md",
            1, 1, .frontMatterUnclosed, hint: "---"),
        Mistake(
            "unknown team", shop.replacing("team: ventas", with: "team: vantas"), 4, 7, .teamUnknown, hint: "\"ventas\""
        ),
        Mistake(
            "unknown kind", shop.replacing("team: ventas", with: "kind: small"), 4, 7, .valueUnknown,
            hint: "answer, smalltalk, explanation"),
        Mistake(
            "unknown kind of case", shop.replacing("team: ventas", with: "case: complain"), 4, 7, .valueUnknown,
            hint: "\"complaint\""),
        Mistake(
            "threshold out of range", shop.replacing("team: ventas", with: "threshold: 1.5"), 4, 12, .valueOutOfRange),
        Mistake(
            "threshold that is no number", shop.replacing("team: ventas", with: "threshold: nan"), 4, 12,
            .valueOutOfRange),
        Mistake(
            "priority out of range", shop.replacing("team: ventas", with: "priority: 101"), 4, 11, .valueOutOfRange),
        Mistake(
            "slot that nobody defines", shop.replacing("product, zone", with: "product, zona"), 5, 17, .slotUnknown,
            hint: "\"zone\""),
        Mistake("title missing", shop.replacing("title_en: Price\n", with: ""), 1, 1, .titleMissing, hint: "title_en"),
        Mistake(
            "phrase twice in one intent", shop.replacing("- precio", with: "- precio\n- ¡Précio!"), 13, 3,
            .phraseRepeated, severity: .warning),
        Mistake("phrase without a dash", shop.replacing("- precio", with: "precio"), 12, 1, .listExpected, hint: "- "),
        Mistake(
            "phrase with a variable", shop.replacing("- precio", with: "- precio de {product.name}"), 12, 13,
            .phraseBrace),
        Mistake("phrases missing", shop.replacing("## Phrases\n- how much is it?\n", with: ""), 32, 3, .phrasesMissing),
        Mistake(
            "unknown language", shop.replacing("# English", with: "# Englsh"), 32, 3, .languageUnknown, hint: "English"),
        Mistake(
            "language missing", shop.replacing("# English", with: "# Español"), 1, 1, .languageMissing,
            hint: "# English"),
        Mistake(
            "unknown section", shop.replacing("## Frases", with: "## Fraces"), 10, 4, .sectionUnknown, hint: "Frases"),
        Mistake("text outside", shop.replacing("# Español\n", with: "# Español\nhola\n"), 9, 1, .textOutsideLanguage),
        Mistake(
            "unknown phase", shop.adding("Intents/presale/a.md", "# es"), "Intents/presale/a.md", 1, 1, .phaseUnknown,
            hint: "pre-sale"),
        Mistake(
            "bad intent name", shop.adding("Intents/order/Año.md", "# es"), "Intents/order/Año.md", 1, 1, .intentBadName
        ),
        Mistake("intent twice", shop.adding("Intents/order/price.md", "# es"), SmallShop.price, 1, 1, .intentRepeated),
        Mistake(
            "choice without text", shop.replacing("- ¿Hay?", with: "- : hola"), 29, 3, .choiceEmpty, hint: "- Label"),
        Mistake("choice that says nothing", shop.replacing("- ¿Hay?", with: "- Hola:"), 29, 3, .choiceEmpty),
        Mistake(
            "question for nothing", shop.replacing("## Question: product", with: "## Question"), 37, 4,
            .questionWithoutSlot),
        Mistake(
            "slots: list without heading", shop.replacing("# zone\n", with: "", in: slots), slots, 2, 4,
            .slotsTextOutside),
        Mistake(
            "slots: value without text", shop.replacing("- canarias: Canary Islands", with: "- canarias", in: slots),
            slots, 8, 3, .slotValueMalformed),
        Mistake(
            "slots: value untranslated", shop.replacing("- canarias: Canary Islands\n", with: "", in: slots), slots, 1,
            3, .slotValueUntranslated, severity: .warning),
    ]

    static let answers: [Mistake] = [
        Mistake(
            "unknown field", shop.replacing("{producto.precio}", with: "{product.prize}"), 21, 27, .variableUnknown,
            hint: "product.price"),
        Mistake(
            "unknown variable", shop.replacing("{shop.name}", with: "{zon}"), 26, 8, .variableUnknown, hint: "\"zone\""),
        Mistake(
            "key of no case", shop.replacing("No hay.", with: "Es {caso}."), 8, 3, .caseNotOpened, hint: "case: "),
        Mistake(
            "brace never closed", shop.replacing("{shop.name}", with: "{shop.name"), 26, 8, .braceUnclosed, hint: "\\{"),
        Mistake(
            "slot not declared", shop.replacing("slots: product, zone", with: "slots: zone"), 14, 14, .slotNotDeclared,
            hint: "slots: product"),
        Mistake(
            "no default answer", shop.replacing("## Answer\n", with: "## Answer if product.stock > 0\n"), 40, 4,
            .answerDefaultMissing),
        Mistake(
            "answer after the default", shop.replacing("## Opciones", with: "## Respuesta si zone\nx\n\n## Opciones"),
            28, 4, .answerAfterDefault),
        Mistake(
            "no answer", shop.replacing("## Answer\n{product.name} costs {product.price}.", with: ""), 32, 3,
            .answerMissing),
        Mistake("empty answer", shop.replacing("No hay.", with: ""), 17, 4, .answerEmpty),
        Mistake(
            "condition without sense", shop.replacing("product.stock = 0", with: "product.stock y"), 17, 17,
            .conditionMalformed),
        Mistake(
            "condition with a bad sign", shop.replacing("product.stock = 0", with: "product.stock == 0"), 17, 31,
            .conditionMalformed),
        Mistake("condition missing", shop.replacing(" product.stock = 0", with: ""), 17, 16, .conditionEmpty),
        Mistake(
            "condition on an unknown value", shop.replacing("product.stock = 0", with: "zone = canaria"), 17, 24,
            .valueUnknown, hint: "\"canarias\""),
        Mistake(
            "condition on unknown hours", shop.replacing("product.stock = 0", with: "hours = shut"), 17, 25,
            .valueUnknown),
        Mistake(
            "code never closed", shop.replacing("No hay.", with: "No hay.\n```"), 19, 1, .fenceUnclosed,
            severity: .warning),
        Mistake(
            "link with a bad scheme", shop.replacing("No hay.", with: "No [hay](javascript:x)."), 18, 10, .linkScheme),
    ]

    static let knowledge: [Mistake] = [
        Mistake(
            "link to no file", shop.replacing("delivery.md#how", with: "delivry.md#how", in: article), article, 6, 19,
            .linkFileMissing, hint: "../en/delivery.md"),
        Mistake(
            "link to no section", shop.replacing("#how-long", with: "#how-lon", in: article), article, 6, 19,
            .linkSectionMissing, hint: "how-long"),
        Mistake(
            "unknown intent", shop.replacing("intent: price", with: "intent: prize", in: article), article, 3, 9,
            .intentUnknown, hint: "price"),
        Mistake(
            "translation missing", shop.replacing("translation: ../en/delivery.md\n", with: "", in: article), article,
            1, 1, .translationMissing, severity: .warning),
        Mistake(
            "translation that does not exist",
            shop.replacing("../en/delivery.md\n", with: "../en/deliver.md\n", in: article), article, 4, 14,
            .translationFileMissing, hint: "../en/delivery.md"),
        Mistake(
            "questions without text", shop.replacing("Dos días.", with: "", in: article), article, 8, 1,
            .sectionWithoutText, severity: .warning),
        Mistake(
            "code never closed in an article", shop.replacing("Dos días.", with: "Dos\n~~~\ndías.", in: article),
            article, 14, 1, .fenceUnclosed, severity: .warning),
    ]

    static let tables: [Mistake] = [
        Mistake(
            "bad price", shop.replacing("1289.90", with: "1289,9\"", in: products), products, 2, 73, .csvStrayQuote),
        Mistake(
            "price with a comma", shop.replacing("1289.90", with: "\"1289,90\"", in: products), products, 2, 67,
            .priceMalformed, hint: "89.90"),
        Mistake(
            "too few columns", shop.replacing(",20,0,", with: ",20,", in: products), products, 3, 1, .csvColumnCount),
        Mistake("bad stock", shop.replacing(",20,0,", with: ",20,-1,", in: products), products, 3, 50, .stockMalformed),
        Mistake(
            "unknown alternative", shop.replacing(",CL-0001,2026", with: ",CL-0001;CL-0009,2026", in: products),
            products, 3, 65, .skuUnknown, hint: "CL-000"),
        Mistake(
            "SKU twice", shop.replacing("CL-0002,Tetera", with: "CL-0001,Tetera", in: products), products, 3, 1,
            .skuRepeated),
        Mistake(
            "bad SKU", shop.replacing("CL-0002,Tetera", with: "CL-2,Tetera", in: products), products, 3, 1,
            .skuMalformed),
        Mistake(
            "bad date", shop.replacing("2026-12-03", with: "2026-02-30", in: products), products, 3, 65, .dateMalformed),
        Mistake(
            "column missing", shop.replacing("sku,name_es", with: "sku,name", in: products), products, 1, 1,
            .csvColumnMissing, hint: "sku,name_es"),
        Mistake(
            "quote never closed", shop.replacing("\"Good, nice\"", with: "\"Good, nice", in: products), products, 2,
            137, .csvUnclosedQuote),
        Mistake(
            "order of an unknown product", shop.replacing("CL-0002 x 2", with: "CL-0003 x 2", in: orders), orders, 2,
            73, .skuUnknown),
        Mistake(
            "unknown state", shop.replacing("out_for_delivery", with: "out_for_delivry", in: orders), orders, 2, 18,
            .valueUnknown, hint: "out_for_delivery"),
        Mistake(
            "bad order number", shop.replacing("10001", with: "9999", in: orders), orders, 2, 1, .orderNumberMalformed),
        Mistake(
            "bad items", shop.replacing("CL-0002 x 2", with: "CL-0002 2", in: orders), orders, 2, 73,
            .orderItemsMalformed),
    ]

    static let settingsMistakes: [Mistake] = [
        Mistake(
            "unknown setting", shop.replacing("time_zone", with: "timezone", in: settings), settings, 5, 1,
            .frontMatterUnknownKey, hint: "time_zone"),
        Mistake(
            "unknown time zone", shop.replacing("Europe/Madrid", with: "Europe/Madird", in: settings), settings, 5, 12,
            .timeZoneUnknown, hint: "Europe/Madrid"),
        Mistake(
            "unknown day", shop.replacing("mon-fri", with: "mon-fry", in: settings), settings, 6, 8, .hoursBadDay,
            hint: "mon-fri"),
        Mistake(
            "impossible time", shop.replacing("10:00-14:00", with: "10:00-25:00", in: settings), settings, 6, 33,
            .hoursBadTime),
        Mistake(
            "number out of range", shop.replacing("shop_phone: 900 1", with: "wait_target: 0", in: settings), settings,
            3, 14, .valueOutOfRange),
        Mistake(
            "size without sense", shop.replacing("shop_phone: 900 1", with: "push_buffer: 1 MB", in: settings),
            settings, 3, 14, .valueOutOfRange),
        Mistake(
            "yes or no", shop.replacing("shop_phone: 900 1", with: "limit_loopback: maybe", in: settings), settings, 3,
            17, .valueUnknown),
        Mistake(
            "agent of an unknown team", shop.replacing("teams ventas;", with: "teams general, vents;", in: settings),
            settings, 13, 35, .teamUnknown, hint: "ventas"),
        Mistake(
            "unknown default team", shop.replacing("shop_phone: 900 1", with: "default_team: ventss", in: settings),
            settings, 3, 15, .teamUnknown, hint: "ventas"),
        Mistake(
            "bad holiday", shop.replacing("## Agents", with: "## Holidays\n- 2026-13-01: x\n\n## Agents", in: settings),
            settings, 13, 3, .dateMalformed),
        Mistake(
            "unknown list", shop.replacing("## Agents", with: "## Agent", in: settings), settings, 12, 4,
            .sectionUnknown, hint: "Agents"),
        Mistake(
            "capacity out of range", shop.replacing("capacity 5", with: "capacity 0", in: settings), settings, 13, 57,
            .valueOutOfRange),
    ]
}
