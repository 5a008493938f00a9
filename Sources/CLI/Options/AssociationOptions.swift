import ArgumentParser
import CrimeMapping
import Hotspots
import SimpleFeatures

/// Who is whose neighbour, and how chance is drawn.
struct AssociationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            rook, queen, band:METRES, knn:K, inverse:METRES, kernel:METRES. Default: the eight cells around, or areas with a common \
            border or corner.
            """, valueName: "rule"))
    var neighbours: String?

    @Flag(help: "Divide each unit's weights by their sum.")
    var rowStandardised = false

    @Option(help: "How many random permutations; 0 for none. Default: 0 for Gi*, 9999 for local Moran.")
    var permutations: Int?

    @Option(help: "Seed of the permutations.")
    var seed: UInt64 = 1

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    func job(for counts: SupportCounts) throws -> AssociationMap {
        AssociationMap(
            neighbours: try rule() ?? AssociationMap.usualNeighbours(of: counts),
            scaling: rowStandardised ? .rowStandardised : nil, threads: threads)
    }

    /// - Parameter usual: how many where the person does not say.
    func drawn(usual: Int) -> Permutations? {
        let count = permutations ?? usual
        return count == 0 ? nil : Permutations(count: count, seed: seed)
    }

    private func rule() throws -> NeighbourRule? {
        guard let neighbours else { return nil }
        guard let rule = NeighbourRule(words: neighbours) else {
            throw ValidationError("--neighbours must be \(NeighbourRule.forms), but is \(neighbours)")
        }
        return rule
    }
}
