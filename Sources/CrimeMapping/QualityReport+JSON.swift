import Incidents
import Indicators

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
