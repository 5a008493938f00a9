/// A time on the local clock, to the second.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Seconds since midnight on the clock's face, 0–86,399.
    public let secondOfDay: Int32

    /// - Returns: nil where no clock shows it: 24:00, and a leap second, are none.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        secondOfDay = Int32(hour * 3600 + minute * 60 + second)
    }

    /// Reads the whole of `text`.
    ///
    /// Hours have one or two digits, minutes and seconds two: `08:15:00`, `8:15`, `08:15:00.250`. A fourth part, as in
    /// `11:00:00:00`, and fractions are dropped. `am` and `pm` (`p. m.`, `PM`, `p.m.`) belong to hours 1–12; `h` and
    /// `hrs` may follow. 24:00 is refused: whether it ends the day or begins it, its writer only knows.
    /// - Complexity: O(length).
    public init?(_ text: UnsafeBufferPointer<UInt8>) {
        if let time = TimeOfDay(plain: text) {
            self = time
            return
        }
        var cursor = ByteCursor(text)
        guard let time = TimeOfDay(reading: &cursor) else { return nil }
        cursor.skipBlanks()
        guard cursor.isAtEnd else { return nil }
        self = time
    }

    /// 0–23; minutes are cut off, not rounded.
    public var hour: Int { Int(secondOfDay) / 3600 }
    /// Whole minutes since midnight, 0–1439.
    public var minuteOfDay: Int { Int(secondOfDay) / 60 }

    /// The earlier on the clock's face is the lesser.
    public static func < (a: Self, b: Self) -> Bool { a.secondOfDay < b.secondOfDay }

    /// Exactly `hh:mm:ss`, which nearly every row of every file has.
    private init?(plain text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 8, text[2] == UInt8(ascii: ":"), text[5] == UInt8(ascii: ":") else { return nil }
        let (a, b, c) = (text[0] &- 48, text[1] &- 48, text[3] &- 48)
        let (d, e, f) = (text[4] &- 48, text[6] &- 48, text[7] &- 48)
        guard a < 10, b < 10, c < 6, d < 10, e < 6, f < 10 else { return nil }
        let hour = Int32(a) &* 10 &+ Int32(b)
        guard hour < 24 else { return nil }
        secondOfDay = hour &* 3600 &+ (Int32(c) &* 10 &+ Int32(d)) &* 60 &+ Int32(e) &* 10 &+ Int32(f)
    }

    /// Reads a time where the cursor stands and leaves it after the time.
    package init?(reading cursor: inout ByteCursor) {
        guard let hour = cursor.digits(atMost: 2), cursor.take(UInt8(ascii: ":")),
            let minute = cursor.digits(atMost: 2), minute.count == 2
        else { return nil }
        var second = 0
        if cursor.take(UInt8(ascii: ":")) {
            guard let digits = cursor.digits(atMost: 2), digits.count == 2 else { return nil }
            second = digits.value
            let hasFraction =
                cursor.take(UInt8(ascii: ".")) || cursor.take(UInt8(ascii: ",")) || cursor.take(UInt8(ascii: ":"))
            if hasFraction, cursor.digits(atMost: 12) == nil { return nil }
        }
        guard let clockHour = Self.hour(hour.value, markedIn: &cursor) else { return nil }
        self.init(hour: clockHour, minute: minute.value, second: second)
    }

    /// Applies `am` or `pm`, where one follows; nil where the mark and the hour disagree.
    private static func hour(_ hour: Int, markedIn cursor: inout ByteCursor) -> Int? {
        let start = cursor
        cursor.skipBlanks()
        let isAfternoon = cursor.takeLetter(UInt8(ascii: "P"))
        if isAfternoon || cursor.takeLetter(UInt8(ascii: "A")) {
            _ = cursor.take(UInt8(ascii: "."))
            cursor.skipBlanks()
            guard cursor.takeLetter(UInt8(ascii: "M")), (1...12).contains(hour) else { return nil }
            _ = cursor.take(UInt8(ascii: "."))
            return hour % 12 + (isAfternoon ? 12 : 0)
        }
        if cursor.takeLetter(UInt8(ascii: "H")) {
            _ = cursor.takeLetter(UInt8(ascii: "R"))
            _ = cursor.takeLetter(UInt8(ascii: "S"))
            _ = cursor.take(UInt8(ascii: "."))
        } else {
            cursor = start
        }
        return hour
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// `08:15:00`.
    public var description: String {
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(secondOfDay / 3600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))"
    }
}
