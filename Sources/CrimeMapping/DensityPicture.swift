public import CivilTime
import Foundation
import Grids
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
        /// Incidents whose place is too coarse for a point map, or an artefact.
        public var leftOut: Int

        /// All fields as given; nothing is checked.
        public init(
            categories: [String], days: ClosedRange<CalendarDate>?, outlines: [MultiPolygon<PlanarPoint>],
            source: String, leftOut: Int = 0
        ) {
            self.categories = categories
            self.days = days
            self.outlines = outlines
            self.source = source
            self.leftOut = leftOut
        }
    }

    /// The surface and everything that was chosen on the way to it.
    public var result: DensityMapResult
    /// What title, subtitle and credit are made of.
    public var input: Input
    /// Of the words the picture adds itself; categories and source stay as given.
    public var language: PictureLanguage

    /// All fields as given; nothing is checked.
    public init(result: DensityMapResult, input: Input, language: PictureLanguage = .spanish) {
        self.result = result
        self.input = input
        self.language = language
    }

    /// - Throws: `PictureError`, and ``JobError/usage(_:)`` for values below 0, which a legend from 0 up cannot show.
    public func png() throws -> [UInt8] {
        if let comparison = result.comparison?.comparison, comparison == .logRatio || comparison == .difference {
            throw JobError.usage(
                "a picture shows values of 0 and more; write a \(result.valueName) as .geojson or .asc")
        }
        var picture = SurfacePicture(title: title)
        picture.subtitles = [subtitle]
        picture.footer = [method]
        picture.attribution = credit
        picture.language = language
        picture.breaks = Self.breaks(upTo: result.surface.range?.upperBound ?? 0)
        if result.comparison != nil || result.method.scale != .eventsPerKm2 { picture.unit = unit }
        picture.outlines = input.outlines.flatMap { $0.polygons.flatMap(\.rings) }
        return try picture.png(of: result.surface)
    }

    private var isSpanish: Bool { language == .spanish }

    private var title: String {
        if input.categories.isEmpty { return isSpanish ? "Densidad de delitos" : "Density of crimes" }
        return input.categories.joined(separator: ", ")
    }

    private var subtitle: String {
        let mass = result.mass
        let count = mass.incidents.formatted(.number.locale(.init(identifier: "en_US")))
        var text = isSpanish ? "\(count) incidentes con lugar" : "\(count) incidents with a place"
        if mass.dropped > 0 {
            let dropped = mass.dropped.formatted(.number.locale(.init(identifier: "en_US")))
            text += isSpanish ? ", \(dropped) sin lugar" : ", \(dropped) without"
        }
        if input.leftOut > 0 {
            let count = input.leftOut.formatted(.number.locale(.init(identifier: "en_US")))
            text +=
                isSpanish
                ? ", \(count) omitidos (lugar aproximado o artificial)"
                : ", \(count) left out (coarse place or artefact)"
        }
        if let days = input.days { text = "\(days.lowerBound) – \(days.upperBound) · " + text }
        return text
    }

    private var method: String {
        var bandwidth = "\(Int(result.method.bandwidth.metres.rounded())) m"
        if case .fixed = result.bandwidthRule {
        } else {
            bandwidth += isSpanish ? ", regla \(result.bandwidthRule)" : ", rule \(result.bandwidthRule)"
        }
        let kernel = result.method.kernel
        return isSpanish
            ? "Densidad de núcleo: \(Self.spanish[kernel] ?? kernel.rawValue), ancho de banda \(bandwidth)\(adaptive), \(edge)"
            : "Kernel density: \(kernel.rawValue), bandwidth \(bandwidth)\(adaptive), \(edge)"
    }

    private var adaptive: String {
        switch result.estimate {
        case .exact, .approximate: ""
        case .nearest, .abramson: isSpanish ? " en la mediana, adaptable" : " in the median, adaptive"
        }
    }

    private var edge: String {
        switch result.method.edgeCorrection {
        case .none: isSpanish ? "sin corrección de borde" : "no edge correction"
        case .uniform: isSpanish ? "borde corregido (uniforme)" : "edge corrected (uniform)"
        case .diggle: isSpanish ? "borde corregido (Jones-Diggle)" : "edge corrected (Jones-Diggle)"
        }
    }

    /// Above the legend, where it is not crimes per square kilometre.
    private var unit: String {
        switch (result.comparison?.comparison, result.method.scale) {
        case (.ratio, _): isSpanish ? "razón de densidades" : "ratio of densities"
        case (.logRatio, _): isSpanish ? "razón logarítmica" : "log ratio"
        case (.difference, _): isSpanish ? "diferencia por km²" : "difference per km²"
        case (.sum, _): isSpanish ? "suma por km²" : "sum per km²"
        case (nil, .count): isSpanish ? "delitos por celda" : "crimes per cell"
        case (nil, .probability): isSpanish ? "probabilidad por celda" : "probability per cell"
        case (nil, .eventsPerKm2): isSpanish ? "delitos por km²" : "crimes per km²"
        }
    }

    private static let spanish: [Kernel: String] = [
        .quartic: "cuártico", .gaussian: "gaussiano", .epanechnikov: "Epanechnikov", .triangular: "triangular",
        .uniform: "uniforme",
    ]

    /// Class borders at 1, 2 and 5 times powers of ten, the last above the greatest value: incidents concentrate so much that
    /// equal steps would show one class and a few dots.
    static func breaks(upTo greatest: Double) -> [Double]? {
        RoundBreaks.ladder(above: greatest, count: 7).map { [0] + $0 }
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
