import Content
import JSON

extension Interpreter {
    /// Writes what a text means and what would be decided, as members of an object: the language, the likeliest intents
    /// with their confidence, the threshold, the section found, and which of them decides.
    public func explain(_ text: String, language: String? = nil, to writer: inout JSONWriter) {
        let understanding = understand(text, language: language)
        var scratch = InterpreterScratch()
        let hit = section(for: text, language: understanding.language, &scratch)
        writer.name("text")
        writer.value(text)
        writer.name("language")
        writer.value(understanding.language)
        writer.name("intents")
        writer.beginArray()
        for candidate in understanding.candidates {
            writer.beginObject()
            writer.name("intent")
            writer.value(bundle.intents[candidate.intent].id)
            writer.name("confidence")
            writer.value(candidate.confidence)
            writer.endObject()
        }
        writer.endArray()
        writer.name("threshold")
        writer.value(understanding.threshold)
        writer.name("angry")
        writer.value(understanding.isAngry)
        writer.name("slots")
        writer.beginObject()
        for found in understanding.slots {
            writer.name(found.slot)
            writer.beginArray()
            for value in found.values { writer.value(value) }
            writer.endArray()
        }
        writer.endObject()
        if let hit {
            writer.name("section")
            writer.beginObject()
            writer.name("path")
            writer.value(sections[hit.section].source)
            writer.name("title")
            writer.value(sections[hit.section].title)
            writer.name("confidence")
            writer.value(hit.confidence)
            writer.name("threshold")
            writer.value(Self.sectionThreshold)
            writer.endObject()
        }
        writer.name("decides")
        if understanding.isSure {
            writer.value("intent")
        } else if let hit, hit.confidence >= Self.sectionThreshold {
            writer.value("section")
        } else {
            writer.value("question")
        }
    }
}
