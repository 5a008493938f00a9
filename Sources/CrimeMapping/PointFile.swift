import Bytes
public import CivilTime
import Files
import Formats
import Geodesy
public import Hotspots
import Incidents
public import SimpleFeatures

/// A plain file of points, CSV or GeoJSON, as a pattern: for analyses without a store. `-` is CSV on standard input.
public struct PointFile: Sendable {
    /// A CSV or GeoJSON file, plain or gzip; which of them, its suffix says.
    public var path: String
    /// Columns of a CSV that hold the coordinates; nil looks for the usual names.
    public var xColumn: String?
    /// The northward column, like ``xColumn``.
    public var yColumn: String?
    /// The coordinates' reference system; nil is what the file declares, or WGS 84 where the numbers are degrees.
    public var crs: CRS?
    /// A column or property that says how much each point counts.
    public var weights: String?
    /// Which columns or properties say when; nil for places alone.
    public var times: TimeColumns?
    /// In which zone days begin, for clocks that are told against UTC; nil refuses those.
    public var timeZone: ZoneRules?
    /// The first and the last day that are looked at; nil for all.
    public var from: CalendarDate?
    public var to: CalendarDate?

    /// All fields as given, those without a parameter nil; ``points(in:)`` checks them against the file.
    public init(path: String, xColumn: String? = nil, yColumn: String? = nil, crs: CRS? = nil, weights: String? = nil) {
        self.path = path
        self.xColumn = xColumn
        self.yColumn = yColumn
        self.crs = crs
        self.weights = weights
    }

    /// The file's points, and what became of the rows that gave none.
    public struct Points: Sendable {
        /// In a projected reference system in metres; of points that have days, those of the days asked for.
        public var pattern: PointPattern
        /// The same with their days; nil for places alone.
        public var dated: DatedPoints?
        /// Rows or features read.
        public var read: Int
        /// Of them, those without usable coordinates or weight.
        public var withoutPlace: Int
        /// What was met and chosen on the way, a sentence each.
        public var notes: [String]
        /// How the days were read, for a result's record; empty for places alone.
        public var members: [Property] = []
    }

    static let xNames = ["x", "lon", "long", "longitud", "longitude", "lng", "este", "easting"]
    static let yNames = ["y", "lat", "latitud", "latitude", "norte", "northing"]

    /// - Parameter working: the projected CRS to analyse in; nil keeps the file's where it is one in metres, and otherwise
    ///   chooses by place, which is noted.
    /// - Throws: `FileError`, `CSVError`, `GeoJSONError`, `GeodesyError`, ``JobError``.
    public func points(in working: CRS? = nil) throws -> Points {
        var columns = Columns()
        switch path == "-" ? .text : try ByteSource.kind(ofFileAt: path) {
        case .text, .gzip: try isGeoJSON ? readGeoJSON(into: &columns) : readCSV(into: &columns)
        case .empty: throw JobError.badData("\(path) must hold points, but is empty")
        default: throw JobError.badData("\(path) must be a CSV or GeoJSON file of points, or a Faro store")
        }
        return try pattern(of: columns, working: working)
    }

    private struct Columns {
        var x: [Double] = []
        var y: [Double] = []
        var weight: [Double] = []
        var declared: CRS?
        var notes: [String] = []
        /// Nil for places alone.
        var times: TimesOfRows?

        mutating func append(_ x: Double?, _ y: Double?, _ weight: Double?) {
            self.x.append(x ?? .nan)
            self.y.append(y ?? .nan)
            self.weight.append(weight ?? .nan)
        }
    }

    private var isGeoJSON: Bool {
        let name = path.lowercased()
        return [".geojson", ".json", ".geojsonl", ".geojson.gz", ".json.gz", ".geojsonl.gz"].contains {
            name.hasSuffix($0)
        }
    }

    private func readCSV(into columns: inout Columns) throws {
        let reader = try CSVReader(source: ByteSource(path: path), options: CSVReader.Options())
        func index(_ name: String?, _ usual: [String], _ option: String) throws -> Int {
            let header = reader.header.map { $0.lowercased() }
            if let name {
                if let found = reader.header.firstIndex(of: name) ?? header.firstIndex(of: name.lowercased()) {
                    return found
                }
                throw JobError.usage("\(path) has no column \(name); it has \(reader.header.joined(separator: ", "))")
            }
            for name in usual { if let found = header.firstIndex(of: name) { return found } }
            throw JobError.usage(
                "\(path) has no column of a usual name for \(option); say which with --\(option); it has "
                    + reader.header.joined(separator: ", "))
        }
        let x = try index(xColumn, Self.xNames, "x")
        let y = try index(yColumn, Self.yNames, "y")
        let weight = try weights.map { try index($0, [], "weights") }
        var places: [Int] = []
        switch times {
        case .day(let name)?: places = [try index(name, TimeColumns.usualNames, "time")]
        case .span(let start, let end)?: places = [try index(start, [], "start"), try index(end, [], "end")]
        case nil: break
        }
        if times != nil { columns.times = TimesOfRows(names: places.map { reader.header[$0] }, zone: timeZone) }
        while try reader.next() {
            let row = reader.row
            try columns.times?.append(places.map { row[$0] })
            columns.append(
                DecimalParser.double(row[x]), DecimalParser.double(row[y]),
                weight.map { DecimalParser.double(row[$0]) } ?? 1)
        }
    }

    private func readGeoJSON(into columns: inout Columns) throws {
        let reader = try GeoJSONReader(try ByteSource.readAll(path: path, limit: FeatureFile.byteLimit))
        columns.declared = reader.declaredCRS
        if let times { columns.times = TimesOfRows(names: try timeNames(times, reader), zone: timeZone) }
        let notes = try reader.features { feature in
            var weight: Double? = 1
            if let weights {
                weight =
                    switch feature[weights] {
                    case .integer(let value)?: Double(value)
                    case .number(let value)?: value
                    default: nil
                    }
            }
            switch feature.geometry {
            case .point(let point)?: columns.append(point.x, point.y, weight)
            case .multiPoint(let points)?: for point in points { columns.append(point.x, point.y, weight) }
            default: columns.append(nil, nil, weight)
            }
            // No second reference to the spans, of which each append would copy them all.
            while let read = columns.times?.spans.count, read < columns.x.count {
                try columns.times?.append(feature)
            }
        }
        if columns.declared == nil, crs == nil, GeoJSONReader.looksProjected(notes.envelope) {
            throw JobError.badData(
                "\(path) holds coordinates that are no degrees and declares no reference system; say which with --crs")
        }
    }

    /// The properties that say when, as the file calls them: the very name, or else one without regard to case; of the usual names
    /// the first that any feature has.
    private func timeNames(_ times: TimeColumns, _ reader: GeoJSONReader) throws -> [String] {
        var names: Set<String> = []
        try reader.features { names.formUnion($0.properties.map(\.name)) }
        func own(_ name: String) -> String? {
            names.contains(name) ? name : names.sorted().first { $0.lowercased() == name.lowercased() }
        }
        func required(_ name: String) throws -> String {
            guard let found = own(name) else {
                throw JobError.usage(
                    "\(path) has no property \(name); it has \(names.sorted().joined(separator: ", "))")
            }
            return found
        }
        switch times {
        case .span(let start, let end): return [try required(start), try required(end)]
        case .day(let name?): return [try required(name)]
        case .day(nil):
            guard let found = TimeColumns.usualNames.lazy.compactMap(own).first else {
                throw JobError.usage(
                    "\(path) has no property of a usual name for time; say which with --time; it has "
                        + names.sorted().joined(separator: ", "))
            }
            return [found]
        }
    }

    private func pattern(of columns: Columns, working: CRS?) throws -> Points {
        var columns = columns
        let read = columns.x.count
        for row in 0..<read where !columns.weight[row].isFinite || columns.weight[row] < 0 { columns.x[row] = .nan }
        if let weights, read > 0, columns.weight.allSatisfy({ !$0.isFinite }) {
            throw JobError.badData("\(path) must have numbers in \(weights), but no row has one")
        }
        guard zip(columns.x, columns.y).contains(where: { $0.isFinite && $1.isFinite }) else {
            throw JobError.badData("\(path) must hold points, but none of its \(read) rows has usable coordinates")
        }
        let file = crs ?? columns.declared ?? .wgs84
        let isMetric = try CRSInfo.describe(file).isMetres
        if isMetric, read > 0, zip(columns.x, columns.y).allSatisfy({ !(abs($0) > 180) && !(abs($1) > 90) }) {
            throw JobError.badData("\(path) must hold metres of \(file), but all its coordinates look like degrees")
        }
        let target = try working ?? (isMetric ? file : metricCRS(for: columns, file: file))
        if working == nil, !isMetric {
            columns.notes.append("analysed in \(try CRSInfo.describe(target).name) (\(target)), chosen by place")
        }
        if file != target {
            let transformation = try Transformation(from: file, to: target)
            _ = try transformation.transform(x: &columns.x, y: &columns.y)
        } else {
            try CRSInfo.describe(target).requireProjectedMetres()
        }
        guard let times = columns.times else {
            let pattern = try PointPattern(x: columns.x, y: columns.y, weights: columns.weight, crs: target)
            return Points(pattern: pattern, read: read, withoutPlace: pattern.dropped, notes: columns.notes)
        }
        return try dated(columns, times, target)
    }

    private func dated(_ columns: Columns, _ times: TimesOfRows, _ crs: CRS) throws -> Points {
        let read = columns.x.count
        let names = times.columns.map(\.name).joined(separator: ", ")
        let dated = DatedPoints(
            x: columns.x, y: columns.y, weights: columns.weight, spans: times.spans, crs: crs, from: from, to: to)
        guard dated.days != nil else {
            let first = times.columns.compactMap(\.unreadable).first.map { ", first \"\($0.firstText)\"" } ?? ""
            throw JobError.badData(
                dated.outsideDays > 0
                    ? "\(path) must have incidents of the days asked for, but all \(dated.outsideDays) with a day are of others"
                    : "\(path) must have days in \(names), but no row with a place has one\(first)")
        }
        let pattern = try dated.places()
        return Points(
            pattern: pattern, dated: dated, read: read, withoutPlace: pattern.dropped,
            notes: columns.notes + times.faults + dated.notes(columns: names, rows: read),
            members: dated.members(columns: names))
    }

    /// The UTM zone in which most of the points lie, or the country's own system.
    private func metricCRS(for columns: Columns, file: CRS) throws -> CRS {
        var (x, y) = (columns.x, columns.y)
        _ = try Transformation(from: file, to: .wgs84).transform(x: &x, y: &y)
        let box = Envelope(zip(x, y).lazy.map { LonLat(longitude: $0, latitude: $1) }.filter(\.isOnEarth))
        guard let crs = CRS.metric(covering: box) else {
            throw JobError.usage(
                "no reference system in metres fits all points of \(path); say which with --working-crs")
        }
        return crs
    }
}
