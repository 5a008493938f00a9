import Bytes
public import CivilTime
public import Files
import Formats
public import Hotspots
public import Incidents

/// In which hours of the week incidents happened of which only the earliest and latest possible time is known: the job
/// behind `faro hotspot aoristic`.
public struct AoristicTable: Sendable {
    /// A CSV, plain or gzip; `-` is standard input.
    public var path: String
    /// Columns with the earliest and the latest time of the clock on the wall: `2024-03-01 22:30`, or as `DateReader` reads them.
    public var startColumn: String
    /// The column with the latest time, written alike.
    public var endColumn: String
    /// How an incident's weight is shared among the hours.
    public var method: AoristicWeights
    /// Whose clock counts where times are told against UTC; nil refuses those.
    public var timeZone: ZoneRules?

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
        public let unreadable: [UnreadableTimes]
        let method: AoristicWeights
    }

    /// - Throws: `FileError`, `CSVError`, ``JobError/usage(_:)`` for a column that is not there, ``JobError/badData(_:)``
    ///   where no row has a time.
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
        let places = (start: try index(startColumn), end: try index(endColumn))
        var starts = TimeColumn(name: reader.header[places.start], zone: timeZone)
        var ends = TimeColumn(name: reader.header[places.end], zone: timeZone)
        var times: (starts: [Double], ends: [Double]) = ([], [])
        try header(reader.header)
        while try reader.next() {
            // A day alone says nothing of hours.
            let start = try starts.read(reader.row[places.start], needsTime: true)?.first ?? .nan
            let end = try ends.read(reader.row[places.end], needsTime: true)?.last ?? .nan
            times.starts.append(start)
            times.ends.append(end)
            try row(reader, start, end)
        }
        guard zip(times.starts, times.ends).contains(where: { !$0.isNaN || !$1.isNaN }) else {
            throw JobError.badData(
                "\(path) must have times in \(starts.name) or \(ends.name), but none of its \(times.starts.count) rows has one"
            )
        }
        return Result(
            profile: AoristicProfile(starts: times.starts, ends: times.ends, by: method), rows: times.starts.count,
            unreadable: [starts.unreadable, ends.unreadable].compactMap(\.self), method: method)
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
            (.tooLong, "that last longer than 68 years: all weight in the hour of the earliest"),
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
