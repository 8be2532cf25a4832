import Loop
import Threading

/// Counts connections, in all and by address, over all loops.
final class Census: Sendable {
    private struct State {
        var total = 0
        var byNetwork: [PeerAddress.Network: Int] = [:]
    }
    private let state = Guarded(State())

    var total: Int { state.withLock { $0.total } }

    /// Lets a connection in where the limits allow it.
    func admit(_ peer: PeerAddress, limits: LineLimits) -> Bool {
        state.withLock { state in
            guard state.total < limits.connections else { return false }
            let count = state.byNetwork[peer.network] ?? 0
            if limits.limitLoopback || !peer.isLocal {
                guard count < limits.connectionsPerAddress else { return false }
            }
            state.total += 1
            state.byNetwork[peer.network] = count + 1
            return true
        }
    }

    /// A connection that was let in is gone.
    /// - Returns: how many are left.
    @discardableResult
    func leave(_ peer: PeerAddress) -> Int {
        state.withLock { state in
            state.total -= 1
            let count = state.byNetwork[peer.network] ?? 0
            state.byNetwork[peer.network] = count > 1 ? count - 1 : nil
            return state.total
        }
    }
}
