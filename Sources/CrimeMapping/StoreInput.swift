import Boundaries
import Incidents
import Indicators

/// What a report reads of a store, once.
struct StoreInput {
    var table: IncidentTable
    let layers: [BoundaryLayer]
    /// Those whose rows are current.
    let imports: [ImportRecord]

    init(of store: any IncidentStore & BoundaryStore, control: JobControl) throws {
        control.progress("reading the store")
        layers = try store.allBoundaryLayers()
        table = try store.incidentTable(levels: Set(layers.map(\.version.level.name)).sorted(), asOf: nil)
        let current = table.importIDs
        imports = try store.imports().filter { $0.state == .complete && current.contains($0.id) }
        try control.stopIfCancelled("nothing was written")
    }

    /// Whether words were asked that found no place.
    var hasOpenNames: Bool { table.method.contains { PlacementMethod.open.contains($0) } }

    /// The hit rates of a level with the names of its areas; none where the store does not have the level.
    func named(_ level: Level, _ rates: HitRates) throws -> [HitRateGroup] {
        guard table.areas(of: level.name) != nil else { return [] }
        var names: [String: [Int: String]] = [:]
        for layer in layers where layer.version.level == level {
            for area in layer.areas { names[area.id, default: [:]][layer.version.number] = area.name }
        }
        return try rates.groups(by: .area(level: level.name)).map { group in
            var group = group
            if let key = group.key, let version = group.boundaryVersion { group.name = names[key]?[version] }
            return group
        }
    }

    var labelCounts: [QualityReport.LabelCount] {
        zip(table.areas, table.labelAgrees).compactMap { column, agrees in
            var count = QualityReport.LabelCount(level: column.level)
            for value in agrees {
                count.agrees += value == 1 ? 1 : 0
                count.differs += value == 0 ? 1 : 0
            }
            return count.agreement == nil ? nil : count
        }
    }
}

/// Counts why rows were not taken as they stood.
enum ReasonCounts {
    /// Reasons that a later alias, street table or boundary may have settled.
    private static let ofWords = Set(
        [PlacementMethod.severalPlaces, .unknownPlace, .pseudoPlace].map(\.name))

    static func of(_ store: any IncidentStore, _ input: StoreInput) throws -> [QualityReport.Reason] {
        let sources = Dictionary(input.imports.map { ($0.id, $0.source) }) { first, _ in first }
        let settled = Set(
            input.table.id.indices.lazy.filter {
                input.table.grade[$0] <= .colonia && !input.table.method[$0].isCoordinates
            }.map { input.table.id[$0] })
        var reasons: [String: QualityReport.Reason] = [:]
        try store.issues(of: nil) { importID, issue in
            guard let source = sources[importID] else { return }
            if ofWords.contains(issue.reason), settled.contains(importID << 32 | issue.row) { return }
            var reason = reasons[issue.reason] ?? .init(reason: issue.reason, rows: 0, examples: [])
            reason.rows += 1
            if reason.examples.count < QualityReport.examplesPerReason {
                reason.examples.append(
                    .init(
                        source: source, row: issue.row, line: issue.line, outcome: issue.outcome, column: issue.column,
                        found: issue.found, message: issue.message))
            }
            reasons[issue.reason] = reason
        }
        return reasons.values.sorted { ($1.rows, $0.reason) < ($0.rows, $1.reason) }
    }
}
