import Glibc
import SimpleFeatures

/// The lie of the land, in local metres: the river in the north, the outline of the city, its three centres.
struct Terrain {
    /// The middles of San Telmo del Río, Puerto Candela and Villa Almenara.
    static let centres = [
        PlanarPoint(x: -400, y: 1500), PlanarPoint(x: 6100, y: 3000), PlanarPoint(x: -4200, y: -3900),
    ]

    private let phases: [Double]

    init(seed: UInt64) {
        var dice = Dice(seed: seed, stream: "terrain")
        phases = (0..<5).map { _ in dice.between(0, 2 * .pi) }
    }

    /// How far north the river runs at a given easting.
    func riverNorthing(at x: Double) -> Double {
        6300 + 850 * sin(x / 3900 + phases[0]) + 320 * sin(x / 1500 + phases[1])
    }

    func isNorthOfRiver(_ point: PlanarPoint) -> Bool { point.y > riverNorthing(at: point.x) }

    /// Whether a site is built up: south of the river, inside a rounded outline with bays and spurs.
    func isCity(_ point: PlanarPoint) -> Bool {
        guard !isNorthOfRiver(point) else { return false }
        let angle = atan2(point.y, point.x)
        let edge =
            1 + 0.07 * sin(3 * angle + phases[2]) + 0.05 * sin(5 * angle + phases[3]) + 0.03
            * sin(11 * angle + phases[4])
        let reach = pow(abs(point.x) / 9600, 2.6) + pow(abs(point.y) / 8000, 2.6)
        return pow(reach, 1 / 2.6) < edge
    }

    /// Metres to the middle that counts; the two smaller towns count less.
    func metresToCentre(_ point: PlanarPoint) -> Double {
        let centres = Self.centres
        return min(
            point.metres(to: centres[0]), 1300 + point.metres(to: centres[1]), 1600 + point.metres(to: centres[2]))
    }

    /// How far apart neighbouring sites lie: close in the middles, wide at the edge.
    func spacing(at point: PlanarPoint) -> Double { min(800, 250 + 0.075 * metresToCentre(point)) }

    /// Sites of the cells that make up the colonias: the city's first, then those around it.
    ///
    /// Along the river they stand in mirrored pairs, since the border of two mirrored cells is the mirror.
    func sites(seed: UInt64) -> (sites: [PlanarPoint], cityCount: Int) {
        var dice = Dice(seed: seed, stream: "sites")
        var scatter = Scatter()
        for pair in riverPairs(&dice) { scatter.add(pair) }
        for _ in 0..<40_000 {
            let point = PlanarPoint(x: dice.between(-13_000, 13_000), y: dice.between(-11_500, 10_500))
            let spacing = spacing(at: point)
            let isOnBank = abs(point.y - riverNorthing(at: point.x)) < 0.95 * spacing
            if !isOnBank, scatter.isFree(point, within: spacing) { scatter.add(point) }
        }
        let city = scatter.points.filter(isCity)
        return (city + scatter.points.filter { !isCity($0) }, city.count)
    }

    private func riverPairs(_ dice: inout Dice) -> [PlanarPoint] {
        var pairs: [PlanarPoint] = []
        var x = -12_900.0
        while x < 12_900 {
            let bank = PlanarPoint(x: x, y: riverNorthing(at: x))
            let slope = (riverNorthing(at: x + 1) - riverNorthing(at: x - 1)) / 2
            let length = (1 + slope * slope).squareRoot()
            let spacing = spacing(at: bank)
            for side in [-0.4, 0.4] {
                // A little off the mirror: four sites on one circle would meet in one corner.
                let distance = side * spacing * dice.between(0.93, 1.07)
                let along = spacing * dice.between(-0.04, 0.04)
                pairs.append(
                    PlanarPoint(
                        x: bank.x + (along - distance * slope) / length, y: bank.y + (along * slope + distance) / length
                    ))
            }
            x += spacing / length * dice.between(0.95, 1.1)
        }
        return pairs
    }
}

/// Points in square buckets, to ask quickly whether a place is still free.
private struct Scatter {
    private(set) var points: [PlanarPoint] = []
    private var buckets: [Int: [Int]] = [:]
    private static let side = 800.0

    mutating func add(_ point: PlanarPoint) {
        buckets[Self.bucket(point.x, point.y), default: []].append(points.count)
        points.append(point)
    }

    /// - Parameter distance: at most one bucket's side.
    func isFree(_ point: PlanarPoint, within distance: Double) -> Bool {
        for dx in [-Self.side, 0, Self.side] {
            for dy in [-Self.side, 0, Self.side] {
                for index in buckets[Self.bucket(point.x + dx, point.y + dy)] ?? []
                where points[index].metres(to: point) < distance { return false }
            }
        }
        return true
    }

    private static func bucket(_ x: Double, _ y: Double) -> Int {
        Int((x / side).rounded(.down)) * 1000 + Int((y / side).rounded(.down))
    }
}
