import Language
import Threading

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
        training.withRow(row) { features, counts in
            append(features, counts, firstGroup: training.vocabulary.firstGroup, weights, to: &rows)
        }
    }

    /// Adds a phrase's features, scaled; those that this run has not seen are left out.
    static func append(
        _ features: UnsafeBufferPointer<UInt32>, _ counts: UnsafeBufferPointer<UInt16>, firstGroup: Int,
        _ weights: FeatureWeights, to rows: inout SparseRows
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: features.count) { seen in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: features.count) { values in
                var (count, split) = (0, 0)
                weights.weights.withUnsafeBufferPointer { weights in
                    for index in features.indices {
                        let feature = Int(features[index])
                        guard weights[feature] > 0 else { continue }
                        seen[count] = features[index]
                        values[count] = Logarithm.damped(counts[index]) * weights[feature]
                        count += 1
                        if feature < firstGroup { split = count }
                    }
                }
                let scaled = UnsafeMutableBufferPointer(rebasing: values[..<count])
                FeatureScaling.normalise(scaled, split: split)
                rows.features.append(contentsOf: UnsafeMutableBufferPointer(rebasing: seen[..<count]))
                rows.values.append(contentsOf: scaled)
            }
        }
        rows.endRow()
    }
}

/// Trains a matcher, and beside it on parts of its phrases to learn what its scores are worth.
///
/// Each of five folds hides a fifth of the intents altogether and holds back a fifth of the others' phrases; of many
/// phrases two folds, each of a third, teach the same. Phrases of hidden intents stand for messages that no intent is
/// meant for, so no out-of-scope examples are needed; with plain cross-validation the threshold lets most of those pass.
enum Calibration {
    /// What came of it.
    struct Outcome {
        let fit: Fit
        let confidence: ConfidenceModel
        /// Least confidence to answer with.
        let threshold: Float
        let confusions: IntentConfusions
    }

    static func train(_ training: TrainingSet, classes: Int, threshold: AnswerThreshold) -> Outcome {
        let hasMany = training.count > Recipe.manyPhrases
        let folds = hasMany ? Recipe.fewFolds : Recipe.folds
        let tried = classes < Recipe.fewestIntents ? 0 : hasMany ? Recipe.triedOfFewFolds : folds
        let parts: [(fit: Fit?, fold: Fold)] = SideBySide.map(tried + 1) { index in
            index == 0
                ? (whole(training, classes), Fold()) : (nil, fold(index - 1, of: folds, training, classes))
        }
        let rows = parts.flatMap(\.fold.rows)
        let confidence = ConfidenceModel.fit(rows)
        return Outcome(
            fit: parts[0].fit ?? whole(training, classes), confidence: confidence,
            threshold: threshold.value(rows, confidence),
            confusions: IntentConfusions(parts.flatMap(\.fold.mistakes), intents: classes))
    }

    /// What a fold tells.
    private struct Fold: Sendable {
        var rows: [ConfidenceModel.Row] = []
        /// Held-back phrases that were taken for another intent.
        var mistakes: [IntentConfusions.Mistake] = []
    }

    private static func whole(_ training: TrainingSet, _ classes: Int) -> Fit {
        Fit(
            training, rows: Array(0..<training.count), labels: training.labels, classes: classes,
            epochs: Recipe.epochs)
    }

    /// Trains without fold `index` and scores what was left out.
    private static func fold(
        _ index: Int, of folds: Int, _ training: TrainingSet, _ classes: Int
    ) -> Fold {
        // Fewer intents than folds: each fold hides one, some are hidden twice.
        let hidden = (0..<classes).map { classes >= folds ? $0 % folds == index : $0 == index % classes }
        var sizes = [Int](repeating: 0, count: classes)
        for label in training.labels { sizes[label] += 1 }
        var position = [Int](repeating: 0, count: classes)
        var compact = [Int](repeating: -1, count: classes)
        let shown = (0..<classes).filter { !hidden[$0] }
        let visible = shown.count
        for (place, label) in shown.enumerated() { compact[label] = place }
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
        let visibleRows = training.labels.indices.filter { !hidden[training.labels[$0]] }
        var reader = FoldReader(
            training, fit, classes: visible, frequencies: training.documentFrequencies(in: visibleRows))
        var fold = Fold()
        for row in heldOut {
            let label = training.labels[row]
            let isInScope = !hidden[label]
            guard let (best, evidence) = reader.row(row, isVisible: isInScope) else { continue }
            let isRight = isInScope && best == compact[label]
            fold.rows.append(
                ConfidenceModel.Row(
                    evidence: evidence, kind: isInScope ? .inScope : .hidden, isRight: isRight))
            if isInScope, !isRight {
                fold.mistakes.append(IntentConfusions.Mistake(meant: label, best: shown[best]))
            }
        }
        guard training.count >= Recipe.fewestForOffTopic else { return fold }
        var sentences = OffTopicSentences(training, heldBack: heldOut, weights: fit.weights, seed: index)
        let inScope = heldOut.filter { !hidden[training.labels[$0]] }
        let step = max(1, inScope.count / Recipe.offTopicSentences)
        for row in stride(from: 0, to: inScope.count, by: step) {
            guard let sentence = sentences.next(from: inScope[row]),
                let (_, evidence) = reader.row(sentence, language: training.examples[inScope[row]].language)
            else { continue }
            fold.rows.append(ConfidenceModel.Row(evidence: evidence, kind: .offTopic, isRight: false))
        }
        return fold
    }
}

/// Reads phrases as a fold does that has not met all of the vocabulary.
private struct FoldReader {
    private let training: TrainingSet
    private let fit: Fit
    private let classes: Int
    /// In how many phrases of the intents in training each stem is, the fold's own and those that it holds back.
    private let frequencies: [UInt32]
    private var scratch = MatchScratch()
    /// The row that is being read, scaled.
    private var sentence = SparseRows()

    init(_ training: TrainingSet, _ fit: Fit, classes: Int, frequencies: [UInt32]) {
        (self.training, self.fit, self.classes, self.frequencies) = (training, fit, classes, frequencies)
    }

    /// What the fold takes a phrase of the training set for; nil where it has no word.
    ///
    /// The words that are foreign to it are those that no other phrase of an intent in training has: so few as a message
    /// has for all phrases, not as many as for the fold's part of them.
    mutating func row(_ row: Int, isVisible: Bool) -> (best: Int, evidence: Evidence)? {
        let own: UInt32 = isVisible ? 1 : 0
        return training.withRow(row) {
            result($0, $1, unknownGroups: training.rareGroups[row]) { [frequencies] in frequencies[$0] <= own }
        }
    }

    /// What it takes a sentence for whose words all stand in the training set.
    mutating func row(_ sentence: String, language: Int) -> (best: Int, evidence: Evidence)? {
        let vocabulary = training.vocabulary
        scratch.read(sentence)
        vocabulary.lexicon.read(&scratch, language: language)
        vocabulary.lexicon.spellOut(&scratch)
        vocabulary.count(&scratch)
        let features = scratch.features
        let counts = features.map { feature in
            defer { scratch.counts[Int(feature)] = 0 }
            return scratch.counts[Int(feature)]
        }
        return features.withUnsafeBufferPointer { features in
            counts.withUnsafeBufferPointer {
                result(features, $0, unknownGroups: scratch.unknownGroupCount) { [fit] in
                    fit.weights.weights[$0] == 0
                }
            }
        }
    }

    private mutating func result(
        _ features: UnsafeBufferPointer<UInt32>, _ counts: UnsafeBufferPointer<UInt16>, unknownGroups: Int,
        isForeign: (_ stem: Int) -> Bool
    ) -> (best: Int, evidence: Evidence)? {
        sentence.removeAll()
        Fit.append(features, counts, firstGroup: training.vocabulary.firstGroup, fit.weights, to: &sentence)
        sentence.withRow(0) { fit.model.score($0, $1, into: &scratch.scores) }
        var best = 0
        for label in 0..<classes where scratch.scores[label] > scratch.scores[best] { best = label }
        var (covered, information) = (0.0, 0.0)
        var (stems, foreign, groups, known) = (0, 0, unknownGroups, 0)
        fit.weights.weights.withUnsafeBufferPointer { weights in
            for feature in features {
                let isKnown = weights[Int(feature)] > 0
                if feature < training.vocabulary.stemCount {
                    stems += 1
                    if training.tellingStems[Int(feature)], isForeign(Int(feature)) { foreign += 1 }
                    let own = isKnown ? fit.weights.stemInformation[Int(feature)] : fit.weights.unknownInformation
                    information += Double(own)
                    if fit.stemSets.contains(stem: Int(feature), in: best) { covered += Double(own) }
                } else if feature >= training.vocabulary.firstGroup {
                    groups += 1
                    known += isKnown ? 1 : 0
                }
            }
        }
        guard classes > 0, stems > 0 else { return nil }
        return (
            best,
            Evidence(
                Evidence.score(scratch.scores[best]), covered / information,
                groups > 0 ? Double(known) / Double(groups) : 0,
                Logarithm.natural(Double(1 + stems)), Logarithm.natural(Double(1 + foreign)))
        )
    }
}
