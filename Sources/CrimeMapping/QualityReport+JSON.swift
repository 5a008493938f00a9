import Incidents
import Indicators

/// ## JSON form
/// What `faro info STORE --quality --json` writes. Shares lie between 0 and 1, days are local, every member is there.
/// ```json
/// {
///   "revision": 12, "days": { "first": "2022-01-01", "last": "2022-12-31" }, "gate": 0.85,
///   "rows": { "read": 9, "placed": 6, "ambiguous": 1, "unplaced": 1, "rejected": 1, "duplicates": 0 },
///   "hit_rate": { "incidents": 8, "hits": 5, "rate": 0.625, "low": 0.306, "high": 0.863, "standing": "too_few" },
///   "precision": [ { "name": "point", "incidents": 5, "is_hit": true } ],
///   "by_municipality": [ { "key": "09015", "name": "Cuauhtémoc", "boundary_version": 1, "incidents": 8, … } ],
///   "labels": [ { "level": "colonia", "agrees": 3, "differs": 2, "agreement": 0.6 } ],
///   "artefacts": { "incidents": 300, "places": [ { "longitude": -99.15, "latitude": 19.42, "incidents": 300, "share": 0.01,
///     "expected": 1.2, "reason": "no_hour", "explanation": "…" } ] },
///   "positions": [ { "import_id": 1, "source": "fgj.csv", "kind": "points", "incidents": 5, "distinct_places": 5,
///     "coverage": 0.1, "spacing_m": null, "explanation": "…" } ],
///   "reasons": [ { "reason": "unknown_place", "rows": 2, "examples": [ { "source": "fgj.csv", "row": 4, "line": 5,
///     "outcome": "unplaced", "column": "colonia", "found": "El Hoyo", "message": "…" } ] } ],
///   "names": { "unmatched": 1, "ambiguous": 1, "incidents": 3, "answered_incidents": 0,
///     "list": [ { "name": "El Hoyo", "municipality": null, "level": "colonia", "boundary_version": 1, "status": "unmatched",
///       "count": 2, "candidates": [ { "id": "09-012", "name": "HOYOS", "score": 0.4 } ] } ] }
/// }
/// ```
/// `by_crime`, `by_colonia`, `by_month` and `by_method` have the form of `by_municipality`; a `key` of null is the group of those
/// that have none. `standing` is `reached`, `missed` or `too_few`; `low` and `high` are the ends of Wilson's 95 % interval.
extension QualityReport: Encodable {
    /// So many names are listed; `faro info STORE --quality --aliases FILE` writes all.
    static let namesInJSON = 1000

    private enum Key: String, CodingKey {
        case revision, days, rows, gate, precision, labels, artefacts, positions, reasons, names
        case overall = "hit_rate"
        case byCrime = "by_crime"
        case byMunicipality = "by_municipality"
        case byColonia = "by_colonia"
        case byMonth = "by_month"
        case byMethod = "by_method"
    }

    private enum RowKey: String, CodingKey { case read, placed, ambiguous, unplaced, rejected, duplicates }
    private enum DayKey: String, CodingKey { case first, last }
    private enum ArtefactKey: String, CodingKey { case incidents, places }
    private enum NameKey: String, CodingKey {
        case unmatched, ambiguous, incidents, list
        case answered = "answered_incidents"
    }

    /// Shares are between 0 and 1; members that have no value are null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(revision, forKey: .revision)
        var days = container.nestedContainer(keyedBy: DayKey.self, forKey: .days)
        try days.encode(firstDate, forKey: .first)
        try days.encode(lastDate, forKey: .last)
        var rows = container.nestedContainer(keyedBy: RowKey.self, forKey: .rows)
        try rows.encode(counts.read, forKey: .read)
        try rows.encode(counts.placed, forKey: .placed)
        try rows.encode(counts.ambiguous, forKey: .ambiguous)
        try rows.encode(counts.unplaced, forKey: .unplaced)
        try rows.encode(counts.rejected, forKey: .rejected)
        try rows.encode(counts.duplicates, forKey: .duplicates)
        try container.encode(HitRate.gate, forKey: .gate)
        try container.encode(overall, forKey: .overall)
        try container.encode(precision, forKey: .precision)
        try container.encode(byCrime, forKey: .byCrime)
        try container.encode(byMunicipality, forKey: .byMunicipality)
        try container.encode(byColonia, forKey: .byColonia)
        try container.encode(byMonth, forKey: .byMonth)
        try container.encode(byMethod, forKey: .byMethod)
        try container.encode(labels, forKey: .labels)
        var marked = container.nestedContainer(keyedBy: ArtefactKey.self, forKey: .artefacts)
        try marked.encode(incidentsAtArtefacts, forKey: .incidents)
        try marked.encode(artefacts, forKey: .places)
        try container.encode(positions, forKey: .positions)
        try container.encode(reasons, forKey: .reasons)
        var open = container.nestedContainer(keyedBy: NameKey.self, forKey: .names)
        try open.encode(names.unmatched, forKey: .unmatched)
        try open.encode(names.ambiguous, forKey: .ambiguous)
        try open.encode(names.incidents, forKey: .incidents)
        try open.encode(names.answeredIncidents, forKey: .answered)
        try open.encode(Array(names.names.prefix(Self.namesInJSON)), forKey: .list)
    }
}
