import Language
import SeededRandom
import Testing

@testable import Matching

@Suite("Features")
struct FeatureTests {
    /// So many phrases an intent that what one alone has is no feature.
    private static let manyPhrases: IntentMatcher = {
        var generator = SplitMix64(seed: 7)
        let words = Shop.phrases.flatMap { $0.phrase.split(separator: " ") }
        return IntentMatcher(
            examples: (0..<2 * Recipe.manyPhrasesOfIntent + 20).map { number in
                let unique = String(number * 7_919, radix: 36)
                let phrase = (0..<4).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
                return (number % 2 == 0 ? "one" : "other", phrase.joined(separator: " ") + " " + unique)
            }, language: "es")
    }()

    @Test(
        "letter groups counted word by word are those of all letters, in their order", arguments: [1, 2] as [UInt64],
        [false, true])
    func groups(seed: UInt64, isRareDropped: Bool) {
        let matcher = isRareDropped ? Self.manyPhrases : Shop.matcher
        var generator = SplitMix64(seed: seed)
        var scratch = MatchScratch()
        let words = [
            "horno", "facutra", "el", "a", "y", "ñandú", "xyzzy", "devolución", "q", "中", "12", "devolverr",
            String(7_919, radix: 36),
        ]
        for round in 0..<300 {
            let count = round == 0 ? 400 : Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
                .joined(separator: " ")
            scratch.read(round == 1 ? String(repeating: "devolución xyzzyplughs ", count: 110) : text)
            _ = matcher.match(&scratch)
            var (known, unknown): ([UInt32], Set<UInt64>) = ([], [])
            scratch.units.withUnsafeBufferPointer { units in
                LetterGroups.forEach(in: units) { key in
                    let number = matcher.vocabulary.groups.index(of: key)
                    guard number >= 0 else { return _ = unknown.insert(key) }
                    let feature = UInt32(matcher.vocabulary.firstGroup + number)
                    if !known.contains(feature) { known.append(feature) }
                }
            }
            #expect(Array(scratch.features[scratch.firstGroup...]) == known, "seed \(seed): \(text)")
            #expect(scratch.unknownGroupCount == unknown.count, "seed \(seed): \(text)")
        }
    }

    @Test("keys are counted once each, zero and those that meet in one place too")
    func distinctKeys() {
        for keys in [[], [0], [0, 0], [8, 16, 24, 8, 16, 32, 0, 0, .max]] as [[UInt64]] {
            #expect(keys.withUnsafeBufferPointer { DistinctKeys.count($0) } == Set(keys).count)
        }
    }

    @Test("scores and changes are the same sums for any number of classes", arguments: 0...100)
    func columns(classes: Int) {
        var generator = SplitMix64(seed: UInt64(classes))
        func random(_ count: Int) -> [Float] { (0..<count).map { _ in .random(in: -1...1, using: &generator) } }
        var model = LinearModel(features: 9, classes: classes)
        (model.weights, model.bias) = (random(model.weights.count), random(model.bias.count))
        let features: [UInt32] = [3, 0, 8, 5]
        let values: [Float] = [0.5, 0.25, 0.7, 0.1]
        var sums = model.bias
        var changed = model.weights
        // Some vectors of columns change, some don't.
        let change = random(model.stride).enumerated().map { $0 / 4 % 3 == 1 ? 0 : $1 }
        var moved: [Int] = []
        for (feature, value) in zip(features, values) {
            for column in 0..<model.stride {
                let place = Int(feature) * model.stride + column
                sums[column] += model.weights[place] * value
                changed[place] += change[column] * value
            }
        }
        var scores: [Float] = []
        features.withUnsafeBufferPointer { features in
            values.withUnsafeBufferPointer { values in
                model.score(features, values, into: &scores)
                LinearModel.add(change, times: features, values, to: &model.weights, model.stride, &moved)
            }
        }
        #expect(model.stride >= classes && scores == sums && model.weights == changed)
    }
}
