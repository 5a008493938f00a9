import Boundaries
import CQL2
import CivilTime
import CrimeMapping

/// The question that the parameters of `items` ask.
struct ItemQuery {
    var question = FeatureQuestion()
    var limit: Int
    var cursor: String?

    static let usualLimit = 1_000

    /// Those of every collection.
    static let parameters: Set<String> = [
        "limit", "bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs", "crs", "cursor",
    ]
    /// Those of the incidents that the command line has too, and that no property is called.
    static let incidentParameters: Set<String> = ["from", "to", "hours", "days", "area"]

    /// Every parameter of a collection, one for each of its queryables among them.
    static func parameters(ofCollection id: String, _ snapshot: StoreSnapshot) -> Set<String> {
        let levels = Set(snapshot.boundaryVersions().map(\.level.name))
        let isIncidents = id == "incidents"
        let queryables = isIncidents ? Queryable.ofIncidents(levels: levels.sorted()) : Queryable.ofAreas
        let names = queryables.filter { $0.kind != .geometry }.map(\.name)
        return parameters.union(names).union(isIncidents ? incidentParameters : [])
    }

    /// - Throws: ``Problem``, `FilterError`, `CQL2Error`.
    init(_ query: Query, of collection: any FeatureCollection, caps: Caps) throws {
        limit = try Self.limit(query, caps)
        cursor = try query.text("cursor")
        for name in ["crs", "bbox-crs", "filter-crs"] { try Self.requireDegrees(name, query) }
        if collection.id == "incidents" { question.filter = try FilterQuery.periods(query) }
        question.box = try query.text("bbox").map(Self.box)
        question.time = try query.text("datetime").map { text in
            guard let time = TimeSpan(text) else {
                throw Problem.badParameter(
                    "datetime",
                    "must be a day, an instant, or two of them or .. with a slash between, such as 2024-06-01/.., but is \"\(text.prefix(40))\""
                )
            }
            return time
        }
        if let language = try query.text("filter-lang"), language != "cql2-text" {
            throw Problem.badParameter("filter-lang", "must be cql2-text, but is \"\(language.prefix(40))\"")
        }
        question.conditions =
            try (query.text("filter").map { [try CQL2Filter($0).condition] } ?? [])
            + collection.queryables.compactMap { try Self.condition($0, query) }
    }

    /// More than the most is read as the most, as the standard has it; the answer says how many there are, and links to the rest.
    private static func limit(_ query: Query, _ caps: Caps) throws -> Int {
        guard let text = try query.text("limit") else { return usualLimit }
        let digits = text.utf8.drop { $0 == UInt8(ascii: "0") }
        guard !digits.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Problem.badParameter("limit", "must be a whole number of at least 1, but is \"\(text.prefix(40))\"")
        }
        return min(Int(text) ?? .max, caps.pageFeatures)
    }

    private static func requireDegrees(_ name: String, _ query: Query) throws {
        guard let text = try query.text(name), text != degrees else { return }
        throw Problem.badParameter(name, "must be \(degrees), but is \"\(text.prefix(40))\"")
    }

    static let degrees = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

    /// Four numbers, or six with heights, which nothing here has. What lies beyond the Earth is cut off: nothing is there.
    private static func box(_ text: String) throws -> DegreeBox {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Query.decimal($0) }
        let half = parts.count / 2
        guard parts.count == 4 || parts.count == 6, numbers.count == parts.count, numbers[1] <= numbers[half + 1] else {
            throw Problem.badParameter(
                "bbox",
                "must be west,south,east,north in degrees, or six numbers with heights, south at most north, but is \"\(text.prefix(40))\""
            )
        }
        func held(_ number: Double, _ most: Double) -> Double { min(max(number, -most), most) }
        return DegreeBox(
            west: held(numbers[0], 180), south: held(numbers[1], 90), east: held(numbers[half], 180),
            north: held(numbers[half + 1], 90))
    }

    private static func condition(_ queryable: Queryable, _ query: Query) throws -> CQL2Condition? {
        guard queryable.kind != .geometry, let text = try query.text(queryable.name) else { return nil }
        guard let literal = literal(text, queryable) else {
            let wanted = queryable.values.map { "one of " + $0.joined(separator: ", ") } ?? words(queryable.kind)
            throw Problem.badParameter(queryable.name, "must be \(wanted), but is \"\(text.prefix(40))\"")
        }
        return .comparison(queryable.name, .equal, literal)
    }

    private static func literal(_ text: String, _ queryable: Queryable) -> CQL2Literal? {
        switch queryable.kind {
        case .text: (queryable.values?.contains(text) ?? true) ? .text(text) : nil
        case .integer: Query.decimal(text).flatMap { $0 == $0.rounded() ? .number($0) : nil }
        case .number: Query.decimal(text).map { .number($0) }
        case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .date: CalendarDate(text).map(CQL2Literal.date)
        case .timestamp: CalendarDate(text).map(CQL2Literal.date) ?? CQL2Timestamp(text).map(CQL2Literal.timestamp)
        case .geometry: nil
        }
    }

    private static func words(_ kind: Queryable.Kind) -> String {
        switch kind {
        case .text, .geometry: "a text"
        case .integer: "a whole number"
        case .number: "a number"
        case .bool: "true or false"
        case .date: "a day written yyyy-mm-dd"
        case .timestamp: "an instant written yyyy-mm-ddThh:mm:ssZ, or a day"
        }
    }
}
