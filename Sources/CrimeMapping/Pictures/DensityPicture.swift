public import CivilTime
import Foundation
import Grids
import Hotspots
import Incidents
public import Pictures
import SimpleFeatures

/// A density map as a picture that explains itself: what is counted, when, how, and in which unit.
public struct DensityPicture: Sendable {
    /// The surface and everything that was chosen on the way to it.
    public var result: DensityMapResult
    /// What title, subtitle and credit are made of.
    public var subject: PictureSubject
    /// Of the words the picture adds itself; categories and source stay as given.
    public var language: PictureLanguage

    /// What the study area is called, under the title; nil for nothing.
    public var place: String?
    /// When the incidents happened, shown under the map; nil for nothing.
    public var profile: TemporalProfile?

    /// All fields as given; nothing is checked.
    public init(result: DensityMapResult, subject: PictureSubject, language: PictureLanguage = .spanish) {
        self.result = result
        self.subject = subject
        self.language = language
    }

    /// - Parameter level: how hard to compress, as `PNGEncoder.level`.
    /// - Throws: `PictureError`, and ``JobError/usage(_:)`` for values below 0, which a legend from 0 up cannot show.
    public func png(level: Int = 6) throws -> [UInt8] {
        if let comparison = result.comparison?.comparison, comparison == .logRatio || comparison == .difference {
            throw JobError.usage(
                "a picture shows values of 0 and more; write a \(result.valueName) as .geojson or .asc")
        }
        let mass = result.mass
        var picture = SurfacePicture(
            title: subject.title(orElse: isSpanish ? "Densidad de delitos" : "Density of crimes"))
        let account = subject.account(counted: mass.incidents, withoutPlace: mass.dropped, language)
        picture.subtitles = [place].compactMap(\.self) + [account]
        picture.footer = [method]
        picture.attribution = subject.credit(language)
        picture.language = language
        picture.breaks = Self.breaks(upTo: result.surface.range?.upperBound ?? 0)
        if result.comparison != nil || result.method.scale != .eventsPerKm2 { picture.unit = unit }
        picture.outlines = subject.outlines.flatMap { $0.polygons.flatMap(\.rings) }
        var map = picture.map(of: result.surface)
        map.charts = profile.map { profile in
            TemporalCharts(
                hourOfWeek: profile.hourOfWeek, withoutHour: profile.withoutHour.reduce(0, +),
                months: profile.months.map { .init(period: $0.period, count: $0.count) })
        }
        return try map.png(level: level)
    }

    private var isSpanish: Bool { language == .spanish }

    private var method: String {
        var bandwidth = "\(result.method.bandwidth.metres.rounded().inWords) m"
        if case .fixed = result.bandwidthRule {
        } else {
            bandwidth += isSpanish ? ", regla \(result.bandwidthRule)" : ", rule \(result.bandwidthRule)"
        }
        let kernel = result.method.kernel
        return isSpanish
            ? "Densidad de núcleo: \(MethodWords.spanish(kernel.rawValue)), ancho de banda \(bandwidth)\(adaptive), \(edge)"
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

    /// Class borders at 1, 2 and 5 times powers of ten, the last above the greatest value: incidents concentrate so much that
    /// equal steps would show one class and a few dots.
    static func breaks(upTo greatest: Double) -> [Double]? {
        RoundBreaks.ladder(above: greatest, count: 7).map { [0] + $0 }
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
