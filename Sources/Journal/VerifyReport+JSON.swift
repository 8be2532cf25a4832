import JSON

extension VerifyReport {
    /// Writes its members into an object that was begun.
    public func write(to writer: inout JSONWriter) {
        writer.name("ok")
        writer.value(damages.isEmpty)
        writer.name("segments")
        writer.value(segments)
        writer.name("events")
        writer.value(events)
        writer.name("lost")
        writer.value(lost)
        writer.name("bytes")
        writer.value(bytes)
        writer.name("incomplete")
        writer.value(incomplete)
        writer.name("damages")
        writer.beginArray()
        for damage in damages {
            writer.beginObject()
            writer.name("file")
            writer.value(damage.file)
            writer.name("line")
            writer.value(damage.line)
            writer.name("reason")
            writer.value(damage.reason)
            writer.endObject()
        }
        writer.endArray()
    }
}
