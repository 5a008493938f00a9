public import Files
import SimpleFeatures

/// Why the gate refuses a question, or a file of tokens cannot be used.
public enum PrivacyError: Error, Hashable, CustomStringConvertible {
    case thresholdOutOfRange(Int)
    case cellTooSmall(metres: Double)
    case delayOutOfRange(Int)
    case columnsDiffer(String, Int, expected: Int)
    /// A condition that whole months, whole areas and whole categories cannot answer.
    case notPublic(String)
    case tooManyRows(Int, limit: Int)
    case badTokenFile(path: String, line: Int, reason: String)
    case tokenFileTooOpen(path: String, mode: String)
    case badTokenName(String)
    case tokenExists(String)
    case unknownToken(String)
    case tooManyTokens(Int)
    case roleWithoutToken
    case expiryInThePast(String)
    case noDigest
    case file(FileError)

    /// One sentence: what must hold and what was found.
    public var description: String {
        switch self {
        case .thresholdOutOfRange(let k):
            "k must be \(SmallCounts.range.lowerBound) to \(SmallCounts.range.upperBound), but is \(k)"
        case .cellTooSmall(let metres):
            "public cells must measure at least \(Int(PublicLattice.leastCellSize.metres)) m, but measure \(metres) m"
        case .delayOutOfRange(let days): "the days until a month is published must be 0 to 3650, but are \(days)"
        case .columnsDiffer(let name, let count, let expected):
            "every column must have \(expected) entries, but \(name) has \(count)"
        case .notPublic(let what): "without a token, \(what)"
        case .tooManyRows(let rows, let limit):
            "an answer may have at most \(limit) rows, but this one would have \(rows); narrow it"
        case .badTokenFile(let path, let line, let reason):
            "\(path) is no usable file of tokens: line \(line): \(reason)"
        case .tokenFileTooOpen(let path, let mode):
            "\(path) must be readable by its owner alone, but its mode is \(mode); say chmod 600"
        case .badTokenName(let name):
            "a token's name must be 1 to 64 letters, digits, dots, hyphens or underscores, but is \"\(name)\""
        case .tokenExists(let name): "there is a token named \(name) already; revoke it first or choose another name"
        case .unknownToken(let name): "there is no token named \(name)"
        case .tooManyTokens(let limit): "a file may hold at most \(limit) tokens; revoke some first"
        case .roleWithoutToken: "a token must be for planner, researcher or admin; public is who has none"
        case .expiryInThePast(let day): "a token must expire on a later day than today, but would on \(day)"
        case .noDigest: "SHA-256 is not available in the system's libcrypto"
        case .file(let error): error.description
        }
    }
}
