import Bytes
import CivilTime
import Hotspots
import Incidents
import SimpleFeatures

/// Which columns of a plain file say when something happened.
public enum TimeColumns: Hashable, Sendable {
    /// One with the day of each incident, with or without a time of day; nil looks for the usual names.
    case day(String?)
    /// Two, with the earliest and the latest time at which it may have happened.
    case span(start: String, end: String)

    static let usualNames = [
        "local_date", "date", "fecha", "fecha_hecho", "fecha_hechos", "fecha_del_hecho", "fecha_incidente",
        "fecha_evento", "fecha_ocurrencia", "fecha_hora", "incident_date", "occurred_at", "occurred", "datetime",
    ]
}

/// Fields of a column that hold no time.
public struct UnreadableTimes: Hashable, Sendable {
    /// As the file calls it.
    public var column: String
    /// How many fields.
    public var count: Int
    /// The first of them: its row, counted from 1 behind the header, and its beginning.
    public var firstRow: Int
    /// At most 40 characters.
    public var firstText: String
}

/// When something was, as a text of a plain file says it: in days since 1970-01-01 00:00 on the wall.
struct Moment: Hashable {
    var first: Double
    /// The same for a time, the end of the day for a day alone.
    var last: Double
}

/// A column of a plain file as its times are read.
struct TimeColumn {
    /// As the file calls it.
    let name: String
    /// How many fields were read, and how many of them were empty.
    private(set) var rows = 0
    private(set) var empty = 0
    private(set) var unreadable: UnreadableTimes?
    /// How many had a day and something behind it that is no time.
    private(set) var withoutTime = 0
    private let reader: DateReader
    private let zoneIsKnown: Bool

    /// - Parameter zone: of the clocks on the wall; nil where nobody said.
    init(name: String, zone: ZoneRules?) {
        self.name = name
        reader = DateReader(zone: zone ?? .utc)
        zoneIsKnown = zone != nil
    }

    /// - Parameter needsTime: whether a day alone is no time.
    /// - Returns: nil for a field that holds none, which is counted.
    /// - Throws: ``JobError/usage(_:)`` for a clock that is told against UTC where nobody said in which zone days begin.
    mutating func read(_ field: UnsafeBufferPointer<UInt8>, needsTime: Bool = false) throws -> Moment? {
        rows += 1
        let text = field.trimmed
        guard !text.isEmpty else {
            empty += 1
            return nil
        }
        let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        guard let found = reader.occurrence(date: text, time: none, midnightIsATime: true),
            !needsTime || found.problem == nil && found.localMinute >= 0
        else {
            note(text)
            return nil
        }
        // A day is a day, whatever stands behind it: imports read it so too.
        if found.problem != nil { withoutTime += 1 }
        guard zoneIsKnown || !found.hasOffset else {
            throw JobError.usage(
                "times in \(name) are told against UTC, such as \"\(Self.beginning(of: text))\" in row \(rows); "
                    + "say with --tz in which zone their days begin")
        }
        guard found.localMinute >= 0 else {
            return Moment(first: Double(found.localDay), last: Double(found.localDay) + 1)
        }
        let local = reader.zone.local(ofInstant: found.instant)
        let time = Double(local.day) + Double(local.second) / 86_400
        return Moment(first: time, last: time)
    }

    private mutating func note(_ text: UnsafeBufferPointer<UInt8>) {
        var found =
            unreadable
            ?? UnreadableTimes(column: name, count: 0, firstRow: rows, firstText: Self.beginning(of: text))
        found.count += 1
        unreadable = found
    }

    private static func beginning(of text: UnsafeBufferPointer<UInt8>) -> String {
        String(String(decoding: text, as: UTF8.self).prefix(40))
    }
}

/// When the rows of a plain file happened, from one column or from two.
struct TimesOfRows {
    /// Per row; unknown where neither column holds a time.
    private(set) var spans: [AoristicWeights.Span] = []
    private(set) var columns: [TimeColumn]
    private let method = AoristicWeights()

    /// - Parameter names: of the day, or of the beginning and the end.
    init(names: [String], zone: ZoneRules?) { columns = names.map { TimeColumn(name: $0, zone: zone) } }

    /// - Parameter fields: one per column.
    mutating func append(_ fields: [UnsafeBufferPointer<UInt8>]) throws {
        var moments: [Moment?] = []
        for index in columns.indices { moments.append(try columns[index].read(fields[index])) }
        guard let start = moments.first, let end = moments.last else { return }
        if moments.count == 1 {
            let day = start?.first.rounded(.down) ?? .nan
            spans.append(method.span(start: day, end: day))
        } else {
            spans.append(method.span(start: start?.first ?? .nan, end: Self.end(end, of: start) ?? .nan))
        }
    }

    /// A latest day counts to its end; one before the earliest time, or alone, is that day.
    private static func end(_ end: Moment?, of start: Moment?) -> Double? {
        guard let end, let start, end.first >= start.first.rounded(.down) else { return end?.first }
        return end.last
    }

    /// The same of a feature's properties.
    mutating func append(_ feature: Feature<FilePosition>) throws {
        let texts = columns.map { column in
            switch feature[column.name] {
            case .text(let text)?: text
            case nil, .null?: ""
            case let value?: value.keyText ?? "{}"
            }
        }
        guard let start = texts.first, let end = texts.last else { return }
        try Array(start.utf8).withUnsafeBufferPointer { start in
            try Array(end.utf8).withUnsafeBufferPointer { end in
                try append(columns.count == 1 ? [start] : [start, end])
            }
        }
    }

    /// What was in the columns and is no time, a sentence each.
    var faults: [String] {
        columns.compactMap(\.unreadable).map {
            "\($0.count) in \($0.column) that are no time, first \"\($0.firstText)\" in row \($0.firstRow): taken as missing"
        }
            + columns.filter { $0.withoutTime > 0 }.map {
                "\($0.withoutTime) in \($0.name) have a day and no readable time: the whole day"
            }
    }
}
