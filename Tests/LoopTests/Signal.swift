import Dispatch

/// Something that a test waits for, ten seconds at most.
final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func raise() { semaphore.signal() }
    func wait() -> Bool { semaphore.wait(timeout: .now() + 10) == .success }
}

/// Waits until something holds, ten seconds at most, without burning a core.
func eventually(_ condition: () -> Bool) -> Bool {
    let patience = DispatchTime.now() + 10
    let pause = DispatchSemaphore(value: 0)
    while !condition() {
        guard DispatchTime.now() < patience else { return false }
        _ = pause.wait(timeout: .now() + .milliseconds(2))
    }
    return true
}
