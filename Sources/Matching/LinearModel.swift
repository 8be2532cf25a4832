/// Weights of one linear function for each class, a row for each feature.
///
/// Rows are padded to a multiple of four columns, so that one feature touches whole vectors of neighbouring floats, and
/// by four more where these would stand alone in a block of columns, which takes eight at least.
struct LinearModel: Sendable {
    /// Columns that stay in registers while the features' rows are walked.
    private static let blockWidth = 32

    let classes: Int
    /// Columns of a row.
    let stride: Int
    var weights: [Float]
    var bias: [Float]

    init(features: Int, classes: Int) {
        self.classes = classes
        let columns = (classes + 3) & ~3
        stride = columns % Self.blockWidth == 4 ? columns + 4 : columns
        weights = [Float](repeating: 0, count: features * stride)
        bias = [Float](repeating: 0, count: stride)
    }

    /// `scores = bias + Σ value × row of its feature`.
    func score(
        _ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, into scores: inout [Float]
    ) {
        if scores.count != stride { scores = bias }
        weights.withUnsafeBufferPointer { weights in
            bias.withUnsafeBufferPointer { bias in
                scores.withUnsafeMutableBufferPointer { scores in
                    guard let weights = weights.baseAddress, let bias = bias.baseAddress,
                        let scores = scores.baseAddress
                    else { return }
                    Self.accumulate(weights, bias, stride, features, values, scores)
                }
            }
        }
    }

    /// A block of columns at a time stays in registers. What is left over is filled with the last columns once more:
    /// they are computed twice, to the same result, which costs less than a second walk over the rows.
    @inline(__always)
    static func accumulate(
        _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ stride: Int,
        _ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>,
        _ scores: UnsafeMutablePointer<Float>
    ) {
        var column = 0
        while column < stride {
            if stride - column <= blockWidth - 4 {
                block(ending: SIMD4.self, stride - 4, weights, bias, column, stride, features, values, scores)
            } else {
                let last = columns(after: column, stride).2
                block(ending: SIMD8.self, last, weights, bias, column, stride, features, values, scores)
            }
            column += blockWidth
        }
    }

    /// Three vectors of eight columns from `column` on, and a vector that starts at `last`.
    @inline(__always)
    private static func block<Last: SIMD & BitwiseCopyable>(
        ending: Last.Type, _ last: Int, _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ column: Int,
        _ stride: Int, _ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>,
        _ scores: UnsafeMutablePointer<Float>
    ) where Last.Scalar == Float {
        let (second, third, _) = columns(after: column, stride)
        var (a, b) = (vector(bias, column), vector(bias, second))
        var (c, d) = (vector(bias, third), vector(bias, last, as: Last.self))
        for index in 0..<features.count {
            let row = weights + Int(features[index]) &* stride
            let value = values[index]
            a += vector(row, column) * value
            b += vector(row, second) * value
            c += vector(row, third) * value
            d += vector(row, last, as: Last.self) * value
        }
        store(a, scores, column)
        store(b, scores, second)
        store(c, scores, third)
        store(d, scores, last)
    }

    /// `row += change × value` for each feature's row. Most changes are zero: vectors of four columns that all are stay
    /// untouched.
    /// - Parameter moved: storage that is used again.
    @inline(__always)
    static func add(
        _ change: UnsafePointer<Float>, times features: UnsafeBufferPointer<UInt32>,
        _ values: UnsafeBufferPointer<Float>, to weights: UnsafeMutablePointer<Float>, _ stride: Int,
        _ moved: inout [Int]
    ) {
        moved.removeAll(keepingCapacity: true)
        for column in Swift.stride(from: 0, to: stride, by: 4)
        where any(vector(change, column, as: SIMD4.self) .!= 0) { moved.append(column) }
        moved.withUnsafeBufferPointer { moved in
            for index in 0..<features.count {
                let row = weights + Int(features[index]) &* stride
                let value = values[index]
                for column in moved {
                    let sum = vector(row, column, as: SIMD4.self) + vector(change, column, as: SIMD4.self) * value
                    store(sum, row, column)
                }
            }
        }
    }

    @inline(__always)
    private static func columns(after column: Int, _ stride: Int) -> (Int, Int, Int) {
        let last = stride - 8
        return (min(column + 8, last), min(column + 16, last), min(column + 24, last))
    }

    @inline(__always)
    static func vector<Vector: SIMD & BitwiseCopyable>(
        _ base: UnsafePointer<Float>, _ offset: Int, as type: Vector.Type = SIMD8<Float>.self
    ) -> Vector where Vector.Scalar == Float {
        UnsafeRawPointer(base + offset).loadUnaligned(as: type)
    }

    @inline(__always)
    static func store<Vector: SIMD & BitwiseCopyable>(
        _ vector: Vector, _ base: UnsafeMutablePointer<Float>, _ offset: Int
    ) where Vector.Scalar == Float {
        UnsafeMutableRawPointer(base + offset).storeBytes(of: vector, as: Vector.self)
    }
}
