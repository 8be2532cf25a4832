import Content

/// What a customer's terminal asks the daemon for.
enum ChatRequest: Equatable {
    case hello, resume
    case say(String)
    case human, cancel
    /// With the kind of rating.
    case rate(String)
    case history
    case language(String)
    /// With the file that it goes to, nil for the screen.
    case export(path: String?)
    case forget
    case caseStatus
    case typing
    case quit
}

/// The commands that a customer types after a slash, in any language of the catalogue.
enum SlashCommand: CaseIterable {
    case human, cancel, rate, history, language, export, caseStatus, forget, quit, help

    /// What is typed after the slash.
    var names: [String] { Catalogue.words(key) }

    private var key: SentenceKey {
        switch self {
        case .human: .commandHuman
        case .cancel: .commandCancel
        case .rate: .commandRate
        case .history: .commandHistory
        case .language: .commandLanguage
        case .export: .commandExport
        case .caseStatus: .commandCase
        case .forget: .commandForget
        case .quit: .commandQuit
        case .help: .commandHelp
        }
    }

    /// The command of that name, without the slash; letter case doesn't matter.
    static func named(_ name: String) -> SlashCommand? {
        allCases.first { $0.names.contains(name.lowercased()) }
    }
}
