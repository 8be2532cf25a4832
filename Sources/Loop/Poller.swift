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
final class Poller {
    /// Events taken from the kernel at once; more are left for the next wait.
    static let capacity = 256

    /// Never ids of anything watched.
    private static let wakerID: UInt64 = 0
    private static let alarmID = UInt64.max

    let descriptor: Int32
    private let waker: Int32
    private let alarm: Int32
    private let events: UnsafeMutablePointer<epoll_event>

    init() throws(SocketError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        waker = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        alarm = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
        events = .allocate(capacity: Self.capacity)
        events.initialize(repeating: epoll_event(), count: Self.capacity)
        var code = descriptor < 0 || waker < 0 || alarm < 0 ? errno : 0
        if code == 0 { code = add(waker, id: Self.wakerID, interest: .read) }
        if code == 0 { code = add(alarm, id: Self.alarmID, interest: .read) }
        guard code == 0 else { throw .system(operation: "epoll_create1", address: "", code: code) }
    }

    deinit {
        events.deallocate()
        close(alarm)
        close(waker)
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

    /// Waits until something is ready, `wake` is called or the time is over.
    /// - Returns: how many descriptors are ready.
    func wait(milliseconds: Int32) -> Int {
        max(0, Int(epoll_wait(descriptor, events, Int32(Self.capacity), milliseconds)))
    }

    /// Ends a wait, the present one or else the next. From any thread.
    func wake() {
        eventfd_write(waker, 1)
    }

    /// Ends a wait at a moment of the monotonic clock, in nanoseconds; another moment takes its place.
    func wake(at moment: UInt64) {
        var time = itimerspec()
        // Zero would mean never.
        let moment = max(1, moment)
        time.it_value.tv_sec = Int(moment / 1_000_000_000)
        time.it_value.tv_nsec = Int(moment % 1_000_000_000)
        timerfd_settime(alarm, Int32(TFD_TIMER_ABSTIME), &time, nil)
    }

    /// Hands over the descriptors that the last wait found ready.
    func forEach(_ count: Int, _ body: (_ id: UInt64, _ readiness: Readiness) -> Void) {
        for i in 0..<count {
            if events[i].data.u64 == Self.wakerID {
                var calls: eventfd_t = 0
                eventfd_read(waker, &calls)
                continue
            }
            if events[i].data.u64 == Self.alarmID {
                var times: UInt64 = 0
                read(alarm, &times, MemoryLayout<UInt64>.size)
                continue
            }
            let flags = events[i].events
            var readiness: Readiness = []
            if flags & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
            if flags & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
            if flags & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { readiness.insert(.hungUp) }
            body(events[i].data.u64, readiness)
        }
    }

    private func control(_ operation: Int32, _ fd: Int32, _ id: UInt64, _ interest: Interest) -> Int32 {
        var event = epoll_event()
        if interest.contains(.read) { event.events |= EPOLLIN.rawValue }
        if interest.contains(.write) { event.events |= EPOLLOUT.rawValue }
        event.data.u64 = id
        return epoll_ctl(descriptor, operation, fd, &event) == 0 ? 0 : errno
    }
}
