public import CivilTime
import Foundation
import Pictures
public import SimpleFeatures

/// What a picture is about, which the result it shows does not know: the crimes, the days, the borders, the source.
public struct PictureSubject: Sendable {
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
    /// In the place of how many incidents are shown, where that is not told; nil tells it.
    public var note: (spanish: String, english: String)?

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

    /// The crimes' names, or what stands for all of them.
    func title(orElse all: String) -> String { categories.isEmpty ? all : categories.joined(separator: ", ") }

    /// Of which days how many incidents are shown, and how many are not.
    func account(counted: Int, withoutPlace: Int, _ language: PictureLanguage) -> String {
        let isSpanish = language == .spanish
        func number(_ count: Int) -> String { count.formatted(.number.locale(.init(identifier: "en_US"))) }
        var text = isSpanish ? "\(number(counted)) incidentes con lugar" : "\(number(counted)) incidents with a place"
        if withoutPlace > 0 {
            text += isSpanish ? ", \(number(withoutPlace)) sin lugar" : ", \(number(withoutPlace)) without"
        }
        if leftOut > 0 {
            text +=
                isSpanish
                ? ", \(number(leftOut)) omitidos (lugar aproximado o artificial)"
                : ", \(number(leftOut)) left out (coarse place or artefact)"
        }
        if let note { text = isSpanish ? note.spanish : note.english }
        return (days.map { "\($0.lowerBound) – \($0.upperBound) · " } ?? "") + text
    }

    /// Source and software, and what no map of reports shows.
    func credit(_ language: PictureLanguage) -> String {
        let software = "Faro \(FaroVersion.current)"
        return language == .spanish
            ? "Fuente: \(source) · \(software) · los delitos no denunciados no aparecen"
            : "Source: \(source) · \(software) · unreported crime does not appear"
    }
}
