/// Did it fall here and rise next door? A fall in one area that comes with a rise around it may have been pushed there.
///
/// The counts of two equal spans are compared in the area and in its neighbours together, each with its own test. What the
/// check finds is a reason to look, not a proof of displacement.
///
/// ## Source
/// The notion: Guerette & Bowers (2009), *Assessing the extent of crime displacement and diffusion of benefits*, Criminology 47.
public struct BalloonCheck: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        /// Fell here and rose next door, both beyond chance.
        case balloon
        /// Fell here beyond chance, and next door too.
        case fellAround = "fell_around"
        /// Fell here beyond chance; next door no change that chance would not make.
        case fellHere = "fell_here"
        /// No fall beyond chance here: nothing to check.
        case noFall = "no_fall"
    }

    public let here: Change
    /// Of the neighbours together.
    public let nextDoor: Change
    public let verdict: Verdict

    public init(here: Change, nextDoor: Change) {
        self.here = here
        self.nextDoor = nextDoor
        if !(here.isBeyondChance && here.difference < 0) {
            verdict = .noFall
        } else if nextDoor.isBeyondChance {
            verdict = nextDoor.difference > 0 ? .balloon : .fellAround
        } else {
            verdict = .fellHere
        }
    }

    /// The check of every area.
    /// - Parameters:
    ///   - from: counts of the first span by area, `to`: of the second.
    ///   - neighbours: by area the places of those next to it.
    /// - Returns: nil for areas without neighbours or counts.
    public static func all(from: [Int?], to: [Int?], neighbours: [[Int]]) -> [BalloonCheck?] {
        from.indices.map { area in
            guard to.indices.contains(area), neighbours.indices.contains(area),
                let here = Change(from: from[area], to: to[area])
            else { return nil }
            let around = Set(neighbours[area]).subtracting([area])
                .filter { from.indices.contains($0) && to.indices.contains($0) }
            let pairs = around.compactMap { place in from[place].flatMap { a in to[place].map { (a, $0) } } }
            guard !pairs.isEmpty,
                let nextDoor = Change(from: pairs.reduce(0) { $0 + $1.0 }, to: pairs.reduce(0) { $0 + $1.1 })
            else { return nil }
            return BalloonCheck(here: here, nextDoor: nextDoor)
        }
    }
}
