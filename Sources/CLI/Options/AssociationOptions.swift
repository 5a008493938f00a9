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

    @Option(help: "How many random permutations; 0 for none. Default: 0 for Gi*, 999 for Moran.")
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
        let parts = neighbours.split(separator: ":", maxSplits: 1).map(String.init)
        let number = parts.count == 2 ? Double(parts[1]) : nil
        switch (parts.first ?? "", number, parts.count) {
        case ("rook", _, 1): return .rook()
        case ("queen", _, 1): return .queen()
        case ("band", let metres?, _): return .distanceBand(.metres(metres))
        case ("inverse", let metres?, _): return .inverseDistance(within: .metres(metres))
        case ("kernel", let metres?, _): return .kernel(.quartic, bandwidth: .metres(metres))
        case ("knn", let count?, _):
            if let count = Int(exactly: count) { return .nearest(count) }
        default: break
        }
        throw ValidationError(
            "--neighbours must be rook, queen, band:METRES, knn:K, inverse:METRES or kernel:METRES, but is \(neighbours)"
        )
    }
}
