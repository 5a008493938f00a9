import CivilTime
import Foundation

extension Taxonomy {
    /// The schemes that come with Faro. Their data stand as JSON in `Data/`.
    public static let builtIn: [Taxonomy] = [cnsp3815JSON, rnidJSON].compactMap { try? Taxonomy(json: Data($0.utf8)) }

    /// Among schemes, the last of a name.
    /// - Throws: ``TaxonomyError/unknownScheme(_:known:)``.
    public static func named(_ name: String, among schemes: [Taxonomy]) throws(TaxonomyError) -> Taxonomy {
        guard let scheme = schemes.last(where: { $0.scheme == name || $0.label == name }) else {
            throw .unknownScheme(name, known: Set(schemes.map(\.scheme)).sorted())
        }
        return scheme
    }
}

extension TaxonomyMapping {
    /// The rules that come with Faro: SESNSP's labels are those of its schemes; Mexico City's prosecutor's are led to
    /// CNSP/38/15 by hand.
    ///
    /// Of the prosecutor's labels, those that are wider than a class, or in doubt between several, lead to the class above
    /// them (a tried extortion is *El patrimonio*: the sources disagree whether CNSP/38/15 counts it as extortion). Deaths
    /// that are no offence, firearms, laundering and other federal offences, and files of "hechos" stay unmapped.
    public static let builtInRules: [TaxonomyRule] = nationalRules + ((try? FGJRules(json: fgjCDMXJSON))?.rules ?? [])

    private static let nationalRules = [
        TaxonomyRule(
            source: "sesnsp*", category: TaxonomyRule.ownLabels, scheme: "CNSP/38/15", classCode: nil,
            countUnit: .caseFile,
            validTo: CalendarDate(year: 2025, month: 12, day: 31)),
        TaxonomyRule(
            source: "sesnsp*", category: TaxonomyRule.ownLabels, scheme: "RNID", classCode: nil, countUnit: .caseFile,
            validFrom: CalendarDate(year: 2026, month: 1, day: 1)),
    ]
}

/// The form in which a long list of rules for one source stands in `Data/`: the labels by class.
private struct FGJRules: Decodable {
    var rules: [TaxonomyRule] {
        classes.sorted { $0.key < $1.key }.flatMap { code, labels in
            labels.map {
                TaxonomyRule(
                    source: source, category: $0, scheme: scheme, classCode: code, countUnit: countUnit,
                    isSensitive: sensitive.contains($0))
            }
        }
    }

    private var source: String
    private var scheme: String
    private var countUnit: CountUnit
    private var classes: [String: [String]]
    private var sensitive: Set<String>

    private enum CodingKeys: String, CodingKey {
        case source, scheme, classes, sensitive
        case countUnit = "count_unit"
    }

    init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }
}
