public import CivilTime
import Foundation
import Hotspots
import Incidents
public import Pictures
public import SimpleFeatures

/// A density map as a picture that explains itself: what is counted, when, how, and in which unit.
public struct DensityPicture: Sendable {
    /// What the surface itself does not know.
    public struct Input: Sendable {
        /// The categories counted; empty is all of them.
        public var categories: [String]
        /// First and last local day of the incidents; nil where the source has no days.
        public var days: ClosedRange<CalendarDate>?
        /// Borders of the study area's parts.
        public var outlines: [MultiPolygon<PlanarPoint>]
        /// Name of the store or file.
        public var source: String

        public init(categories: [String], days: ClosedRange<CalendarDate>?, outlines: [MultiPolygon<PlanarPoint>], source: String) {
            self.categories = categories
            self.days = days
            self.outlines = outlines
            self.source = source
        }
    }

    public var result: DensityMapResult
    public var input: Input
    public var language: PictureLanguage

    public init(result: DensityMapResult, input: Input, language: PictureLanguage = .spanish) {
        self.result = result
        self.input = input
        self.language = language
    }

    /// - Throws: `PictureError`.
    public func png() throws(PictureError) -> [UInt8] {
        var picture = SurfacePicture(title: title)
        picture.subtitles = [subtitle]
        picture.footer = [method, credit]
        picture.language = language
        picture.outlines = input.outlines.flatMap { $0.polygons.flatMap(\.rings) }
        return try picture.png(of: result.density.surface)
    }

    private var isSpanish: Bool { language == .spanish }

    private var title: String {
        if input.categories.isEmpty { return isSpanish ? "Densidad de delitos" : "Density of crimes" }
        return input.categories.joined(separator: ", ")
    }

    private var subtitle: String {
        let mass = result.density.mass
        let count = mass.incidents.formatted(.number.locale(.init(identifier: "en_US")))
        var text = isSpanish ? "\(count) incidentes con lugar" : "\(count) incidents with a place"
        if mass.dropped > 0 {
            let dropped = mass.dropped.formatted(.number.locale(.init(identifier: "en_US")))
            text += isSpanish ? ", \(dropped) sin lugar" : ", \(dropped) without"
        }
        if let days = input.days { text = "\(days.lowerBound) – \(days.upperBound) · " + text }
        return text
    }

    private var method: String {
        let density = result.density
        let bandwidth = Int(density.method.bandwidth.metres.rounded())
        return isSpanish
            ? "Densidad de núcleo (\(density.method.kernel.rawValue)), ancho de banda \(bandwidth) m (\(result.bandwidthRule)), sin corrección de borde"
            : "Kernel density (\(density.method.kernel.rawValue)), bandwidth \(bandwidth) m (\(result.bandwidthRule)), no edge correction"
    }

    private var credit: String {
        let software = "Faro \(FaroVersion.current)"
        return isSpanish
            ? "Fuente: \(input.source) · \(software) · los delitos no denunciados no aparecen"
            : "Source: \(input.source) · \(software) · unreported crime does not appear"
    }
}

extension IncidentSelection {
    /// First and last local day of the selected incidents, as far as the filter does not say; nil where nothing is selected.
    public var days: ClosedRange<CalendarDate>? {
        let found = rows.lazy.map { table.localDay[$0] }
        guard let first = found.min(), let last = found.max() else { return nil }
        let from = filter.from ?? CalendarDate(daysSince1970: first)
        let to = filter.to ?? CalendarDate(daysSince1970: last)
        return from <= to ? from...to : nil
    }
}
