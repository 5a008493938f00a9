import Boundaries
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures

/// What a store holds, for a person.
enum StoreText {
    static func of(_ summary: StoreSummary, path: String) -> String {
        var lines = [
            "\(path.fileName): Faro store, revision \(summary.revision), structure \(summary.structure)",
            row("working crs", summary.settings.crs.name), row("time zone", summary.settings.timeZone),
            row("incidents", incidents(summary)),
        ]
        if let first = summary.firstDate, let last = summary.lastDate {
            lines.append(row("days", "\(first) to \(last)"))
        }
        lines.append(row("categories", summary.categories.grouped))
        if let rate = summary.hitRate {
            lines.append(row("hit rate", "\((rate * 100).rounded(to: 2)) % of incidents are found on the map"))
        }
        lines += names(summary)
        lines.append("  boundaries" + (summary.boundaries.isEmpty ? "     none" : ""))
        lines += summary.boundaries.map {
            "    \($0.level) \($0.number): \($0.areaCount.grouped) areas of \($0.source)"
                + ($0.validity == .always ? "" : ", \($0.validity.words)")
        }
        lines.append("  imports" + (summary.imports.isEmpty ? "        none" : ""))
        lines += summary.imports.map(line)
        return lines.joined(separator: "\n")
    }

    private static func incidents(_ summary: StoreSummary) -> String {
        let counts = summary.counts
        return "\(counts.kept.grouped): \(counts.placed.grouped) placed, \(counts.ambiguous.grouped) ambiguous, "
            + "\(counts.unplaced.grouped) unplaced; \(counts.rejected.grouped) rows rejected"
    }

    /// How closely places are known, and what the store knows beside areas.
    private static func names(_ summary: StoreSummary) -> [String] {
        var lines: [String] = []
        if !summary.precision.isEmpty {
            let grades = PrecisionGrade.allCases.compactMap { grade in
                summary.precision[grade.name].map { "\($0.grouped) \(grade.name)" }
            }
            lines.append(row("precision", grades.joined(separator: ", ")))
        }
        if summary.artefacts > 0 {
            lines.append(
                row(
                    "artefacts",
                    "\(summary.artefacts.grouped) places with \(summary.incidentsAtArtefacts.grouped) incidents, left out of point maps"
                ))
        }
        if summary.aliases > 0 { lines.append(row("aliases", summary.aliases.grouped)) }
        if !summary.streetPlaces.isEmpty {
            let kinds = summary.streetPlaces.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
            lines.append(row("street places", kinds.joined(separator: ", ")))
        }
        return lines
    }

    private static func line(_ record: ImportRecord) -> String {
        "    \(record.id) \(record.source): \(record.counts.read.grouped) rows, \(record.state.rawValue), profile \(record.profile), "
            + (record.finishedAt ?? record.startedAt)
            + (record.dates.published.map { ", published \($0)" } ?? "")
            + (record.dates.dataTo.map { ", data to \($0)" } ?? "")
    }

    private static func row(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: 15, withPad: " ", startingAt: 0) + value
    }
}
