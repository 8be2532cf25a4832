/// Words as people type them in chats, and what they stand for, both folded. Only ever asked for a word that nothing
/// else is known of: where the editors' phrases have it, it means what it means there.
public enum ChatWords {
    /// What the words of a language code stand for (`es`, `en`, with or without a region), in one word or several; empty
    /// for a language without a list.
    public static func list(language: String) -> KeyValuePairs<String, String> {
        switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
        case "es": spanish
        case "en": english
        default: [:]
        }
    }

    /// Abbreviations, then *vos* and its verbs, then everyday words of America beside those of Spain.
    private static let spanish: KeyValuePairs = [
        "q": "que", "k": "que", "ke": "que", "xq": "porque", "pq": "porque", "xk": "porque", "pk": "porque",
        "porq": "porque", "x": "por", "xfa": "por favor", "xfavor": "por favor", "porfa": "por favor",
        "porfi": "por favor", "pf": "por favor", "plis": "por favor", "tb": "tambien", "tmb": "tambien",
        "tbn": "tambien", "tbien": "tambien", "d": "de", "dl": "del", "cn": "con", "sn": "sin", "pa": "para",
        "xa": "para", "dnd": "donde", "dd": "donde", "cdo": "cuando", "cnd": "cuando", "cm": "como", "cmo": "como",
        "km": "como", "kiero": "quiero", "bn": "bien", "msj": "mensaje", "tlf": "telefono", "tfno": "telefono",
        "telf": "telefono", "tel": "telefono", "num": "numero", "nro": "numero", "finde": "fin de semana",
        "dsd": "desde", "grax": "gracias", "grs": "gracias", "gcs": "gracias", "salu2": "saludos",
        "toy": "estoy", "ta": "esta", "tan": "estan", "aki": "aqui", "nd": "nada", "tdo": "todo",
        "tds": "todos", "ud": "usted", "uds": "ustedes", "vds": "ustedes", "info": "informacion",
        "vos": "tu", "sos": "eres", "tenes": "tienes", "podes": "puedes", "queres": "quieres",
        "decime": "dime", "deci": "di", "contame": "cuentame", "mandame": "enviame",
        "fijate": "mira", "hacen": "haceis",
        "tienen": "teneis", "venden": "vendeis", "envian": "enviais", "aceptan": "aceptais", "pueden": "podeis", "quieren": "quereis", "mandan": "mandais", "abren": "abris", "cierran": "cerrais",
        "celular": "movil", "computadora": "ordenador", "compu": "ordenador", "boleta": "factura",
        "comprobante": "recibo", "plata": "dinero", "heladera": "nevera", "refrigerador": "nevera",
        "refri": "nevera", "lavarropas": "lavadora", "licuadora": "batidora",
        "lavaplatos": "lavavajillas", "carro": "coche", "aca": "aqui", "ahorita": "ahora", "recien": "ahora",
        "rembolso": "reembolso", "reintegro": "reembolso", "chequear": "comprobar", "checar": "comprobar",
        "rastrear": "seguir", "descompuso": "estropeo", "descompuesto": "estropeado", "descompuesta": "estropeada",
        "malogro": "estropeo", "malogrado": "estropeado", "estatus": "estado", "cuotas": "plazos", "cuota": "plazo",
    ]

    private static let english: KeyValuePairs = [
        "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plss": "please", "thx": "thanks",
        "thnx": "thanks", "tnx": "thanks", "ty": "thank you", "tysm": "thank you", "cuz": "because", "cos": "because",
        "coz": "because", "bc": "because", "wanna": "want to", "gonna": "going to", "gotta": "got to",
        "gimme": "give me", "lemme": "let me", "dunno": "do not know", "idk": "do not know", "cant": "can not",
        "wont": "will not", "msg": "message", "tel": "telephone", "num": "number", "wknd": "weekend",
        "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "ppl": "people", "info": "information",
        "asap": "as soon as possible", "wat": "what", "wot": "what", "wen": "when", "b4": "before",
        "2day": "today", "2moro": "tomorrow", "n": "and", "fridge": "refrigerator",
        "refrigerator": "fridge", "cell": "mobile", "cellphone": "mobile phone", "zip": "postcode",
        "zipcode": "postcode", "check": "cheque", "store": "shop", "faucet": "tap", "stove": "hob",
        "stovetop": "hob", "cookie": "biscuit", "vacuum": "hoover", "hoover": "vacuum", "package": "parcel",
        "mailman": "courier",
    ]
}
