import CrimeMapping
import Foundation
import GeoPackageStore
import Georeferencing
import Incidents
import Indicators

/// The quality of a store, for a person at a terminal: what matters most first.
enum QualityText {
    /// Checks the places of a store that has changed, and says how good they are.
    static func check(_ store: GeoPackageStore, _ console: Console) throws {
        if console.quiet {
            _ = try PlaceCheck().run(in: store, control: console.control)
        } else {
            console.note(of(try QualityReport(checking: store, control: console.control), isBrief: true))
        }
    }

    /// - Parameter isBrief: the end of an import, where the file's own account stands above.
    static func of(_ report: QualityReport, isBrief: Bool = false) -> String {
        guard report.overall.incidents > 0 else { return "quality: the store has no incidents" }
        var lines = ["quality of all \(report.overall.incidents.grouped) incidents of the store"]
        lines.append(row("hit rate", verdict(report.overall)))
        if !isBrief { lines.append(row("rows", outcomes(report.counts))) }
        if !isBrief || report.precision.count > 1 { lines.append(row("precision", precision(report))) }
        lines += below(report)
        lines += positions(report, isBrief)
        lines += artefacts(report, isBrief)
        if !isBrief { lines += report.labels.map(labels) }
        lines += names(report, isBrief)
        if !isBrief { lines += reasons(report) }
        return lines.joined(separator: "\n")
    }

    private static func verdict(_ rate: HitRate) -> String {
        let standing =
            switch rate.standing {
            case .reached: "at or above the gate of 85 %"
            case .missed: "BELOW the gate of 85 %: maps of points mislead"
            case .tooFew: "too few incidents to say on which side of 85 % it lies"
            }
        return "\(share(rate)) of incidents are found on the map\(interval(rate)); \(standing)"
    }

    private static func interval(_ rate: HitRate) -> String {
        guard let low = rate.low, let high = rate.high else { return "" }
        return " (95 %: \(percent(low)) to \(percent(high)))"
    }

    private static func outcomes(_ counts: ImportCounts) -> String {
        "\(counts.read.grouped) read: \(counts.placed.grouped) placed, \(counts.ambiguous.grouped) ambiguous, "
            + "\(counts.unplaced.grouped) unplaced, \(counts.rejected.grouped) rejected"
    }

    private static func precision(_ report: QualityReport) -> String {
        report.precision.map { "\($0.incidents.grouped) \($0.name)\($0.isHit ? " (hit)" : "")" }.joined(separator: ", ")
    }

    /// One line an axis that has groups below the gate, with the largest of them.
    private static func below(_ report: QualityReport) -> [String] {
        [
            ("crimes", report.byCrime), ("municipalities", report.byMunicipality), ("colonias", report.byColonia),
            ("months", report.byMonth),
        ].compactMap { name, groups in
            let missed = groups.filter { $0.rate.standing == .missed }
            guard let worst = missed.max(by: { lost($0) < lost($1) }) else { return nil }
            let unsure = groups.count { $0.rate.standing == .tooFew }
            return row(
                "below 85 %",
                "\(missed.count.grouped) of \(groups.count.grouped) \(name), most of all \(title(worst)): "
                    + "\(share(worst.rate)) of \(worst.rate.incidents.grouped)"
                    + (unsure > 0 ? "; \(unsure.grouped) too small to tell" : ""))
        }
    }

    private static func lost(_ group: HitRateGroup) -> Int { group.rate.incidents - group.rate.hits }

    private static func title(_ group: HitRateGroup) -> String {
        guard let key = group.key else { return "those in none that is known" }
        return group.name.map { "\($0) (\(key))" } ?? key
    }

    private static func positions(_ report: QualityReport, _ isBrief: Bool) -> [String] {
        report.positions.filter { !isBrief || $0.kind == .areas }.map {
            row("positions", "\($0.source): \($0.explanation)")
        }
    }

    private static func artefacts(_ report: QualityReport, _ isBrief: Bool) -> [String] {
        guard !report.artefacts.isEmpty else { return isBrief ? [] : [row("artefacts", "none found")] }
        let heading = row(
            "artefacts",
            "\(report.artefacts.count.grouped) places with \(report.incidentsAtArtefacts.grouped) incidents, counted in totals and "
                + "left out of point maps:")
        let shown = report.artefacts.prefix(isBrief ? 3 : 20)
        let lines = shown.map { place in
            "    \(place.longitude.rounded(to: 5)), \(place.latitude.rounded(to: 5))  \(place.reason): \(place.explanation)"
        }
        let left = report.artefacts.count - shown.count
        return [heading] + lines + (left > 0 ? ["    and \(left.grouped) more"] : [])
    }

    private static func labels(_ count: QualityReport.LabelCount) -> String {
        row(
            "labels",
            "the published \(count.level) is that of the polygon in \(percent(count.agreement ?? 0)) of "
                + "\((count.agrees + count.differs).grouped)")
    }

    private static func names(_ report: QualityReport, _ isBrief: Bool) -> [String] {
        let open = report.names
        var lines: [String] = []
        if open.answeredIncidents > 0 {
            lines.append(
                row(
                    "names",
                    "\(open.answeredIncidents.grouped) incidents have names that are answered now: run faro assign"))
        }
        guard !open.names.isEmpty else { return lines }
        lines.append(
            row(
                "names",
                "\(open.unmatched.grouped) that no colonia has and \(open.ambiguous.grouped) that several may have, of "
                    + "\(open.incidents.grouped) incidents; to answer them: faro info STORE --quality --aliases names.csv"
            ))
        let shown = open.names.prefix(isBrief ? 3 : 20)
        let width = shown.map { $0.count.grouped.count }.max() ?? 1
        lines += shown.map { name in
            let place = name.municipality.map { " (\($0))" } ?? ""
            let near = name.candidates.map { "\($0.name) [\($0.id)]" }.joined(separator: ", ")
            return "    \(name.count.grouped.leftPadded(to: width))  \(name.name)\(place), \(name.status.rawValue)"
                + (near.isEmpty ? "" : "; near: \(near)")
        }
        return lines
    }

    private static func reasons(_ report: QualityReport) -> [String] {
        guard !report.reasons.isEmpty else { return [] }
        let width = report.reasons.map { $0.rows.grouped.count }.max() ?? 1
        return ["  something wrong"]
            + report.reasons.map { reason in
                let example = reason.examples.first.map { ", for example \($0.source): \($0.message)" } ?? ""
                return "    \(reason.rows.grouped.leftPadded(to: width))  \(reason.reason)\(example)"
            }
    }

    static func refusals(_ summary: AliasImportSummary) -> [String] {
        summary.refused.map { "  line \($0.line)\($0.name.isEmpty ? "" : ", \($0.name)"): \($0.reason)" }
    }

    private static func share(_ rate: HitRate) -> String { percent(rate.rate ?? 0) }

    /// Rounded down, so that 100 % is all and 85 % is no less.
    private static func percent(_ share: Double) -> String {
        ((share * 10_000).rounded(.down) / 100).rounded(to: 2) + " %"
    }

    private static func row(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: max(15, name.count + 1), withPad: " ", startingAt: 0) + value
    }
}
