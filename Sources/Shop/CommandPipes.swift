import CLinux
import Glibc

/// The pipes to and from a command, closed when nobody refers to them any more.
final class CommandPipes {
    /// Our end of its standard input; -1 once closed.
    private(set) var input: Int32
    /// Our end of its standard output.
    let output: Int32
    private var childsEnds: [Int32]

    init() throws(OrderSourceFailure) {
        let (inputRead, inputWrite) = try Self.pipe()
        do throws(OrderSourceFailure) {
            let (outputRead, outputWrite) = try Self.pipe()
            (input, output, childsEnds) = (inputWrite, outputRead, [inputRead, outputWrite])
        } catch {
            close(inputRead)
            close(inputWrite)
            throw error
        }
        for end in [input, output] { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
    }

    deinit {
        closeInput()
        closeChildsEnds()
        close(output)
    }

    /// What the child does with its ends: they become its standard streams, what it says besides goes nowhere, and it
    /// keeps nothing else that is open here.
    func addActions(to actions: inout posix_spawn_file_actions_t) {
        posix_spawn_file_actions_adddup2(&actions, childsEnds[0], 0)
        posix_spawn_file_actions_adddup2(&actions, childsEnds[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    }

    func closeChildsEnds() {
        for end in childsEnds { close(end) }
        childsEnds = []
    }

    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    private static func pipe() throws(OrderSourceFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
        return (try aside(ends[0]), try aside(ends[1]))
    }

    /// Where the daemon was started without standard streams their numbers are free, and a pipe there would be in the way.
    private static func aside(_ end: Int32) throws(OrderSourceFailure) -> Int32 {
        guard end < 3 else { return end }
        defer { close(end) }
        let moved = fcntl(end, F_DUPFD_CLOEXEC, 3)
        guard moved >= 0 else { throw .notStarted(String(cString: strerror(errno))) }
        return moved
    }
}
