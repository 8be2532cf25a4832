import Foundation

/// The reference implementation of CommonMark in C, where it is installed (Debian package `cmark`).
enum CMark {
    static let path = ["/usr/bin/cmark", "/usr/local/bin/cmark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The HTML of each document, all of them in one run.
    static func html(of documents: [String]) throws -> [String] {
        guard let path else { return [] }
        return try documents.map { document in
            let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".md")
            try Data(document.utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = [file.path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self)
        }
    }
}
