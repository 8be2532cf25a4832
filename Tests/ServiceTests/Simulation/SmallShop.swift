import Content
import Dialogue

/// A shop small enough to be learned in no time, with an intent of every kind that the core tells apart.
enum SmallShop {
    static let files = [
        "Intents/settings.md": """
        ---
        shop_name: Tienda
        languages: es, en
        time_zone: Europe/Madrid
        hours: mon-fri 09:00-20:00
        case_days: 1
        case_warning_days: 1
        out_of_court_es: la Junta Arbitral
        out_of_court_en: the arbitration board
        ---
        ## Teams
        - general: es General; en General
        - ventas: es Ventas; en Sales

        ## Agents
        - ana: agent; teams ventas, general; languages es, en; capacity 2
        - luis: agent; teams general; languages es; capacity 2
        """,
        "Intents/pre-sale/price.md": """
        ---
        title_es: Precio
        title_en: Price
        team: ventas
        ---
        # Español
        ## Frases
        - ¿cuánto cuesta?
        - precio de la tetera
        ## Respuesta
        Diez euros.
        # English
        ## Phrases
        - how much is it?
        - price of the kettle
        ## Answer
        Ten euros.
        """,
        "Intents/after-sale/complaint.md": """
        ---
        title_es: Queja
        title_en: Complaint
        team: general
        case: complaint
        ---
        # Español
        ## Frases
        - quiero poner una queja
        ## Reglas
        - queja
        ## Respuesta
        Lo siento.
        # English
        ## Phrases
        - I want to complain
        ## Answer
        I am sorry.
        """,
        "Intents/after-sale/call_back.md": """
        ---
        title_es: Llamada
        title_en: Call
        team: ventas
        handoff: always
        case: request
        ---
        # Español
        ## Frases
        - llamadme mañana
        ## Reglas
        - llamadme
        ## Respuesta
        Te llamamos: {caso}.
        # English
        ## Phrases
        - call me tomorrow
        ## Answer
        We call you: {case}.
        """,
        "Intents/small-talk/ring.md": """
        ---
        title_es: Timbrazo
        title_en: Ring
        team: ventas
        slots: phone, moment
        ---
        # Flujo
        - pedir teléfono
        - pedir momento
        - hacer llamada
        - terminar
        # Español
        ## Frases
        - telefoneadme
        ## Reglas
        - telefoneadme
        ## Respuesta
        Sí.
        # English
        ## Phrases
        - telephone me
        ## Answer
        Yes.
        """,
        "Intents/small-talk/no_ring.md": """
        ---
        title_es: Sin timbrazo
        title_en: No ring
        ---
        # Flujo
        - olvidar llamada
        - terminar
        # Español
        ## Frases
        - colgad
        ## Reglas
        - colgad
        ## Respuesta
        Nada, pues.
        # English
        ## Phrases
        - hang up
        ## Answer
        All right.
        """,
        "Intents/small-talk/boss.md": """
        ---
        title_es: Jefa
        title_en: Boss
        team: general
        slots: phone
        ---
        # Flujo
        - si supervisor: pasar a supervisor
        - pedir teléfono
        - hacer llamada de supervisora
        - terminar
        # Español
        ## Frases
        - la jefaza
        ## Reglas
        - jefaza
        ## Respuesta
        Sí.
        # English
        ## Phrases
        - bossy boss
        ## Answer
        Yes.
        """,
        "Intents/pre-sale/alert.md": """
        ---
        title_es: Aviso
        title_en: Alert
        team: ventas
        slots: correo, confirmación
        ---
        # Flujo
        - pedir correo
        - pedir confirmación
        - hacer contacto
        - terminar
        # Español
        ## Frases
        - apuntadme
        ## Reglas
        - apuntadme
        ## Pregunta: confirmación
        ¿Guardamos tu correo?
        ## Respuesta
        Vale.
        # English
        ## Phrases
        - sign me up
        ## Question: agreement
        Shall we keep it?
        ## Answer
        Right.
        """,
        "Intents/small-talk/human.md": """
        ---
        title_es: Persona
        title_en: Person
        team: general
        handoff: always
        reason: asked
        ---
        # Español
        ## Frases
        - quiero hablar con una persona
        - pásame con un agente
        ## Respuesta
        Te paso.
        # English
        ## Phrases
        - I want to talk to a person
        - give me an agent
        ## Answer
        One moment.
        """,
        "Intents/small-talk/greeting.md": """
        ---
        title_es: Saludo
        title_en: Greeting
        kind: smalltalk
        ---
        # Español
        ## Frases
        - hola
        - buenos días
        ## Respuesta
        Hola.
        # English
        ## Phrases
        - hello
        - good morning
        ## Answer
        Hello.
        """,
    ]

    static let content: Interpreter? = content([])

    /// The shop with more lines in its settings.
    static func content(_ settings: [String]) -> Interpreter? {
        var files = files
        let lines = (["shop_name: Tienda"] + settings).joined(separator: "\n")
        files["Intents/settings.md"] = files["Intents/settings.md"]?.replacing("shop_name: Tienda", with: lines)
        return switch ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }) {
        case .success(let bundle): Interpreter(bundle)
        case .failure: nil
        }
    }

    /// What customers say, with what is made of it; a message adds a word of its own, which changes nothing.
    static let phrases: [(text: String, understanding: Understanding)] = [
        "¿cuánto cuesta?", "quiero hablar con una persona", "hola", "xkcd brumf", "how much is it?",
        "precio de la tetera", "quiero poner una queja", "llamadme", "telefoneadme al 612345678 en 20 minutos",
        "colgad",
    ].compactMap { text in content.map { (text, $0.understand(text, language: nil)) } }
}
