import Foundation
import Matching
import Testing

@testable import Service

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Pages with an evaluation's pictures")
struct EvaluationPageTests {
    private static let hostile = #"</td><script>alert("1")</script> & 'x' \#u{1B}[2J ¿qué?"#

    /// Lines of a few intents, some wrong, some out of scope, with hostile names and texts.
    private static let report: EvaluationReport = {
        let intents = ["price", "delivery", "<b>human</b>"]
        var predictions: [Prediction] = []
        for index in 0..<60 {
            let gold = index % 7 == 0 ? Prediction.outOfScope : intents[index % 3]
            let best = intents[index % 4 == 0 ? (index + 1) % 3 : index % 3]
            predictions.append(Prediction(gold: gold, best: best, confidence: Float(index) / 60))
        }
        let figures = EvaluationFigures(predictions, threshold: 0.35)
        var report = EvaluationReport(figures, predictions, texts: predictions.map { _ in hostile })
        report.typos = figures
        report.languages = [("es", figures)]
        report.curve = [
            LearningPoint(limit: 5, phrases: 5, figures: figures),
            LearningPoint(limit: nil, phrases: 9, figures: figures),
        ]
        return report
    }()

    private static let search = SearchEvaluation.report(
        documents: [SearchDocument(id: "a", title: "Pago", body: "con tarjeta")],
        queries: [
            SearchQuery(text: "pago con tarjeta", relevant: ["a"]), SearchQuery(text: "zzz", relevant: ["a"]),
        ], typingErrors: 1)

    private static let pages = [
        EvaluationPage(report, title: hostile).markup.html, SearchPage(search, title: hostile).markup.html,
        EvaluationPage(EvaluationReport(EvaluationFigures([], threshold: 0.35), [], texts: []), title: "").markup.html,
    ]

    /// What a strict parser met.
    private final class Elements: NSObject, XMLParserDelegate {
        var counts: [String: Int] = [:]
        var attributes: [(element: String, name: String, value: String)] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes given: [String: String]
        ) {
            counts[name, default: 0] += 1
            for (key, value) in given { attributes.append((name, key, value)) }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private func parsed(_ page: String) throws -> Elements {
        let parser = XMLParser(data: Data(page.utf8))
        let elements = Elements()
        parser.delegate = elements
        try #require(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
        return elements
    }

    @Test("every page is well-formed to a strict parser", arguments: pages.indices)
    func wellFormed(number: Int) throws {
        let page = Self.pages[number]
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        let elements = try parsed(page)
        #expect(elements.counts["h1"] == 1 && elements.counts["main"] == 1 && elements.counts["style"] == 1)
    }

    @Test("text of others is text, whatever it holds", arguments: 0...1)
    func escaped(number: Int) throws {
        let page = Self.pages[number]
        let elements = try parsed(page)
        #expect(elements.counts["script"] == nil && elements.counts["b"] == nil)
        #expect(elements.text.contains(#"</td><script>alert("1")</script> & 'x' [2J ¿qué?"#))
        #expect(!page.unicodeScalars.contains("\u{1B}"))
    }

    @Test("a page needs no other: no address, no script, nothing that is loaded", arguments: pages.indices)
    func selfContained(number: Int) throws {
        let page = Self.pages[number]
        let elements = try parsed(page)
        for name in ["script", "link", "img", "iframe", "object", "use", "image"] {
            #expect(elements.counts[name] == nil)
        }
        let loading = ["src", "href", "xlink:href", "srcset", "action"]
        #expect(!elements.attributes.contains { loading.contains($0.name) || $0.name.hasPrefix("on") })
        #expect(!page.contains("http") && !page.contains("url(") && !page.contains("@import"))
    }

    @Test("every picture has a title and a description, every table heads with a scope", arguments: pages.indices)
    func accessible(number: Int) throws {
        let page = Self.pages[number]
        let elements = try parsed(page)
        let pictures = elements.counts["svg"] ?? 0
        #expect(pictures > 0 && elements.counts["desc"] == pictures && !page.contains("<desc></desc>"))
        #expect(elements.attributes.count { $0.element == "svg" && $0.name == "aria-label" } == pictures)
        #expect(elements.attributes.count { $0.name == "scope" } == elements.counts["th"])
    }

    @Test("what was asked for is shown, and nothing else")
    func parts() throws {
        let full = try parsed(Self.pages[0]).text
        for heading in [
            "Summary", "Languages", "Reliability", "Confidence", "Learning curve", "Confusion matrix", "Most confused",
            "Intents", "with typing errors",
        ] { #expect(full.contains(heading)) }
        let empty = try parsed(Self.pages[2]).text
        for heading in ["Languages", "Learning curve", "Confusion matrix", "with typing errors"] {
            #expect(!empty.contains(heading))
        }
    }

    @Test("figures are rounded, not cut")
    func decimals() {
        #expect(PageParts.decimals(0.0996, 3) == "0.100" && PageParts.decimals(1.25, 1) == "1.3")
        #expect(PageParts.decimals(0.004, 2) == "0.00" && PageParts.decimals(-0.35, 2) == "-0.35")
        #expect(PageParts.percent(0.995) == "100 %")
    }

    @Test("the darkest cell of the matrix stands for the most confused pair; out of scope is taken for nothing")
    func matrix() throws {
        let matrix = ConfusionMatrix(Self.report)
        #expect(matrix.names.contains("oos"))
        let html = matrix.markup.html
        let most = try #require(Self.report.confusions.first).lines
        #expect(html.contains(">\(most)</td>") && html.contains("rgba(var(--heat),0.55)"))
    }
}
