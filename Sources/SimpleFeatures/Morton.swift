/// The code of a place on a square by interleaving the bits of its axes, so that neighbours are mostly near: the code of the
/// square around it is its upper bits.
///
/// ## Source
/// Morton (1966), *A computer oriented geodetic data base*.
public enum Morton {
    /// `x` in the even bits, `y` in the odd ones.
    public static func number(x: UInt32, y: UInt32) -> UInt64 { spread(x) | spread(y) << 1 }

    public static func x(_ number: UInt64) -> UInt32 { gather(number) }
    public static func y(_ number: UInt64) -> UInt32 { gather(number >> 1) }

    private static func spread(_ value: UInt32) -> UInt64 {
        var bits = UInt64(value)
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    private static func gather(_ number: UInt64) -> UInt32 {
        var bits = number & 0x5555_5555_5555_5555
        bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: bits | bits >> 16)
    }
}
