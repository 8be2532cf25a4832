import Content

extension Mistakes {
    private static let path = "Intents/tests/es/precios.md"

    /// A mistake in a file of conversations.
    private static func conversation(
        _ name: String, _ text: String, _ line: Int, _ column: Int, _ key: SentenceKey,
        severity: Diagnostic.Severity = .error, hint: String? = nil
    ) -> Mistake {
        Mistake(name, SmallShop().adding(path, text), path, line, column, key, severity: severity, hint: hint)
    }

    /// A mistake in what is expected.
    private static func expecting(
        _ name: String, _ lines: String, _ line: Int, _ column: Int, _ key: SentenceKey, hint: String? = nil
    ) -> Mistake {
        conversation(name, "# A\n- Cliente: hola\n" + lines, line, column, key, hint: hint)
    }

    static let conversations: [Mistake] = [
        conversation("conversation without heading", "- Cliente: hola\n", 1, 3, .testOutside, hint: "# Asks"),
        conversation("unknown front matter", "---\nhoi: 2026-01-01\n---\n", 2, 1, .frontMatterUnknownKey, hint: "Hoy"),
        conversation("a turn of nobody", "# A\n- Clietne: hola\n", 2, 3, .testKeyUnknown, hint: "Cliente"),
        conversation("a turn without a dash", "# A\n- Bot: x\nCliente: hola\n", 3, 1, .listExpected),
        conversation("a first turn without a dash", "# A\nCliente: hola\n- Bot: pregunta\n", 2, 1, .listExpected),
        conversation("the bot first", "# A\n- Bot: pregunta\n", 2, 3, .testBotFirst),
        conversation("nobody says anything", "# A\n- Idioma: inglés\n", 1, 3, .testEmpty, hint: "- Customer"),
        conversation(
            "nothing is expected", "# A\n- Cliente: hola\n", 1, 3, .testExpectsNothing, severity: .warning),
        conversation("the customer says nothing", "# A\n- Cliente:\n", 2, 3, .valueEmpty),
        conversation("a date that is none", "# A\n- Hoy: 2026-02-30\n- Cliente: x\n", 2, 8, .dateMalformed),
        conversation("a time that is none", "# A\n- Today: 2026-02-03 25:00\n", 2, 10, .dateMalformed, hint: "18:30"),
        conversation("hours that are neither", "# A\n- Horario: tarde\n", 2, 12, .valueUnknown, hint: "cerrado"),
        conversation("a language unheard of", "---\nidioma: klingon\n---\n", 2, 9, .languageUnknown),
        conversation("an agent unheard of", "# A\n- Agente anna: entra\n", 2, 3, .testAgentUnknown, hint: "\"ana\""),
        conversation("an agent who does what?", "# A\n- Agente ana: baila\n", 2, 15, .testActUnknown, hint: "resuelve"),
        conversation("a transfer to nobody", "# A\n- Agente ana: pasa a vantas\n", 2, 15, .teamUnknown, hint: "ventas"),
        conversation("an agent says nothing", "# A\n- Agente ana: dice\n", 2, 15, .valueEmpty),
        conversation(
            "a rating that is none", "# A\n- Cliente: x\n- Cliente valora: bien\n", 3, 19, .testRatingMalformed,
            hint: "csat 5"),
        expecting("a date in the middle", "- Hoy: 2026-01-01\n", 3, 3, .testMisplaced, hint: "first line"),
        expecting("words that nobody says", "- dice: hola\n", 3, 3, .testMisplaced),
        expecting("neither kind nor intent", "- Bot: responde (prise)\n", 3, 18, .testReplyUnknown, hint: "\"price\""),
        expecting(
            "a reason unheard of", "- Bot: pasa\n  - motivo: porque sí\n", 4, 13, .valueUnknown, hint: "complaint"),
        expecting("a standing unheard of", "- Bot: pasa\n  - situación: mal\n", 4, 16, .valueUnknown, hint: "espera"),
        expecting("a case unheard of", "- Bot:\n  - caso: facturas\n", 4, 11, .valueUnknown, hint: "billing"),
        expecting("a team unheard of", "- Bot: pasa\n  - equipo: Vantas\n", 4, 13, .teamUnknown, hint: "ventas"),
        Mistake(
            "golden questions without a dash", SmallShop().replacing("## Opciones", with: "## Pruebas\nx\n## Opciones"),
            29, 1, .listExpected),
        Mistake(
            "a golden question of nothing",
            SmallShop().replacing(
                "Dos días.", with: "Dos días.\n\n## Pruebas\n- No:\n", in: "KnowledgeBase/es/envios.md"),
            "KnowledgeBase/es/envios.md", 16, 3, .phraseEmpty),
    ]
}
