import Glibc

/// A value behind a lock. The standard library's `Mutex` would do, but for the thread sanitizer: on Linux it does not see
/// that lock where two threads meet at it, and reports a race; it knows POSIX mutexes.
///
/// `@unchecked Sendable`: the value is touched with the lock held, and nowhere else.
public final class Guarded<Value>: @unchecked Sendable {
    @usableFromInline let lock: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline @exclusivity(unchecked) var value: Value

    /// Guards a value, which is given up to it.
    public init(_ value: sending Value) {
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
        self.value = value
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// Runs `body` with the lock held: others wait meanwhile, and it may not take the same lock again.
    @inlinable
    public func withLock<Result, Failure>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value)
    }
}
