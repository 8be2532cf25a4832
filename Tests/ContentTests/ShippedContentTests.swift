import Content
import Foundation
import Testing

@Suite("Shipped content")
struct ShippedContentTests {
    /// Another folder can be checked with `CONSERJE_CONTENT`.
    static let folder = ProcessInfo.processInfo.environment["CONSERJE_CONTENT"] ?? Shipped.folder

    @Test("what ships is sound, in every language")
    func isSound() {
        switch ContentLoader.load(Self.folder) {
        case .success(let bundle):
            for problem in bundle.problems { print(problem.rendered(language: "en")) }
            #expect(bundle.intents.count >= 25)
            #expect(bundle.sections.count >= 300)
            #expect(bundle.products.count >= 60)
            #expect(bundle.orders.count >= 200)
            #expect(bundle.version.count == 16)
            #expect(bundle.settings.agents.count == 5)
            #expect(bundle.settings.teams.map(\.id) == ["ventas", "pedidos", "posventa", "general"])
        case .failure(.noIntents(let folder)): Issue.record("no Intents in \(folder)")
        case .failure(.invalid(let problems)):
            Issue.record(Comment(rawValue: problems.map { $0.rendered(language: "en") }.joined(separator: "\n")))
        }
    }
}
