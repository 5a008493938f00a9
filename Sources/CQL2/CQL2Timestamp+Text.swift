import CivilTime

extension CQL2Timestamp: LosslessStringConvertible {
    /// Reads `yyyy-mm-ddThh:mm:ssZ`, also with up to nine decimals of a second, or with an offset such as `-06:00`.
    ///
    /// The standard asks for `Z`; with an offset no instant is left in doubt either.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 35, let whole = UTCText.instant(of: Self.text(bytes[..<19]) + "Z")
        else {
            return nil
        }
        var index = 19
        var nanoseconds: Int32 = 0
        if bytes[index] == UInt8(ascii: ".") {
            var unit: Int32 = 100_000_000
            index += 1
            let first = index
            while index < bytes.count, (48...57).contains(bytes[index]), unit > 0 {
                nanoseconds += Int32(bytes[index] - 48) * unit
                unit /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        guard let offset = Self.offset(bytes[index...]) else { return nil }
        self.init(seconds: whole - offset, nanoseconds: nanoseconds)
    }

    /// `2024-03-01T12:00:00Z`, with as many decimals as there are.
    public var description: String {
        let whole = UTCText.text(ofInstant: seconds)
        guard nanoseconds > 0 else { return whole }
        var digits = String(1_000_000_000 + Int64(nanoseconds)).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return whole.dropLast() + "." + digits + "Z"
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Seconds east of UTC: `Z`, `+05:30`.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        if bytes.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
        let parts = Array(bytes)
        guard parts.count == 6, parts[3] == UInt8(ascii: ":"),
            parts[0] == UInt8(ascii: "+") || parts[0] == UInt8(ascii: "-"),
            [1, 2, 4, 5].allSatisfy({ (48...57).contains(parts[$0]) })
        else { return nil }
        let hours = Int64(parts[1] - 48) * 10 + Int64(parts[2] - 48)
        let minutes = Int64(parts[4] - 48) * 10 + Int64(parts[5] - 48)
        guard hours <= 18, minutes < 60 else { return nil }
        return (parts[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
