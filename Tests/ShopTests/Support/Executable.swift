import Foundation

/// The executable of this package, which stands beside the test bundle.
enum Executable {
    struct Missing: Error {}

    static func path() throws -> String {
        let itself = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        for candidate in [itself] + CommandLine.arguments {
            let path = URL(fileURLWithPath: candidate).deletingLastPathComponent().appendingPathComponent("conserje")
                .path
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw Missing()
    }
}
