import Bytes
import CivilTime
public import Files
import Formats
public import Hotspots
public import Incidents

/// In which hours of the week incidents happened of which only the earliest and latest possible time is known: the job
/// behind `faro hotspot aoristic`.
public struct AoristicTable: Sendable {
    /// A CSV, plain or gzip; `-` is standard input.
    public var path: String
    /// Columns with the earliest and the latest time: `2024-03-01 22:30`, also with T between and with seconds, of the
    /// clock on the wall.
    public var startColumn: String
    /// The column with the latest time, written alike.
    public var endColumn: String
    /// How an incident's weight is shared among the hours.
    public var method: AoristicWeights

    /// All fields as given; the file is opened by ``run()``.
    public init(path: String, startColumn: String, endColumn: String, method: AoristicWeights = AoristicWeights()) {
        self.path = path
        self.startColumn = startColumn
        self.endColumn = endColumn
        self.method = method
    }

    /// What was found, and what was wrong with the times.
    public struct Result: Sendable {
        /// A weight for each hour of the week, and how many rows had which fault.
        public let profile: AoristicProfile
        /// Rows of the file, whatever their times.
        public let rows: Int
        /// Fields that hold something that is no time, counted by their column, and the first of each; they count as missing.
        public let unreadable: [Unreadable]
        let method: AoristicWeights
    }

    /// Fields of a column that hold no time.
    public struct Unreadable: Hashable, Sendable {
        /// As the file calls it.
        public var column: String
        /// How many fields.
        public var count: Int
        /// The first of them: its row, counted from 1 behind the header, and its beginning.
        public var firstRow: Int
        /// At most 40 characters.
        public var firstText: String
    }

    /// - Throws: `FileError`, `CSVError`, ``JobError/usage(_:)`` for a column that is not there.
    public func run() throws -> Result { try read(header: { _ in }, row: { _, _, _ in }) }

    /// Writes the file's rows anew with one column more, ``weightColumn``: the share of an incident that lies in some hours of some
    /// days. Whatever takes weights takes it from there: `faro hotspot kde nights.csv --weights aoristic_weight`.
    /// - Parameters:
    ///   - hours: nil for all.
    ///   - days: nil for all.
    /// - Returns: the result of ``run()``, and the sum of the weights.
    /// - Throws: as ``run()``, and ``JobError/usage(_:)`` where the file has such a column already.
    public func weigh(hours: HourRange?, days: WeekdaySet?, to file: any ByteOutput) throws -> (Result, sum: Double) {
        let wanted = (0..<AoristicWeights.hours).filter { index in
            (hours?.contains(hour: index % 24) ?? true) && (days?.isoDays.contains(index / 24 + 1) ?? true)
        }
        var (buffer, sum) = (ByteWriter(capacity: 1 << 16), 0.0)
        let result = try read { header in
            guard !header.contains(Self.weightColumn) else {
                throw JobError.usage("\(path) has a column \(Self.weightColumn) already")
            }
            for name in header { Self.append(name, to: &buffer) }
            buffer.text(Self.weightColumn + "\n")
        } row: { reader, start, end in
            let weights = method.hoursOfWeek(of: method.span(start: start, end: end))
            let weight = wanted.reduce(0) { $0 + weights[$1] }
            sum += weight
            for place in reader.header.indices {
                Self.append(String(decoding: reader.row[place], as: UTF8.self), to: &buffer)
            }
            buffer.shortest(SurfaceFile.rounded(weight))
            buffer.text("\n")
            guard buffer.count > 1 << 20 else { return }
            try file.write(buffer.bytes)
            buffer.removeAll()
        }
        try file.write(buffer.bytes)
        return (result, sum)
    }

    /// The column that ``weigh(hours:days:to:)`` adds.
    public static let weightColumn = "aoristic_weight"

    private static func append(_ field: String, to buffer: inout ByteWriter) {
        buffer.csvField(field)
        buffer.text(",")
    }

    /// - Parameter row: is given each row with its times, NaN where there is none.
    private func read(
        header: ([String]) throws -> Void, row: (CSVReader, _ start: Double, _ end: Double) throws -> Void
    ) throws -> Result {
        let reader = try CSVReader(source: ByteSource(path: path), options: CSVReader.Options())
        func index(_ name: String) throws -> Int {
            let lower = reader.header.map { $0.lowercased() }
            guard let found = reader.header.firstIndex(of: name) ?? lower.firstIndex(of: name.lowercased()) else {
                throw JobError.usage("\(path) has no column \(name); it has \(reader.header.joined(separator: ", "))")
            }
            return found
        }
        var starts = Times(column: reader.header[try index(startColumn)], place: try index(startColumn))
        var ends = Times(column: reader.header[try index(endColumn)], place: try index(endColumn))
        try header(reader.header)
        while try reader.next() {
            try row(reader, starts.read(reader.row), ends.read(reader.row))
        }
        return Result(
            profile: AoristicProfile(starts: starts.days, ends: ends.days, by: method), rows: starts.days.count,
            unreadable: [starts.unreadable, ends.unreadable].compactMap(\.self), method: method)
    }

    /// A column of times as it is read.
    private struct Times {
        let column: String
        let place: Int
        var days: [Double] = []
        var unreadable: Unreadable?

        mutating func read(_ row: FieldRow) -> Double {
            let text = String(decoding: row[place], as: UTF8.self)
            let time = AoristicTable.days(text)
            days.append(time ?? .nan)
            guard time == nil, text.contains(where: { $0 != " " }) else { return time ?? .nan }
            var found =
                unreadable
                ?? Unreadable(column: column, count: 0, firstRow: days.count, firstText: String(text.prefix(40)))
            found.count += 1
            unreadable = found
            return .nan
        }
    }

    /// Days since 1970-01-01 00:00 on the wall; nil for what is no time.
    static func days(_ text: String) -> Double? {
        let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
        guard parts.count == 2, let date = CalendarDate(String(parts[0])) else { return nil }
        let time = Array(parts[1].utf8).withUnsafeBufferPointer { TimeOfDay($0) }
        return time.map { Double(date.daysSince1970) + Double($0.secondOfDay) / 86_400 }
    }
}

extension AoristicTable.Result {
    /// `day,hour,weight`: 168 rows, Monday being day 1.
    public var csv: [UInt8] {
        var writer = ByteWriter()
        writer.text("day,hour,weight\n")
        for day in 0..<7 {
            for hour in 0..<24 {
                writer.text("\(day + 1),\(hour),")
                writer.shortest(SurfaceFile.rounded(profile.weight(day: day, hour: hour)))
                writer.text("\n")
            }
        }
        return writer.bytes
    }

    /// What a person is told.
    public var account: [String] {
        let names: [(AoristicWeights.Flag, String)] = [
            (.none, "with both times, spread over the hours between"),
            (.endMissing, "without a latest time: all weight in the hour of the earliest"),
            (.startMissing, "without an earliest time: all weight in the hour of the latest"),
            (.reversed, "that end before they begin: all weight in the hour of the earliest"),
            (.unknown, "without any time: left out"),
        ]
        let counts = names.compactMap { flag, words in
            profile.flags[flag].flatMap { $0 > 0 ? "  \($0) \(words)" : nil }
        }
        let faults = unreadable.map {
            "  \($0.count) in \($0.column) that are no time, first \"\($0.firstText)\" in row \($0.firstRow): taken as missing"
        }
        return ["aoristic weights (\(method.sharing.rawValue)) of \(rows) rows"] + counts + faults
    }

    /// For a methods section.
    public var explanation: Explanation {
        let (spanish, english) =
            method.sharing == .proportional
            ? ("en proporción a los minutos de cada hora", "in proportion to the minutes of each hour")
            : ("por igual entre las horas tocadas", "equally among the hours touched")
        return Explanation(
            spanish: """
                Los hechos con hora incierta se repartieron entre las horas de la semana en que pudieron ocurrir (Ratcliffe 2002), \(spanish); cada hecho \
                suma 1.
                """,
            english: """
                Incidents of uncertain time were spread over the hours of the week in which they may have happened (Ratcliffe 2002), \(english); each \
                incident sums to 1.
                """)
    }
}
