import Desk
import Events
import JSON

extension Answers {
    static func told(_ told: Case, to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("case")
            writer.beginObject()
            told.writeMembers(to: &writer)
            writer.endObject()
        }
    }

    static func cases(_ entries: [CaseBook.Entry], to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("cases")
            writer.beginArray()
            for entry in entries { write(entry, to: &writer) }
            writer.endArray()
        }
    }

    /// A case that has just been opened.
    static func opened(_ entry: CaseBook.Entry, to bytes: inout [UInt8]) {
        push("case_opened", &bytes) { writer in
            writer.name("case")
            write(entry, to: &writer)
        }
    }

    static func reminded(_ reminder: CaseReminder, _ entry: CaseBook.Entry, to bytes: inout [UInt8]) {
        push(reminder == .due ? "case_due" : "overdue_case", &bytes) { writer in
            writer.name("case")
            write(entry, to: &writer)
        }
    }

    /// A case as agents see it.
    private static func write(_ entry: CaseBook.Entry, to writer: inout JSONWriter) {
        writer.beginObject()
        entry.value.writeMembers(to: &writer)
        writer.member("conversation", entry.conversation.description)
        writer.member("team", entry.value.team)
        writer.member("language", entry.value.language)
        writer.endObject()
    }
}
