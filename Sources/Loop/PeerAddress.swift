/// Who is at the other end of a connection, as far as limits need to know.
public struct PeerAddress: Sendable, Hashable {
    /// The upper half of the IPv6 address; of an IPv4 address 0, of a Unix socket 0.
    public let high: UInt64
    /// The lower half of the IPv6 address; an IPv4 address is kept mapped (`::ffff:a.b.c.d`, RFC 4291 2.5.5.2).
    public let low: UInt64
    /// The peer's port; 0 on a Unix socket.
    public let port: UInt16
    /// Whether the connection came over a Unix socket.
    public let isUnix: Bool

    /// The peer of a Unix socket.
    public static let unix = PeerAddress(high: 0, low: 0, port: 0, isUnix: true)

    private init(high: UInt64, low: UInt64, port: UInt16, isUnix: Bool) {
        self.high = high
        self.low = low
        self.port = port
        self.isUnix = isUnix
    }

    /// The peer at an address.
    public init(_ address: Address) {
        switch address {
        case .ipv4(let host, let port):
            self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(host), port: port, isUnix: false)
        case .ipv6(let high, let low, let port):
            self.init(high: high, low: low, port: port, isUnix: false)
        case .unix:
            self = .unix
        }
    }

    /// Whether it is an IPv4 address, plain or mapped.
    public var isIPv4: Bool { !isUnix && high == 0 && low >> 32 == 0xFFFF }

    /// Whether the peer sits on this machine: loopback or a Unix socket.
    public var isLocal: Bool {
        if isUnix { return true }
        return isIPv4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1
    }

    /// The address as bytes in network order: 4 of IPv4, 16 of IPv6, none of a Unix socket.
    public var bytes: [UInt8] {
        if isUnix { return [] }
        let lower = (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * UInt64($0))) }
        if isIPv4 { return Array(lower.suffix(4)) }
        return (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64($0))) } + lower
    }

    /// What limits count by.
    public var network: Network {
        if isUnix { return Network(high: 0, low: 0) }
        return isIPv4 ? Network(high: 0, low: low) : Network(high: high, low: 0)
    }

    /// One customer's place in the network: an IPv4 address, or an IPv6 `/64`, since a household gets at least that much
    /// (RFC 6177) and may change its lower half at will.
    public struct Network: Sendable, Hashable {
        let high: UInt64
        let low: UInt64
    }
}
