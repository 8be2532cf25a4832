import Content
import Desk
import Dialogue
import Events
import JSON

extension Answers {
    /// What was promised and is still to come, each with the customer's name where that is at hand.
    /// - Parameter hours: tell the time by the shop's clock, as agents promise.
    static func callbacks(
        _ promises: [(FollowUps.Promise, name: String?)], by hours: ServiceHours, to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.name("callbacks")
            writer.beginArray()
            for (promise, name) in promises {
                writer.object { writer in
                    writer.member("conversation", promise.conversation.description)
                    promise.callback.writeMembers(to: &writer)
                    writer.member("local", local(promise.callback, hours))
                    writer.member("team", promise.callback.request.team)
                    writer.member("language", promise.callback.request.language)
                    writer.optional("intent", promise.callback.request.intent)
                    writer.optional("name", name)
                    writer.name("requested")
                    writer.value(promise.callback.requested)
                }
            }
            writer.endArray()
        }
    }

    static func leads(_ contacts: [FollowUps.Contact], to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("leads")
            writer.beginArray()
            for contact in contacts {
                writer.object { writer in
                    writer.member("conversation", contact.conversation.description)
                    write(contact.lead, to: &writer)
                }
            }
            writer.endArray()
        }
    }

    /// What was promised for now, to the agent who has the conversation.
    static func due(_ callback: Callback, of id: ConversationID, by hours: ServiceHours, to bytes: inout [UInt8]) {
        push("callback_due", &bytes) { writer in
            writer.member("conversation", id.description)
            callback.writeMembers(to: &writer)
            writer.member("local", local(callback, hours))
        }
    }

    private static func local(_ callback: Callback, _ hours: ServiceHours) -> String {
        hours.localMoment(callback.request.when.milliseconds).iso
    }

    /// The members of a contact, with when it was left.
    static func write(_ lead: Lead, to writer: inout JSONWriter) {
        writer.name("at")
        writer.value(lead.captured)
        lead.writeMembers(to: &writer)
    }
}
