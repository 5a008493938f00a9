/// Reads whole numbers as tables of aggregates write them.
enum CountText {
    /// The number that the whole of `text` spells: `7`, `7.0`, `1,512,450`, `1,512,450.00`; nil for anything else.
    ///
    /// A comma parts thousands: behind the first group, of one to three digits, every group has three. What is
    /// not whole, is negative, or exceeds 10¹⁰ is no count.
    static func whole(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var value: Int64 = 0
        var group = 0
        var hasComma = false
        var index = 0
        while index < text.count, text[index] != UInt8(ascii: ".") {
            let byte = text[index]
            if byte == UInt8(ascii: ",") {
                guard hasComma ? group == 3 : (1...3).contains(group) else { return nil }
                hasComma = true
                group = 0
            } else {
                guard (48...57).contains(byte), value <= limit / 10 else { return nil }
                value = value * 10 + Int64(byte - 48)
                group += 1
            }
            index += 1
        }
        guard group > 0, !hasComma || group == 3, value <= limit else { return nil }
        guard index < text.count else { return value }
        let decimals = text[(index + 1)...]
        return !decimals.isEmpty && decimals.allSatisfy { $0 == UInt8(ascii: "0") } ? value : nil
    }

    private static let limit: Int64 = 10_000_000_000
}
