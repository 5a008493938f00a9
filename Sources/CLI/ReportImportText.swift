import CrimeMapping
import Foundation
import Georeferencing
import Incidents

/// The account of an import of reports, for a person.
enum ReportImportText {
    static func of(_ summary: ReportImportSummary) -> String {
        let counts = summary.counts
        var lines = [heading(summary)]
        lines.append(row("rows read", counts.read.grouped))
        for (name, count) in [
            ("  placed", counts.placed), ("  ambiguous", counts.ambiguous), ("  unplaced", counts.unplaced),
            ("  rejected", counts.rejected),
        ] {
            lines.append(
                row(name, count.grouped.leftPadded(to: counts.read.grouped.count) + share(count, of: counts.read)))
        }
        if counts.duplicates > 0 {
            lines.append(
                row("duplicates", "\(counts.duplicates.grouped) kept rows equal an earlier one in every field read"))
        }
        guard !summary.alreadyImported else { return lines.joined(separator: "\n") }
        lines += summary.levels.map(level)
        if summary.levels.isEmpty {
            lines.append(row("areas", "none placed: the store has no boundaries, or --no-assign was said"))
        }
        if let note = summary.names.flatMap(PlaceText.survey) { lines.append(row("names", note)) }
        lines.append(
            row(
                "columns",
                summary.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")))
        if !summary.columnsNotKept.isEmpty {
            lines.append(row("not kept", summary.columnsNotKept.joined(separator: ", ")))
        }
        lines += issues(summary)
        return lines.joined(separator: "\n")
    }

    private static func heading(_ summary: ReportImportSummary) -> String {
        if summary.alreadyImported {
            return
                "\(summary.file): in the store already as import \(summary.importID.map(String.init) ?? "?"); nothing changed"
        }
        let encodings = summary.encodings.filter { $0.value > 0 }.keys.sorted().joined(separator: " and ")
        let target = summary.importID.map { "import \($0)" } ?? "dry run, nothing written"
        return "\(summary.file): \(target), profile \(summary.profile)" + (encodings.isEmpty ? "" : ", \(encodings)")
    }

    static func level(_ tally: PlacementTally) -> String {
        var parts = ["\(tally.inArea.grouped) in an area", "\(tally.inNone.grouped) in none"]
        if tally.inSeveral > 0 { parts.append("\(tally.inSeveral.grouped) in several, the smallest taken") }
        if tally.onBorder > 0 { parts.append("\(tally.onBorder.grouped) on a border") }
        if tally.byName > 0 { parts.append("\(tally.byName.grouped) by name") }
        if let agreement = tally.agreement {
            parts.append("published label agrees in \((agreement * 100).rounded(to: 2)) %")
        }
        return row(tally.level, parts.joined(separator: ", "))
    }

    private static func issues(_ summary: ReportImportSummary) -> [String] {
        guard !summary.issues.isEmpty else { return [] }
        let width = summary.issues.map { $0.rows.grouped.count }.max() ?? 1
        return ["  something wrong"]
            + summary.issues.map {
                "    \($0.rows.grouped.leftPadded(to: width))  \($0.reason), for example: \($0.example)"
            }
    }

    private static func share(_ count: Int, of total: Int) -> String {
        guard total > 0, count > 0, count < total else { return "" }
        return "  \((Double(count) / Double(total) * 100).rounded(to: 2)) %"
    }

    private static func row(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: max(15, name.count + 1), withPad: " ", startingAt: 0) + value
    }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
