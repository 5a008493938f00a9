import CrimeMapping
import Foundation
import Geodesy
import Grids
import Hotspots
import Incidents
import SimpleFeatures

/// What a density run says to a person: every choice, and the check of the mass.
enum DensityText {
    static func of(_ result: DensityMapResult, input: PatternInput, targets: [String]) -> String {
        let mass = result.mass
        let grid = result.surface.grid
        let name = (try? CRSInfo.describe(grid.crs).name) ?? ""
        var lines = [
            "kernel density, \(result.method.kernel.rawValue) kernel, bandwidth \(metres(result.method.bandwidth))\(rule(result))",
            "  grid         \(grid.columns.grouped) × \(grid.rows.grouped) cells of \(metres(grid.cellSize))"
                + (result.cellSizeWasChosen ? " (shorter side / 250, rounded down)" : "") + " in \(grid.crs) \(name)",
            "  study area   \(result.studyAreaName ?? "none: the whole grid")",
            "  incidents    \(mass.incidents.grouped) with a place"
                + (mass.dropped > 0 ? ", \(mass.dropped.grouped) without one left out" : ""),
        ]
        if let account = input.account { lines.append(precision(account)) }
        lines += [
            "  mass check   the surface integrates to \(mass.onGrid.rounded(to: 1)) of \(mass.weightInReach.rounded(to: 1)) in reach of the grid"
                + share(mass.onGrid, of: mass.weightInReach)
        ]
        if result.studyAreaName != nil {
            lines.append(
                "               \(mass.inArea.rounded(to: 1)) inside the study area, where \(mass.weightInArea.rounded(to: 1)) happened"
            )
        }
        if let range = result.surface.range {
            lines.append(
                "  \(result.valueName.padding(toLength: 12, withPad: " ", startingAt: 0)) \(number(range.lowerBound)) to \(number(range.upperBound))"
                    + (result.valueName == "density" ? " per km²" : ""))
        }
        for path in targets where path != "-" { lines.append("  wrote        \(path)") }
        return lines.joined(separator: "\n")
    }

    /// Which places were taken, and how many each rule left out.
    private static func precision(_ account: PlaceAccount) -> String {
        var parts = account.leftOutByGrade.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key.name)" }
        if account.leftOutAtArtefacts > 0 { parts.append("\(account.leftOutAtArtefacts.grouped) at artefacts") }
        return "  precision    " + account.grades.map(\.name).joined(separator: ", ")
            + (parts.isEmpty ? "" : "; left out: " + parts.joined(separator: ", "))
    }

    private static func rule(_ result: DensityMapResult) -> String {
        switch result.estimate {
        case .nearest(let k): return " in the median, each place's to its \(k)th nearest incident"
        case .abramson: return " in the median, each place's after Abramson"
        case .exact, .approximate: break
        }
        if case .fixed = result.bandwidthRule { return "" }
        return " (rule \(result.bandwidthRule))"
    }

    private static func share(_ part: Double, of whole: Double) -> String {
        whole > 0 ? " (\((part / whole * 100).rounded(to: 2)) %)" : ""
    }

    private static func metres(_ length: Length) -> String {
        length.metres == length.metres.rounded() ? "\(length)" : "\(length.metres.rounded(to: 1)) m"
    }

    private static func number(_ value: Double) -> String { value == 0 ? "0" : value.rounded(to: value < 10 ? 4 : 1) }
}

/// A result's record as one JSON object, in its own order.
enum MembersText {
    static func json(_ members: [Property]) throws -> String {
        var object: [String: Any] = [:]
        for member in members {
            switch member.value {
            case .null: object[member.name] = NSNull()
            case .bool(let flag): object[member.name] = flag
            case .integer(let value): object[member.name] = value
            // What is no number has no place in JSON, and must not end the process.
            case .number(let value): object[member.name] = value.isFinite ? value : NSNull()
            case .text(let text): object[member.name] = text
            case .json(let text):
                object[member.name] = try JSONSerialization.jsonObject(
                    with: Data(text.utf8), options: .fragmentsAllowed)
            }
        }
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
