public import Boundaries
public import Bytes
import Georeferencing
public import Incidents

/// Everything that a file which is brought in may write to.
public typealias ImportTarget = SeriesStore & IncidentStore & BoundaryStore & GazetteerStore

/// A file that is to be brought in by whoever has no path to give: what `faro import` does with one file, as one job.
///
/// A profile of reports makes incidents, placed in the areas of every level, and their places are checked afterwards; one of
/// published aggregates makes a series.
public struct ImportOrder: Sendable {
    /// Whose names the labels of places are.
    public enum Catalogue: String, Sendable, CaseIterable {
        /// The first rows tell.
        case auto
        /// Those of the store's own layers.
        case same
        /// Another authority's, against which an equal name proves less.
        case other

        fileprivate var source: NameSource? {
            switch self {
            case .auto: nil
            case .same: .sameCatalogue
            case .other: .otherCatalogue
            }
        }
    }

    /// Which column is which field, and how dates and places are read.
    public var profile: ImportProfile
    /// What the file is called in the store; a later file of the same name supersedes it.
    public var source: String
    /// The text's encoding; nil tells UTF-8 from Windows-1252 row by row.
    public var encoding: TextEncoding?
    /// Whose numbers the municipality codes of aggregates are; nil leaves it to the profile and to the names beside them.
    public var codeScheme: CodeScheme?
    /// What is said of the file's time.
    public var dates = FileDates()
    /// Whether rows are only read and counted.
    public var dryRun = false
    /// Whether incidents are placed in the areas of the store's levels.
    public var placesInAreas = true
    public var catalogue = Catalogue.auto

    /// The rest begins as it is declared.
    public init(profile: ImportProfile, source: String) {
        self.profile = profile
        self.source = source
    }

    /// - Throws: as ``ReportImport``, ``SeriesImport`` and ``PlaceCheck`` do; ``JobError/usage(_:)`` for what does not go with
    ///   the profile.
    /// - Complexity: O(rows), in memory that does not grow with them but for some 12 bytes a row; a file of reports then
    ///   O(incidents · log incidents) in memory that grows with all incidents of the store, for the check of their places.
    public func run(
        ofFileAt path: String, into store: any ImportTarget, control: JobControl = .silent
    ) throws -> ImportAccount {
        guard profile.series == nil else {
            var job = SeriesImport(path: path, profile: profile, encoding: encoding)
            job.source = source
            job.codeScheme = codeScheme
            job.dates = dates
            job.dryRun = dryRun
            var summary = try job.run(into: store, control: control)
            summary.file = source
            return .series(summary)
        }
        guard codeScheme == nil else {
            throw JobError.usage("a code scheme is for aggregates; \(profile.name) is for reports")
        }
        var job = ReportImport(path: path, profile: profile, encoding: encoding)
        job.source = source
        job.dates = dates
        job.dryRun = dryRun
        job.placesInAreas = placesInAreas
        job.catalogue = catalogue.source
        var summary = try job.run(into: store, control: control)
        summary.file = source
        if !dryRun { _ = try PlaceCheck().run(in: store, control: control) }
        return .reports(summary)
    }
}

/// What an import says at its end, whatever was brought in.
public enum ImportAccount: Sendable, Encodable {
    case reports(ReportImportSummary)
    case series(SeriesImportSummary)

    /// The import's key in the store; nil for a dry run.
    public var importID: Int64? {
        switch self {
        case .reports(let summary): summary.importID
        case .series(let summary): summary.importID
        }
    }

    /// Whether the file was in the store before, and nothing was changed.
    public var alreadyImported: Bool {
        switch self {
        case .reports(let summary): summary.alreadyImported
        case .series(let summary): summary.alreadyImported
        }
    }

    /// What became of the rows.
    public var counts: ImportCounts {
        switch self {
        case .reports(let summary): summary.counts
        case .series(let summary): summary.counts
        }
    }

    /// As the summary's own JSON.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .reports(let summary): try summary.encode(to: encoder)
        case .series(let summary): try summary.encode(to: encoder)
        }
    }
}
