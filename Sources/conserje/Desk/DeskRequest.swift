/// What an agent's terminal asks the daemon for; most of it about a conversation.
enum DeskRequest: Equatable {
    case login
    case ready, away
    /// Whether the table is shown, or only looked through for what is held.
    case queue(isShown: Bool)
    /// `CLAIM` or `TAKE`.
    case claim
    case tell(String, text: String)
    case note(String), transfer(String), handBack(String), resolve(String)
    case watch(String), unwatch(String)
    /// `SHOW`, to open a conversation or to see what was missed.
    case show(String, isCatchingUp: Bool)
    case suggest, status, cases, answer
    case quit
}
