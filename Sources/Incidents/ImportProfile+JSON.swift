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
        case name, version, description, columns, required, crs
        case dateOrder = "date_order"
        case serialDates = "serial_dates"
        case missingValues = "missing_values"
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where Key(stringValue: key.stringValue) == nil {
            throw ProfileError.badProfile(
                reason: "\"\(key.stringValue)\" is no member of a profile; the members are "
                    + Key.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let container = try decoder.container(keyedBy: Key.self)
        var columns: [ReportField: [String]] = [:]
        for (name, spellings) in try container.decode([String: [String]].self, forKey: .columns) {
            columns[try Self.field(name)] = spellings
        }
        let required = try container.decodeIfPresent([String].self, forKey: .required) ?? []
        self.init(
            name: try container.decode(String.self, forKey: .name),
            version: try container.decodeIfPresent(Int.self, forKey: .version) ?? 1,
            description: try container.decodeIfPresent(String.self, forKey: .description) ?? "",
            columns: columns, required: Set(try required.map(Self.field)),
            crs: try container.decodeIfPresent(CRS.self, forKey: .crs) ?? .wgs84,
            dateOrder: try container.decodeIfPresent(DateOrder.self, forKey: .dateOrder) ?? .automatic,
            serialDates: try container.decodeIfPresent(Bool.self, forKey: .serialDates) ?? false,
            missingValues: try container.decodeIfPresent([String].self, forKey: .missingValues)
                ?? ImportProfile.defaultMissingValues)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encode(description, forKey: .description)
        try container.encode(columns, forKey: .columns)
        try container.encode(required.map(\.rawValue).sorted(), forKey: .required)
        try container.encode(crs, forKey: .crs)
        try container.encode(dateOrder, forKey: .dateOrder)
        try container.encode(serialDates, forKey: .serialDates)
        try container.encode(missingValues, forKey: .missingValues)
    }

    private static func field(_ name: String) throws(ProfileError) -> ReportField {
        guard let field = ReportField(rawValue: name) else { throw .unknownField(name) }
        return field
    }
}
