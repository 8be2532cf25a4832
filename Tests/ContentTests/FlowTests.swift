import Testing

@testable import Content

@Suite("Flows of intents")
struct FlowTests {
    private static func shop(_ flow: String) -> SmallShop {
        var shop = SmallShop()
        shop.files["Intents/order/cancel.md"] = """
            ---
            title_es: Cancelar
            title_en: Cancel
            slots: confirmación, producto, cantidad
            ---
            # Flujo
            \(flow.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n"))

            # Español
            ## Frases
            - quiero cancelar
            ## Pregunta: confirmación
            ¿Seguro?
            ## Texto: hecho
            Hecho, {cantidad}.
            ## Respuesta
            Cancelado.
            # English
            ## Phrases
            - cancel it
            ## Question: agreement
            Sure?
            ## Text: hecho
            Done.
            ## Answer
            Cancelled.
            """
        return shop
    }

    private func steps(_ flow: String) throws -> [Flow.Step] {
        let bundle = try Self.shop(flow).bundle()
        #expect(bundle.problems.map { $0.rendered(language: "en") } == [])
        return try #require(bundle.intent("cancel")?.flow).steps
    }

    @Test("nested steps, branches and blocks become a flat program")
    func program() throws {
        let steps = try steps(
            """
            - comprobar el pedido
            - si pedido.estado = en reparto y verificado:
              - pasar al equipo ventas
            - si no:
              - si cantidad: ir a final
            - preguntar cantidad
            - si pedido.total > 20:
              - si confirmación = sí: olvidar confirmación
              - ir al inicio
            - responder

            ## Final
            - pedir confirmación
            - decir hecho
            - terminar
            """)
        guard case .unless(let state, 4) = steps[1], case .unless(let total, 11) = steps[7],
            case .unless(_, 10) = steps[8]
        else {
            Issue.record("\(steps)")
            return
        }
        #expect(state.terms.map(\.name) == ["order.state", "verified"])
        #expect(total.terms.map(\.name) == ["order.total"])
        #expect(steps[0] == .verify)
        #expect(steps[2...3] == [.handOver(team: "ventas"), .go(6)])
        #expect(
            steps[9...] == [
                .forget("agreement"), .go(0), .answer, .end, .ask("agreement"), .say("hecho"), .end, .end,
            ])
    }

    @Test("what a flow's order is proved by is read whether the intent names it or not")
    func proof() throws {
        let intent = try #require(try Self.shop("- verify order\n- reply").bundle().intent("cancel"))
        #expect(Set(["order", "email", "postcode"]).isSubset(of: intent.slots))
        let plain = try #require(try Self.shop("- reply").bundle().intent("cancel"))
        #expect(!plain.slots.contains("order"))
    }

    @Test("an intent may help who cannot answer, take bare order numbers, and tell of cases")
    func helpsAndTakes() throws {
        var shop = Self.shop("- verify order\n- reply")
        let path = "Intents/order/cancel.md"
        shop.files[path] = shop.files[path]?.replacing("slots:", with: "kind: case_status\ntakes: pedido\nslots:")
            .replacing("## Texto: hecho", with: "## Ayuda: pedido\nMira el correo.\n## Texto: hecho")
            .replacing("## Text: hecho", with: "## Help: order\nSee the e-mail.\n## Text: hecho")
        let bundle = try shop.bundle()
        #expect(bundle.problems.map { $0.rendered(language: "en") } == [])
        let intent = try #require(bundle.intent("cancel"))
        #expect(intent.takesOrder && intent.kind == .caseStatus)
        #expect(intent.helps["es"]?.keys.sorted() == ["order"] && intent.helps["en"]?.keys.sorted() == ["order"])
        let plain = try #require(try Self.shop("- verify order\n- reply").bundle().intent("cancel"))
        #expect(!plain.takesOrder && plain.helps.isEmpty)
    }

    @Test(
        "each mistake is told where it is",
        arguments: [
            ("", 6, .flowEmpty), ("- pedri cantidad", 7, .flowStepUnknown), ("pedir cantidad", 7, .listExpected),
            ("- responder\n  - terminar", 8, .flowNested),
            ("- si confirmación = sí:\n- responder", 7, .flowBranchEmpty),
            ("- si confirmación = sí: terminar\n  - responder", 7, .flowBranchEmpty),
            ("- si no: responder", 7, .flowElseAlone), ("- ir a nada", 7, .flowBlockUnknown),
            ("- responder\n## uno\n- terminar\n## uno\n- terminar", 10, .flowBlockRepeated),
            ("- responder\n## inicio\n- terminar", 8, .flowBlockRepeated),
            ("- pedir producto", 7, .flowQuestionMissing),
            ("- decir hola", 7, .flowTextMissing), ("- pasar a compras", 7, .teamUnknown),
            ("- pedir color", 7, .variableUnknown), ("- pedir zone", 7, .slotNotDeclared),
            ("- si pedido.total > 20: responder", 7, .orderUnverified),
            ("- verificar pedido\n- si pedido.estado = perdido: responder", 8, .valueUnknown),
            ("- responder\n- decir hecho", 8, .flowUnreachable),
            ("- responder\n## uno\n- decir hecho", 9, .flowUnreachable),
            ("- decir hecho\n- ir a inicio", 7, .flowSpins),
            ("- decir hecho\n- si confirmación = sí: ir a inicio", 7, .flowSpins),
            ("- pedir cantidad\n- olvidar cantidad\n- ir a inicio", 7, .flowWithoutEnd),
        ] as [(String, Int, SentenceKey)])
    func mistakes(flow: String, line: Int, key: SentenceKey) {
        let problems = Self.shop(flow).problems()
        let all = Comment(rawValue: problems.map { $0.rendered(language: "en") }.joined(separator: "\n"))
        #expect(problems.first { $0.key == key }?.line == line, all)
        for problem in problems {
            for language in Catalogue.languages { #expect(!problem.rendered(language: language).contains("{")) }
        }
    }

    @Test("any lines below the heading do no harm")
    func hostile() {
        let pieces = [
            "- ", "si ", "no", ":", "  ", "\n", "ir a x", "## x", "pedir ", "\"", "verificar", "= ", "\t-", "é",
        ]
        var seed: UInt64 = 7
        for _ in 0..<400 {
            var flow = ""
            for _ in 0..<12 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                flow += pieces[Int(seed >> 33) % pieces.count]
            }
            _ = Self.shop(flow).problems()
        }
    }
}
