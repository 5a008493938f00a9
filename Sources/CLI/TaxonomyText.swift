import CivilTime
import CrimeMapping
import Incidents

/// Schemes and mappings, for a person.
enum TaxonomyText {
    /// A scheme without its classes.
    struct Head: Encodable {
        var scheme: String
        var version: String
        var validFrom: CalendarDate?
        var validTo: CalendarDate?
        var isComplete: Bool
        var classes: Int
        var combinations: Int
        var source: String

        init(_ taxonomy: Taxonomy) {
            scheme = taxonomy.scheme
            version = taxonomy.schemeVersion
            validFrom = taxonomy.validFrom
            validTo = taxonomy.validTo
            isComplete = taxonomy.isComplete
            classes = taxonomy.classes.count
            combinations = taxonomy.combinations.count
            source = taxonomy.source
        }

        private enum CodingKeys: String, CodingKey {
            case scheme, classes, combinations, source
            case version = "scheme_version"
            case validFrom = "valid_from"
            case validTo = "valid_to"
            case isComplete = "complete"
        }
    }

    static func head(_ taxonomy: Taxonomy) -> String {
        let days = [taxonomy.validFrom.map { "from \($0)" }, taxonomy.validTo.map { "to \($0)" }]
            .compactMap { $0 }.joined(separator: " ")
        return
            "\(taxonomy.label): \(taxonomy.englishName), \(days.isEmpty ? "at all times" : days), \(taxonomy.classes.count.grouped) classes, "
            + "\(taxonomy.combinations.count.grouped) published rows\(taxonomy.isComplete ? "" : ", not complete")"
    }

    static func tree(_ taxonomy: Taxonomy) -> String {
        var lines = [head(taxonomy), "source: \(taxonomy.source)"]
        if !taxonomy.note.isEmpty { lines.append("note: \(taxonomy.note)") }
        lines += taxonomy.breaks.map { "break \($0.id), \($0.date): \($0.englishSentence)" }
        lines += taxonomy.classes.map { entry in
            let depth = entry.code.utf8.count { $0 == UInt8(ascii: ".") }
            return String(repeating: "  ", count: depth) + "\(entry.spanishLabel)  [\(entry.code)]"
                + (entry.isSensitive ? "  sensitive" : "")
        }
        return lines.joined(separator: "\n")
    }

    static func of(_ report: TaxonomyReport) -> String {
        var lines = [
            "\(report.incidents.grouped) incidents: \(share(report.mapped, report)) in a class, "
                + "\(share(report.withoutClass, report)) in none by rule, \(share(report.unmapped, report)) unmapped"
        ]
        lines += report.breaks.map { "series break \($0.id): \($0.englishSentence)" }
        var heading = ""
        for row in report.classes {
            let next = "\(row.scheme), \(row.countUnit.englishLabel)"
            if next != heading { lines.append(next) }
            heading = next
            let depth = row.code.utf8.count { $0 == UInt8(ascii: ".") }
            lines.append(
                String(repeating: "  ", count: depth + 1) + "\(row.total.grouped)  \(row.spanishLabel)  [\(row.code)]")
        }
        if !report.unmappedLabels.isEmpty { lines.append("unmapped") }
        lines += report.unmappedLabels.map { label in
            let words = [label.category ?? "(no category)", label.modality].compactMap { $0 }.joined(separator: " / ")
            return "  \(label.count.grouped)  \(words)  (\(label.profile))"
        }
        return lines.joined(separator: "\n")
    }

    private static func share(_ part: Int, _ report: TaxonomyReport) -> String {
        guard report.incidents > 0 else { return part.grouped }
        return "\(part.grouped) (\((Double(part) / Double(report.incidents) * 100).rounded(to: 2)) %)"
    }
}
