import Dispatch

/// Sends from another thread, so that a test can read meanwhile.
final class DispatchSender {
    private let queue = DispatchQueue(label: "sender")
    private let client: LineClient

    init(_ client: LineClient) { self.client = client }

    deinit { wait() }

    /// Waits until the kernel has taken everything.
    func wait() { queue.sync {} }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        // The client's reading half, which the test uses meanwhile, shares nothing with its sending half.
        nonisolated(unsafe) let client = self.client
        queue.async { client.send(bytes) }
    }
}
