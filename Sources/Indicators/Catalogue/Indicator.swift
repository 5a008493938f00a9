import Bytes
public import Incidents

/// One line of a council's sheet: what is counted, of whom, and whether less of it is better.
///
/// A crime indicator names classes of taxonomies, and, for sources whose labels nobody has led to a class, the labels
/// themselves. An incident counts once, however many of them it meets.
public struct Indicator: Hashable, Sendable, Codable {
    /// Where its figures come from.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Incidents or published counts of offences.
        case crime
        /// A quantity that an authority publishes: police officers, detentions.
        case measure
        /// A part of a whole: plated cars of those looked at.
        case share
    }

    /// Which way is up.
    public enum Polarity: String, Hashable, Sendable, Codable, CaseIterable {
        case lessIsBetter = "less_is_better"
        case moreIsBetter = "more_is_better"
        /// Neither: it is shown and never coloured. More detentions are no success, and fewer none either.
        case none
    }

    /// Classes of one scheme, each with all classes below it.
    public struct Classes: Hashable, Sendable, Codable {
        public var scheme: String
        public var codes: [String]
        /// Only those that say of themselves that they were committed so; nil takes all.
        public var violence: CrimeClass.Violence?

        public init(scheme: String, codes: [String], violence: CrimeClass.Violence? = nil) {
            self.scheme = scheme
            self.codes = codes
            self.violence = violence
        }

        /// Whether a class is one of these.
        public func contains(_ entry: CrimeClass) -> Bool {
            (violence == nil || entry.violence == violence)
                && codes.contains { entry.code == $0 || entry.code.hasPrefix($0 + ".") }
        }

        /// Whether some class can be one of both.
        func overlaps(_ other: Classes) -> Bool {
            scheme == other.scheme && (violence == nil || other.violence == nil || violence == other.violence)
                && codes.contains { code in
                    other.codes.contains { $0 == code || $0.hasPrefix(code + ".") || code.hasPrefix($0 + ".") }
                }
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case scheme, codes, violence }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            scheme = try container.decode(String.self, forKey: .scheme)
            codes = try container.decode([String].self, forKey: .codes)
            violence = try container.decodeIfPresent(CrimeClass.Violence.self, forKey: .violence)
        }
    }

    /// A label of a source, compared without case, accents and punctuation.
    public struct Label: Hashable, Sendable, Codable {
        public var category: String
        /// nil takes every modality.
        public var modality: String?

        public init(category: String, modality: String? = nil) {
            self.category = category
            self.modality = modality
        }

        public func contains(category: String, modality: String?) -> Bool {
            LabelFolding.fold(self.category) == LabelFolding.fold(category)
                && (self.modality == nil || LabelFolding.fold(self.modality ?? "") == LabelFolding.fold(modality ?? ""))
        }
    }

    /// A short stable word, as tables and goals write it: `vehicle_theft_violent`.
    public var id: String
    public var spanishName: String
    public var englishName: String
    public var kind: Kind
    public var polarity: Polarity
    public var classes: [Classes]
    public var labels: [Label]
    /// What is counted; figures of other units are never taken for these. nil for what is no count of offences.
    public var countUnit: CountUnit?
    /// Kinds of population that rates divide by, the preferred first: `vehicles`, `population`.
    public var denominators: [String]
    /// Rates are told per so many of the denominator.
    public var per: Int
    /// A yearly rate per 100,000 above this is questioned before it is printed.
    public var plausibleUpTo: Double
    /// What is aimed at where no goal says otherwise: 3 officers per 1,000.
    public var target: Double?
    /// What a reader must know of it; empty for nothing.
    public var spanishNote: String
    public var englishNote: String

    public init(
        id: String, spanishName: String, englishName: String, kind: Kind = .crime,
        polarity: Polarity = .lessIsBetter, classes: [Classes] = [], labels: [Label] = [],
        countUnit: CountUnit? = .caseFile, denominators: [String] = ["population", "residents"], per: Int = 100_000,
        plausibleUpTo: Double = 300, target: Double? = nil, spanishNote: String = "", englishNote: String = ""
    ) {
        self.id = id
        self.spanishName = spanishName
        self.englishName = englishName
        self.kind = kind
        self.polarity = polarity
        self.classes = classes
        self.labels = labels
        self.countUnit = countUnit
        self.denominators = denominators
        self.per = per
        self.plausibleUpTo = plausibleUpTo
        self.target = target
        self.spanishNote = spanishNote
        self.englishNote = englishNote
    }

    /// Whether lights, scores and rankings judge it.
    public var isJudged: Bool { kind == .crime && polarity == .lessIsBetter }

    /// Whether a class of a scheme counts.
    public func contains(_ entry: CrimeClass, of scheme: String) -> Bool {
        classes.contains { $0.scheme == scheme && $0.contains(entry) }
    }

    /// Whether a label counts that no rule leads to a class.
    public func contains(category: String, modality: String?) -> Bool {
        labels.contains { $0.contains(category: category, modality: modality) }
    }
}

extension Indicator {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, kind, polarity, classes, labels, denominators, per, target
        case spanishName = "name_es"
        case englishName = "name_en"
        case countUnit = "count_unit"
        case plausibleUpTo = "plausible_up_to"
        case spanishNote = "note_es"
        case englishNote = "note_en"
    }

    /// Only `id`, `name_es` and `name_en` must be there; unknown members are refused, so that a misspelt one does not pass
    /// silently.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys, _ usual: Value) throws -> Value {
            try container.decodeIfPresent(Value.self, forKey: key) ?? usual
        }
        id = try container.decode(String.self, forKey: .id)
        spanishName = try container.decode(String.self, forKey: .spanishName)
        englishName = try container.decode(String.self, forKey: .englishName)
        kind = try optional(.kind, .crime)
        polarity = try optional(.polarity, kind == .crime ? .lessIsBetter : .none)
        classes = try optional(.classes, [])
        labels = try optional(.labels, [])
        let unit = try container.decodeIfPresent(CountUnit.self, forKey: .countUnit)
        countUnit = unit ?? (kind == .crime ? .caseFile : nil)
        denominators = try optional(.denominators, kind == .crime ? ["population", "residents"] : [])
        per = try optional(.per, 100_000)
        plausibleUpTo = try optional(.plausibleUpTo, 300)
        target = try container.decodeIfPresent(Double.self, forKey: .target)
        spanishNote = try optional(.spanishNote, "")
        englishNote = try optional(.englishNote, "")
    }
}

extension Indicator {
    /// Whether an offence can count for both: a sum of the two would count it twice.
    public func sharesOffences(with other: Indicator) -> Bool {
        classes.contains { own in other.classes.contains { own.overlaps($0) } }
            || labels.contains { own in
                other.labels.contains { label in
                    own.contains(category: label.category, modality: label.modality ?? own.modality)
                        || label.contains(category: own.category, modality: own.modality ?? label.modality)
                }
            }
    }
}
