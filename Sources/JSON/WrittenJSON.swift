/// JSON text that a writer has finished with, in the writer's own memory.
///
/// `@unchecked Sendable`: nobody writes to it any more.
public final class WrittenJSON: @unchecked Sendable {
    private let start: UnsafeMutablePointer<UInt8>
    /// Its bytes.
    public let count: Int

    /// Takes the memory over.
    init(_ start: UnsafeMutablePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    deinit { start.deallocate() }

    /// Lends the text.
    public func withBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }
}
