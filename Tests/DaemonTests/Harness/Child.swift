import Foundation
import Synchronization

/// A process that a test starts, speaks to and ends by its id.
final class Child {
    /// Between making a pipe and marking it close-on-exec no other child may be born, or it would hold the pipe open.
    private static let birth = Mutex<Void>(())

    let pid: pid_t
    /// Its standard output.
    let output: LineReader
    /// Its standard error, empty where that goes to a file.
    let errors: LineReader
    private var input: Int32
    private let descriptors: [Int32]
    private var status: Int32?

    /// The executable of this package, beside the test bundle.
    static func executable() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let candidates =
            [environment["CONSERJE_EXECUTABLE"] ?? "", CommandLine.arguments.first ?? ""] + CommandLine.arguments
        let itself = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        for candidate in [itself] + candidates where !candidate.isEmpty {
            var url = URL(fileURLWithPath: candidate)
            while url.path != "/" {
                url.deleteLastPathComponent()
                let path = url.appendingPathComponent("conserje").path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
                    return path
                }
            }
        }
        throw HarnessError("the executable `conserje` is not beside the test bundle; build it first")
    }

    /// Starts the executable.
    /// - Parameters:
    ///   - environment: all of it; `PATH` is added.
    ///   - errorFile: where standard error goes, nil for a pipe.
    ///   - terminal: takes the place of all three streams.
    init(
        _ arguments: [String], environment: [String: String] = [:], errorFile: String? = nil,
        terminal: PseudoTerminal? = nil
    ) throws {
        let executable = try Self.executable()
        let errorDescriptor = errorFile.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
        let born = try Self.birth.withLock { _ in
            let (inputRead, inputWrite) = try Self.pipe()
            let (outputRead, outputWrite) = try Self.pipe()
            let (errorRead, errorWrite) = try Self.pipe()
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_adddup2(&actions, terminal?.inner ?? inputRead, 0)
            posix_spawn_file_actions_adddup2(&actions, terminal?.inner ?? outputWrite, 1)
            posix_spawn_file_actions_adddup2(&actions, terminal?.inner ?? errorDescriptor ?? errorWrite, 2)
            var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
            let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
            var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
            defer { for pointer in words + settings { free(pointer) } }
            var pid: pid_t = 0
            let fault = posix_spawn(&pid, executable, &actions, nil, &words, &settings)
            for descriptor in [inputRead, outputWrite, errorWrite] { close(descriptor) }
            guard fault == 0 else { throw HarnessError("\(executable) cannot be started: \(fault)") }
            return (pid: pid, input: inputWrite, output: outputRead, error: errorRead)
        }
        if let errorDescriptor { close(errorDescriptor) }
        pid = born.pid
        input = born.input
        output = LineReader(descriptor: born.output)
        errors = LineReader(descriptor: born.error)
        descriptors = [born.output, born.error]
    }

    deinit {
        closeInput()
        if status == nil {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        for descriptor in descriptors { close(descriptor) }
    }

    /// Writes to its standard input.
    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(input, bytes, bytes.count)
    }

    /// Ends its standard input.
    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { if status == nil { kill(pid, number) } }

    /// The next line of its standard output.
    func nextLine(within seconds: Double = 10) throws -> String {
        guard let line = try output.nextLine(within: seconds) else {
            throw HarnessError("it ended instead of saying something; standard error: \(try errors.rest(within: 1))")
        }
        return line
    }

    /// The next line of its standard output that holds the text.
    @discardableResult
    func line(containing text: String, within seconds: Double = 10) throws -> String {
        while true {
            let line = try nextLine(within: seconds)
            if line.contains(text) { return line }
        }
    }

    /// Waits until it has ended, which the end of its standard output shows.
    /// - Returns: the exit code, or 128 and the signal.
    @discardableResult
    func wait(within seconds: Double = 10) throws -> Int32 {
        if let status { return status }
        remaining += try output.rest(within: seconds)
        var raw: Int32 = 0
        waitpid(pid, &raw, 0)
        let code = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
        status = code
        return code
    }

    /// What stood unread in its standard output when it ended.
    private(set) var remaining = ""

    private static func pipe() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw HarnessError("no pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
