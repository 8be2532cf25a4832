import Glibc

/// The system's random numbers, 32 at a time: one system call for the ids of many events.
struct SystemRandom: RandomNumberGenerator {
    private var numbers = [UInt64](repeating: 0, count: 32)
    private var used = 32
    private var source = SystemRandomNumberGenerator()

    mutating func next() -> UInt64 {
        if used == numbers.count { refill() }
        defer {
            // The bits of a token must not be found in memory later.
            numbers[used] = 0
            used += 1
        }
        return numbers[used]
    }

    /// `getentropy` gives 256 bytes at most. Where the kernel has none, Swift's own source does.
    private mutating func refill() {
        let isFilled = numbers.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) == 0 }
        if !isFilled { for index in numbers.indices { numbers[index] = source.next() } }
        used = 0
    }
}
