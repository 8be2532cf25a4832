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
