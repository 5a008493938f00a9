/// Two runs of FNV-1a over 64 bits with different beginnings: names of answers, no protection against anybody.
///
/// ## Source
/// Fowler, Noll and Vo, *The FNV Non-Cryptographic Hash Algorithm*, IETF draft.
public enum Fingerprint {
    /// 32 hexadecimal digits at most, the same on every machine.
    /// - Complexity: O(length).
    public static func hex(_ text: String) -> String { hex(text.utf8) }

    /// The same of bytes.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var (first, second): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4)
        for byte in bytes {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
            second = (second ^ UInt64(byte)) &* 0x100_0000_01b3 &+ 1
        }
        return String(first, radix: 16) + String(second, radix: 16)
    }
}
