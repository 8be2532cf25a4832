import Journal
import Threading

/// What the log's check of its sealed segments found last, for `STATUS`.
final class JournalHealth: Sendable {
    private let finding = Guarded<String?>(nil)

    /// Nil until the first check is through.
    var verified: String? { finding.withLock { $0 } }

    /// Takes in what happened in the background; what is no check is not kept.
    func hear(_ notice: JournalNotice) {
        guard case .verified = notice else { return }
        let sentence = notice.description
        finding.withLock { $0 = sentence }
    }
}
