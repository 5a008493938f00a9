/// What a word of a place name can be, before its neighbours decide.
enum NameRole: UInt8, Sendable {
    case word, connective, label, type, partWord, `extension`, compass
    /// Digits, Roman numerals, number words.
    case numeral
    /// A tens word, which `Y` and a unit may follow.
    case tens
    /// `QUINTA`: a villa, or the fifth before a section.
    case rareOrdinal
    case month
    /// `NUEVO`, `VIEJA`: no name by itself.
    case adjective
    /// `FOMERREY`, `KILOMETRO`: the number behind belongs to the name.
    case numberNoun
    /// `NO.`, `NUM`
    case numberMark
    /// `CP`
    case postalMark
    /// `CODIGO` and `POSTAL`
    case codeWord, postalWord
    /// `DO`, `RA`: the ordinal ending of the number before.
    case ending
    /// `U`, `UNIDAD`
    case unit
    /// `CONJUNTO`
    case ensemble
    /// `HAB`
    case housing
    /// `EX`
    case former
    /// `SUPER`
    case superWord
    /// `SM`: before a number a superblock.
    case superLetters
    /// A name that `SAN` stands before.
    case saint
    /// `DELEGACION`
    case municipalMark
    /// Dropped: it became part of another unit.
    case merged
}

/// One word of the input, or several that mean one thing.
struct NameUnit: Sendable {
    var role = NameRole.word
    /// A settlement type, a part kind, or 0, by role.
    var payload: UInt8 = 0
    var letter: UInt8 = 0
    var isOrdinal = false
    /// `SECTORES`, `ETAPAS`: numbers side by side are all of it.
    var isPlural = false
    /// A numeral or letter that was found to be a part.
    var isPart = false
    var partKind = PlaceName.PartKind.bare
    /// Digits as written, for postal codes.
    var digits: UInt8 = 0
    var value: Int32 = -1
    /// Where the word stands in the folded spelling.
    var folded: Range<Int32>
    /// Its canonical text in the lexicon's pool; empty where the word stands for itself.
    var canonical: Range<Int32> = 0..<0
    var source: Range<UInt16>
    /// 0 outside brackets, else the number of the bracket.
    var group: UInt8 = 0
    var gap = Gap.blank

    /// What stands before the unit.
    enum Gap: UInt8, Sendable {
        case blank, hyphen, comma, bracket
    }

    /// Payloads of connectives: `DE` and `DEL`; `Y`.
    static let of: UInt8 = 1
    static let and: UInt8 = 2

    var isOf: Bool { role == .connective && payload == Self.of }
    var isAnd: Bool { role == .connective && payload == Self.and }
    /// `letter` of single letters joined to one word: only the letters are its text.
    static let initials: UInt8 = 0xFF
    var isInitials: Bool { letter == Self.initials }
    var isSingleLetter: Bool { letter > 0 && letter != Self.initials }
    var isDigits: Bool { digits > 0 }
    var settlementType: SettlementType? {
        guard role == .label || role == .type, Int(payload) < Self.types.count else { return nil }
        return Self.types[Int(payload)]
    }
    private static let types = SettlementType.allCases

    /// Takes the place of two or more units.
    mutating func extend(over last: NameUnit) {
        folded = folded.lowerBound..<max(folded.upperBound, last.folded.upperBound)
        source = source.lowerBound..<max(source.upperBound, last.source.upperBound)
    }
}
