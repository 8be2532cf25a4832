import Glibc

/// Why the system would not do something with a file, in words.
public struct SystemFault: Sendable, Equatable {
    /// As in `errno`.
    public let code: Int32

    /// The fault of a system call that failed; without a code, of the last one of this thread.
    public init(_ code: Int32 = errno) { self.code = code }

    /// For a person, and in the system's English where the catalogue has no words for it.
    public func words(_ language: String) -> String {
        let key: SentenceKey
        switch code {
        case ENOENT: key = .faultMissing
        case EACCES, EPERM, EROFS: key = .faultForbidden
        case EEXIST: key = .faultExists
        case EISDIR, EINVAL: key = .faultNotAFile
        case ENOTDIR: key = .faultNotAFolder
        case ENOSPC, EDQUOT: key = .faultFull
        default: return String(cString: strerror(code))
        }
        return Catalogue.sentence(key, language)
    }
}
