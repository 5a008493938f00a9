public import Foundation
import SimpleFeatures

extension ImportProfile {
    /// Reads a profile from its JSON form.
    /// - Throws: ``ProfileError/badProfile(reason:)``, ``ProfileError/unknownField(_:)``.
    public init(json: Data) throws(ProfileError) {
        do {
            self = try JSONDecoder().decode(ImportProfile.self, from: json)
        } catch let error as ProfileError {
            throw error
        } catch DecodingError.dataCorrupted(let context) {
            throw .badProfile(reason: context.debugDescription)
        } catch DecodingError.keyNotFound(let key, _) {
            throw .badProfile(reason: "member \(key.stringValue) must be there, but is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw .badProfile(reason: "member \(path) has the wrong type: \(context.debugDescription)")
        } catch {
            throw .badProfile(reason: "it is no JSON object")
        }
    }

    /// The JSON form, with sorted keys.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension ImportProfile: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case name, version, description, kind
        case countUnit = "count_unit"
        case source, columns, required, crs
        case dateOrder = "date_order"
        case serialDates = "serial_dates"
        case missingValues = "missing_values"
        case pseudoPlaces = "pseudo_places"
        case codeScheme = "code_scheme"
        case values, year, state
        case totalLabels = "total_labels"

        /// Members that only one kind has.
        static let ofReports: Set<Key> = [.required, .crs, .dateOrder, .serialDates]
        static let ofSeries: Set<Key> = [.values, .year, .state, .totalLabels, .codeScheme]
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        try Self.refuseUnknown(in: decoder, among: Key.allCases.map(\.rawValue), of: "a profile")
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .reports
        for key in kind == .reports ? Key.ofSeries : Key.ofReports where container.contains(key) {
            throw ProfileError.badProfile(
                reason: "\"\(key.rawValue)\" is no member of a profile of the kind \(kind.rawValue)")
        }
        self.init(name: try container.decode(String.self, forKey: .name), columns: [:])
        self.kind = kind
        version = try container.decodeIfPresent(Int.self, forKey: .version) ?? 1
        description = try container.decodeIfPresent(String.self, forKey: .description) ?? ""
        publisher = try container.decodeIfPresent(String.self, forKey: .source) ?? ""
        missingValues =
            try container.decodeIfPresent([String].self, forKey: .missingValues) ?? Self.defaultMissingValues
        pseudoPlaces = try container.decodeIfPresent([String].self, forKey: .pseudoPlaces) ?? Self.defaultPseudoPlaces
        if kind == .reports { try decodeReports(container) } else { try decodeSeries(container) }
    }

    private mutating func decodeReports(_ container: KeyedDecodingContainer<Key>) throws {
        for (name, spellings) in try container.decode([String: [String]].self, forKey: .columns) {
            columns[try Self.field(name)] = spellings
        }
        countUnit = try container.decodeIfPresent(CountUnit.self, forKey: .countUnit) ?? .report
        required = Set(try (container.decodeIfPresent([String].self, forKey: .required) ?? []).map(Self.field))
        crs = try container.decodeIfPresent(CRS.self, forKey: .crs) ?? .wgs84
        dateOrder = try container.decodeIfPresent(DateOrder.self, forKey: .dateOrder) ?? .automatic
        serialDates = try container.decodeIfPresent(Bool.self, forKey: .serialDates) ?? false
    }

    private mutating func decodeSeries(_ container: KeyedDecodingContainer<Key>) throws {
        var columns: [SeriesField: [String]] = [:]
        for (name, spellings) in try container.decode([String: [String]].self, forKey: .columns) {
            guard let field = SeriesField(rawValue: name) else { throw ProfileError.unknownSeriesField(name) }
            columns[field] = spellings
        }
        countUnit = try container.decode(CountUnit.self, forKey: .countUnit)
        codeScheme =
            try container.decodeIfPresent(CodeScheme.self, forKey: .codeScheme)
            ?? (columns[.municipalityCode] == nil ? .none : .inegi)
        series = SeriesLayout(
            columns: columns, values: try container.decodeIfPresent([SeriesLayout.Value].self, forKey: .values) ?? [],
            year: try container.decodeIfPresent(Int.self, forKey: .year),
            state: try container.decodeIfPresent(String.self, forKey: .state),
            totalLabels: try container.decodeIfPresent([String].self, forKey: .totalLabels) ?? [])
        try checkSeries()
    }

    /// What the types do not say.
    private func checkSeries() throws(ProfileError) {
        for value in series?.values ?? [] {
            if let month = value.month, !(1...12).contains(month) {
                throw .badProfile(reason: "a month must be 1 to 12, but is \(month)")
            }
            if kind == .population, value.population == nil {
                throw .badProfile(reason: "each of the values of a population must state which \"population\" it is")
            }
        }
        if let state = series?.state, AreaCode.state(state) == nil {
            throw .badProfile(reason: "state must be a code from 01 to 32, but is \"\(state)\"")
        }
        if let year = series?.year, !SeriesMapper.years.contains(year) {
            throw .badProfile(reason: "year must lie from 1800 to 2200, but is \(year)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encode(description, forKey: .description)
        try container.encode(kind, forKey: .kind)
        try container.encode(countUnit, forKey: .countUnit)
        try container.encode(publisher, forKey: .source)
        try container.encode(missingValues, forKey: .missingValues)
        try container.encode(pseudoPlaces, forKey: .pseudoPlaces)
        if let series {
            try container.encode(series.columns, forKey: .columns)
            try container.encode(codeScheme, forKey: .codeScheme)
            try container.encode(series.values, forKey: .values)
            try container.encodeIfPresent(series.year, forKey: .year)
            try container.encodeIfPresent(series.state, forKey: .state)
            try container.encode(series.totalLabels, forKey: .totalLabels)
        } else {
            try container.encode(columns, forKey: .columns)
            try container.encode(required.map(\.rawValue).sorted(), forKey: .required)
            try container.encode(crs, forKey: .crs)
            try container.encode(dateOrder, forKey: .dateOrder)
            try container.encode(serialDates, forKey: .serialDates)
        }
    }

    private static func field(_ name: String) throws(ProfileError) -> ReportField {
        guard let field = ReportField(rawValue: name) else { throw .unknownField(name) }
        return field
    }

    static func refuseUnknown(in decoder: any Decoder, among known: [String], of what: String) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw ProfileError.badProfile(
                reason: "\"\(key.stringValue)\" is no member of \(what); the members are "
                    + known.joined(separator: ", "))
        }
    }
}

extension SeriesLayout.Value {
    public init(from decoder: any Decoder) throws {
        try ImportProfile.refuseUnknown(
            in: decoder, among: CodingKeys.allCases.map(\.rawValue), of: "one of a profile's values")
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            column: try container.decode([String].self, forKey: .column),
            month: try container.decodeIfPresent(Int.self, forKey: .month),
            legalGood: try container.decodeIfPresent(String.self, forKey: .legalGood),
            type: try container.decodeIfPresent(String.self, forKey: .type),
            subtype: try container.decodeIfPresent(String.self, forKey: .subtype),
            modality: try container.decodeIfPresent(String.self, forKey: .modality),
            population: try container.decodeIfPresent(String.self, forKey: .population))
    }
}
