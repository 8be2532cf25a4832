import Dispatch
import Glibc

/// Told once a turn, after every descriptor that was ready has been read and before anything is written: the moment to
/// handle in one batch what the whole turn brought.
public protocol TurnObserver: AnyObject {
    /// What is written to connections now leaves with this turn's flush.
    func turnEnded(_ loop: EventLoop)
}

/// A loop over the descriptors that are ready: one poller watched by one Dispatch source on one serial queue.
///
/// A turn runs the jobs of other threads, reads what is ready, runs the timers that are due, tells the observers, then
/// writes each connection's output with one system call. While there is something to do now and then, it waits in the
/// poller itself, since the way through Dispatch wakes two more threads for each event; left idle, it goes back to
/// Dispatch and holds no thread. `execute` and `stop` may be called from any thread, everything else on the loop alone: inside a
/// job, a timer, an observer or a connection's handler. A loop lives until `stop`.
///
/// `@unchecked Sendable`: all mutable state is guarded by `queue`, but for the mailbox, which has a lock of its own.
/// Properties touched for every message are not checked for exclusive access at run time: those checks were a tenth of
/// a small message's whole cost. No call-out happens while one of them is being changed.
public final class EventLoop: @unchecked Sendable {
    /// Which of several loops it is.
    public let index: Int
    /// Nanoseconds on the monotonic clock when the present turn began.
    public private(set) var now: UInt64 = monotonicNanoseconds()

    let queue: DispatchQueue
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)
    private let poller: Poller
    private let source: any DispatchSourceRead
    private let mailbox = Mailbox()
    @exclusivity(unchecked) private var jobs: [Mailbox.Job] = []
    @exclusivity(unchecked) private var registrations: ContiguousArray<Registration?> = []
    private var freeIndices: [Int32] = []
    private var nextSerial: UInt64 = 1
    @exclusivity(unchecked) private var unflushed: ContiguousArray<Connection> = []
    private var observers: [any TurnObserver] = []
    private var timers = TimerQueue()
    /// The moment that the poller was last told to wake at.
    private var armedWake: UInt64 = 0
    @exclusivity(unchecked) private var wantsTurn = false
    private var isStopped = false
    /// Empty output buffers that connections lend each other, so that an idle one holds none and a busy one does not
    /// allocate.
    @exclusivity(unchecked) private var spareBuffers: [[UInt8]] = []

    /// Timers run within this time after they are due.
    public static let timerGranularity: UInt64 = 10_000_000
    /// Milliseconds without anything to do, after which the loop goes back to Dispatch.
    private static let longestWait: Int32 = 10
    private static let mostSpareBuffers = 256
    private static let largestSpareBuffer = 16_384

    /// Starts a loop.
    public init(index: Int = 0, name: String = "loop") throws(SocketError) {
        self.index = index
        queue = DispatchQueue(label: "\(name)-\(index)", qos: .userInitiated)
        poller = try Poller()
        source = DispatchSource.makeReadSource(fileDescriptor: poller.descriptor, queue: queue)
        source.setEventHandler { self.run() }
        // The poller's descriptor may be closed only after Dispatch has let go of it.
        source.setCancelHandler { withExtendedLifetime(self) {} }
        source.activate()
    }

    deinit {
        readBuffer.deallocate()
    }

    /// Runs a job on the loop, in the order of the calls. Costs a wake-up only when the loop sleeps.
    public func execute(_ job: @escaping @Sendable () -> Void) {
        switch mailbox.put(job) {
        case .awake: break
        case .inPoller: poller.wake()
        case .inDispatch: queue.async { self.run() }
        }
    }

    /// Closes everything the loop watches and ends it.
    public func stop() {
        execute {
            guard !self.isStopped else { return }
            self.isStopped = true
            for registration in self.registrations { registration?.tearDown() }
            self.observers = []
            self.timers = TimerQueue()
            self.source.cancel()
        }
    }

    /// Runs a job once, not before `delay` has passed and about `timerGranularity` later. On the loop only.
    @discardableResult
    public func schedule(after delay: Duration, _ job: @escaping () -> Void) -> TimerID {
        let (seconds, attoseconds) = delay.components
        let wait = UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds) / 1_000_000_000)
        let id = timers.add(due: monotonicNanoseconds() &+ wait, job: job)
        wantsTurn = true
        return id
    }

    /// Cancels a timer; one that has run already is ignored. On the loop only.
    public func cancel(_ timer: TimerID) {
        timers.cancel(timer)
    }

    /// Adds an observer, which the loop keeps until it is stopped. On the loop only.
    public func add(_ observer: any TurnObserver) {
        observers.append(observer)
    }

    /// Asks for another turn right after this one, though nothing may be ready. On the loop only.
    public func requestTurn() {
        wantsTurn = true
    }

    /// Takes a connected, non-blocking socket over and watches it. The connection's handler must be set before the
    /// turn ends. On the loop only.
    /// - Returns: nil where the kernel refuses to watch the descriptor, which is then closed.
    public func adopt(_ descriptor: Int32, peer: PeerAddress) -> Connection? {
        let connection = Connection(id: takeID(), descriptor: descriptor, peer: peer, loop: self)
        return watch(connection) ? connection : nil
    }

    /// Accepts connections from a bound socket. On the loop only.
    /// - Parameters:
    ///   - report: hears that accepting pauses for want of descriptors or memory, and that it goes on.
    ///   - accepted: gets each connected socket, non-blocking and closed on exec, and becomes its owner.
    public func listen(
        on socket: ListeningSocket, report: @escaping (Listener.Notice) -> Void,
        accepted: @escaping (_ descriptor: Int32, _ peer: PeerAddress) -> Void
    ) -> Listener? {
        let listener = Listener(id: takeID(), socket: socket, loop: self, report: report, accepted: accepted)
        return watch(listener) ? listener : nil
    }

    // MARK: For connections and listeners

    func change(_ registration: Registration, interest: Interest) {
        poller.change(registration.descriptor, id: registration.id.rawValue, interest: interest)
    }

    func forget(_ registration: Registration) {
        let index = registration.id.index
        guard registrations[index] === registration else { return }
        registrations[index] = nil
        freeIndices.append(Int32(index))
    }

    func flushLater(_ connection: Connection) {
        unflushed.append(connection)
        wantsTurn = true
    }

    func takeBuffer() -> [UInt8] {
        spareBuffers.popLast() ?? []
    }

    func giveBack(_ buffer: consuming [UInt8]) {
        guard spareBuffers.count < Self.mostSpareBuffers, buffer.capacity <= Self.largestSpareBuffer else { return }
        buffer.removeAll(keepingCapacity: true)
        spareBuffers.append(buffer)
    }

    // MARK: Turns

    private func run() {
        guard !isStopped else { return }
        var wait: Int32 = 0
        while true {
            let ready = poller.wait(milliseconds: wait)
            let hasRunJobs = turn(ready)
            if isStopped { return }
            if wantsTurn {
                wait = 0
            } else if wait > 0, ready == 0, !hasRunJobs {
                if mailbox.lieDown(.inDispatch) { return armWake() }
                wait = 0
            } else {
                wait = mailbox.lieDown(.inPoller) ? patience : 0
            }
        }
    }

    /// - Returns: whether there were jobs.
    private func turn(_ ready: Int) -> Bool {
        now = monotonicNanoseconds()
        wantsTurn = false
        let hasJobs = runJobs()
        if isStopped { return hasJobs }
        poller.forEach(ready) { id, readiness in
            let id = ConnectionID(rawValue: id)
            guard let registration = registrations[id.index], registration.id == id else { return }
            registration.ready(readiness)
        }
        while let job = timers.popDue(now: now) { job() }
        for observer in observers { observer.turnEnded(self) }
        flush()
        return hasJobs
    }

    /// Milliseconds to wait in the poller, at least 1 and not far beyond the first timer.
    private var patience: Int32 {
        guard let due = timers.earliest else { return Self.longestWait }
        let left = due > now ? (due - now) / 1_000_000 : 0
        return Int32(max(1, min(UInt64(Self.longestWait), left)))
    }

    private func runJobs() -> Bool {
        mailbox.take(into: &jobs)
        guard !jobs.isEmpty else { return false }
        for job in jobs { job() }
        jobs.removeAll(keepingCapacity: true)
        return true
    }

    private func flush() {
        var i = 0
        while i < unflushed.count {
            unflushed[i].flush()
            i += 1
        }
        unflushed.removeAll(keepingCapacity: true)
    }

    /// Has the poller wake the loop when the first timer is due. Not a timer of Dispatch: that one is made when it is
    /// first wanted, which fails for want of a descriptor just when a listener pauses for want of descriptors.
    private func armWake() {
        guard let due = timers.earliest, due != armedWake else { return }
        armedWake = due
        poller.wake(at: due)
    }

    private func takeID() -> ConnectionID {
        let index: Int
        if let free = freeIndices.popLast() {
            index = Int(free)
        } else {
            index = registrations.count
            registrations.append(nil)
        }
        defer { nextSerial += 1 }
        return ConnectionID(serial: nextSerial, index: index)
    }

    private func watch(_ registration: Registration) -> Bool {
        registrations[registration.id.index] = registration
        guard poller.add(registration.descriptor, id: registration.id.rawValue, interest: .read) != 0 else {
            return true
        }
        registration.tearDown()
        return false
    }
}

/// The monotonic clock in nanoseconds.
public func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
