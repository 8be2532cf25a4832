/// What a customer's terminal asks the daemon for.
enum ChatRequest: Equatable {
    case hello, resume
    case say(String)
    case human, cancel, rate
    case history
    case language(Sentences.Language)
    /// With the file that it goes to, nil for the screen.
    case export(path: String?)
    case forget
    case caseStatus
    case typing
    case quit
}

/// The commands that a customer types after a slash, in both languages.
enum SlashCommand: CaseIterable {
    case human, cancel, rate, history, language, export, caseStatus, forget, quit, help

    /// What is typed after the slash; the Spanish word first.
    var names: [String] {
        switch self {
        case .human: ["persona", "human"]
        case .cancel: ["cancelar", "cancel"]
        case .rate: ["valorar", "rate"]
        case .history: ["historial", "history"]
        case .language: ["idioma", "language"]
        case .export: ["exportar", "export"]
        case .caseStatus: ["caso", "case"]
        case .forget: ["borrar", "forget"]
        case .quit: ["salir", "quit"]
        case .help: ["ayuda", "help"]
        }
    }

    /// The command of that name, without the slash; letter case doesn't matter.
    static func named(_ name: String) -> SlashCommand? {
        allCases.first { $0.names.contains(name.lowercased()) }
    }
}
