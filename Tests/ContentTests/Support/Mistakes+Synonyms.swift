extension Mistakes {
    private static let synonymsPath = "Intents/synonyms.md"

    private static func synonyms(_ text: String) -> SmallShop { SmallShop().adding(synonymsPath, text) }

    static let synonyms: [Mistake] = [
        Mistake(
            "synonyms: group above the languages", synonyms("Para editores.\n\n- a, b\n\n# Español\n"), synonymsPath, 3,
            3, .synonymOutside, hint: "# English"),
        Mistake(
            "synonyms: group of one", synonyms("# Español\n- tique\n"), synonymsPath, 2, 3, .synonymAlone,
            hint: "receipt, sales slip"),
        Mistake(
            "synonyms: group of one and nothing", synonyms("# es\n- tique, ¿?,\n"), synonymsPath, 2, 3, .synonymAlone),
        Mistake("synonyms: empty group", synonyms("# es\n-\n"), synonymsPath, 2, 2, .synonymAlone),
        Mistake(
            "synonyms: word in two groups", synonyms("# es\n- tique, ticket\n- boleta, los tickets, Tickét\n"),
            synonymsPath, 3, 24, .synonymInTwoGroups, hint: "one group"),
        Mistake(
            "synonyms: form of a word in two groups", synonyms("# es\n- tique, boleta\n\n# Español\n- Boletas, vale\n"),
            synonymsPath, 5, 3, .synonymInTwoGroups),
        Mistake(
            "synonyms: word twice in a group", synonyms("# es\n- tique, boleta, boletas\n"), synonymsPath, 2, 18,
            .synonymRepeated, severity: .warning),
        Mistake(
            "synonyms: unknown language", synonyms("# Englsh\n- a, b\n"), synonymsPath, 1, 3, .languageUnknown,
            hint: "English"),
        Mistake(
            "synonyms: text in a list", synonyms("# es\n- tique, boleta\n\nhola\n"), synonymsPath, 4, 1, .listExpected,
            hint: "commas"),
        Mistake(
            "synonyms: unknown key", synonyms("---\nteam: ventas\n---\n# es\n"), synonymsPath, 2, 1,
            .frontMatterUnknownKey),
        Mistake(
            "synonyms: phrase too long", synonyms("# es\n- tique, un papel que dan en la tienda\n"), synonymsPath, 2,
            10, .synonymTooLong, hint: "another way"),
        Mistake(
            "synonyms: product's name", synonyms("# es\n- jarra, tetera\n"), synonymsPath, 2, 10, .synonymIsProduct,
            severity: .warning, hint: "first"),
        Mistake(
            "synonyms: kept word",
            synonyms("# es\n- pago por móvil, bizum\n")
                .replacing("shop_phone: 900 1", with: "keep_words: bizum", in: "Intents/settings.md"),
            synonymsPath, 2, 19, .synonymIsKept, severity: .warning, hint: "first"),
    ]
}
