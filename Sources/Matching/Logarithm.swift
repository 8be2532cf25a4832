#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The logarithms that weights are made of.
enum Logarithm {
    /// `1 + ln tf` of the first counts, so that a query takes no logarithm.
    private static let dampedCounts = (0..<64).map { $0 == 0 ? Float(0) : 1 + Float(log(Double($0))) }

    @inline(__always)
    static func damped(_ count: UInt16) -> Float {
        count == 1 ? 1 : count < 64 ? dampedCounts[Int(count)] : 1 + Float(log(Double(count)))
    }

    /// `ln((1 + N) / (1 + df)) + 1`
    static func information(phrases: Int, frequency: Int) -> Float {
        Float(log(Double(1 + phrases) / Double(1 + frequency)) + 1)
    }

    static func power(_ base: Float, _ exponent: Float) -> Float { Float(pow(Double(base), Double(exponent))) }

    static func natural(_ value: Double) -> Double { log(value) }
}
