import Dispatch
import Language

/// One training run over some of the phrases.
struct Fit: Sendable {
    var weights: FeatureWeights
    var model: LinearModel
    var stemSets: StemSets

    /// - Parameters:
    ///   - rows: the phrases to learn from.
    ///   - labels: the class of each of `rows`, below `classes`.
    init(_ training: TrainingSet, rows: [Int], labels: [Int], classes: Int, epochs: Int) {
        let vocabulary = training.vocabulary
        weights = FeatureWeights(
            frequencies: training.documentFrequencies(in: rows), phrases: rows.count,
            stemCount: vocabulary.stemCount)
        stemSets = StemSets(stems: vocabulary.stemCount, classes: classes)
        var sparse = SparseRows()
        sparse.reserve(rows.reduce(0) { $0 + training.starts[$1 + 1] - training.starts[$1] })
        for (row, label) in zip(rows, labels) {
            Self.append(training, row, weights, to: &sparse)
            for feature in training.features[training.starts[row]..<training.starts[row + 1]] {
                guard feature < vocabulary.stemCount else { break }
                stemSets.insert(stem: Int(feature), into: label)
            }
        }
        model = LinearTrainer.train(
            sparse, labels: labels, classes: classes, features: vocabulary.featureCount, epochs: epochs)
    }

    /// Adds a phrase of the training set.
    static func append(_ training: TrainingSet, _ row: Int, _ weights: FeatureWeights, to rows: inout SparseRows) {
        let range = training.starts[row]..<training.starts[row + 1]
        append(training.features[range], training.counts[range], training.vocabulary, weights, to: &rows)
    }

    /// Adds a phrase's features, scaled; those that this run has not seen are left out.
    static func append(
        _ features: ArraySlice<UInt32>, _ counts: ArraySlice<UInt16>, _ vocabulary: Vocabulary,
        _ weights: FeatureWeights, to rows: inout SparseRows
    ) {
        let first = rows.features.count
        var split = first
        for (feature, count) in zip(features, counts) {
            let weight = weights.weights[Int(feature)]
            guard weight > 0 else { continue }
            rows.features.append(feature)
            rows.values.append(Logarithm.damped(count) * weight)
            if feature < vocabulary.firstGroup { split = rows.features.count }
        }
        rows.values.withUnsafeMutableBufferPointer { values in
            FeatureScaling.normalise(UnsafeMutableBufferPointer(rebasing: values[first...]), split: split - first)
        }
        rows.endRow()
    }
}

/// Trains a matcher, and beside it on parts of its phrases to learn what its scores are worth.
///
/// Each of five folds hides a fifth of the intents altogether and holds back a fifth of the others' phrases; of many
/// phrases three folds, each of a third, teach the same. Phrases of hidden
/// intents stand for messages that no intent is meant for, so no out-of-scope examples are needed; with plain
/// cross-validation the threshold lets most of those pass.
enum Calibration {
    static func train(_ training: TrainingSet, classes: Int) -> (fit: Fit, confidence: ConfidenceModel) {
        let folds = training.count > Recipe.manyPhrases ? Recipe.fewFolds : Recipe.folds
        let foldCount = classes >= Recipe.fewestIntents ? folds : 0
        var fits = [Fit?](repeating: nil, count: 1)
        var parts = [[ConfidenceModel.Row]](repeating: [], count: foldCount)
        fits.withUnsafeMutableBufferPointer { fits in
            parts.withUnsafeMutableBufferPointer { parts in
                // Each iteration writes one element of its own.
                nonisolated(unsafe) let (fits, parts) = (fits, parts)
                DispatchQueue.concurrentPerform(iterations: foldCount + 1) { index in
                    if index == 0 {
                        fits[0] = whole(training, classes)
                    } else {
                        parts[index - 1] = fold(index - 1, of: folds, training, classes)
                    }
                }
            }
        }
        return (fits[0] ?? whole(training, classes), ConfidenceModel.fit(parts.flatMap { $0 }))
    }

    private static func whole(_ training: TrainingSet, _ classes: Int) -> Fit {
        Fit(
            training, rows: Array(0..<training.count), labels: training.labels, classes: classes,
            epochs: Recipe.epochs)
    }

    /// Trains without fold `index` and scores what was left out.
    private static func fold(
        _ index: Int, of folds: Int, _ training: TrainingSet, _ classes: Int
    ) -> [ConfidenceModel.Row] {
        // Fewer intents than folds: each fold hides one, some are hidden twice.
        let hidden = (0..<classes).map { classes >= folds ? $0 % folds == index : $0 == index % classes }
        var sizes = [Int](repeating: 0, count: classes)
        for label in training.labels { sizes[label] += 1 }
        var position = [Int](repeating: 0, count: classes)
        var compact = [Int](repeating: -1, count: classes)
        var visible = 0
        for label in 0..<classes where !hidden[label] {
            compact[label] = visible
            visible += 1
        }
        var (learned, heldOut): ([Int], [Int]) = ([], [])
        for (row, label) in training.labels.enumerated() {
            // An intent's only phrase cannot be held back: nothing would be left to recognise it by.
            let isHeldOut = position[label] % folds == index && sizes[label] > 1
            position[label] += 1
            if hidden[label] || isHeldOut { heldOut.append(row) } else { learned.append(row) }
        }
        let fit = Fit(
            training, rows: learned, labels: learned.map { compact[training.labels[$0]] }, classes: visible,
            epochs: training.count > Recipe.manyPhrases ? Recipe.fewFoldEpochs : Recipe.foldEpochs)
        var reader = FoldReader(training, fit, classes: visible)
        var rows = heldOut.compactMap { row in
            let isInScope = !hidden[training.labels[row]]
            return reader.row(row).map { best, evidence in
                ConfidenceModel.Row(
                    evidence: evidence, kind: isInScope ? .inScope : .hidden,
                    isRight: isInScope && best == compact[training.labels[row]])
            }
        }
        guard training.count >= Recipe.fewestForOffTopic else { return rows }
        var sentences = OffTopicSentences(training, heldBack: heldOut, weights: fit.weights, seed: index)
        let inScope = heldOut.filter { !hidden[training.labels[$0]] }
        let step = max(1, inScope.count / Recipe.offTopicSentences)
        for row in stride(from: 0, to: inScope.count, by: step) {
            guard let sentence = sentences.next(from: inScope[row]),
                let (_, evidence) = reader.row(sentence, language: training.examples[inScope[row]].language)
            else { continue }
            rows.append(ConfidenceModel.Row(evidence: evidence, kind: .offTopic, isRight: false))
        }
        return rows
    }
}

/// Reads phrases as a fold does that has not met all of the vocabulary.
private struct FoldReader {
    private let training: TrainingSet
    private let fit: Fit
    private let classes: Int
    private var scratch = MatchScratch()

    init(_ training: TrainingSet, _ fit: Fit, classes: Int) {
        (self.training, self.fit, self.classes) = (training, fit, classes)
    }

    /// What the fold takes a phrase of the training set for; nil where it has no word.
    mutating func row(_ row: Int) -> (best: Int, evidence: Evidence)? {
        let range = training.starts[row]..<training.starts[row + 1]
        return result(training.features[range], training.counts[range], unknownGroups: 0)
    }

    /// What it takes a sentence for whose words all stand in the training set.
    mutating func row(_ sentence: String, language: Int) -> (best: Int, evidence: Evidence)? {
        let vocabulary = training.vocabulary
        scratch.read(sentence)
        vocabulary.lexicon.read(&scratch, language: language)
        vocabulary.lexicon.spellOut(&scratch)
        vocabulary.count(&scratch)
        let counts = scratch.features.map { feature in
            defer { scratch.counts[Int(feature)] = 0 }
            return scratch.counts[Int(feature)]
        }
        return result(scratch.features[...], counts[...], unknownGroups: scratch.unknownGroupCount)
    }

    private mutating func result(
        _ features: ArraySlice<UInt32>, _ counts: ArraySlice<UInt16>, unknownGroups: Int
    ) -> (best: Int, evidence: Evidence)? {
        var sparse = SparseRows()
        Fit.append(features, counts, training.vocabulary, fit.weights, to: &sparse)
        sparse.features.withUnsafeBufferPointer { features in
            sparse.values.withUnsafeBufferPointer { fit.model.score(features, $0, into: &scratch.scores) }
        }
        guard let best = (0..<classes).max(by: { scratch.scores[$0] < scratch.scores[$1] }) else { return nil }
        var (covered, information) = (0.0, 0.0)
        var (stems, groups, known) = (0, unknownGroups, 0)
        for feature in features {
            let isKnown = fit.weights.weights[Int(feature)] > 0
            if feature < training.vocabulary.stemCount {
                stems += 1
                let own = isKnown ? fit.weights.stemInformation[Int(feature)] : fit.weights.unknownInformation
                information += Double(own)
                if fit.stemSets.contains(stem: Int(feature), in: best) { covered += Double(own) }
            } else if feature >= training.vocabulary.firstGroup {
                groups += 1
                known += isKnown ? 1 : 0
            }
        }
        guard stems > 0 else { return nil }
        return (
            best,
            Evidence(
                values: SIMD4(
                    Double(scratch.scores[best]), covered / information,
                    groups > 0 ? Double(known) / Double(groups) : 0,
                    Logarithm.natural(Double(1 + stems))))
        )
    }
}
