extension UInt8 {
    /// `0`…`9`
    @inlinable public var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// `A`…`Z`, `a`…`z`
    @inlinable public var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}
