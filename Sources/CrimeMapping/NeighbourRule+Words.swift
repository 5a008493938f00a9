public import Hotspots
import SimpleFeatures

extension NeighbourRule {
    /// The forms that ``init(words:)`` reads, as a sentence goes on after "must be".
    public static let forms = "rook, queen, band:METRES, knn:K, inverse:METRES or kernel:METRES"

    /// As the command line and addresses write it: `queen`, `band:750`, `knn:8`.
    /// - Returns: nil for other words, and for metres beyond a millimetre to a thousand kilometres.
    public init?(words: String) {
        let parts = words.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let number = parts.count == 2 ? Double(parts[1]).flatMap { (0.001...1e6).contains($0) ? $0 : nil } : nil
        switch (parts[0], number, parts.count) {
        case ("rook", _, 1): self = .rook()
        case ("queen", _, 1): self = .queen()
        case ("band", let metres?, _): self = .distanceBand(.metres(metres))
        case ("inverse", let metres?, _): self = .inverseDistance(within: .metres(metres))
        case ("kernel", let metres?, _): self = .kernel(.quartic, bandwidth: .metres(metres))
        case ("knn", let count?, _):
            guard let count = Int(exactly: count) else { return nil }
            self = .nearest(count)
        default: return nil
        }
    }
}
