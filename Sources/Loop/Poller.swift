import CLinux
import Glibc

/// What a descriptor wants to hear about.
struct Interest: OptionSet {
    let rawValue: UInt8
    static let read = Interest(rawValue: 1)
    static let write = Interest(rawValue: 2)
}

/// What a descriptor is ready for.
struct Readiness: OptionSet {
    let rawValue: UInt8
    static let readable = Readiness(rawValue: 1)
    static let writable = Readiness(rawValue: 2)
    /// The peer is gone altogether, or the socket has failed: nothing more can be written.
    static let hungUp = Readiness(rawValue: 4)
}

/// The kernel's list of descriptors to watch: `epoll` here, level-triggered. It is the only type that knows it, so that
/// `kqueue` can take its place.
///
/// Its own descriptor is readable while any watched one is ready, which is what lets one Dispatch source stand for all.
struct Poller: ~Copyable {
    /// Events taken from the kernel at once; more are left for the next wait.
    static let capacity = 256

    let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>

    init() throws(SocketError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .system(operation: "epoll_create1", address: "", code: errno) }
        events = .allocate(capacity: Self.capacity)
        events.initialize(repeating: epoll_event(), count: Self.capacity)
    }

    deinit {
        events.deallocate()
        close(descriptor)
    }

    /// - Returns: 0, or the error number.
    func add(_ fd: Int32, id: UInt64, interest: Interest) -> Int32 {
        control(EPOLL_CTL_ADD, fd, id, interest)
    }

    func change(_ fd: Int32, id: UInt64, interest: Interest) {
        _ = control(EPOLL_CTL_MOD, fd, id, interest)
    }

    func remove(_ fd: Int32) {
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, fd, nil)
    }

    /// Hands over what is ready now, without waiting.
    /// - Returns: how many descriptors were ready.
    func poll(_ body: (_ id: UInt64, _ readiness: Readiness) -> Void) -> Int {
        let count = Int(epoll_wait(descriptor, events, Int32(Self.capacity), 0))
        guard count > 0 else { return 0 }
        for i in 0..<count {
            let flags = events[i].events
            var readiness: Readiness = []
            if flags & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
            if flags & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
            if flags & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { readiness.insert(.hungUp) }
            body(events[i].data.u64, readiness)
        }
        return count
    }

    private func control(_ operation: Int32, _ fd: Int32, _ id: UInt64, _ interest: Interest) -> Int32 {
        var event = epoll_event()
        if interest.contains(.read) { event.events |= EPOLLIN.rawValue }
        if interest.contains(.write) { event.events |= EPOLLOUT.rawValue }
        event.data.u64 = id
        return epoll_ctl(descriptor, operation, fd, &event) == 0 ? 0 : errno
    }
}
