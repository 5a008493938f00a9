import CrimeMapping
import Foundation
import Incidents

/// The account of an import of published aggregates, for a person.
enum SeriesImportText {
    static func of(_ summary: SeriesImportSummary) -> String {
        let counts = summary.counts
        var lines = [heading(summary), row("rows read", counts.read.grouped)]
        for (name, count) in [
            ("  placed", counts.placed), ("  ambiguous", counts.ambiguous), ("  unplaced", counts.unplaced),
            ("  rejected", counts.rejected),
        ] { lines.append(row(name, count.grouped.leftPadded(to: counts.read.grouped.count))) }
        if counts.duplicates > 0 {
            lines.append(
                row(
                    "repeated",
                    "\(counts.duplicates.grouped) rows have the place, class and time of an earlier one, and were added to it"
                ))
        }
        if !summary.alreadyImported { lines.append(row("joined by", join(summary))) }
        lines += summary.kind == .population ? population(summary.account) : months(summary.account)
        if !summary.account.unplaced.isEmpty { lines.append(row("without area", places(summary.account.unplaced))) }
        guard !summary.alreadyImported else { return lines.joined(separator: "\n") }
        if !summary.columnsNotKept.isEmpty {
            lines.append(row("not kept", summary.columnsNotKept.joined(separator: ", ")))
        }
        lines += issues(summary)
        return lines.joined(separator: "\n")
    }

    private static func heading(_ summary: SeriesImportSummary) -> String {
        if summary.alreadyImported {
            return
                "\(summary.file): in the store already as import \(summary.importID.map(String.init) ?? "?"); nothing changed"
        }
        let target = summary.importID.map { "import \($0)" } ?? "dry run, nothing written"
        return "\(summary.file): \(target), profile \(summary.profile)"
    }

    private static func join(_ summary: SeriesImportSummary) -> String {
        switch (summary.codeScheme, summary.hasMunicipalityLayer) {
        case (.inegi, true): "INEGI's municipality codes, held against the names of the municipality layer"
        case (.inegi, false):
            "INEGI's municipality codes as they are: the store has no municipality layer to hold them against"
        case (.ine, _): "state and name, since the codes are the INE's"
        case (.none, _): "state and name"
        }
    }

    private static func months(_ account: SeriesAccount) -> [String] {
        let all = account.months.keys.sorted()
        var lines = [
            row(
                "counts",
                "\(account.figures.grouped) in \(account.areas.grouped) areas, \(account.blanks.grouped) cells blank"),
            row("sum", "\(account.sum.grouped), of which \(account.placedSum.grouped) in an area"),
            row("count unit", "\(account.countUnit.rawValue) (\(account.countUnit.spanishLabel))"),
        ]
        if !account.publisher.isEmpty { lines.append(row("source", account.publisher)) }
        if let first = all.first, let last = all.last { lines.append(row("months", "\(first) to \(last)")) }
        lines.append(row("data cut", account.cut ?? "no month has a figure"))
        let missing = account.missingMonths
        lines.append(row("missing", missing.isEmpty ? "no month" : missing.joined(separator: ", ")))
        let partial = account.partialMonths.map { "\($0) (\(account.months[$0]?.blanks.grouped ?? "") blank)" }
        if !partial.isEmpty { lines.append(row("in part", partial.joined(separator: ", "))) }
        return lines
    }

    private static func population(_ account: SeriesAccount) -> [String] {
        var lines = [
            row("figures", "\(account.figures.grouped) in \(account.areas.grouped) areas"),
            row("data cut", account.years.map(String.init).joined(separator: ", ")),
            row("count unit", "\(account.countUnit.rawValue) (\(account.countUnit.spanishLabel))"),
        ]
        for (kind, sum) in account.sums.sorted(by: { $0.key < $1.key }) {
            lines.append(row("sum of \(kind)", sum.grouped))
        }
        if !account.publisher.isEmpty { lines.append(row("source", account.publisher)) }
        guard !account.totals.isEmpty else { return lines }
        let differing = account.differingTotals
        lines.append(
            row(
                "totals",
                "\(account.totals.count.grouped) stated, \((account.totals.count - differing.count).grouped) equal the sum of their municipalities"
            ))
        for total in differing.prefix(5) {
            lines.append(
                row(
                    "",
                    "\(total.state ?? "nation"), \(total.kind): \(total.stated.grouped) stated, \(total.summed.grouped) summed"
                ))
        }
        return lines
    }

    private static func places(_ unplaced: [String: Int]) -> String {
        let sorted = unplaced.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = sorted.prefix(8).map { "\($0.key) (\($0.value.grouped) rows)" }.joined(separator: "; ")
        return shown + (sorted.count > 8 ? "; \((sorted.count - 8).grouped) more" : "")
    }

    private static func issues(_ summary: SeriesImportSummary) -> [String] {
        guard !summary.issues.isEmpty else { return [] }
        let width = summary.issues.map { $0.rows.grouped.count }.max() ?? 1
        return ["  something wrong"]
            + summary.issues.map {
                "    \($0.rows.grouped.leftPadded(to: width))  \($0.reason), for example: \($0.example)"
            }
    }

    private static func row(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: max(18, name.count + 1), withPad: " ", startingAt: 0) + value
    }
}
