import SeededRandom
/// Feature vectors of several texts, one after another.
struct SparseRows {
    var starts: [Int] = [0]
    var features: [UInt32] = []
    var values: [Float] = []

    var count: Int { starts.count - 1 }

    /// Makes room for so many features.
    mutating func reserve(_ count: Int) {
        features.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    /// Empties it, keeping the room.
    mutating func removeAll() {
        starts.removeLast(count)
        features.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
    }

    mutating func endRow() { starts.append(features.count) }

    /// Lends the features and values of one row.
    @inline(__always)
    func withRow(_ row: Int, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Float>) -> Void) {
        withView { body($0.features(row), $0.values(row)) }
    }

    /// Lends all rows, for many look-ups in a loop.
    @inline(__always)
    func withView<Result>(_ body: (View) -> Result) -> Result {
        starts.withUnsafeBufferPointer { starts in
            features.withUnsafeBufferPointer { features in
                values.withUnsafeBufferPointer { body(View(starts: starts, allFeatures: features, allValues: $0)) }
            }
        }
    }

    /// Lent rows, valid while ``SparseRows/withView(_:)`` runs.
    struct View {
        fileprivate let starts: UnsafeBufferPointer<Int>
        fileprivate let allFeatures: UnsafeBufferPointer<UInt32>
        fileprivate let allValues: UnsafeBufferPointer<Float>

        @inline(__always)
        func features(_ row: Int) -> UnsafeBufferPointer<UInt32> {
            UnsafeBufferPointer(rebasing: allFeatures[starts[row]..<starts[row + 1]])
        }

        @inline(__always)
        func values(_ row: Int) -> UnsafeBufferPointer<Float> {
            UnsafeBufferPointer(rebasing: allValues[starts[row]..<starts[row + 1]])
        }
    }
}

/// One-vs-rest linear support vector machines with squared hinge loss, by dual coordinate descent, all classes in
/// one pass (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 1 with
/// U = ∞), and each class's centroid added to its weights.
enum LinearTrainer {
    /// - Parameter labels: the class of each row.
    /// - Complexity: O(epochs × values × classes)
    static func train(_ rows: SparseRows, labels: [Int], classes: Int, features: Int, epochs: Int) -> LinearModel {
        var model = LinearModel(features: features, classes: classes)
        guard classes > 0, rows.count > 0 else { return model }
        descend(&model, rows, labels, epochs)
        addCentroids(&model, rows, labels)
        return model
    }

    private static func descend(_ model: inout LinearModel, _ rows: SparseRows, _ labels: [Int], _ epochs: Int) {
        let stride = model.stride
        let dampening = 1 / (2 * Recipe.cost)
        // Padding columns have no margin to keep, so their steps stay zero.
        let margins = (0..<stride).map { Float($0 < model.classes ? 1 : 0) }
        var signs = margins.map { -$0 }
        var alpha = [Float](repeating: 0, count: rows.count * stride)
        var scores = [Float](repeating: 0, count: stride)
        var order = Array(0..<rows.count)
        var steps = [Float](repeating: .infinity, count: rows.count)
        var shuffle = SplitMix64(seed: 1)
        var moved: [Int] = []
        var weights = model.weights
        var bias = model.bias
        model.weights = []
        let scales = rows.withView { rows in
            labels.indices.map { row in
                1 / (rows.values(row).reduce(1) { $0 + $1 * $1 } + dampening)
            }
        }
        weights.withUnsafeMutableBufferPointer { weights in
            alpha.withUnsafeMutableBufferPointer { alpha in
                guard let weights = weights.baseAddress, let alpha = alpha.baseAddress else { return }
                rows.withView { rows in
                    for epoch in 0..<epochs {
                        var largest: Float = 0
                        order.shuffle(using: &shuffle)
                        for row in order {
                            // What hardly moved is looked at again now and then.
                            if steps[row] < Recipe.tolerance, (epoch + row) % Recipe.restEpochs != 0 { continue }
                            let (features, values) = (rows.features(row), rows.values(row))
                            LinearModel.accumulate(weights, bias, stride, features, values, &scores)
                            signs[labels[row]] = 1
                            let step = Self.step(
                                &scores, alpha: alpha + row * stride, signs, margins, stride,
                                dampening: dampening, scale: scales[row])
                            signs[labels[row]] = -1
                            steps[row] = step
                            guard step > 0 else { continue }
                            largest = max(largest, step)
                            LinearModel.add(scores, times: features, values, to: weights, stride, &moved)
                            for column in 0..<stride { bias[column] += scores[column] }
                        }
                        if largest < Recipe.tolerance { break }
                    }
                }
            }
        }
        model.weights = weights
        model.bias = bias
    }

    /// Moves one row's multipliers; `scores` become what its weights change by.
    /// - Returns: the largest step.
    @inline(__always)
    private static func step(
        _ scores: UnsafeMutablePointer<Float>, alpha: UnsafeMutablePointer<Float>, _ signs: UnsafePointer<Float>,
        _ margins: UnsafePointer<Float>, _ stride: Int, dampening: Float, scale: Float
    ) -> Float {
        var largest = SIMD4<Float>()
        var column = 0
        while column < stride {
            let sign = LinearModel.vector(signs, column, as: SIMD4.self)
            let before = LinearModel.vector(alpha, column, as: SIMD4.self)
            let score = LinearModel.vector(scores, column, as: SIMD4.self)
            let margin = LinearModel.vector(margins, column, as: SIMD4.self)
            let gradient = sign * score - margin + before * dampening
            var after = before - gradient * scale
            after.replace(with: 0, where: after .< 0)
            var step = after - before
            step.replace(with: 0, where: step * step .<= Recipe.smallestStep * Recipe.smallestStep)
            let square = step * step
            largest.replace(with: square, where: square .> largest)
            LinearModel.store(before + step, alpha, column)
            LinearModel.store(sign * step, scores, column)
            column += 4
        }
        return largest.max().squareRoot()
    }

    private static func addCentroids(_ model: inout LinearModel, _ rows: SparseRows, _ labels: [Int]) {
        let features = model.weights.count / model.stride
        var members = [[Int]](repeating: [], count: model.classes)
        for (row, label) in labels.enumerated() { members[label].append(row) }
        var sums = [Float](repeating: 0, count: features)
        for (label, rowsOfClass) in members.enumerated() {
            var touched: [Int] = []
            for row in rowsOfClass {
                for index in rows.starts[row]..<rows.starts[row + 1] {
                    let feature = Int(rows.features[index])
                    if sums[feature] == 0 { touched.append(feature) }
                    sums[feature] += rows.values[index]
                }
            }
            let square = touched.reduce(Float(0)) { $0 + sums[$1] * sums[$1] }
            let scale = square > 0 ? Recipe.centroidShare / square.squareRoot() : 0
            for feature in touched {
                model.weights[feature * model.stride + label] += scale * sums[feature]
                sums[feature] = 0
            }
        }
    }
}
