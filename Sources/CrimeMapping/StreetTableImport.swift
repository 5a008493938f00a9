import Bytes
public import Boundaries
import Files
import Formats

/// Brings a table of places on the street network into a store: crossings, addresses, kilometres of highways, landmarks.
///
/// A CSV with two street columns is a table of crossings, one with a street and a number one of addresses, one with a road and
/// a kilometre one of kilometres, and one with a name alone one of landmarks. Degrees on WGS 84.
///
/// - Complexity: O(rows), in memory as well.
public struct StreetTableImport: Sendable {
    /// A CSV, plain or gzip.
    public var path: String
    /// Columns named by hand, field by field.
    public var columns: [Field: String]
    /// A later table of the same name replaces this one; nil is the file's name.
    public var source: String?

    /// What a column of the table holds.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case street
        case crossStreet = "cross_street"
        case number
        case kilometre
        case landmark
        /// The key of the municipality, or its number within the state.
        case municipality
        case state
        case longitude
        case latitude

        fileprivate var usualNames: [String] {
            switch self {
            case .street: ["street", "calle1", "calle_1", "calle", "via", "vialidad", "carretera", "road", "nomvial"]
            case .crossStreet: ["cross_street", "calle2", "calle_2", "cruce", "calle_cruce", "interseccion"]
            case .number: ["number", "numero", "num_ext", "numero_exterior", "numextnum"]
            case .kilometre: ["kilometre", "kilometer", "kilometro", "km"]
            case .landmark: ["landmark", "referencia", "nombre", "name", "lugar"]
            case .municipality: ["municipality", "cvegeo", "cve_mun", "mpio", "municipio", "cve_municipio"]
            case .state: ["state", "cve_ent", "edo", "entidad", "estado"]
            case .longitude: ["longitude", "longitud", "lon", "lng", "x"]
            case .latitude: ["latitude", "latitud", "lat", "y"]
            }
        }
    }

    /// - Parameter columns: fields and their columns where these have other names than usual.
    public init(path: String, columns: [Field: String] = [:], source: String? = nil) {
        self.path = path
        self.columns = columns
        self.source = source
    }

    /// - Throws: `FileError`, `CSVError`, the store's errors, and ``JobError`` where the table has not the columns it needs.
    public func run(into store: any GazetteerStore, control: JobControl = .silent) throws -> StreetTableSummary {
        let reader = try CSVReader(source: ByteSource(path: path))
        let table = try Table(reader.header, job: self)
        var summary = StreetTableSummary(source: source ?? fileName, kind: table.kind)
        var places: [StreetPlace] = []
        while try reader.next() {
            summary.read += 1
            switch table.place(in: reader.row) {
            case .success(let place): places.append(place)
            case .failure(let fault): summary.left[fault.rawValue, default: 0] += 1
            }
            if summary.read.isMultiple(of: 50_000) {
                control.progress("reading \(fileName)", count: summary.read)
                try control.stopIfCancelled("nothing was written")
            }
        }
        guard !places.isEmpty else {
            throw JobError.badData("\(fileName) must hold places with names and degrees, but none of its rows does")
        }
        summary.kept = places.count
        try store.addStreetPlaces(places, source: summary.source)
        return summary
    }

    fileprivate var fileName: String { String(path.split(separator: "/").last ?? Substring(path)) }
}

/// What an import of a table of places says at its end: read = kept + those left out, each with its reason.
public struct StreetTableSummary: Sendable, Codable {
    /// The name under which a later table replaces this one.
    public var source: String
    public var kind: StreetPlace.Kind
    public var read = 0
    public var kept = 0
    /// Rows left out, by reason: `no_name`, `no_coordinates`.
    public var left: [String: Int] = [:]

    init(source: String, kind: StreetPlace.Kind) {
        self.source = source
        self.kind = kind
    }
}

/// The columns of one table.
private struct Table {
    enum Fault: String, Error {
        case noName = "no_name"
        case noCoordinates = "no_coordinates"
    }

    let kind: StreetPlace.Kind
    private var index: [StreetTableImport.Field: Int] = [:]
    private let name: Int
    private let detail: Int?

    init(_ header: [String], job: StreetTableImport) throws(JobError) {
        let keys = header.map { LabelFolding.fold($0) }
        func find(_ field: StreetTableImport.Field) throws(JobError) -> Int? {
            if let wanted = job.columns[field] {
                if let found = header.firstIndex(of: wanted) ?? keys.firstIndex(of: LabelFolding.fold(wanted)) {
                    return found
                }
                throw .usage("\(job.fileName) has no column \(wanted); it has \(header.joined(separator: ", "))")
            }
            return field.usualNames.lazy.compactMap { keys.firstIndex(of: LabelFolding.fold($0)) }.first
        }
        var index: [StreetTableImport.Field: Int] = [:]
        for field in StreetTableImport.Field.allCases { index[field] = try find(field) }
        guard index[.longitude] != nil, index[.latitude] != nil else {
            throw .badData(
                "\(job.fileName) must have columns of longitude and latitude, but has \(header.joined(separator: ", "))"
            )
        }
        switch (index[.street], index[.crossStreet], index[.number], index[.kilometre], index[.landmark]) {
        case (let street?, let cross?, _, _, _): (kind, name, detail) = (.crossing, street, cross)
        case (let street?, _, let number?, _, _): (kind, name, detail) = (.address, street, number)
        case (let street?, _, _, let kilometre?, _): (kind, name, detail) = (.kilometre, street, kilometre)
        case (_, _, _, _, let landmark?): (kind, name, detail) = (.landmark, landmark, nil)
        default:
            throw .badData(
                "\(job.fileName) must have two columns of streets, a street and a number, a road and a kilometre, or the "
                    + "name of a landmark, but has \(header.joined(separator: ", ")); say which with --map street=…")
        }
        self.index = index
    }

    func place(in row: FieldRow) -> Result<StreetPlace, Fault> {
        guard let street = text(row, name) else { return .failure(.noName) }
        let second = detail.flatMap { text(row, $0) }
        if detail != nil, second == nil { return .failure(.noName) }
        guard let longitude = number(row, .longitude), let latitude = number(row, .latitude),
            abs(longitude) <= 180, abs(latitude) <= 90, longitude != 0 || latitude != 0
        else { return .failure(.noCoordinates) }
        return .success(
            StreetPlace(
                kind: kind, street: street, detail: second, municipality: municipality(row), longitude: longitude,
                latitude: latitude))
    }

    /// The key as INEGI writes it, state and municipality: `09002` from 9 and 2.
    private func municipality(_ row: FieldRow) -> String? {
        guard let column = index[.municipality], let text = text(row, column) else { return nil }
        guard let number = Int(text), (0...99_999).contains(number) else { return text }
        if number > 999 { return String(repeating: "0", count: 5 - "\(number)".count) + "\(number)" }
        guard let state = index[.state].flatMap({ self.text(row, $0) }).flatMap({ Int($0) }), (1...99).contains(state)
        else { return text }
        let key = "\(state * 1000 + number)"
        return String(repeating: "0", count: 5 - key.count) + key
    }

    private func number(_ row: FieldRow, _ field: StreetTableImport.Field) -> Double? {
        index[field].flatMap { DecimalParser.double(row[$0]) }
    }

    /// A cell's text without blanks around it; nil where it says nothing.
    private func text(_ row: FieldRow, _ column: Int) -> String? {
        let folded = LabelFolding.fold(row[column])
        guard !folded.isEmpty, !Self.nothing.contains(folded) else { return nil }
        let text = String(decoding: row[column], as: UTF8.self)
        let start = text.drop { $0 == " " }
        return String(start[..<(start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.endIndex)])
    }

    private static let nothing = Set(
        ["NAN", "NULL", "NA", "N A", "SIN NOMBRE", "S N", "SN", "NINGUNO", "NINGUNA", "NO APLICA"].map {
            Array($0.utf8)
        })
}
