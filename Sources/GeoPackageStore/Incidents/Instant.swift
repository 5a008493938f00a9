import Bytes
import CivilTime

/// Instants and days as a GeoPackage writes them: `2024-03-01T12:00:00.000Z` and `2024-03-01`.
enum Instant {
    /// Seconds of the years 1 to 9999, which four digits can write.
    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    /// Days of the same years.
    static let days: ClosedRange<Int32> = -719_162...2_932_896

    /// The form with milliseconds that GeoPackage 1.3 asks for, from the one Faro speaks.
    static func stored(_ text: String) throws(StoreError) -> String {
        guard text.utf8.count == 20, let stored = withMilliseconds(text) else { throw .invalidInstant(text) }
        return stored
    }

    /// The form with milliseconds, from either; nil where the text is neither.
    static func withMilliseconds(_ text: String) -> String? {
        var text = text
        guard text.withUTF8({ seconds($0) }) != nil else { return nil }
        return text.utf8.count == 24 ? text : String(text.dropLast()) + ".000Z"
    }

    /// The form Faro speaks, `2024-03-01T12:00:00Z`, from the one with milliseconds.
    static func spoken(_ text: String) -> String {
        text.utf8.count == 24 && text.hasSuffix("Z") ? String(text.dropLast(5)) + "Z" : text
    }

    /// Seconds since 1970-01-01 UTC of `yyyy-mm-ddThh:mm:ss[.sss]Z`; nil where the text is not exactly that.
    static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count == 20 || text.count == 24, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), text[text.count - 1] == UInt8(ascii: "Z"),
            let day = day(UnsafeBufferPointer(rebasing: text[..<10])),
            let hour = number(text, 11), let minute = number(text, 14), let second = number(text, 17),
            hour < 24, minute < 60, second < 60
        else { return nil }
        if text.count == 24 {
            guard text[19] == UInt8(ascii: "."), number(text, 20) != nil, text[22] &- 48 < 10 else { return nil }
        }
        return Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// Days since 1970-01-01 of `yyyy-mm-dd`; nil where the text is not exactly that.
    static func day(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let century = number(text, 0), let year = number(text, 2), let month = number(text, 5),
            let day = number(text, 8)
        else { return nil }
        return CalendarDate(year: century * 100 + year, month: month, day: day)?.daysSince1970
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let (tens, ones) = (text[index] &- 48, text[index + 1] &- 48)
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }
}

/// Room for one written instant or day, filled anew for each row without allocating.
///
/// The caller keeps to ``Instant/range`` and ``Instant/days``.
struct InstantBuffer {
    /// 24 bytes of `yyyy-mm-ddThh:mm:ss.000Z`; the first ten are the day.
    let bytes: UnsafeMutablePointer<UInt8>
    private var day = Int32.min

    init() {
        bytes = .allocate(capacity: 24)
        for (index, byte) in "0000-00-00T00:00:00.000Z".utf8.enumerated() { (bytes + index).initialize(to: byte) }
    }

    func deallocate() { bytes.deallocate() }

    /// Writes a day; rows of a file are often of the day before them.
    @inline(__always)
    mutating func write(day: Int32) {
        guard day != self.day else { return }
        self.day = day
        let (year, month, dayOfMonth) = CalendarDate(daysSince1970: day).components
        two(year / 100, at: 0)
        two(year % 100, at: 2)
        two(month, at: 5)
        two(dayOfMonth, at: 8)
    }

    @inline(__always)
    mutating func write(seconds: Int64) {
        let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let ofDay = Int(remainder < 0 ? remainder + 86_400 : remainder)
        write(day: Int32(truncatingIfNeeded: remainder < 0 ? quotient - 1 : quotient))
        two(ofDay / 3600, at: 11)
        two(ofDay / 60 % 60, at: 14)
        two(ofDay % 60, at: 17)
    }

    @inline(__always)
    private func two(_ value: Int, at index: Int) {
        bytes[index] = 48 &+ UInt8(truncatingIfNeeded: value / 10)
        bytes[index + 1] = 48 &+ UInt8(truncatingIfNeeded: value % 10)
    }
}
