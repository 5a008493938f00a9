import Glibc
import SimpleFeatures

/// What the occupied places around one hold, and how likely it makes a count.
///
/// Every place holds one incident at least; what it holds beyond is taken as negative binomial. The largest twentieth of the
/// neighbours is left out, so that a second artefact next door does not make the first one usual.
struct UsualCount {
    /// Of all neighbours that are not left out.
    let mean: Double
    private let variance: Double

    init(_ places: OccupiedPlaces, around index: Int, neighbours: Int) {
        let counts = places.nearest(neighbours, to: index).map { Double(places.places[$0.index].count) }.sorted()
        let kept = counts.dropLast(counts.count / 20)
        let count = Double(kept.count)
        let mean = kept.isEmpty ? 1 : kept.reduce(0, +) / count
        self.mean = mean
        variance = count > 1 ? kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) : 0
    }

    func chance(ofAtLeast count: Int) -> Double {
        // Where all neighbours hold one, a twentieth of an incident beyond is what cannot be ruled out.
        CountTails.negativeBinomial(atLeast: count - 1, mean: max(0.05, mean - 1), variance: variance)
    }
}

/// What honest places do not show.
struct ArtefactSigns {
    private let detector: ArtefactDetector
    private let places: OccupiedPlaces
    private let columns: PlaceColumns
    private let isScattered: Bool
    private let mix: CrimeMix
    /// How many places hold enough, and which of them hold more than honest ones do, over all places.
    private let tested: Double
    private let unusual: Set<Int>
    private let towering: Set<Int>
    private let suspects: [Int: (point: SuspectPoint, metres: Double)]
    /// How many places have coordinates with so many zeros at their ends, or more.
    private let placesByZeros: [Int]

    init(
        detector: ArtefactDetector, places: OccupiedPlaces, columns: PlaceColumns, suspects: [SuspectPoint],
        large: [Int], unusual: Set<Int>, isScattered: Bool
    ) {
        self.detector = detector
        self.places = places
        self.columns = columns
        self.isScattered = isScattered
        mix = CrimeMix(columns, places)
        tested = Double(large.count)
        self.unusual = unusual
        towering = Self.towering(places, large, detector.significance)
        let byLatitude = suspects.filter(\.place.isOnEarth).sorted { $0.place.latitude < $1.place.latitude }
        let tolerance = isScattered ? .metres(15) : detector.suspectTolerance
        let found = Self.atSuspects(places, isScattered ? Array(places.places.indices) : large, byLatitude, tolerance)
        let isChance = isScattered && Self.isChance(found, large, of: places.places.count, detector.significance)
        let isLarge = Set(large)
        let those = found.filter { isLarge.contains($0.key) }
        self.suspects = isChance || those.count >= 5 && those.count * 5 > large.count ? [:] : those
        var zeros = [Int](repeating: 0, count: 12)
        for place in places.places { zeros[Self.zeros(of: place.cell)] += 1 }
        for index in zeros.indices.dropLast().reversed() { zeros[index] += zeros[index + 1] }
        placesByZeros = zeros
    }

    /// The signs of one place, the plainest first.
    func shown(by index: Int) -> [(word: String, sentence: String)] {
        let rows = places.rows(of: places.places[index])
        let ofPlace = [suspect(index), isScattered ? nil : round(index)]
        let ofRows =
            unusual.contains(index) ? [hour(rows), allCrimes(rows), isScattered ? nil : pile(index, rows)] : []
        return (ofPlace + ofRows).compactMap { $0 }
    }

    private typealias Sign = (word: String, sentence: String)

    private func suspect(_ index: Int) -> Sign? {
        suspects[index].map {
            ("area_centre", "it is \($0.point.name), to within \(max(1, Int($0.metres.rounded(.up)))) m")
        }
    }

    private func round(_ index: Int) -> Sign? {
        let zeros = Self.zeros(of: places.places[index].cell)
        guard zeros > 0 else { return nil }
        let byDigits = (0..<zeros).reduce(1.0) { chance, _ in chance / 10 }
        let asSeen = Double(placesByZeros[zeros] - 1) / Double(places.places.count)
        guard max(byDigits, asSeen) * tested < detector.significance else { return nil }
        return (
            "round_coordinates",
            "its coordinates end in \(zeros) zeros before the fifth decimal, as those of \(placesByZeros[zeros] - 1) "
                + "of \(places.places.count - 1) other places do"
        )
    }

    private func hour(_ rows: ArraySlice<Int32>) -> Sign? {
        let hourless = mix.hourless(columns, rows)
        let usual = hourless.expected / Double(rows.count)
        let excess = Double(hourless.count) / Double(rows.count) - usual
        guard excess >= detector.leastExcess else { return nil }
        let chance = CountTails.binomial(atLeast: hourless.count, of: rows.count, chance: usual)
        guard chance * Double(unusual.count) < detector.significance else { return nil }
        return (
            "no_hour",
            "\(percent(Double(hourless.count) / Double(rows.count))) of them are at 12:00, 0:00 or without a time, "
                + "against \(percent(usual)) of the same crimes elsewhere"
        )
    }

    private func allCrimes(_ rows: ArraySlice<Int32>) -> Sign? {
        // The likelihood weighs rare crimes most, the particularity frequent ones: neither may speak for an honest place.
        let ratio = mix.logLikelihoodRatio(columns, rows)
        guard ratio > log(Double(unusual.count) / detector.significance),
            mix.isLessParticular(columns, rows)
        else { return nil }
        let power = Int(min(ratio / log(10), 1e6))
        return (
            "all_crimes",
            "they are of all crimes in the city's proportions: 10^\(power) times likelier as a sample of the whole city "
                + "than as one honest place"
        )
    }

    private func pile(_ index: Int, _ rows: ArraySlice<Int32>) -> Sign? {
        guard towering.contains(index), mix.particularity(columns, rows) < mix.leastParticularity else { return nil }
        return ("pile", "it stands above all other places as the largest of such counts hardly ever do")
    }

    /// The largest places, as far as the gap below them is no chance; at most five.
    private static func towering(_ places: OccupiedPlaces, _ candidates: [Int], _ significance: Double) -> Set<Int> {
        let tail = CountTail(counts: places.places.lazy.map(\.count))
        let largest = candidates.sorted { places.places[$0].count > places.places[$1].count }
        for rank in (1...5).reversed() where rank <= largest.count {
            if let chance = tail.chanceOfGap(below: rank), chance * 5 < significance {
                return Set(largest.prefix(rank))
            }
        }
        return []
    }

    private typealias AtSuspects = [Int: (point: SuspectPoint, metres: Double)]

    /// Whether as many large places would lie at suspect points by the way as do: as many as of the small ones, which nobody
    /// put there.
    private static func isChance(
        _ found: AtSuspects, _ large: [Int], of count: Int, _ significance: Double
    ) -> Bool {
        let kept = Set(large)
        let those = found.keys.count { kept.contains($0) }
        let share = Double(found.count - those + 1) / Double(count - large.count + 1)
        return CountTails.binomial(atLeast: those, of: large.count, chance: min(1, share)) >= significance
    }

    private static func atSuspects(
        _ places: OccupiedPlaces, _ candidates: [Int], _ byLatitude: [SuspectPoint], _ tolerance: Length
    ) -> AtSuspects {
        let latitudes = byLatitude.map(\.place.latitude)
        var found: [Int: (point: SuspectPoint, metres: Double)] = [:]
        for index in candidates {
            let position = places.places[index].position
            let scale = LocalMetres(latitude: position.latitude)
            let reach = tolerance.metres / scale.north
            var next = latitudes.partitioningIndex { $0 >= position.latitude - reach }
            while next < latitudes.count, latitudes[next] <= position.latitude + reach {
                let metres = scale.metres(from: position, to: byLatitude[next].place)
                if metres <= tolerance.metres, metres < found[index]?.metres ?? .infinity {
                    found[index] = (byLatitude[next], metres)
                }
                next += 1
            }
        }
        return found
    }

    /// How many zeros stand at the ends of both coordinates, up to the fifth decimal: 0 to 10.
    private static func zeros(of cell: OccupiedPlaces.Cell) -> Int {
        func zeros(_ value: Int32) -> Int {
            var (value, count) = (value, 0)
            while count < 5, value % 10 == 0 {
                value /= 10
                count += 1
            }
            return count
        }
        return zeros(cell.east) + zeros(cell.north)
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}

extension [Double] {
    /// The first index of a sorted array whose element fulfils what all later ones do too.
    fileprivate func partitioningIndex(where belongsToSecond: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
