/// Why a profile, its columns or a time zone cannot be used.
public enum ProfileError: Error, Hashable, CustomStringConvertible {
    case unknownProfile(name: String, known: [String])
    case unknownField(String)
    case unknownSeriesField(String)
    case badMapping(String)
    case badProfile(reason: String)
    case missingColumn(field: ReportField, accepted: [String], found: [String])
    case missingDate(accepted: [String], found: [String])
    case halfAPlace(given: ReportField, missing: ReportField, found: [String])
    case unknownTimeZone(String)

    public var description: String {
        switch self {
        case .unknownProfile(let name, let known):
            "\"\(name)\" is no import profile; the built-in ones are \(known.joined(separator: ", "))"
        case .unknownField(let name):
            "\"\(name)\" is no field of a report; the fields are "
                + ReportField.allCases.map(\.rawValue).joined(separator: ", ")
        case .unknownSeriesField(let name):
            "\"\(name)\" is no field of published aggregates; the fields are "
                + SeriesField.allCases.map(\.rawValue).joined(separator: ", ")
        case .badMapping(let text):
            "a column map must be written field=column, but is \"\(text)\""
        case .badProfile(let reason):
            "the import profile cannot be read: \(reason)"
        case .missingColumn(let field, let accepted, let found):
            "the file must have a column for \(field.rawValue) (\(Self.list(accepted))), but has \(Self.list(found)); "
                + "name it with --map \(field.rawValue)=COLUMN"
        case .missingDate(let accepted, let found):
            "the file must have a column for date or occurred_at (\(Self.list(accepted))), but has \(Self.list(found)); "
                + "name it with --map date=COLUMN"
        case .halfAPlace(let given, let missing, let found):
            "the file has a column for \(given.rawValue) and must have one for \(missing.rawValue), "
                + "but has \(Self.list(found)); name it with --map \(missing.rawValue)=COLUMN"
        case .unknownTimeZone(let name):
            "\"\(name)\" is no time zone of the IANA database; Mexico has America/Mexico_City, America/Monterrey, "
                + "America/Chihuahua, America/Ciudad_Juarez, America/Hermosillo, America/Tijuana, America/Cancun and others"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
