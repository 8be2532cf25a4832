/// Weights of one linear function for each class, a row for each feature.
///
/// Rows are padded to a multiple of eight columns, so that one feature touches whole vectors of neighbouring floats.
struct LinearModel: Sendable {
    let classes: Int
    /// Columns of a row.
    let stride: Int
    var weights: [Float]
    var bias: [Float]

    init(features: Int, classes: Int) {
        self.classes = classes
        stride = (classes + 7) & ~7
        weights = [Float](repeating: 0, count: features * stride)
        bias = [Float](repeating: 0, count: stride)
    }

    /// `scores = bias + Σ value × row of its feature`.
    func score(_ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, into scores: inout [Float]) {
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

    /// 32 columns at a time stay in registers, then 8.
    @inline(__always)
    static func accumulate(
        _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ stride: Int,
        _ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>,
        _ scores: UnsafeMutablePointer<Float>
    ) {
        var column = 0
        while column + 32 <= stride {
            var (a, b) = (vector(bias, column), vector(bias, column + 8))
            var (c, d) = (vector(bias, column + 16), vector(bias, column + 24))
            for index in 0..<features.count {
                let row = weights + Int(features[index]) * stride + column
                let value = values[index]
                a += vector(row, 0) * value
                b += vector(row, 8) * value
                c += vector(row, 16) * value
                d += vector(row, 24) * value
            }
            store(a, scores, column)
            store(b, scores, column + 8)
            store(c, scores, column + 16)
            store(d, scores, column + 24)
            column += 32
        }
        while column < stride {
            var sum = vector(bias, column)
            for index in 0..<features.count {
                sum += vector(weights + Int(features[index]) * stride + column, 0) * values[index]
            }
            store(sum, scores, column)
            column += 8
        }
    }

    @inline(__always)
    static func vector(_ base: UnsafePointer<Float>, _ offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(base + offset).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    static func store(_ vector: SIMD8<Float>, _ base: UnsafeMutablePointer<Float>, _ offset: Int) {
        UnsafeMutableRawPointer(base + offset).storeBytes(of: vector, as: SIMD8<Float>.self)
    }
}
