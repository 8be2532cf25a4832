/// HTML that is whole: text in it is escaped and every element closed, so that it is XML as well.
struct Markup: Sendable, Equatable {
    /// As it is written.
    private(set) var html = ""

    /// Text as it is read.
    static func text(_ text: String) -> Markup { Markup(html: escaped(text)) }

    /// An element with its attributes and what stands in it.
    static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: [Markup] = []
    ) -> Markup {
        var html = "<\(name)"
        for (key, value) in attributes { html += " \(key)=\"\(escaped(value))\"" }
        // Only these are empty by nature in HTML; in SVG any element may be.
        if children.isEmpty, emptyElements.contains(name.description) { return Markup(html: html + "/>") }
        html += ">"
        for child in children { html += child.html }
        return Markup(html: html + "</\(name)>")
    }

    /// An element that holds text alone.
    static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ text: String
    ) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// A whole page of one language with its style sheet.
    /// - Parameter style: CSS without `<` and `&`, which a style element cannot escape.
    static func page(title: String, style: StaticString, body: [Markup]) -> Markup {
        let head = element(
            "head", [:],
            [
                element("meta", ["charset": "utf-8"]),
                element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                element("meta", ["name": "color-scheme", "content": "light dark"]),
                element("title", [:], title), element("style", [:], [Markup(html: style.description)]),
            ])
        let root = element("html", ["lang": "en"], [head, element("body", [:], [element("main", [:], body)])])
        return Markup(html: "<!DOCTYPE html>\n" + root.html)
    }

    private static let emptyElements: Set<String> = ["meta", "rect", "line", "polyline", "circle", "path"]

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            // XML has no name for control characters.
            default: if scalar.properties.generalCategory != .control { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
