import Boundaries
import CrimeMapping

/// The account of a street table, for a person.
enum StreetTableText {
    static func of(_ summary: StreetTableSummary) -> String {
        let left = summary.left.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
        return
            "\(summary.source): \(summary.kind.rawValue)s, \(summary.read.grouped) rows read, \(summary.kept.grouped) kept"
            + (left.isEmpty ? "" : ", left out: \(left.joined(separator: ", "))")
    }
}
