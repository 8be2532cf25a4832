/// Durations and times for a person, in forms that read alike in both languages.
enum Span {
    /// `45 s`, `3 min`, `2 h 05 min`.
    static func words(_ seconds: Int) -> String {
        let seconds = abs(seconds)
        if seconds < 90 { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        if minutes < 90 { return "\(minutes) min" }
        return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
    }

    /// `2026-11-24 15:49` of the protocol's `2026-11-24T15:49:13.042Z`, in UTC.
    static func moment(_ text: String) -> String {
        guard text.count >= 16 else { return text }
        return text.prefix(16).replacing("T", with: " ") + " UTC"
    }
}
