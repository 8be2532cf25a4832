import Foundation
import Testing

@testable import Matching

/// Public data beside the repository; the tests are passed over where it is not there.
@Suite(
    "Public data",
    .enabled(if: ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1", "CONSERJE_LONG=1 runs these"))
struct PublicDataTests {
    private static func lines(_ name: String) throws -> [LabelledText]? {
        let environment = ProcessInfo.processInfo.environment["CONSERJE_SHARED"].map { URL(fileURLWithPath: $0) }
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let folder = environment ?? root.appendingPathComponent("shared")
        let file = folder.appendingPathComponent("data/intents").appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            print("skipped: no \(file.path); CONSERJE_SHARED names the folder that holds data/intents")
            return nil
        }
        return LabelledText.parse(try String(contentsOf: file, encoding: .utf8)).texts
    }

    @Test("real customers' messages are understood as well as when the recipe was measured")
    func mattressShop() throws {
        guard let train = try Self.lines("hint3_sofmattress.train.tsv"),
            let test = try Self.lines("hint3_sofmattress.test.tsv")
        else { return }
        let figures = Evaluation.intents(train: train, test: test).figures
        #expect(figures.accuracy > 0.76)
        #expect((figures.auroc ?? 0) > 0.85)
        #expect((figures.outOfScopeRecall ?? 0) > 0.75)
    }
}
