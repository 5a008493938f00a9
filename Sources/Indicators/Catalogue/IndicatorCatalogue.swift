public import Foundation
public import Incidents

/// The lines of a council's sheet, in their order: data that a council edits, not code.
///
/// ## JSON form
/// ```json
/// {
///   "catalogue": "my-council", "version": "2", "source": "Acuerdo 4/2024 del Consejo",
///   "indicators": [
///     { "id": "vehicle_theft_violent", "name_es": "Robo de vehículo con violencia", "name_en": "Vehicle theft with violence",
///       "classes": [{ "scheme": "CNSP/38/15", "codes": ["property.robbery.motor_vehicle"], "violence": "with" }],
///       "labels": [{ "category": "ROBO DE VEHICULO AUTOMOTOR", "modality": "CON VIOLENCIA" }],
///       "plausible_up_to": 1500 }
///   ],
///   "index": { "light_score": 2, "twelve_months_percent": 1, "rate_rank_mean": 1 }
/// }
/// ```
/// `index` weighs the parts of the ``MixedIndex``; without it they weigh as above.
///
/// Of an indicator also `kind` (`crime`, `measure`, `share`), `polarity` (`less_is_better`, `more_is_better`, `none`),
/// `count_unit`, `denominators`, `per`, `target`, `note_es` and `note_en`; see ``Indicator``.
public struct IndicatorCatalogue: Hashable, Sendable, Codable {
    /// The name by which outputs say which catalogue they follow.
    public let name: String
    public let version: String
    /// Who decided on it, and where.
    public let source: String
    public let indicators: [Indicator]
    /// How the areas of a sheet are put in one order.
    public let index: MixedIndex

    /// The weights of the index where a catalogue says none.
    public static let indexWeights: [String: Double] = [
        "light_score": 2, "twelve_months_percent": 1, "rate_rank_mean": 1,
    ]

    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` where it has no indicator, a name is empty or occurs twice, a crime
    ///   indicator counts nothing, or a number is out of its range.
    public init(
        name: String, version: String, source: String, indicators: [Indicator],
        indexWeights: [String: Double] = Self.indexWeights
    ) throws(IndicatorError) {
        self.name = name
        self.version = version
        self.source = source
        self.indicators = indicators
        index = try MixedIndex(weights: indexWeights)
        guard !indicators.isEmpty else { throw Self.bad("it must have an indicator, but has none") }
        var seen: Set<String> = []
        for indicator in indicators {
            guard seen.insert(indicator.id).inserted else {
                throw Self.bad("each id must occur once, but \"\(indicator.id)\" occurs twice")
            }
            try Self.check(indicator)
        }
    }

    /// Reads the JSON form.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    public init(json: Data) throws(IndicatorError) {
        self = try CatalogueDocument.read(IndicatorCatalogue.self, from: json, kind: "indicator catalogue")
    }

    /// The JSON form, with sorted keys and indicators in their order.
    public func json() throws -> Data { try CatalogueDocument.text(self) }

    /// Name and version: `faro 1`.
    public var label: String { "\(name) \(version)" }

    /// - Throws: ``IndicatorError/unknownIndicator(_:known:)``.
    public func indicator(_ id: String) throws(IndicatorError) -> Indicator {
        guard let found = indicators.first(where: { $0.id == id }) else {
            throw .unknownIndicator(id, known: indicators.map(\.id))
        }
        return found
    }

    /// What the schemes must have for the catalogue to count anything: codes that no scheme given has, as sentences.
    public func findings(schemes: [Taxonomy]) -> [String] {
        var findings: [String] = []
        for indicator in indicators {
            for classes in indicator.classes {
                guard let scheme = schemes.last(where: { $0.scheme == classes.scheme }) else {
                    findings.append("\(indicator.id) counts classes of \(classes.scheme), which is no scheme here")
                    continue
                }
                for code in classes.codes where scheme[code] == nil {
                    findings.append("\(indicator.id) counts class \"\(code)\", which \(classes.scheme) has not")
                }
            }
        }
        return findings
    }

    private static func check(_ indicator: Indicator) throws(IndicatorError) {
        guard !indicator.id.isEmpty, indicator.id.utf8.allSatisfy(isWordByte) else {
            throw bad("an id must be made of a-z, 0-9 and _, but is \"\(indicator.id)\"")
        }
        guard !indicator.spanishName.isEmpty, !indicator.englishName.isEmpty else {
            throw bad("name_es and name_en of \(indicator.id) must not be empty")
        }
        if indicator.kind == .crime, indicator.classes.isEmpty, indicator.labels.isEmpty {
            throw bad("\(indicator.id) must name classes or labels that it counts, but names none")
        }
        guard indicator.per > 0, indicator.plausibleUpTo > 0 else {
            throw bad("per and plausible_up_to of \(indicator.id) must be above 0")
        }
        if indicator.kind == .crime, indicator.polarity == .moreIsBetter {
            throw bad("a crime cannot be better the more there is of it, but \(indicator.id) says so")
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func bad(_ reason: String) -> IndicatorError {
        .badDocument(kind: "indicator catalogue", reason: reason)
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, source, indicators, index
        case name = "catalogue"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name),
            version: container.decode(String.self, forKey: .version),
            source: container.decodeIfPresent(String.self, forKey: .source) ?? "",
            indicators: container.decode([Indicator].self, forKey: .indicators),
            indexWeights: container.decodeIfPresent([String: Double].self, forKey: .index) ?? Self.indexWeights)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encode(source, forKey: .source)
        try container.encode(indicators, forKey: .indicators)
        try container.encode(index.weights, forKey: .index)
    }
}
