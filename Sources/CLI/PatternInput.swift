import ArgumentParser
import Boundaries
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

    init(_ options: SourceOptions, console: Console) throws {
        if try options.isStore {
            self = try PatternInput(store: options, console: console)
        } else {
            self = try PatternInput(file: options, console: console)
        }
    }

    private init(store options: SourceOptions, console: Console) throws {
        let forFiles = [
            ("--x", options.x), ("--y", options.y), ("--crs", options.crs), ("--working-crs", options.workingCrs),
            ("--weights", options.weights),
        ]
        if let option = forFiles.first(where: { $0.1 != nil })?.0 {
            throw JobError.usage("\(option) is for plain files of points; \(options.source) is a store")
        }
        let store = try GeoPackageStore.open(at: options.source, readOnly: true)
        let selection = try options.filter.selection(of: store, console: console)
        stored = (store, selection)
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
            categories: selection.filter.categories, days: selection.days, outlines: studyArea?.polygons ?? [],
            source: options.source.fileName, leftOut: account.leftOutAsCoarse + account.leftOutAtArtefacts)
    }

    private init(file options: SourceOptions, console: Console) throws {
        guard options.filter.isEmpty, options.studyArea == nil || options.studyAreaFile != nil else {
            throw JobError.usage(
                "filters and levels as --study-area need a store; \(options.source) is a plain file of points")
        }
        let file = PointFile(
            path: options.source, xColumn: options.x, yColumn: options.y, crs: options.crs.map { CRS($0) },
            weights: options.weights)
        let points = try file.points(in: options.workingCrs.map { CRS($0) })
        for note in points.notes { console.note(note) }
        if points.withoutPlace > 0 {
            console.note(
                "\(points.withoutPlace.grouped) of \(points.read.grouped) rows have no usable coordinates or weight")
        }
        pattern = points.pattern
        stored = nil
        studyArea = try options.studyAreaFile.map { try StudyArea(file: $0, crs: points.pattern.crs) }
        extent = nil
        account = nil
        members = [
            Property("source", .text(options.source.fileName)), Property("rows_read", .integer(Int64(points.read))),
        ]
        membersByArea = members
        subject = PictureSubject(categories: [], days: nil, outlines: [], source: options.source.fileName)
    }
}

extension String {
    /// The last part of a path.
    var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
