/// Why a file of aggregates cannot be read or joined as asked.
public enum SeriesError: Error, Hashable, CustomStringConvertible {
    case missingColumn(what: String, accepted: [String], found: [String])
    /// The codes' names are not those of the municipalities that INEGI gives these codes to.
    case foreignCodes(compared: Int, agreeing: Int, examples: [String])
    /// Numbers of the electoral cartography without names.
    case electoralCodes(found: [String])
    /// Names alone, and no layer to look them up in.
    case needsLayer
    case otherYear(expected: Int, found: Int, text: String)

    public var description: String {
        switch self {
        case .missingColumn(let what, let accepted, let found):
            "the file must have a column for \(what) (\(Self.list(accepted))), but has \(Self.list(found)); "
                + "name it with --map \(what)=COLUMN"
        case .foreignCodes(let compared, let agreeing, let examples):
            "municipality codes must be INEGI's, but only \(agreeing) of \(compared) codes bear the name that the "
                + "municipality layer has for them: \(examples.joined(separator: "; ")); where these are INE "
                + "(electoral) codes, say --code-scheme ine to join by name; where they are INEGI's under other "
                + "spellings, say --code-scheme inegi"
        case .electoralCodes(let found):
            "ENTIDAD and MUNICIPIO beside \(found.joined(separator: ", ")) look like INE (electoral) numbers, which are "
                + "not INEGI's; say --code-scheme inegi where they are INEGI's; INE numbers need a column of names"
        case .needsLayer:
            "municipalities that are given by name need a municipality layer to be found in, but the store has none; "
                + "bring one in with faro boundaries import STORE FILE --level municipality"
        case .otherYear(let expected, let found, let text):
            "the figures must be of \(expected), as the profile says, but the file names \(found) (\(text)); "
                + "give the year in a profile of your own"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", ")
    }
}
