/// One class of a crime taxonomy, on one of its four levels.
public struct CrimeClass: Hashable, Sendable {
    /// From the broadest to the finest.
    public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
        /// Bien jurídico afectado.
        case legalGood = "legal_good"
        /// Tipo de delito.
        case type
        /// Subtipo de delito.
        case subtype
        /// Modalidad.
        case modality
    }

    /// Whether the class says that the offence was committed with violence.
    public enum Violence: String, Hashable, Sendable, Codable, CaseIterable {
        case with
        case without
        /// The class does not say; it is no statement that there was none.
        case notStated = "not_stated"
    }

    /// Stable within its scheme, and made of the code of the class above, a dot, and a word: `property.robbery.home`.
    /// Equal codes of two schemes do not say that the classes hold the same offences.
    public var code: String
    public var level: Level
    /// The publisher's words.
    public var spanishLabel: String
    public var englishLabel: String
    public var violence: Violence
    /// Whether figures of small areas may expose a victim: sexual and domestic violence, minors, abortion, trafficking. What
    /// is below a sensitive class is sensitive too.
    public var isSensitive: Bool
    /// The units in which the class is published, where they are not those of the class above it.
    public var countUnits: [CountUnit]?

    public init(
        code: String, level: Level, spanishLabel: String, englishLabel: String, violence: Violence = .notStated,
        isSensitive: Bool = false, countUnits: [CountUnit]? = nil
    ) {
        self.code = code
        self.level = level
        self.spanishLabel = spanishLabel
        self.englishLabel = englishLabel
        self.violence = violence
        self.isSensitive = isSensitive
        self.countUnits = countUnits
    }

    /// The code of the class above; nil for a legal good.
    public var parent: String? { Self.parent(of: code) }

    static func parent(of code: String) -> String? {
        code.lastIndex(of: ".").map { String(code[..<$0]) }
    }
}
