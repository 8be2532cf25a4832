import Glibc

/// Hands libFuzzer's bytes to a target as a Swift array, so that the address sanitizer guards its ends.
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int, _ body: ([UInt8]) -> Void) -> CInt {
    body(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// A property that must hold. What breaks it ends the run as a crash does, so that libFuzzer keeps the input.
func require(_ holds: Bool, _ what: @autoclosure () -> String, line: UInt = #line) {
    guard !holds else { return }
    let message = Array("\nbroken property (line \(line)): \(what())\n".utf8)
    _ = write(2, message, message.count)
    abort()
}

/// SplitMix64 (Steele, Lea and Flood 2014), seeded by the input: the same input does the same.
struct InputGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
