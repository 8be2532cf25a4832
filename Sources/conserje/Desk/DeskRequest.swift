/// What an agent's terminal asks the daemon for; most of it about a conversation.
enum DeskRequest: Equatable {
    case login
    case ready, away
    case queue(QueuePurpose)
    /// `CLAIM` or `TAKE`.
    case claim
    case tell(String, text: String)
    case note(String), transfer(String), handBack(String), resolve(String)
    case watch(String), unwatch(String)
    /// `SHOW`, to open a conversation or to see what was missed.
    case show(String, isCatchingUp: Bool)
    case suggest, status, cases, answer, callbacks, leads
    case callback(String)
    case quit

    /// What the queue is asked for.
    enum QueuePurpose {
        /// To be shown as a table.
        case shown
        /// To see after a lost connection what is still held, and what was missed in it.
        case catchUp
        /// To see what is still held.
        case check
    }
}
