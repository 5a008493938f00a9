import Boundaries
import CrimeMapping
import Foundation
import Topology

/// The account of a boundary import, for a person.
enum BoundaryImportText {
    static func of(_ summary: BoundaryImportSummary, allNotes: Bool = false) -> String {
        let version = summary.version
        let audit = summary.audit
        var lines = [
            "\(version.level) version \(version.number): \(version.areaCount.grouped) areas of \(version.source) (\(summary.kind))",
            row("key", summary.idField), row("name", summary.nameField ?? "none; the key stands in"),
            row("coordinates", coordinates(summary)),
            row(
                "area",
                "\(km2(audit.totalSquareMetres)) in all"
                    + (audit.coveredSquareMetres.map { ", \(km2($0)) covered" } ?? "")),
            row("repaired", audit.repaired.isEmpty ? "0" : "\(audit.repaired.count) (\(first(audit.repaired)))"),
        ]
        if !audit.empty.isEmpty { lines.append(row("without ground", "\(audit.empty.count)")) }
        if !audit.unusable.isEmpty {
            lines.append(row("unusable", "\(audit.unusable.count) (\(audit.unusable[0].reason))"))
        }
        lines.append(row("overlaps", overlaps(audit)))
        if audit.contained.pairs > 0 { lines.append(row("one in another", overlaps(audit.contained))) }
        if audit.equal.pairs > 0 { lines.append(row("equal ground", "\(audit.equal.pairs.grouped) pairs")) }
        if audit.uncomparedPairs > 0 { lines.append(row("not compared", "\(audit.uncomparedPairs) pairs")) }
        if let gaps = audit.gaps {
            lines.append(
                row(
                    "gaps",
                    "\(gaps.number.grouped), \(ha(gaps.squareMetres)) in all; \(gaps.slivers.grouped) of them slivers below 100 m²"
                ))
        }
        lines.append(row("repeated names", repeated(audit.repeatedNames)))
        if let parent = version.parentLevel {
            lines.append(row("in no \(parent)", summary.withoutParent.grouped))
        }
        let shown = allNotes ? summary.notes.count : min(12, summary.notes.count)
        lines += summary.notes.prefix(shown).map { row("note", $0) }
        if shown < summary.notes.count {
            lines.append(row("", "and \((summary.notes.count - shown).grouped) more notes (-v shows all)"))
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: max(16, name.count + 1), withPad: " ", startingAt: 0) + value
    }

    private static func coordinates(_ summary: BoundaryImportSummary) -> String {
        guard summary.operation != "none" else { return "\(short(summary.crs)), as they are" }
        let accuracy = summary.accuracyMetres.map { ", \($0.rounded(to: 0)) m" } ?? ""
        return "\(short(summary.crs)) to WGS 84 by \(summary.operation)\(accuracy)"
    }

    /// A `.prj` is a page of text.
    private static func short(_ crs: String) -> String {
        guard crs.count > 40 else { return crs }
        return crs.split(separator: "\"").dropFirst().first.map(String.init) ?? String(crs.prefix(40))
    }

    private static func first(_ repaired: [BoundaryAudit.RepairedFeature]) -> String {
        guard let one = repaired.first else { return "" }
        return "\(one.feature.id): \(one.reason)" + (repaired.count > 1 ? ", …" : "")
    }

    private static func overlaps(_ audit: BoundaryAudit) -> String {
        overlaps(audit.overlaps)
    }

    private static func overlaps(_ overlaps: BoundaryAudit.Overlaps) -> String {
        guard overlaps.pairs > 0 else { return "0" }
        var text =
            "\(overlaps.pairs.grouped) pairs, \(ha(overlaps.squareMetres)) in all; \(overlaps.over100SquareMetres.grouped) over 100 m², "
        text += "\(overlaps.overOneHectare.grouped) over 1 ha"
        if let worst = overlaps.worst {
            text +=
                "; worst \(ha(worst.squareMetres)): \(worst.first.name) (\(worst.first.id)) and \(worst.second.name) (\(worst.second.id))"
        }
        return text
    }

    private static func repeated(_ names: BoundaryAudit.Repetitions) -> String {
        guard names.values > 0 else { return "0" }
        return
            "\(names.values.grouped) names stand for \(names.features.grouped) areas, \(names.surplus.grouped) too many (\(names.examples.prefix(4).joined(separator: ", ")))"
    }

    private static func km2(_ squareMetres: Double) -> String { "\((squareMetres / 1e6).rounded(to: 2)) km²" }
    private static func ha(_ squareMetres: Double) -> String {
        if squareMetres < 100, squareMetres > 0 { return "\(squareMetres.rounded(to: 1)) m²" }
        return squareMetres < 1e6 ? "\((squareMetres / 1e4).rounded(to: 2)) ha" : km2(squareMetres)
    }
}
