#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The logarithms that weights are made of.
enum Logarithm {
    /// `1 + ln tf` of the counts that a message can have, so that a query takes no logarithm.
    private static let dampedCounts = (0...Recipe.letterLimit).map { $0 == 0 ? Float(0) : damped($0) }

    private static func damped(_ count: Int) -> Float { 1 + Float(log(Double(count))) }

    @inline(__always)
    static func damped(_ count: UInt16) -> Float {
        count == 1 ? 1 : count < dampedCounts.count ? dampedCounts[Int(count)] : damped(Int(count))
    }

    /// Lends ``damped(_:)`` of the counts up to ``Recipe/letterLimit``.
    @inline(__always)
    static func withDamped<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        dampedCounts.withUnsafeBufferPointer(body)
    }

    /// `ln((1 + N) / (1 + df)) + 1`
    static func information(phrases: Int, frequency: Int) -> Float {
        Float(log(Double(1 + phrases) / Double(1 + frequency)) + 1)
    }

    static func power(_ base: Float, _ exponent: Float) -> Float { Float(pow(Double(base), Double(exponent))) }

    static func natural(_ value: Double) -> Double { log(value) }
}
