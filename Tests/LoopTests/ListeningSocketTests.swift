import Glibc
import Testing

@testable import Loop

struct ListeningSocketTests {
    private func path() -> String {
        "/tmp/loop-\(getpid())-\(UInt64.random(in: 0 ... .max)).s"
    }

    @Test("port 0 is replaced by the port that the system chose")
    func chosenPort() throws {
        let socket = try ListeningSocket(Address(parsing: "127.0.0.1:0"))
        defer { socket.shut() }
        guard case .ipv4(0x7F00_0001, let port) = socket.address else {
            Issue.record("\(socket.address)")
            return
        }
        #expect(port != 0)
        #expect(throws: SocketError.inUse("127.0.0.1:\(port)")) { try ListeningSocket(socket.address) }
    }

    @Test("a Unix socket has the mode asked for, and its file goes with it")
    func mode() throws {
        let path = path()
        let socket = try ListeningSocket(.unix(path), mode: 0o600)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        socket.shut()
        #expect(lstat(path, &status) != 0)
    }

    @Test("a socket file that nobody answers behind is replaced")
    func stale() throws {
        let path = path()
        // A process that was killed leaves its file: bind without unlink.
        let dead = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(Address.unix(path).withSocketAddress { bind(dead, $0, $1) } == 0)
        #expect(Glibc.listen(dead, 1) == 0)
        close(dead)
        let socket = try ListeningSocket(.unix(path))
        _ = try Client(.unix(path))
        socket.shut()
    }

    @Test("a socket that another process serves is left alone")
    func live() throws {
        let path = path()
        let first = try ListeningSocket(.unix(path))
        #expect(throws: SocketError.inUse("unix:\(path)")) { try ListeningSocket(.unix(path)) }
        _ = try Client(.unix(path))
        first.shut()
    }

    @Test("a file that is no socket is left alone")
    func foreign() throws {
        let path = path()
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        close(file)
        defer { unlink(path) }
        #expect(throws: SocketError.notASocket(path: path)) { try ListeningSocket(.unix(path)) }
        var status = stat()
        #expect(lstat(path, &status) == 0)
    }

    @Test("shutting does not remove the file of a successor")
    func successor() throws {
        let path = path()
        let first = try ListeningSocket(.unix(path))
        unlink(path)
        let second = try ListeningSocket(.unix(path))
        first.shut()
        _ = try Client(.unix(path))
        second.shut()
    }

    @Test("a folder that does not exist is told with the address")
    func noFolder() {
        #expect(throws: SocketError.system(operation: "bind", address: "unix:/nowhere/a.s", code: ENOENT)) {
            try ListeningSocket(.unix("/nowhere/a.s"))
        }
    }
}
