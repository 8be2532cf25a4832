import Content

/// Why a command that runs without a daemon cannot do its work; each has its exit code of `sysexits.h`.
public enum ToolFailure: Error, Sendable {
    /// What the lines of an input file hold.
    public enum Form: String, Sendable {
        /// `label TAB text`
        case labelled
        /// `{"id","title","body"}`
        case documents
        /// `{"query","relevant":[ids]}`
        case queries
    }

    /// 78: no folder `Intents` in the content folder.
    case noIntents(folder: String)
    /// 65: the content has errors.
    case badContent([Diagnostic])
    /// 65: lines of a file, counted from 1, have another form.
    case malformed(path: String, lines: [Int], form: Form)
    /// 74: a file cannot be read.
    case unreadable(path: String, SystemFault)
    /// 73: a file cannot be made.
    case cannotCreate(path: String, SystemFault)
    /// 74: a file cannot be written.
    case cannotWrite(path: String, SystemFault)

    init(_ failure: ContentFailure) {
        switch failure {
        case .noIntents(let folder): self = .noIntents(folder: folder)
        case .invalid(let problems): self = .badContent(problems)
        }
    }
}
