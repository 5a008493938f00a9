import Incidents

/// Why a name was taken, or not taken, for that of an area; the closer rule first.
public enum PlaceRule: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case alias
    case aliasOfNoPlace
    case code
    case sameName
    case sameWords
    case settlementTypeMissing
    case settlementTypeDiffers
    case otherOrder
    case otherSpacing
    case withoutBrackets
    case nameInBrackets
    case grammaticalNumber
    case typingError
    case shortForm
    case otherSettlement
    case bordersDiffer
    case partKindDiffers
    case partMissing
    case nameContained
    case wordsShared
    case postalCode
    case otherMunicipality
    case pseudoPlace
    case nothingAsked
    case nothingSimilar

    /// The word in tables and files: `same_name`.
    public var name: String {
        switch self {
        case .alias: "alias"
        case .aliasOfNoPlace: "alias_of_no_place"
        case .code: "code"
        case .sameName: "same_name"
        case .sameWords: "same_words"
        case .settlementTypeMissing: "settlement_type_missing"
        case .settlementTypeDiffers: "settlement_type_differs"
        case .otherOrder: "other_order"
        case .otherSpacing: "other_spacing"
        case .withoutBrackets: "without_brackets"
        case .nameInBrackets: "name_in_brackets"
        case .grammaticalNumber: "grammatical_number"
        case .typingError: "typing_error"
        case .shortForm: "short_form"
        case .otherSettlement: "other_settlement"
        case .bordersDiffer: "borders_differ"
        case .partKindDiffers: "part_kind_differs"
        case .partMissing: "part_missing"
        case .nameContained: "name_contained"
        case .wordsShared: "words_shared"
        case .postalCode: "postal_code"
        case .otherMunicipality: "other_municipality"
        case .pseudoPlace: "pseudo_place"
        case .nothingAsked: "nothing_asked"
        case .nothingSimilar: "nothing_similar"
        }
    }

    /// A sentence for people.
    public var explanation: String {
        switch self {
        case .alias: "The alias table says which area the name means."
        case .aliasOfNoPlace: "The alias table says that the name is no place."
        case .code: "The text is the area's code."
        case .sameName: "The name is the area's, once both are normalised."
        case .sameWords: "The name has the area's words; articles and prepositions differ."
        case .settlementTypeMissing:
            "The name has the area's words; only one of the two says what type of settlement it is."
        case .settlementTypeDiffers: "The name has the area's words, but says another type of settlement."
        case .otherOrder: "The name has the area's words in another order."
        case .otherSpacing: "The name is the area's, once blanks are left out."
        case .withoutBrackets: "The name is the area's, once what stands in brackets is left out."
        case .nameInBrackets: "The name stands in brackets behind the area's name, or the area's behind this one."
        case .grammaticalNumber: "The name has the area's words, but for singular and plural."
        case .typingError: "The name has the area's words, but for letters on which a typist slips."
        case .shortForm: "The name begins the area's name, and that of no other."
        case .otherSettlement:
            "The name has the area's words, but only one of the two is a pueblo, a barrio or an ejido."
        case .bordersDiffer:
            "The name is the area's, but another authority may draw it otherwise: the areas around it may be meant too."
        case .partKindDiffers: "Name and number are the area's, but the number does not count the same kind of part."
        case .partMissing:
            "The name has the area's words; only one of the two has a number, a letter, a compass point or AMPLIACION."
        case .nameContained: "All words of one of the two names stand in the other."
        case .wordsShared: "The two names share their rarer words."
        case .postalCode: "The area has the postal code; the name was not given or is not known."
        case .otherMunicipality: "An area of the name exists, but not in the municipality that was given."
        case .pseudoPlace: "The words say that the place is not known."
        case .nothingAsked: "There is neither a name nor a postal code."
        case .nothingSimilar: "No area has a similar name."
        }
    }

    /// How a match by the rule is stored.
    var method: PlacementMethod {
        switch self {
        case .alias: .coloniaAlias
        case .otherSpacing, .grammaticalNumber, .typingError, .otherSettlement, .partKindDiffers, .partMissing,
            .nameContained,
            .wordsShared:
            .coloniaSimilar
        case .postalCode: .postalCode
        case .pseudoPlace, .aliasOfNoPlace: .pseudoPlace
        case .nothingAsked, .nothingSimilar: .unknownPlace
        default: .coloniaName
        }
    }

    /// How much of the names is the same where they differ in nothing else; of the last two, at most.
    var score: Float {
        switch self {
        case .alias, .code, .sameName: 1
        case .sameWords: 0.99
        case .settlementTypeMissing: 0.97
        case .otherOrder, .otherSpacing: 0.95
        case .shortForm, .settlementTypeDiffers: 0.93
        case .withoutBrackets, .grammaticalNumber: 0.92
        case .typingError, .nameInBrackets, .otherSettlement, .partKindDiffers: 0.9
        case .partMissing: 0.85
        case .nameContained, .wordsShared: 0.8
        default: 0.5
        }
    }

    /// The closer rule first.
    public static func < (a: PlaceRule, b: PlaceRule) -> Bool { a.rawValue < b.rawValue }
}
