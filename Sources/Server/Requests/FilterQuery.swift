import CQL2
import CivilTime
import CrimeMapping
import Incidents
import SimpleFeatures

/// Which incidents a request looks at, in the words of the command line.
enum FilterQuery {
    static let parameters: Set<String> = [
        "category", "modality", "from", "to", "hours", "days", "bbox", "bbox_crs", "area", "precision",
        "include_artefacts", "where",
    ]

    /// - Throws: ``Problem``, `FilterError`.
    static func filter(_ query: Query) throws -> IncidentFilter {
        var filter = try periods(query)
        filter.categories = query.texts("category")
        filter.modalities = query.texts("modality")
        filter.grades = try query.text("precision").map { try PrecisionGrade.set($0) }
        filter.includesArtefacts = try query.flag("include_artefacts")
        filter.condition = try query.text("where").map { try CQL2Filter($0) }
        return filter
    }

    /// The part of it that no property is called: days, hours and areas.
    /// - Throws: ``Problem``, `FilterError`.
    static func periods(_ query: Query) throws -> IncidentFilter {
        var filter = IncidentFilter()
        filter.from = try query.day("from")
        filter.to = try query.day("to")
        filter.hours = try query.text("hours").map { try HourRange($0) }
        filter.days = try query.text("days").map { try WeekdaySet($0) }
        filter.areas = try query.texts("area").map { try AreaSelector($0) }
        return filter
    }

    static func box(_ query: Query) throws -> (envelope: Envelope<FilePosition>, crs: CRS)? {
        let crs = try crs(query, "bbox_crs")
        return try query.text("bbox").map { (try BoxText.envelope($0), crs) }
    }

    /// The selection of a snapshot's incidents.
    static func selection(_ query: Query, of snapshot: StoreSnapshot) throws -> IncidentSelection {
        try IncidentSelection(from: snapshot, filter: filter(query), box: box(query))
    }

    /// Codes alone: other definitions may name files.
    static func crs(_ query: Query, _ name: String) throws -> CRS {
        let text = try query.text(name) ?? "EPSG:4326"
        let digits = text.hasPrefix("EPSG:") ? text.dropFirst(5) : ""
        guard (4...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Problem.badParameter(name, "must be a code such as EPSG:4326, but is \"\(text.prefix(40))\"")
        }
        return CRS(text)
    }
}
