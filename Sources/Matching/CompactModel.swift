/// A trained ``LinearModel`` that is only asked: its weights as 16-bit integers under one scale.
///
/// That halves its memory, and with up to 32 classes a feature's row is one line of the processor's cache instead of
/// three: a message touches a hundred rows that lie anywhere. What is lost is a 65,000th of the largest weight.
struct CompactModel: Sendable {
    let classes: Int
    /// Columns of a row, a multiple of eight.
    private let stride: Int
    private let weights: [Int16]
    /// Where the first row begins, so that it begins a line.
    private let first: Int
    private let scale: Float
    private let bias: [Float]

    /// Bytes of a line of the cache.
    private static let line = 64

    init(_ model: LinearModel) {
        classes = model.classes
        stride = model.stride
        bias = model.bias
        let largest = model.weights.reduce(0) { max($0, abs($1)) }
        scale = largest > 0 ? largest / Float(Int16.max) : 1
        let spare = Self.line / MemoryLayout<Int16>.size
        var weights = [Int16](repeating: 0, count: model.weights.count + spare)
        let (scale, count) = (scale, model.weights.count)
        first = weights.withUnsafeMutableBufferPointer { weights in
            let past = Int(bitPattern: weights.baseAddress) % Self.line
            let first = past == 0 ? 0 : (Self.line - past) / MemoryLayout<Int16>.size
            for index in 0..<count { weights[first + index] = Int16((model.weights[index] / scale).rounded()) }
            return first
        }
        self.weights = weights
    }

    /// What a feature of value 1 adds to the score of a class.
    func weight(_ feature: Int, _ label: Int) -> Float { Float(weights[first + feature * stride + label]) * scale }

    /// The score of a class without any feature.
    func bias(_ label: Int) -> Float { bias[label] }

    /// `scores = bias + Σ value × row of its feature`.
    func score(
        _ features: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, into scores: inout [Float]
    ) {
        if scores.count != stride { scores = bias }
        weights.withUnsafeBufferPointer { weights in
            scores.withUnsafeMutableBufferPointer { scores in
                guard let weights = weights.baseAddress else { return }
                var column = 0
                while column < stride {
                    let width = min(stride - column, 32)
                    let sums = Self.sums(weights + first + column, stride, width, features, values)
                    for index in 0..<width { scores[column + index] = bias[column + index] + scale * sums[index] }
                    column += 32
                }
            }
        }
    }

    /// The sums of up to 32 columns, which stay in registers. Of fewer the last eight are summed up more than once: that
    /// costs less than asking for each row how many there are.
    @inline(__always)
    private static func sums(
        _ weights: UnsafePointer<Int16>, _ stride: Int, _ width: Int, _ features: UnsafeBufferPointer<UInt32>,
        _ values: UnsafeBufferPointer<Float>
    ) -> SIMD32<Float> {
        let (second, third, fourth) = (min(8, width - 8), min(16, width - 8), min(24, width - 8))
        var (a, b, c, d) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        for index in 0..<features.count {
            let row = weights + Int(features[index]) &* stride
            let value = values[index]
            a += vector(row) * value
            b += vector(row + second) * value
            c += vector(row + third) * value
            d += vector(row + fourth) * value
        }
        return SIMD32(lowHalf: SIMD16(lowHalf: a, highHalf: b), highHalf: SIMD16(lowHalf: c, highHalf: d))
    }

    @inline(__always)
    private static func vector(_ place: UnsafePointer<Int16>) -> SIMD8<Float> {
        let integers = UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Int16>.self)
        return SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: integers))
    }
}
