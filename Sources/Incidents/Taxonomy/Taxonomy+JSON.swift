import CivilTime
public import Foundation

extension Taxonomy {
    /// Reads a scheme from its JSON form.
    /// - Throws: ``TaxonomyError/badScheme(reason:)``.
    public init(json: Data) throws(TaxonomyError) {
        do {
            self = try JSONDecoder().decode(Taxonomy.self, from: json)
        } catch let error as TaxonomyError {
            throw error
        } catch let error as DecodingError {
            throw .badScheme(reason: error.sentence)
        } catch {
            throw .badScheme(reason: "it is no JSON object")
        }
    }

    /// The JSON form, with sorted keys and classes in their order.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension Taxonomy: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case scheme, source, note, breaks, classes
        case schemeVersion = "scheme_version"
        case spanishName = "name_es"
        case englishName = "name_en"
        case validFrom = "valid_from"
        case validTo = "valid_to"
        case isComplete = "complete"
        case countUnits = "count_units"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: Key.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: Key.self)
        try self.init(
            scheme: container.decode(String.self, forKey: .scheme),
            schemeVersion: container.decode(String.self, forKey: .schemeVersion),
            spanishName: container.decode(String.self, forKey: .spanishName),
            englishName: container.decode(String.self, forKey: .englishName),
            validFrom: container.decodeIfPresent(CalendarDate.self, forKey: .validFrom),
            validTo: container.decodeIfPresent(CalendarDate.self, forKey: .validTo),
            isComplete: container.decode(Bool.self, forKey: .isComplete),
            source: container.decode(String.self, forKey: .source),
            note: container.decodeIfPresent(String.self, forKey: .note) ?? "",
            countUnits: container.decode([CountUnit].self, forKey: .countUnits),
            breaks: container.decodeIfPresent([SeriesBreak].self, forKey: .breaks) ?? [],
            classes: container.decode([CrimeClass].self, forKey: .classes))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(scheme, forKey: .scheme)
        try container.encode(schemeVersion, forKey: .schemeVersion)
        try container.encode(spanishName, forKey: .spanishName)
        try container.encode(englishName, forKey: .englishName)
        try container.encodeIfPresent(validFrom, forKey: .validFrom)
        try container.encodeIfPresent(validTo, forKey: .validTo)
        try container.encode(isComplete, forKey: .isComplete)
        try container.encode(source, forKey: .source)
        if !note.isEmpty { try container.encode(note, forKey: .note) }
        try container.encode(countUnits, forKey: .countUnits)
        if !breaks.isEmpty { try container.encode(breaks, forKey: .breaks) }
        try container.encode(classes, forKey: .classes)
    }
}

extension CrimeClass: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case code, level, violence, sensitive
        case spanishLabel = "label_es"
        case englishLabel = "label_en"
        case countUnits = "count_units"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: Key.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: Key.self)
        try self.init(
            code: container.decode(String.self, forKey: .code),
            level: container.decode(Level.self, forKey: .level),
            spanishLabel: container.decode(String.self, forKey: .spanishLabel),
            englishLabel: container.decode(String.self, forKey: .englishLabel),
            violence: container.decodeIfPresent(Violence.self, forKey: .violence) ?? .notStated,
            isSensitive: container.decodeIfPresent(Bool.self, forKey: .sensitive) ?? false,
            countUnits: container.decodeIfPresent([CountUnit].self, forKey: .countUnits))
    }

    /// Writes only what is not the default.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        try container.encode(level, forKey: .level)
        try container.encode(spanishLabel, forKey: .spanishLabel)
        try container.encode(englishLabel, forKey: .englishLabel)
        if violence != .notStated { try container.encode(violence, forKey: .violence) }
        if isSensitive { try container.encode(true, forKey: .sensitive) }
        try container.encodeIfPresent(countUnits, forKey: .countUnits)
    }
}

extension Decoder {
    /// - Throws: ``TaxonomyError/badScheme(reason:)`` for a member that has none of these names.
    public func refuseMembers(beyond known: [String]) throws {
        for key in try container(keyedBy: AnyMember.self).allKeys where !known.contains(key.stringValue) {
            throw TaxonomyError.badScheme(
                reason:
                    "\"\(key.stringValue)\" is no member here; the members are \(known.sorted().joined(separator: ", "))"
            )
        }
    }
}

private struct AnyMember: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension DecodingError {
    /// What is wrong, and where.
    public var sentence: String {
        switch self {
        case .keyNotFound(let key, let context):
            "member \(Self.path(context.codingPath + [key])) must be there, but is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "member \(Self.path(context.codingPath)) has the wrong type: \(context.debugDescription)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "it is no JSON text: \(context.debugDescription)"
                : "member \(Self.path(context.codingPath)) cannot be read: \(context.debugDescription)"
        @unknown default: "it is no JSON object"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
