import Foundation
import Georeferencing
import SimpleFeatures
import Statistics

/// A city of blocks of a hundred metres about 99° W, 19.4° N, as its prosecutor might publish it: few corners hold much, each
/// corner has a favourite crime, and of one crime in seven many have no hour.
struct SimulatedCity {
    var columns = PlaceColumns()
    var generator: SplitMix64

    static let side = 60
    static let crimes = 30
    static let centre = LonLat(longitude: -98.97, latitude: 19.43)

    /// - Parameter scatter: degrees by which each incident stands off its corner.
    init(seed: UInt64, incidents: Int = 40_000, scatter: Double = 0) {
        generator = SplitMix64(seed: seed)
        let corners = Self.side * Self.side
        // The sum of twelve uniform draws is normal enough; its exponential makes a tail.
        let weights = (0..<corners).map { _ in exp(1.2 * (0..<12).reduce(-6.0) { sum, _ in sum + generator.unit() }) }
        let favourites = (0..<corners).map { _ in crime() }
        let ends = weights.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
        for _ in 0..<incidents {
            let draw = generator.unit() * (ends.last ?? 1)
            let corner = min(corners - 1, Self.corner(before: draw, ends))
            let kind = generator.unit() < 0.35 ? favourites[corner] : crime()
            let place = Self.corner(corner % Self.side, corner / Self.side)
            columns.append(
                longitude: place.longitude + (generator.unit() - 0.5) * scatter,
                latitude: place.latitude + (generator.unit() - 0.5) * scatter, category: kind,
                localMinute: minute(of: kind), area: Int32(corner % Self.side / 10 + corner / Self.side / 10 * 6))
        }
    }

    private static func corner(before draw: Double, _ ends: [Double]) -> Int {
        var (low, high) = (0, ends.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if ends[middle] > draw { high = middle } else { low = middle }
        }
        return low
    }

    static func corner(_ east: Int, _ north: Int) -> LonLat {
        LonLat(longitude: (-9_900_013 + Double(east * 97)) / 1e5, latitude: (1_940_017 + Double(north * 91)) / 1e5)
    }

    /// The first crimes are the most frequent.
    mutating func crime() -> Int32 {
        let draw = generator.unit()
        return Int32(draw * draw * Double(Self.crimes))
    }

    mutating func minute(of crime: Int32) -> Int16 {
        generator.unit() < (crime % 7 == 3 ? 0.35 : 0.05) ? 720 : Int16(generator.next(below: 1440))
    }

    /// Puts a share of all incidents, taken at random, at a place.
    /// - Parameter crime: nil takes from all crimes.
    /// - Returns: the rows.
    mutating func plant(_ share: Double, at place: LonLat, crime: Int32? = nil, scatter: Double = 0) -> [Int] {
        let wanted = Int(share * Double(columns.count))
        let fitting = generator.permutation(of: columns.count).filter { crime == nil || columns.category[$0] == crime }
        let rows = fitting.prefix(wanted).sorted()
        for row in rows {
            columns.longitude[row] = place.longitude + (generator.unit() - 0.5) * scatter
            columns.latitude[row] = place.latitude + (generator.unit() - 0.5) * scatter
        }
        return rows
    }
}
