import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import Formats
import GeoPackageStore
import Hotspots
import Incidents
import SimpleFeatures

/// What an analysis of points works on, from a store or from a plain file.
struct PatternInput {
    let pattern: PointPattern
    let studyArea: StudyArea?
    let extent: Envelope<PlanarPoint>?
    /// Where the figures come from, for the result's own record.
    let members: [Property]
    /// The same of a count by area, which takes every place that has an area, however coarse.
    let membersByArea: [Property]
    /// Which places of a store were taken and left out; nil for a plain file.
    let account: PlaceAccount?
    /// The words of a picture: what is counted, of which days.
    let subject: PictureSubject

    /// What only a store has; nil for a plain file.
    let stored: (store: GeoPackageStore, selection: IncidentSelection)?
    /// The points of a plain file with their days; nil where nobody asked for them.
    private let datedFile: DatedPoints?

    /// - Parameters:
    ///   - needsDays: whether a plain file must have days.
    ///   - periods: only incidents of these days are of a store's selection; none takes what its filter says.
    ///   - takesWhole: whether an incident of uncertain time is taken whole, on the day in the middle, and not by its share in the
    ///     days asked for; nil leaves it to an analysis of space and time, which says it itself.
    init(
        _ options: SourceOptions, console: Console, needsDays: Bool = false,
        periods: [ClosedRange<CalendarDate>] = [], takesWhole: Bool? = false
    ) throws {
        if try options.isStore {
            self = try PatternInput(store: options, console: console, periods)
        } else {
            self = try PatternInput(file: options, console: console, needsDays: needsDays, takesWhole: takesWhole)
        }
    }

    /// The points with their days.
    /// - Throws: ``JobError/usage(_:)`` for a plain file whose days nobody asked for.
    func datedPoints() throws -> DatedPoints {
        guard let dated = stored.map({ DatedPoints($0.selection) }) ?? datedFile else {
            throw JobError.usage("this needs days; say with --time which column of the plain file has them")
        }
        return dated
    }

    private init(
        store options: SourceOptions, console: Console, _ periods: [ClosedRange<CalendarDate>]
    ) throws {
        let forFiles = [
            ("--x", options.x), ("--y", options.y), ("--crs", options.crs), ("--working-crs", options.workingCrs),
            ("--weights", options.weights), ("--time", options.time), ("--start", options.start),
            ("--end", options.end),
            ("--tz", options.timeZone),
        ]
        if let option = forFiles.first(where: { $0.1 != nil })?.0 {
            throw JobError.usage("\(option) is for plain files of points; \(options.source) is a store")
        }
        let store = try GeoPackageStore.open(at: options.source, readOnly: true)
        let asked = try options.filter.selection(of: store, console: console)
        let selection = periods.isEmpty ? asked : asked.keeping(periods)
        stored = (store, selection)
        datedFile = nil
        pattern = try selection.pattern()
        studyArea =
            try options.studyAreaFile.map { try StudyArea(file: $0, crs: selection.crs) }
            ?? selection.studyArea(in: store, level: options.studyArea)
        extent = selection.extent
        let account = selection.placeAccount
        self.account = account
        membersByArea = [
            Property("source", .text(options.source.fileName)),
            Property("store_revision", .integer(selection.table.revision)),
            Property("filter", .json(try JSONText.of(selection.filter))),
            Property("bbox", options.filter.bbox.map { .text("\($0) (\(options.filter.bboxCrs))") } ?? .null),
            Property("as_of", options.filter.asOf.map { .text($0) } ?? .null),
        ]
        members = membersByArea + account.members
        subject = PictureSubject(
            categories: selection.filter.categories, days: periods.isEmpty ? selection.days : nil,
            outlines: studyArea?.polygons ?? [],
            source: options.source.fileName, leftOut: account.leftOutAsCoarse + account.leftOutAtArtefacts)
    }

    private init(file options: SourceOptions, console: Console, needsDays: Bool, takesWhole: Bool?) throws {
        guard options.filter.asksDaysOnly, options.studyArea == nil || options.studyAreaFile != nil else {
            throw JobError.usage(
                "filters but --from and --to, and levels as --study-area, need a store; \(options.source) is a plain file of points"
            )
        }
        let (from, to) = (options.filter.from, options.filter.to)
        if let from, let to, from > to { throw FilterError.badDates(from: from.description, to: to.description) }
        var file = PointFile(
            path: options.source, xColumn: options.x, yColumn: options.y, crs: options.crs.map { CRS($0) },
            weights: options.weights)
        file.times = try options.times(areNeeded: needsDays)
        file.timeZone = try options.timeZone.map { try ZoneRules.zone($0) }
        (file.from, file.to) = (from, to)
        let points = try file.points(in: options.workingCrs.map { CRS($0) })
        for note in points.notes { console.note(note) }
        if points.withoutPlace > 0 {
            console.note(
                "\(points.withoutPlace.grouped) of \(points.read.grouped) rows have no usable coordinates or weight")
        }
        pattern = try takesWhole == true ? points.dated?.wholePlaces() ?? points.pattern : points.pattern
        datedFile = points.dated
        stored = nil
        studyArea = try options.studyAreaFile.map { try StudyArea(file: $0, crs: points.pattern.crs) }
        extent = nil
        account = nil
        var members = [
            Property("source", .text(options.source.fileName)), Property("rows_read", .integer(Int64(points.read))),
        ]
        if from != nil || to != nil {
            var filter = IncidentFilter()
            (filter.from, filter.to) = (from, to)
            members.append(Property("filter", .json(try JSONText.of(filter))))
        }
        if let zone = options.timeZone { members.append(Property("time_zone", .text(zone))) }
        if let takesWhole, let told = points.dated?.uncertainTimes(takesWhole: takesWhole) {
            members.append(Property("uncertain_times", .text(told)))
            console.note(told)
        }
        self.members = members + points.members
        membersByArea = self.members
        subject = PictureSubject(
            categories: [], days: points.dated?.days, outlines: [], source: options.source.fileName)
    }
}

extension String {
    /// The last part of a path.
    var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
