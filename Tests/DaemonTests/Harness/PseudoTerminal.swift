import Glibc

/// A terminal whose other side is the test.
final class PseudoTerminal {
    /// The side for the child.
    let inner: Int32
    /// What the child shows.
    let screen: LineReader
    private let outer: Int32

    init(columns: UInt16 = 80) throws {
        outer = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard outer >= 0 else { throw HarnessError("no pseudo-terminal: \(errno)") }
        // TIOCSPTLCK and TIOCGPTN, macros that the importer leaves out.
        var locked: Int32 = 0
        var number: UInt32 = 0
        guard ioctl(outer, 0x4004_5431, &locked) == 0, ioctl(outer, 0x8004_5430, &number) == 0 else {
            throw HarnessError("the pseudo-terminal cannot be unlocked: \(errno)")
        }
        inner = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard inner >= 0 else { throw HarnessError("no inner side: \(errno)") }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(inner, UInt(TIOCSWINSZ), &size)
        screen = LineReader(descriptor: outer)
    }

    deinit {
        close(inner)
        close(outer)
    }

    /// Presses keys.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(outer, bytes, bytes.count)
    }

    /// Whether typed keys are shown by the terminal itself, as they are between programs.
    var echoes: Bool {
        var mode = termios()
        tcgetattr(inner, &mode)
        return mode.c_lflag & tcflag_t(ECHO) != 0
    }
}
