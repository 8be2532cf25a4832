import CLinux
import Glibc

extension Address {
    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    var family: Int32 {
        switch self {
        case .ipv4: return AF_INET
        case .ipv6: return AF_INET6
        case .unix: return AF_UNIX
        }
    }

    /// Lends the address in the kernel's form.
    func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var storage = sockaddr_storage()
        let length = withUnsafeMutableBytes(of: &storage) { bytes -> Int in
            switch self {
            case .ipv4(let host, let port):
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = host.bigEndian
                withUnsafeBytes(of: address) { bytes.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in>.size
            case .ipv6(let high, let low, let port):
                var address = sockaddr_in6()
                address.sin6_family = sa_family_t(AF_INET6)
                address.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &address.sin6_addr) { raw in
                    raw.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
                    raw.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
                }
                withUnsafeBytes(of: address) { bytes.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in6>.size
            case .unix(let path):
                var address = sockaddr_un()
                address.sun_family = sa_family_t(AF_UNIX)
                withUnsafeMutableBytes(of: &address.sun_path) { room in
                    room.copyBytes(from: path.utf8.prefix(Address.longestUnixPath))
                }
                withUnsafeBytes(of: address) { bytes.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_un>.size
            }
        }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    /// Reads what `getsockname` or `accept` gave; nil for a Unix socket, whose peer has no name.
    init?(_ storage: inout sockaddr_storage) {
        let family = Int32(storage.ss_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        self = withUnsafeBytes(of: &storage) { bytes -> Address in
            if family == AF_INET {
                let address = bytes.loadUnaligned(as: sockaddr_in.self)
                return .ipv4(UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
            }
            let address = bytes.loadUnaligned(as: sockaddr_in6.self)
            let (high, low) = Address.halves(of: address.sin6_addr)
            return .ipv6(high: high, low: low, port: UInt16(bigEndian: address.sin6_port))
        }
    }
}
