import Content

extension RemoteOrders {
    /// The address or the command that the settings name; nil where they name the file.
    /// - Parameters:
    ///   - token: for an address.
    ///   - now: by which the circuit breaker tells how long it has been open.
    ///   - notice: on any thread.
    public convenience init?(
        _ settings: Settings, token: String?, now: @escaping @Sendable () -> ContinuousClock.Instant,
        notice: @escaping @Sendable (Notice) -> Void
    ) {
        let (timeout, atOnce) = (settings.ordersTimeout, settings.ordersAtOnce)
        let connection: CommandConnection
        switch settings.orders {
        case .file: return nil
        case .web(let base):
            connection = CommandConnection(base: base, token: token, timeout: timeout)
        case .command(let words): connection = CommandConnection(words, timeout: timeout)
        }
        self.init(connection, timeout: timeout, atOnce: atOnce, notice: notice, now: now)
    }
}
