import Loop
import Testing

@testable import LineServer

struct AddressLimiterTests {
    private func network(_ text: String) throws -> PeerAddress.Network {
        PeerAddress(try Address(parsing: text)).network
    }

    @Test("to ask how long an address has to wait takes nothing, and says what a try would")
    func asking() {
        let limiter = AddressLimiter(AllowedRate(2, every: 60))
        let network = PeerAddress.unix.network
        for _ in 0..<9 { #expect(limiter.wait(network, now: 0) == nil) }
        #expect(limiter.take(network, now: 0) == .allowed && limiter.wait(network, now: 0) == nil)
        #expect(limiter.take(network, now: 0) == .allowed)
        #expect(limiter.wait(network, now: 0) == 30 && limiter.take(network, now: 0) == .limited(retryAfter: 30))
        #expect(limiter.wait(network, now: 30_000_000_000) == nil)
    }

    @Test("a second's worth may come at once, then one each fiftieth of a second")
    func lines() throws {
        let limiter = AddressLimiter(AllowedRate(50, every: 1))
        let one = try network("192.0.2.1:1")
        let start: UInt64 = 5_000_000_000
        for _ in 0..<50 { #expect(limiter.take(one, now: start) == .allowed) }
        #expect(limiter.take(one, now: start) == .limited(retryAfter: 1))
        #expect(limiter.take(try network("192.0.2.2:1"), now: start) == .allowed)
        #expect(limiter.take(one, now: start + 19_999_999) == .limited(retryAfter: 1))
        #expect(limiter.take(one, now: start + 20_000_000) == .allowed)
        #expect(limiter.take(one, now: start + 20_000_000) == .limited(retryAfter: 1))
        for _ in 0..<50 { #expect(limiter.take(one, now: start + 9_000_000_000) == .allowed) }
        #expect(limiter.take(one, now: start + 9_000_000_000) != .allowed)
    }

    @Test("the time to wait is told in whole seconds, and waiting it is enough")
    func retry() throws {
        let limiter = AddressLimiter(AllowedRate(30, every: 600))
        let one = try network("[2001:db8::1]:1")
        let same = try network("[2001:db8::2]:1")
        for _ in 0..<30 { #expect(limiter.take(one, now: 0) == .allowed) }
        #expect(limiter.take(same, now: 0) == .limited(retryAfter: 20))
        #expect(limiter.take(one, now: 20_000_000_000) == .allowed)
    }

    @Test("a rate out of range is taken as the nearest one within")
    func extremes() throws {
        #expect(AllowedRate(0, every: -1) == AllowedRate(1, every: 1))
        let limiter = AddressLimiter(AllowedRate(.max, every: .max))
        #expect(limiter.take(try network("192.0.2.1:1"), now: .max) == .allowed)
    }

    @Test("a rate that is replaced counts from then on")
    func replaced() throws {
        let limiter = AddressLimiter(AllowedRate(1, every: 1))
        let one = try network("192.0.2.1:1")
        #expect(limiter.take(one, now: 0) == .allowed)
        #expect(limiter.take(one, now: 0) != .allowed)
        limiter.replace(AllowedRate(10, every: 1))
        for _ in 0..<10 { #expect(limiter.take(one, now: 1_000_000_000) == .allowed) }
        #expect(limiter.take(one, now: 1_000_000_000) != .allowed)
    }

    @Test("sweeping forgets nobody who has taken something lately")
    func sweep() throws {
        let limiter = AddressLimiter(AllowedRate(2, every: 1))
        let one = try network("192.0.2.1:1")
        #expect(limiter.take(one, now: 0) == .allowed)
        #expect(limiter.take(one, now: 0) == .allowed)
        for i in 0..<5_000 {
            let other = PeerAddress(.ipv4(0x0A00_0000 + UInt32(i), port: 1)).network
            #expect(limiter.take(other, now: UInt64(i)) == .allowed)
        }
        #expect(limiter.take(one, now: 5_000) == .limited(retryAfter: 1))
    }
}
