import CivilTime
import CrimeMapping
import Grids
import Hotspots
import Incidents
import SimpleFeatures

/// What an analysis of points works on: the selection that a request names, as the command line makes it of a store.
struct AnalysisInput {
    static let parameters = FilterQuery.parameters.union(["study_area"])

    let selection: IncidentSelection
    let pattern: PointPattern
    let studyArea: StudyArea?
    /// Where the figures come from, for the result's own record.
    let members: [Property]
    /// The same of a count by area, which takes every place that has an area, however coarse.
    let membersByArea: [Property]
    let subject: PictureSubject

    init(_ ask: Ask, adding areas: [AreaSelector] = []) throws {
        var filter = try FilterQuery.filter(ask.query)
        filter.areas += areas
        selection = try IncidentSelection(from: ask.snapshot, filter: filter, box: FilterQuery.box(ask.query))
        pattern = try selection.pattern()
        studyArea = try selection.studyArea(in: ask.snapshot, level: ask.query.text("study_area"))
        let account = selection.placeAccount
        membersByArea = try Self.provenance(ask, selection)
        members = membersByArea + account.members
        subject = PictureSubject(
            categories: selection.filter.categories, days: Self.days(of: selection),
            outlines: studyArea?.polygons ?? [],
            source: ask.server.options.name, leftOut: account.leftOutAsCoarse + account.leftOutAtArtefacts)
    }

    /// A picture of nothing must say of which days it is too.
    private static func days(of selection: IncidentSelection) -> ClosedRange<CalendarDate>? {
        guard let from = selection.filter.from, let to = selection.filter.to, from <= to else { return selection.days }
        return selection.days ?? from...to
    }

    static func provenance(_ ask: Ask, _ selection: IncidentSelection) throws -> [Property] {
        let box = try ask.query.text("bbox")
        let crs = try ask.query.text("bbox_crs") ?? "EPSG:4326"
        return [
            Property("source", .text(ask.server.options.name)),
            Property("store_revision", .integer(selection.table.revision)),
            Property("filter", .json(try JSONText.of(selection.filter))),
            Property("bbox", box.map { .text("\($0) (\(crs))") } ?? .null), Property("as_of", .null),
        ] + ask.reservations
    }

    /// What a grid covers where nothing else is said.
    var window: Envelope<PlanarPoint> { selection.extent ?? studyArea?.envelope ?? pattern.envelope }

    /// - Parameters:
    ///   - size: the side of a cell; nil for the rule of the job, which is at least half of the share given.
    ///   - share: of the shorter side.
    /// - Throws: ``Problem`` where a grid over the window would have more cells than the cap.
    func checkCells(_ size: Double?, share: Double, _ cap: Int, _ name: String, _ caps: Caps) throws {
        guard !window.isEmpty else { return }
        let size = size ?? max(0.4, min(window.width, window.height) / share / 2.5)
        let cells = ((window.width / size).rounded(.up) + 1) * ((window.height / size).rounded(.up) + 1)
        try caps.check(cells, cap, name, "choose larger cells or a smaller area")
    }
}

/// Cells of a grid, or the areas of a level, on which incidents are counted.
struct SupportQuery {
    static let parameters: Set<String> = ["cell_size", "grid_type", "by"]

    static func counts(_ ask: Ask, _ input: AnalysisInput) throws -> SupportCounts {
        let size = try ask.query.number("cell_size", in: ask.caps.cellSize...1e6)
        let type = try ask.query.choice("grid_type", CountMap.GridType.self)
        guard let by = try ask.query.text("by") else {
            try input.checkCells(size, share: 50, ask.caps.gridCells, "grid-cells", ask.caps)
            let job = CountMap(
                gridType: type ?? .rect, cellSize: size.map { .metres($0) },
                extent: input.selection.extent)
            return try job.run(on: input.pattern, studyArea: input.studyArea)
        }
        for name in ["cell_size", "grid_type", "study_area"] where !ask.query.texts(name).isEmpty {
            throw Problem.badParameter(name, "is for a grid, and by counts on all areas of its level; say one")
        }
        return try input.selection.counts(by: LevelQuery.level(by, ask.snapshot), in: ask.snapshot)
    }
}
