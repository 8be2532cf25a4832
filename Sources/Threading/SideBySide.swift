import Dispatch

/// Work that is done on all cores at once, for whoever waits for all of it. What it gives stands in the order of what was
/// asked for, whichever was done first.
///
/// From within such work there are no cores left: what it asks for itself is done one after the other.
public enum SideBySide {
    /// What each of two gives.
    public static func run<First: Sendable, Second: Sendable>(
        _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second) {
        withUnsafeTemporaryAllocation(of: First.self, capacity: 1) { one in
            withUnsafeTemporaryAllocation(of: Second.self, capacity: 1) { other in
                // Each iteration writes one of its own.
                nonisolated(unsafe) let (one, other) = (one, other)
                DispatchQueue.concurrentPerform(iterations: 2) { index in
                    if index == 0 { one.initializeElement(at: 0, to: first()) }
                    if index == 1 { other.initializeElement(at: 0, to: second()) }
                }
                return (one.moveElement(from: 0), other.moveElement(from: 0))
            }
        }
    }

    /// What `body` gives for each number below `count`.
    public static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
        // The standard library would write to the storage that all empty arrays share.
        guard count > 0 else { return [] }
        return [Result](unsafeUninitializedCapacity: count) { results, initialized in
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: count) { index in
                results.initializeElement(at: index, to: body(index))
            }
            initialized = count
        }
    }
}
