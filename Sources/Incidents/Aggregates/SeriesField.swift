/// What Faro reads of a row of published aggregates, beside the figures themselves.
public enum SeriesField: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case year
    /// The month, where a row has one: a Spanish name, `ene`, or 1 to 12.
    case month
    case stateCode = "state_code"
    case state
    /// The municipality's code, alone or with the state's: `1001`, `01001`, `01 001`, or `1` beside a state code.
    case municipalityCode = "municipality_code"
    case municipality
    /// Bien jurídico afectado.
    case legalGood = "legal_good"
    case type
    case subtype
    case modality
    /// The count, where a row has one figure.
    case count

    static let classes: [SeriesField] = [.legalGood, .type, .subtype, .modality]
    static let places: [SeriesField] = [.stateCode, .state, .municipalityCode, .municipality]
}
