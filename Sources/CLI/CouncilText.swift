import ArgumentParser
import CrimeMapping
import Incidents

/// What imports of a council's tables say, and how their columns are named.
enum CouncilText {
    static func tell(_ summary: CouncilSummary, wrong: Int, unit: String, _ global: GlobalOptions) throws {
        let console = global.console
        if wrong > 5 { console.warning("and \((wrong - 5).grouped) more rows with something wrong") }
        if global.json { try console.result(JSONText.of(summary, pretty: true)) }
        let counts = summary.counts
        var lines = [
            summary.alreadyImported
                ? "\(summary.source): in the store already; nothing changed"
                : "\(summary.source): \(counts.read.grouped) rows read, \(counts.placed.grouped) kept, "
                    + "\(counts.unplaced.grouped) without a known area, \(counts.rejected.grouped) rejected"
        ]
        for (name, count) in summary.figures.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(name): \(count.grouped) \(unit)")
        }
        console.note(lines.joined(separator: "\n"))
    }

    /// `field=column` by field.
    static func columns(_ mapping: [String], known: [String]) throws -> [String: String] {
        var columns: [String: String] = [:]
        for entry in mapping {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, known.contains(parts[0]) else {
                throw ValidationError(
                    "--map must be field=column with one of \(known.joined(separator: ", ")), but is \(entry)")
            }
            columns[parts[0]] = parts[1]
        }
        return columns
    }
}
