/// What the process says when it ends, in the numbers of `sysexits.h`.
enum ExitCode: Int32, Sendable {
    case success = 0
    case usage = 64
    case badContent = 65
    case unavailable = 69
    case cannotCreate = 73
    case inputOutput = 74
    case settings = 78
}
