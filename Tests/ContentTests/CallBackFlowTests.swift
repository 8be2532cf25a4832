import Testing

@testable import Content

@Suite("Calls, contacts and supervisors in flows")
struct CallBackFlowTests {
    private static func shop(_ flow: String, slots: String = "teléfono, momento, correo, confirmación") -> SmallShop {
        var shop = SmallShop()
        shop.files["Intents/order/call.md"] = """
            ---
            title_es: Llamada
            title_en: Call
            slots: \(slots)
            ---
            # Flujo
            \(flow)

            # Español
            ## Frases
            - que me llame alguien
            ## Pregunta: confirmación
            ¿Lo guardamos?
            ## Respuesta si llamada
            Te llamamos {llamada}, no {momento}.
            ## Respuesta
            Nada.
            # English
            ## Phrases
            - have somebody call
            ## Question: agreement
            Shall we keep it?
            ## Answer if callback
            We call you {callback}.
            ## Answer
            Nothing.
            """
        return shop
    }

    @Test(
        "steps, conditions and variables in both languages",
        arguments: [
            """
            - si supervisor: pasar a supervisor
            - si llamada: olvidar llamada
            - pedir teléfono
            - pedir momento
            - hacer llamada
            - hacer llamada de supervisor
            - pedir confirmación
            - hacer contacto
            - si sin supervisor y canal = web: terminar
            """,
            """
            - if supervisor = yes: hand over to a supervisor
            - if callback: forget the callback
            - ask phone
            - ask moment
            - do callback
            - do callback from a supervisor
            - ask agreement
            - do lead
            - if supervisor = no and channel = web: end
            """,
        ])
    func steps(flow: String) throws {
        let bundle = try Self.shop(flow).bundle()
        #expect(bundle.problems.map { $0.rendered(language: "en") } == [])
        let flow = try #require(bundle.intent("call")?.flow)
        #expect(flow.steps[1] == .handOverToSupervisor && flow.steps[3] == .perform(.cancelCallBack))
        #expect(
            flow.steps[4...9] == [
                .ask("phone"), .ask("moment"), .perform(.callBack(bySupervisor: false)),
                .perform(.callBack(bySupervisor: true)), .ask("agreement"), .perform(.keepLead),
            ])
        guard case .unless(let there, _) = flow.steps[0], case .unless(let absent, _) = flow.steps[10] else {
            Issue.record("\(flow.steps)")
            return
        }
        #expect(there.terms == [.known("supervisor")] && absent.terms.first == .unknown("supervisor"))
        #expect(flow.cancelsCallBack && !flow.opensCase)
        #expect(Set(flow.names).count == flow.names.count)
    }

    @Test(
        "nothing is kept without a yes, and nobody is called without a number",
        arguments: [
            ("- pedir correo\n- hacer contacto", .leadWithoutConsent), ("- hacer llamada", .callBackWithoutPhone),
            ("- pedir teléfono\n- hacer llamada de nadie", .valueUnknown),
            ("- hacer lamada", .flowActionUnknown), ("- si supervisor = quizá: terminar", .valueUnknown),
        ] as [(String, SentenceKey)])
    func mistakes(flow: String, key: SentenceKey) {
        let problems = Self.shop(flow).problems()
        #expect(problems.contains { $0.key == key }, "\(problems.map { $0.rendered(language: "en") })")
        for problem in problems {
            for language in Catalogue.languages { #expect(!problem.rendered(language: language).contains("{")) }
        }
    }

    @Test("an intent that neither knows a number nor an address keeps no contact and promises no call")
    func undeclared() {
        for flow in ["- pedir confirmación\n- hacer contacto", "- hacer llamada"] {
            let problems = Self.shop(flow, slots: "confirmación, momento").problems()
            #expect(problems.contains { $0.key == .slotNotDeclared }, "\(flow)")
        }
    }
}
