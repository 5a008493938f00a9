public import CivilTime

/// A publisher's scheme of crime classes, in one version, with the days on which it holds.
///
/// Classes stand on four levels: legal good (bien jurídico afectado), type, subtype, modality. A class that the scheme does not
/// divide further is written by publishers on every level below it, with the same words: *Fraude, Fraude, Fraude*. Here it is
/// one class; ``combinations`` gives the rows as published.
///
/// ## JSON form
/// ```json
/// {
///   "scheme": "MY-CITY", "scheme_version": "1", "name_es": "Catálogo de mi ciudad", "name_en": "Catalogue of my city",
///   "valid_from": "2020-01-01", "complete": true, "source": "Gaceta municipal 12/2019", "count_units": ["case_file"],
///   "classes": [
///     { "code": "property", "level": "legal_good", "label_es": "El patrimonio", "label_en": "Property" },
///     { "code": "property.theft", "level": "type", "label_es": "Robo", "label_en": "Theft", "violence": "without" }
///   ]
/// }
/// ```
/// `valid_to`, `note`, `breaks` and, of a class, `violence`, `sensitive`, `count_units` may be there. Unknown members are
/// refused, so that a misspelt one does not pass silently.
public struct Taxonomy: Hashable, Sendable {
    /// The name by which mappings mean it: `CNSP/38/15`.
    public let scheme: String
    public let schemeVersion: String
    public let spanishName: String
    public let englishName: String
    /// First and last day on which it holds; nil is open.
    public let validFrom: CalendarDate?
    public let validTo: CalendarDate?
    /// Whether all classes of the publisher are here.
    public let isComplete: Bool
    /// Who publishes it, and where.
    public let source: String
    /// What is to be known of this copy; empty for nothing.
    public let note: String
    /// The units in which its classes are published where they do not say otherwise.
    public let countUnits: [CountUnit]
    /// The days from which on its figures are counted differently, besides its own first and last.
    public let breaks: [SeriesBreak]
    /// Every class after the one above it.
    public let classes: [CrimeClass]

    private let index: [String: Int]

    /// - Throws: ``TaxonomyError/badScheme(reason:)`` where a name is empty, days are out of order, a code occurs twice, or a
    ///   class does not stand right below another one that comes before it.
    public init(
        scheme: String, schemeVersion: String, spanishName: String, englishName: String, validFrom: CalendarDate?,
        validTo: CalendarDate?, isComplete: Bool, source: String, note: String = "", countUnits: [CountUnit],
        breaks: [SeriesBreak] = [], classes: [CrimeClass]
    ) throws(TaxonomyError) {
        self.scheme = scheme
        self.schemeVersion = schemeVersion
        self.spanishName = spanishName
        self.englishName = englishName
        self.validFrom = validFrom
        self.validTo = validTo
        self.isComplete = isComplete
        self.source = source
        self.note = note
        self.countUnits = countUnits
        self.breaks = breaks
        self.classes = classes
        index = try Self.index(classes)
        try checkHead()
        for entry in classes { try check(entry) }
    }

    /// Scheme and version: `CNSP/38/15 2.4`.
    public var label: String { "\(scheme) \(schemeVersion)" }

    /// The class of a code.
    public subscript(_ code: String) -> CrimeClass? { index[code].map { classes[$0] } }

    /// The units in which a class is published: its own, or those of the nearest class above that names some.
    public func countUnits(of code: String) -> [CountUnit] {
        var code: String? = code
        while let current = code {
            if let units = self[current]?.countUnits { return units }
            code = CrimeClass.parent(of: current)
        }
        return countUnits
    }

    /// The breaks it declares, and its own first day and the day after its last where these are none of them.
    public var allBreaks: [SeriesBreak] {
        var all = breaks
        if let validFrom, !breaks.contains(where: { $0.date == validFrom }) {
            all.append(
                SeriesBreak(
                    id: "begins:\(scheme)", date: validFrom,
                    spanishSentence: "La clasificación \(scheme) comienza el \(validFrom).",
                    englishSentence: "The scheme \(scheme) begins on \(validFrom)."))
        }
        if let validTo, let after = validTo.adding(days: 1), !breaks.contains(where: { $0.date == after }) {
            all.append(
                SeriesBreak(
                    id: "ends:\(scheme)", date: after,
                    spanishSentence: "La clasificación \(scheme) terminó el \(validTo).",
                    englishSentence: "The scheme \(scheme) ended on \(validTo)."))
        }
        return all
    }
}

// MARK: - Checks

extension Taxonomy {
    private static func index(_ classes: [CrimeClass]) throws(TaxonomyError) -> [String: Int] {
        var index: [String: Int] = [:]
        for (place, entry) in classes.enumerated() {
            guard index.updateValue(place, forKey: entry.code) == nil else {
                throw .badScheme(reason: "each code must occur once, but \"\(entry.code)\" occurs twice")
            }
        }
        return index
    }

    private func checkHead() throws(TaxonomyError) {
        guard !scheme.isEmpty, !schemeVersion.isEmpty else {
            throw .badScheme(reason: "scheme and scheme_version must not be empty")
        }
        guard !countUnits.isEmpty, !classes.isEmpty else {
            throw .badScheme(reason: "count_units and classes must not be empty")
        }
        if let validFrom, let validTo, validFrom > validTo {
            throw .badScheme(reason: "valid_from must not come after valid_to, but \(validFrom) comes after \(validTo)")
        }
    }

    private func check(_ entry: CrimeClass) throws(TaxonomyError) {
        guard Self.isWellFormed(entry.code) else {
            throw .badScheme(
                reason:
                    "a code must be words of letters, digits, _ and - with dots between them, but is \"\(entry.code)\"")
        }
        guard !entry.spanishLabel.isEmpty else {
            throw .badScheme(reason: "label_es of class \"\(entry.code)\" must not be empty")
        }
        let depth = entry.code.utf8.count { $0 == UInt8(ascii: ".") }
        let levels = CrimeClass.Level.allCases
        guard levels.indices.contains(depth), levels[depth] == entry.level else {
            throw .badScheme(
                reason:
                    "the code of a \(entry.level.rawValue) must have \(levels.firstIndex(of: entry.level) ?? 0) dots, "
                    + "but is \"\(entry.code)\"")
        }
        guard let parent = entry.parent else { return }
        guard let above = index[parent], let own = index[entry.code], above < own else {
            throw .badScheme(
                reason: "class \"\(entry.code)\" must come after a class \"\(parent)\", but there is none before")
        }
        if classes[above].isSensitive, !entry.isSensitive {
            throw .badScheme(reason: "class \"\(entry.code)\" must be sensitive, since \"\(parent)\" above it is")
        }
    }

    private static func isWellFormed(_ code: String) -> Bool {
        let words = code.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
    }
}
