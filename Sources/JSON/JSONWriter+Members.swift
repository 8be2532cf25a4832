extension JSONWriter {
    /// An object whose members are written by a closure.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        beginObject()
        members(&self)
        endObject()
    }

    /// An array of objects.
    public mutating func list<Element>(
        _ elements: some Sequence<Element>, _ members: (Element, inout JSONWriter) -> Void
    ) {
        beginArray()
        for element in elements { object { members(element, &$0) } }
        endArray()
    }
}
