import Glibc

/// The terminal's mode while keys are read one by one, and the way back from it.
enum TerminalMode {
    /// The mode before. Written once, before the signal handler that reads it is installed; single-threaded.
    private nonisolated(unsafe) static var before = termios()
    private nonisolated(unsafe) static var isChanged = false

    /// Turns off echo, line editing and signals of keys. Undone by `restore`, also where the process is told to end.
    /// - Returns: false where standard input is no terminal.
    static func readKeys() -> Bool {
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return false }
        var keys = before
        keys.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        keys.c_iflag &= ~tcflag_t(IXON | ICRNL)
        guard tcsetattr(STDIN_FILENO, TCSADRAIN, &keys) == 0 else { return false }
        isChanged = true
        for number in [SIGTERM, SIGHUP, SIGINT] {
            // tcsetattr and _exit are safe in a signal handler.
            signal(number) { number in
                TerminalMode.restore()
                _exit(128 + number)
            }
        }
        return true
    }

    /// Gives the terminal back as it was.
    static func restore() {
        guard isChanged else { return }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
    }
}
