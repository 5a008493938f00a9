import Bytes
public import CivilTime

/// When an incident happened, as local clocks and as UTC have it.
public struct Occurrence: Hashable, Sendable {
    /// What was odd about the time of day; the incident is kept all the same.
    public enum TimeProblem: Hashable, Sendable {
        /// The time column holds no time of day.
        case unreadable
        /// The date column goes on after the day with something that is no time of day.
        case unreadableInDate
        /// The two columns give different times; the time column holds.
        case conflict
    }

    /// Days since 1970-01-01.
    public var localDay: Int32
    /// Minute of the local day; −1 where no time is known.
    public var localMinute: Int16
    /// Seconds since 1970-01-01 UTC; of local midnight where no time is known.
    public var instant: Int64
    /// Whether the text said how far its clock is from UTC, so that the local day and minute depend on the zone.
    public var hasOffset: Bool
    public var problem: TimeProblem?
}

/// Reads days and times of day as report files write them.
///
/// ## Days
/// `2024-03-01`, `2024/3/1`, `20240301`; `03/05/2018`, `3-5-2018`, `3.5.2018` in the stated order; serial day numbers
/// of a spreadsheet (1900 system, from 1 March 1900) where asked for. Years have four digits: two are refused, since
/// the century would be a guess.
///
/// ## Times
/// After the day, behind blanks or `T`: what ``TimeOfDay`` reads, with an optional `Z`, `+hh:mm`, `+hhmm` or `+hh`.
/// With an offset the instant is exact and the local day and minute are those of the zone. Without, they are
/// local, and ``ZoneRules`` says how skipped and repeated hours are read.
///
/// ## Which time holds
/// In a column of moments (``ReportField/occurredAt``) the time behind the day. Otherwise a readable time column; otherwise
/// the time behind the day, but in a column of days (``ReportField/date``) midnight,
/// as written or on the zone's clocks, is what programs fill in, and means that no time is known. A time that
/// cannot be read, 24:00 among them, is left out, and said.
public struct DateReader: Sendable {
    public let order: DateOrder
    public let readsSerialDays: Bool
    public let zone: ZoneRules

    public init(order: DateOrder = .automatic, readsSerialDays: Bool = false, zone: ZoneRules) {
        self.order = order
        self.readsSerialDays = readsSerialDays
        self.zone = zone
    }

    /// Day and time of an incident.
    /// - Parameters:
    ///   - date: the text of the day, with or without a time; without blanks around it.
    ///   - time: the text of the time column; empty where there is none.
    ///   - midnightIsATime: true for a column that holds day and time in one.
    /// - Returns: nil where `date` holds no day of the calendar.
    /// - Complexity: O(length).
    public func occurrence(
        date: UnsafeBufferPointer<UInt8>, time: UnsafeBufferPointer<UInt8>, midnightIsATime: Bool
    ) -> Occurrence? {
        guard var reading = moment(date) else { return nil }
        var instant: Int64?
        if !midnightIsATime, reading.second == 0 { reading.second = -1 }
        if reading.second >= 0, let offset = reading.offset {
            let utc = Int64(reading.day) &* 86_400 &+ Int64(reading.second) &- Int64(offset)
            let local = zone.local(ofInstant: utc)
            (reading.day, reading.second) = (local.day, Int32(local.second))
            instant = utc
            if !midnightIsATime, reading.second == 0 { (reading.second, instant) = (-1, nil) }
        }
        var problem: Occurrence.TimeProblem? = reading.timeIsUnreadable ? .unreadableInDate : nil
        let isComplete = midnightIsATime && reading.second >= 0
        if !time.isEmpty, !isComplete {
            if let second = secondOfDay(time) {
                problem = nil
                if reading.second >= 0, reading.second / 60 != second / 60 { problem = .conflict }
                if problem != nil || reading.second < 0 { (reading.second, instant) = (second, nil) }
            } else {
                problem = .unreadable
            }
        }
        return Occurrence(
            localDay: reading.day,
            localMinute: reading.second < 0 ? -1 : Int16(truncatingIfNeeded: reading.second / 60),
            instant: instant ?? zone.instant(ofLocalDay: reading.day, second: Int(max(reading.second, 0))),
            hasOffset: reading.offset != nil, problem: problem)
    }

    /// The forms of a day it reads, for messages.
    var forms: String {
        switch order {
        case .automatic, .dmy: "yyyy-mm-dd, yyyymmdd or dd/mm/yyyy"
        case .mdy: "yyyy-mm-dd, yyyymmdd or mm/dd/yyyy"
        case .ymd: "yyyy-mm-dd or yyyymmdd"
        }
    }

    /// What one text says, before the zone and the time column have had their say.
    private struct Moment {
        var day: Int32
        var second: Int32 = -1
        var offset: Int32?
        var timeIsUnreadable = false
    }

    private func moment(_ text: UnsafeBufferPointer<UInt8>) -> Moment? {
        if let date = CalendarDate(isoBytes: text) { return Moment(day: date.daysSince1970) }
        var cursor = ByteCursor(text)
        guard let date = day(&cursor) else { return readsSerialDays ? serialDay(text) : nil }
        var moment = Moment(day: date.daysSince1970)
        let hasMark = cursor.takeLetter(UInt8(ascii: "T"))
        let start = cursor.index
        cursor.skipBlanks()
        if cursor.isAtEnd { return hasMark ? nil : moment }
        guard hasMark || cursor.index > start else { return nil }
        guard let time = TimeOfDay(reading: &cursor), let end = ending(&cursor) else {
            moment.timeIsUnreadable = true
            return moment
        }
        moment.second = time.secondOfDay
        if case .offset(let seconds) = end { moment.offset = seconds }
        return moment
    }

    private func day(_ cursor: inout ByteCursor) -> CalendarDate? {
        guard let first = cursor.digits(atMost: 8) else { return nil }
        if first.count == 8 {
            return CalendarDate(year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
        }
        let mark = cursor.next
        guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: "."), cursor.take(mark),
            let second = cursor.digits(atMost: 2), cursor.take(mark), let third = cursor.digits(atMost: 4)
        else { return nil }
        if first.count == 4 {
            return third.count <= 2 ? CalendarDate(year: first.value, month: second.value, day: third.value) : nil
        }
        guard first.count <= 2, third.count == 4, order != .ymd else { return nil }
        return order == .mdy
            ? CalendarDate(year: third.value, month: first.value, day: second.value)
            : CalendarDate(year: third.value, month: second.value, day: first.value)
    }

    /// What may follow a time.
    private enum Ending {
        case nothing
        case offset(Int32)
    }

    /// - Returns: nil where something else follows.
    private func ending(_ cursor: inout ByteCursor) -> Ending? {
        cursor.skipBlanks()
        if cursor.isAtEnd { return .nothing }
        if cursor.takeLetter(UInt8(ascii: "Z")) { return cursor.isAtEnd ? .offset(0) : nil }
        let isWest = cursor.take(UInt8(ascii: "-"))
        guard isWest || cursor.take(UInt8(ascii: "+")), let hours = cursor.digits(atMost: 2), hours.count == 2,
            hours.value <= 14
        else { return nil }
        var seconds = hours.value * 3600
        let hasMark = cursor.take(UInt8(ascii: ":"))
        if hasMark || !cursor.isAtEnd {
            guard let minutes = cursor.digits(atMost: 2), minutes.count == 2, minutes.value < 60 else { return nil }
            seconds += minutes.value * 60
        }
        return cursor.isAtEnd ? .offset(Int32(isWest ? -seconds : seconds)) : nil
    }

    private func serialDay(_ text: UnsafeBufferPointer<UInt8>) -> Moment? {
        // Serial 61 is 1 March 1900: before it the 1900 system counts a 29 February that never was.
        guard let serial = DecimalParser.double(text), serial >= 61, serial < 2_958_466 else { return nil }
        let seconds = Int64((serial * 86_400).rounded())
        let day = Int32(clamping: seconds / 86_400 - 25_569)
        return Moment(day: day, second: serial == serial.rounded(.down) ? -1 : Int32(seconds % 86_400))
    }

    private func secondOfDay(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        if let time = TimeOfDay(text) { return time.secondOfDay }
        guard readsSerialDays, let fraction = DecimalParser.double(text), fraction >= 0, fraction < 1 else {
            return nil
        }
        return min(Int32((fraction * 86_400).rounded()), 86_399)
    }
}
