/// Words as people type them in chats, and what they stand for, both folded.
public enum ChatWords {
    /// Abbreviations and chat spellings of a language code (`es`, `en`, with or without a region), which are no words
    /// themselves, and what they stand for, in one word or several; empty for a language without a list.
    public static func abbreviations(language: String) -> KeyValuePairs<String, String> {
        switch primary(language) {
        case "es": spanish
        case "en": english
        default: [:]
        }
    }

    /// Words that are used in one country for what is called otherwise in another. To be asked only for a word that
    /// nothing else is known of: where the editors' phrases have it, it means what it means there.
    public static func regional(language: String) -> KeyValuePairs<String, String> {
        switch primary(language) {
        case "es": american
        case "en": variants
        default: [:]
        }
    }

    private static func primary(_ language: String) -> String {
        language.prefix { $0 != "-" && $0 != "_" }.lowercased()
    }

    private static let spanish: KeyValuePairs = [
        "q": "que", "k": "que", "ke": "que", "xq": "porque", "pq": "porque", "xk": "porque", "pk": "porque",
        "porq": "porque", "x": "por", "xfa": "por favor", "xfavor": "por favor", "porfa": "por favor",
        "porfi": "por favor", "pf": "por favor", "plis": "por favor", "tb": "tambien", "tmb": "tambien",
        "tbn": "tambien", "tbien": "tambien", "d": "de", "dl": "del", "cn": "con", "sn": "sin",
        "xa": "para", "dnd": "donde", "cdo": "cuando", "cnd": "cuando", "cm": "como", "cmo": "como",
        "kiero": "quiero", "bn": "bien", "msj": "mensaje", "tlf": "telefono", "tfno": "telefono",
        "telf": "telefono", "nro": "numero", "finde": "fin de semana",
        "dsd": "desde", "grax": "gracias", "grs": "gracias", "gcs": "gracias", "salu2": "saludos",
        "aki": "aqui", "nd": "nada", "tdo": "todo",
        "tds": "todos", "ud": "usted", "uds": "ustedes", "vds": "ustedes",
    ]

    /// *Vos* and *ustedes* with their verbs, then everyday words of America beside those of Spain.
    private static let american: KeyValuePairs = [
        "vos": "tu", "sos": "eres", "tenes": "tienes", "podes": "puedes", "queres": "quieres",
        "decime": "dime", "deci": "di", "contame": "cuentame", "mandame": "enviame",
        "fijate": "mira", "hacen": "haceis",
        "tienen": "teneis", "venden": "vendeis", "envian": "enviais", "aceptan": "aceptais", "pueden": "podeis",
        "quieren": "quereis", "mandan": "mandais", "abren": "abris", "cierran": "cerrais",
        "celular": "movil", "computadora": "ordenador", "compu": "ordenador", "boleta": "factura",
        "comprobante": "recibo", "plata": "dinero", "heladera": "nevera", "refrigerador": "nevera",
        "refri": "nevera", "lavarropas": "lavadora", "licuadora": "batidora",
        "lavaplatos": "lavavajillas", "carro": "coche", "aca": "aqui", "ahorita": "ahora", "recien": "ahora",
        "rembolso": "reembolso", "reintegro": "reembolso", "chequear": "comprobar", "checar": "comprobar",
        "rastrear": "seguir", "descompuso": "estropeo", "descompuesto": "estropeado", "descompuesta": "estropeada",
        "malogro": "estropeo", "malogrado": "estropeado", "estatus": "estado", "cuotas": "plazos", "cuota": "plazo",
    ]

    private static let english: KeyValuePairs = [
        "u": "you", "ur": "your", "pls": "please", "plz": "please", "plss": "please", "thx": "thanks",
        "thnx": "thanks", "tnx": "thanks", "ty": "thank you", "tysm": "thank you", "cuz": "because",
        "coz": "because", "wanna": "want to", "gonna": "going to", "gotta": "got to",
        "gimme": "give me", "lemme": "let me", "dunno": "do not know", "idk": "do not know",
        "msg": "message", "wknd": "weekend",
        "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "ppl": "people",
        "asap": "as soon as possible", "wat": "what", "wot": "what", "wen": "when", "b4": "before",
        "2day": "today", "2moro": "tomorrow",
    ]

    private static let variants: KeyValuePairs = [
        "fridge": "refrigerator",
        "refrigerator": "fridge", "cell": "mobile", "cellphone": "mobile phone", "zip": "postcode",
        "zipcode": "postcode", "check": "cheque", "store": "shop", "faucet": "tap", "stove": "hob",
        "stovetop": "hob", "cookie": "biscuit", "vacuum": "hoover", "hoover": "vacuum", "package": "parcel",
        "mailman": "courier",
    ]
}
