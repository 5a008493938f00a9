import ArgumentParser
import Boundaries
import CrimeMapping
import Formats
import GeoPackageStore
import Hotspots
import Incidents
import SimpleFeatures

/// What `faro hotspot kde` works on, from a store or from a plain file.
struct DensityInput {
    let pattern: PointPattern
    let studyArea: StudyArea?
    let extent: Envelope<PlanarPoint>?
    /// Where the figures come from, for the result's own record.
    let members: [Property]
    /// Which places of a store were taken and left out; nil for a plain file.
    let account: PlaceAccount?
    /// The words of a picture: what is counted, of which days.
    let picture: DensityPicture.Input

    init(_ command: HotspotDensityCommand, console: Console) throws {
        if command.source != "-", try ByteSource.kind(ofFileAt: command.source) == .sqlite {
            self = try DensityInput(store: command, console: console)
        } else {
            self = try DensityInput(file: command, console: console)
        }
    }

    private init(store command: HotspotDensityCommand, console: Console) throws {
        let forFiles = [
            ("--x", command.x), ("--y", command.y), ("--crs", command.crs), ("--working-crs", command.workingCrs),
            ("--weights", command.weights),
        ]
        if let option = forFiles.first(where: { $0.1 != nil })?.0 {
            throw JobError.usage("\(option) is for plain files of points; \(command.source) is a store")
        }
        let store = try GeoPackageStore.open(at: command.source, readOnly: true)
        let selection = try command.filter.selection(of: store, console: console)
        pattern = try selection.pattern()
        studyArea = try selection.studyArea(in: store, level: command.studyArea)
        extent = selection.extent
        let account = selection.placeAccount
        self.account = account
        members =
            [
                Property("source", .text(command.source.fileName)),
                Property("store_revision", .integer(selection.table.revision)),
                Property("filter", .json(try JSONText.of(selection.filter))),
                Property("bbox", command.filter.bbox.map { .text("\($0) (\(command.filter.bboxCrs))") } ?? .null),
                Property("as_of", command.filter.asOf.map { .text($0) } ?? .null),
            ] + account.members
        picture = DensityPicture.Input(
            categories: selection.filter.categories, days: selection.days, outlines: studyArea?.polygons ?? [],
            source: command.source.fileName, leftOut: account.leftOutAsCoarse + account.leftOutAtArtefacts)
    }

    private init(file command: HotspotDensityCommand, console: Console) throws {
        guard command.filter.isEmpty, command.studyArea == nil else {
            throw JobError.usage(
                "filters and --study-area need a store; \(command.source) is a plain file of points")
        }
        let file = PointFile(
            path: command.source, xColumn: command.x, yColumn: command.y, crs: command.crs.map { CRS($0) },
            weights: command.weights)
        let points = try file.points(in: command.workingCrs.map { CRS($0) })
        for note in points.notes { console.note(note) }
        if points.withoutPlace > 0 {
            console.note(
                "\(points.withoutPlace.grouped) of \(points.read.grouped) rows have no usable coordinates or weight")
        }
        pattern = points.pattern
        studyArea = nil
        extent = nil
        account = nil
        members = [
            Property("source", .text(command.source.fileName)), Property("rows_read", .integer(Int64(points.read))),
        ]
        picture = DensityPicture.Input(categories: [], days: nil, outlines: [], source: command.source.fileName)
    }
}

extension String {
    /// The last part of a path.
    var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
