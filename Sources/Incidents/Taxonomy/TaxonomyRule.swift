public import CivilTime

/// One line of a mapping: under which class of a scheme a source's label is counted.
public struct TaxonomyRule: Hashable, Sendable, Codable {
    /// Name of an import profile, or of a source file; `sesnsp*` takes all that begin so.
    public var source: String
    /// The label as the source writes it. `*` says that the source's labels are the scheme's own, each its own class.
    public var category: String
    /// nil takes every modality.
    public var modality: String?
    public var scheme: String
    /// A class on any level: a label that is no finer than *Robo* is counted as that. nil says that the label is in no class,
    /// for instance because it is no offence; with the category `*` it must be nil.
    public var classCode: String?
    public var countUnit: CountUnit
    /// First and last day of incident on which the label has this meaning; nil is open. A series over such a day breaks.
    public var validFrom: CalendarDate?
    public var validTo: CalendarDate?
    /// Whether the label is to be handled as sensitive even where its class is not.
    public var isSensitive: Bool

    public init(
        source: String, category: String, modality: String? = nil, scheme: String, classCode: String?,
        countUnit: CountUnit, validFrom: CalendarDate? = nil, validTo: CalendarDate? = nil, isSensitive: Bool = false
    ) {
        self.source = source
        self.category = category
        self.modality = modality
        self.scheme = scheme
        self.classCode = classCode
        self.countUnit = countUnit
        self.validFrom = validFrom
        self.validTo = validTo
        self.isSensitive = isSensitive
    }

    private enum CodingKeys: String, CodingKey {
        case source, category, modality, scheme
        case classCode = "class"
        case countUnit = "count_unit"
        case validFrom = "valid_from"
        case validTo = "valid_to"
        case isSensitive = "sensitive"
    }

    /// The category that stands for all of the scheme's own labels.
    public static let ownLabels = "*"

    /// Whether the source's labels are the scheme's own.
    public var isNative: Bool { category == Self.ownLabels }
}

/// The words with which a publisher classifies a record.
public struct SourceLabel: Hashable, Sendable {
    /// Name of the import profile, without its version.
    public var profile: String
    /// Name of the source file.
    public var source: String
    public var category: String?
    public var modality: String?

    public init(profile: String, source: String, category: String?, modality: String?) {
        self.profile = profile
        self.source = source
        self.category = category
        self.modality = modality
    }

    /// The name in an import record's profile, which has a version after it: `fgj-cdmx` of `fgj-cdmx 1`.
    public static func profileName(_ label: String) -> String {
        guard let blank = label.lastIndex(of: " "), Int(label[label.index(after: blank)...]) != nil else {
            return label
        }
        return String(label[..<blank])
    }
}

/// What a mapping says of a label.
public struct ClassTarget: Hashable, Sendable {
    /// The rule that applies.
    public var rule: TaxonomyRule
    public var scheme: String
    /// nil where the rule says that the label is in no class.
    public var classCode: String?
    public var countUnit: CountUnit
    public var isSensitive: Bool
}
