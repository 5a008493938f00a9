/// Writes numbers in decimal into memory that its owner has made large enough: what ``ByteWriter`` and writers of whole
/// columns have in common.
///
/// Digits are written in place, four at a time, from a table. Up to ``longestNumber`` bytes are touched from the place
/// where a number begins, whatever its length.
@usableFromInline
package struct DigitCursor {
    /// How many bytes one number may touch.
    package static let longestNumber = 48

    /// Where the next byte goes.
    @usableFromInline package var at: UnsafeMutablePointer<UInt8>
    @usableFromInline let fours: UnsafePointer<UInt32>

    /// A cursor whose first byte goes to `start`.
    @inline(__always)
    package init(_ start: UnsafeMutablePointer<UInt8>) {
        at = start
        fours = Self.table.fours
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    package mutating func byte(_ byte: UInt8) {
        at.pointee = byte
        at += 1
    }

    /// Writes a whole number.
    @inlinable @inline(__always)
    package mutating func integer(_ value: Int64) {
        if value < 0 { byte(UInt8(ascii: "-")) }
        unsigned(value.magnitude)
    }

    /// Writes a number rounded half to even to `decimals` places (0 to 15), without trailing zeros, as
    /// ``ByteWriter/fixed(_:decimals:)`` does.
    /// - Returns: whether it did; numbers that are not finite or too large for exact scaling are left to the caller.
    @inlinable @inline(__always)
    package mutating func fixed(_ value: Double, decimals: Int) -> Bool {
        let unit = Self.power(decimals)
        let scaled = Self.rounded(value.magnitude * Double(unit))
        guard scaled < 9.0e15 else { return false }
        let units = UInt64(scaled)
        guard units > 0 else {
            byte(UInt8(ascii: "0"))
            return true
        }
        if value < 0 { byte(UInt8(ascii: "-")) }
        let whole = units / unit
        unsigned(whole)
        fraction(units - whole * unit, decimals: decimals)
        return true
    }

    @inlinable @inline(__always)
    mutating func unsigned(_ value: UInt64) {
        guard value >= 10_000 else { return leading(value) }
        let tenThousands = value / 10_000
        guard tenThousands >= 10_000 else {
            leading(tenThousands)
            return four(value - tenThousands * 10_000)
        }
        long(value)
    }

    /// Nine digits and more.
    @usableFromInline
    mutating func long(_ value: UInt64) {
        let high = value / 100_000_000
        unsigned(high)
        eight(value - high * 100_000_000)
    }

    /// Below 10,000, without leading zeros.
    @inlinable @inline(__always)
    mutating func leading(_ value: UInt64) {
        let count = 1 + (value >= 10 ? 1 : 0) + (value >= 100 ? 1 : 0) + (value >= 1000 ? 1 : 0)
        let digits = fours[Int(truncatingIfNeeded: value)] >> UInt32(truncatingIfNeeded: 8 * (4 - count))
        UnsafeMutableRawPointer(at).storeBytes(of: digits, as: UInt32.self)
        at += count
    }

    /// Below 10,000, with leading zeros.
    @inlinable @inline(__always)
    mutating func four(_ value: UInt64) {
        UnsafeMutableRawPointer(at).storeBytes(of: fours[Int(truncatingIfNeeded: value)], as: UInt32.self)
        at += 4
    }

    @inlinable @inline(__always)
    mutating func eight(_ value: UInt64) {
        let high = value / 10_000
        four(high)
        four(value - high * 10_000)
    }

    /// The point and `decimals` digits, less trailing zeros; nothing for 0.
    @inlinable @inline(__always)
    mutating func fraction(_ value: UInt64, decimals: Int) {
        guard value > 0 else { return }
        byte(UInt8(ascii: "."))
        if decimals <= 8 {
            eight(value * Self.power(8 - decimals))
        } else {
            let padded = value * Self.power(16 - decimals)
            let high = padded / 100_000_000
            eight(high)
            eight(padded - high * 100_000_000)
        }
        while at[-1] == UInt8(ascii: "0") { at -= 1 }
    }

    /// To the nearest whole number, half to even: adding 2⁵² leaves no room for a fraction, and the processor rounds.
    @inlinable @inline(__always)
    static func rounded(_ value: Double) -> Double {
        value < 0x1p52 ? (value + 0x1p52) - 0x1p52 : value
    }

    @inlinable @inline(__always)
    static func power(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        case 11: 100_000_000_000
        case 12: 1_000_000_000_000
        case 13: 10_000_000_000_000
        case 14: 100_000_000_000_000
        default: 1_000_000_000_000_000
        }
    }

    private static let table = DigitTable()
}

/// The digits of 0 to 9,999 as text, four bytes each, in the order of memory; they live as long as the process.
private struct DigitTable: @unchecked Sendable {
    let fours: UnsafePointer<UInt32>

    init() {
        let fours = UnsafeMutablePointer<UInt32>.allocate(capacity: 10_000)
        for value in 0..<10_000 {
            let digits = [value / 1000, value / 100 % 10, value / 10 % 10, value % 10]
            let text = digits.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(UInt8(ascii: "0") + UInt8($1)) }
            (fours + value).initialize(to: UInt32(littleEndian: text))
        }
        self.fours = UnsafePointer(fours)
    }
}
