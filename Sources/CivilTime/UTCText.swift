/// Instants as text in UTC, to the second: `2024-03-01T12:00:00Z` (RFC 3339).
public enum UTCText {
    /// The text of an instant in seconds since 1970-01-01 UTC.
    ///
    /// Instants beyond the years 1–9999 are written as the nearest end of that range.
    public static func text(ofInstant instant: Int64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        append(instant: instant, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the 20 bytes of the text of an instant.
    public static func append(instant: Int64, to bytes: inout [UInt8]) {
        let instant = min(max(instant, CivilInstants.range.lowerBound), CivilInstants.range.upperBound)
        let (day, second) = CivilInstants.split(instant)
        let (year, month, dayOfMonth) = CalendarDate(daysSince1970: day).components
        two(year / 100, then: nil, to: &bytes)
        two(year % 100, then: UInt8(ascii: "-"), to: &bytes)
        two(month, then: UInt8(ascii: "-"), to: &bytes)
        two(dayOfMonth, then: UInt8(ascii: "T"), to: &bytes)
        two(second / 3600, then: UInt8(ascii: ":"), to: &bytes)
        two(second / 60 % 60, then: UInt8(ascii: ":"), to: &bytes)
        two(second % 60, then: UInt8(ascii: "Z"), to: &bytes)
    }

    /// Reads exactly `yyyy-mm-ddThh:mm:ssZ`; nil for anything else.
    public static func instant(of text: String) -> Int64? {
        var text = text
        return text.withUTF8 { bytes -> Int64? in
            guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
                let date = CalendarDate(isoBytes: UnsafeBufferPointer(rebasing: bytes[0..<10])),
                bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
                let time = TimeOfDay(UnsafeBufferPointer(rebasing: bytes[11..<19]))
            else { return nil }
            return Int64(date.daysSince1970) * 86_400 + Int64(time.secondOfDay)
        }
    }

    private static func two(_ value: Int, then mark: UInt8?, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: 48 + value / 10))
        bytes.append(UInt8(truncatingIfNeeded: 48 + value % 10))
        if let mark { bytes.append(mark) }
    }
}

extension CalendarDate {
    /// Reads exactly `yyyy-mm-dd` from bytes, without a `String`.
    public init?(isoBytes text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
        let (a, b, c, d) = (text[0] &- 48, text[1] &- 48, text[2] &- 48, text[3] &- 48)
        let (e, f, g, h) = (text[5] &- 48, text[6] &- 48, text[8] &- 48, text[9] &- 48)
        guard a < 10, b < 10, c < 10, d < 10, e < 10, f < 10, g < 10, h < 10 else { return nil }
        let year = (Int(a) &* 10 &+ Int(b)) &* 100 &+ Int(c) &* 10 &+ Int(d)
        self.init(year: year, month: Int(e) &* 10 &+ Int(f), day: Int(g) &* 10 &+ Int(h))
    }
}
