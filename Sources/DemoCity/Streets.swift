import Glibc
import SimpleFeatures

/// Where two streets cross.
struct Crossing {
    /// The street that runs north, and the one that runs east.
    var street: String
    var crossStreet: String
    /// Which line of the lattice each is.
    var line: Int
    var crossLine: Int
    var point: PlanarPoint
    /// As a map of corners prints it, with five decimals.
    var place: LonLat
    var colonia: Int
    /// How many of the two are avenues.
    var avenues: Int
}

/// The main streets: a bent lattice, close in the middle and wide at the edge, and its crossings inside the city.
///
/// No crossing lies within three metres of a colonia's border, so that a corner is in one colonia whoever measures.
struct Streets {
    let crossings: [Crossing]
    /// Per crossing those next to it along its two streets.
    let adjacent: [[Int]]

    init(seed: UInt64, territory: Territory, locator: ColoniaLocator) {
        var dice = Dice(seed: seed, stream: "streets")
        var names = dice.shuffled(StreetNames.streets)
        var avenues = StreetNames.avenues
        let easting = Self.lines(reach: 10_500, crossed: 70, &dice, &names, &avenues)
        let northing = Self.lines(reach: 9500, crossed: 70, &dice, &names, &avenues)
        var crossings: [Crossing] = []
        var numbers: [Int: Int] = [:]
        for (column, line) in easting.enumerated() {
            for (row, crossLine) in northing.enumerated() {
                guard let street = line.name(at: row), let crossStreet = crossLine.name(at: column) else { continue }
                let point = Self.point(line, crossLine)
                let place = MapPosition.rounded(MapPosition.place(point), decimals: 5)
                guard let colonia = locator.clearColonia(at: point), locator.colonia(at: place) == colonia else {
                    continue
                }
                numbers[column * 1000 + row] = crossings.count
                crossings.append(
                    Crossing(
                        street: street, crossStreet: crossStreet, line: column, crossLine: row, point: point,
                        place: place,
                        colonia: colonia, avenues: (line.isAvenue ? 1 : 0) + (crossLine.isAvenue ? 1 : 0)))
            }
        }
        self.crossings = crossings
        adjacent = crossings.map { crossing in
            [(1, 0), (-1, 0), (0, 1), (0, -1)].compactMap { step in
                numbers[(crossing.line + step.0) * 1000 + crossing.crossLine + step.1]
            }
        }
    }

    /// One line of the lattice, with the stretches on which there is a street.
    private struct Line {
        var offset: Double
        var phase: Double
        var isAvenue: Bool
        var stretches: [(crossed: Range<Int>, name: String)]

        func name(at crossed: Int) -> String? { stretches.first { $0.crossed.contains(crossed) }?.name }
        func bend(at along: Double) -> Double { 30 * sin(along / 1900 + phase) }
    }

    private static func lines(
        reach: Double, crossed: Int, _ dice: inout Dice, _ names: inout [String], _ avenues: inout [String]
    ) -> [Line] {
        var offsets = [0.0]
        for direction in [1.0, -1.0] {
            var offset = 0.0
            while abs(offset) < reach {
                offset += direction * min(540, 150 + 0.07 * abs(offset)) * dice.between(0.85, 1.15)
                offsets.append(offset)
            }
        }
        return offsets.sorted().enumerated().map { index, offset in
            let isAvenue = index % 6 == 2 && !avenues.isEmpty
            let stretches =
                isAvenue ? [(0..<crossed, avenues.removeFirst())] : self.stretches(upTo: crossed, &dice, &names)
            return Line(offset: offset, phase: dice.between(0, 2 * .pi), isAvenue: isAvenue, stretches: stretches)
        }
    }

    /// A side street runs for a while, ends, and goes on farther along under another name.
    private static func stretches(
        upTo crossed: Int, _ dice: inout Dice, _ names: inout [String]
    ) -> [(crossed: Range<Int>, name: String)] {
        var stretches: [(crossed: Range<Int>, name: String)] = []
        var at = dice.below(2)
        while at < crossed, let name = names.popLast() {
            let end = min(crossed, at + 12 + dice.below(18))
            stretches.append((at..<end, name))
            at = end + dice.below(4)
        }
        return stretches
    }

    private static func point(_ line: Line, _ crossLine: Line) -> PlanarPoint {
        let (u, v) = (line.offset + line.bend(at: crossLine.offset), crossLine.offset + crossLine.bend(at: line.offset))
        let middle = Terrain.centres[0]
        // The lattice is turned by seven degrees, as the river bank was when the first streets were drawn.
        return PlanarPoint(x: middle.x + 0.99255 * u + 0.12187 * v, y: middle.y - 0.12187 * u + 0.99255 * v)
    }
}
