import Testing

/// One daemon for all tests of a suite; it must end well when they have.
struct SharedDaemon: SuiteTrait, TestScoping {
    var settings: [String] = []
    var extra: [String] = []

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let daemon = try Daemon(files: Shop.files(settings), extra: extra)
        try daemon.start()
        try await Current.$daemon.withValue(Current(daemon: daemon)) { try await function() }
        let code = try daemon.stop()
        #expect(code == 0, "the daemon of the suite ended with \(code): \(daemon.errors)")
    }

    /// The daemon of the running suite.
    ///
    /// `@unchecked Sendable`: tests that run side by side only read its addresses, which `start` has set before.
    struct Current: @unchecked Sendable {
        @TaskLocal static var daemon: Current?
        let daemon: Daemon
    }
}

extension Trait where Self == SharedDaemon {
    /// One daemon with the small shop for all tests of the suite.
    static func sharedDaemon(settings: [String] = [], extra: [String] = []) -> SharedDaemon {
        SharedDaemon(settings: settings, extra: extra)
    }
}

extension Daemon {
    /// The daemon of the suite.
    static func shared() throws -> Daemon {
        guard let current = SharedDaemon.Current.daemon else { throw HarnessError("the suite shares no daemon") }
        return current.daemon
    }

    /// A daemon of the test's own with the small shop, running.
    static func started(
        settings: [String] = [], files: [String: String] = [:], extra: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Daemon {
        let daemon = try Daemon(files: Shop.files(settings, files), extra: extra, environment: environment)
        try daemon.start()
        return daemon
    }
}
