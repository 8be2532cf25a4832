import Dialogue
import Events

/// The conversations in memory. Each stands in a box of its own: a hash table of values this large would keep half its
/// room empty, a kilobyte for each conversation, and would move them all whenever it grows.
struct OpenConversations {
    private final class Box {
        var conversation: Conversation

        init(_ conversation: Conversation) { self.conversation = conversation }
    }

    private var boxes: [ConversationID: Box] = [:]

    /// How many there are.
    var count: Int { boxes.count }

    /// Which they are, in no order.
    var ids: some Collection<ConversationID> { boxes.keys }

    subscript(id: ConversationID) -> Conversation? {
        get { boxes[id]?.conversation }
        set {
            guard let newValue else {
                boxes[id] = nil
                return
            }
            if let box = boxes[id] { box.conversation = newValue } else { boxes[id] = Box(newValue) }
        }
    }
}
