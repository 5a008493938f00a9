import CivilTime
public import Grids
public import Hotspots
import Pictures
public import SimpleFeatures

/// Where and when incidents were unusually many, or are today: the job behind `faro hotspot scan`.
public struct ScanSearch: Sendable {
    public var period: PeriodCutting
    /// Of the largest circle; nil for six cells.
    public var radius: Length?
    /// Of the longest cylinder, in periods.
    public var longest: Int
    public var share: Double
    public var timing: SpaceTimeScan.Timing
    public var permutations: Int
    public var seed: UInt64
    public var threads: Int?

    public init(
        period: PeriodCutting = .days(7), radius: Length? = nil, longest: Int = 8, share: Double = 0.1,
        timing: SpaceTimeScan.Timing = .retrospective, permutations: Int = 999, seed: UInt64 = 1, threads: Int? = nil
    ) {
        self.period = period
        self.radius = radius
        self.longest = longest
        self.share = share
        self.timing = timing
        self.permutations = permutations
        self.seed = seed
        self.threads = threads
    }

    /// - Parameter people: where how many live, by which the Poisson model expects incidents; nil for the permutation model,
    ///   which needs nobody.
    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``, and what `people` throws.
    public func run(
        on support: SpaceTimeSupport, people: ((Grid) throws -> PointPattern)? = nil, control: JobControl = .silent
    ) throws -> SpaceTimeTable {
        let limits = try period.limits(within: support.days)
        let cube = try support.cube(limits, .middle)
        let scan = SpaceTimeScan(
            radius: radius ?? .metres(cube.mask.grid.cellSize.metres * 6), longest: min(longest, cube.periods),
            greatestShare: share, timing: timing, permutations: permutations, seed: seed)
        let population = try people.map { people in
            try GridCounts().counts(of: people(cube.mask.grid), over: cube.mask).weight
        }
        let found = try interruptible(control, "dealing times") { progress in
            guard let population else { return try scan.clusters(in: cube, threads: threads, progress: progress) }
            return try scan.clusters(in: cube, population: population, threads: threads, progress: progress)
        }
        guard population != nil else {
            let result = SpaceTimeTable(
                table: table(found, support, scan), account: account(found, limits), explanation: explanation(scan))
            return UncertainTimes.middle.told(in: result, of: support)
        }
        var table = table(found, support, scan)
        table.members[0] = Property("method", .text("Poisson scan"))
        table.members.append(Property("incidents_where_nobody_lives", .integer(Int64(found.unpopulated))))
        let result = SpaceTimeTable(
            table: table, account: account(found, limits), warnings: warnings(found),
            explanation: poissonExplanation(scan))
        return UncertainTimes.middle.told(in: result, of: support)
    }

    private func warnings(_ found: SpaceTimeScanResult) -> [String] {
        guard found.unpopulated > 0 else { return [] }
        return ["\(found.unpopulated) incidents happened in cells where nobody is counted, and are left out"]
    }

    private func table(_ found: SpaceTimeScanResult, _ support: SpaceTimeSupport, _ scan: SpaceTimeScan) -> FeatureTable
    {
        let columns = [
            "cluster", "first_day", "last_day", "observed", "expected", "risk", "llr", "p", "radius_m", "cells",
            "x", "y", "recurrence_days",
        ]
        let members = [
            Property("method", .text("space-time permutation scan")), Property("period", .text(period.description)),
            Property("timing", .text(timing.rawValue)), Property("radius_m", .number(scan.radius.metres)),
            Property("longest_periods", .integer(Int64(scan.longest))), Property("greatest_share", .number(share)),
            Property("permutations", .integer(Int64(permutations))), Property("seed", .text(String(seed))),
            Property("incidents_counted", .integer(Int64(found.incidents))),
        ]
        var table = FeatureTable(crs: support.counts.crs, columns: columns, members: members + support.members)
        let grid = found.cube.mask.grid
        let days = Double(support.dayCount) / Double(max(1, found.cube.periods))
        var kinds: [Int?] = []
        for (index, cluster) in found.clusters.enumerated() {
            let rings = cluster.cells.map { cell in
                Polygon(
                    exterior: Grid.ring(
                        around: grid.centre(column: cell % grid.columns, row: cell / grid.columns),
                        cellSize: grid.cellSize))
            }
            kinds.append(cluster.p <= 0.01 ? 0 : cluster.p <= 0.05 ? 1 : 2)
            table.append(
                .multiPolygon(MultiPolygon(rings)),
                [
                    .integer(Int64(index + 1)), .text(Self.day(cluster.days.lowerBound)),
                    .text(Self.day(cluster.days.upperBound - 1)), .integer(Int64(cluster.observed)),
                    .number(cluster.expected), .number(cluster.risk), .number(cluster.ratio), .number(cluster.p),
                    .number(cluster.radius.metres), .integer(Int64(cluster.cells.count)), .number(cluster.centre.x),
                    .number(cluster.centre.y), .number(cluster.recurrenceDays(every: days)),
                ])
        }
        table.style = .init(
            .kinds(
                kinds,
                names: [
                    .init(spanish: "p ≤ 0.01", english: "p ≤ 0.01", colour: Colour(0xB2182B)),
                    .init(spanish: "p ≤ 0.05", english: "p ≤ 0.05", colour: Colour(0xE4705A)),
                    .init(spanish: "No significativo", english: "Not significant", colour: Colour(0xC9CED3)),
                ]),
            spanish: timing == .prospective
                ? "lo inusual ahora (barrido espacio-temporal)" : "cúmulos espacio-temporales",
            english: timing == .prospective ? "what is unusual now (space-time scan)" : "space-time clusters")
        return table
    }

    private static func day(_ day: Double) -> String {
        CalendarDate(daysSince1970: Int32(clamping: Int(max(-4e6, min(4e6, day))))).description
    }

    private func account(_ found: SpaceTimeScanResult, _ limits: [CalendarDate]) -> [String] {
        let sure = found.clusters.filter { $0.p <= 0.05 }
        var lines = [
            "space-time scan: \(sure.count) clusters with p ≤ 0.05 among \(found.circles) circles, \(limits.count - 1) periods (\(period))"
        ]
        for (index, cluster) in found.clusters.prefix(max(1, sure.count)).enumerated() {
            lines.append(
                "  \(index + 1)  \(Self.day(cluster.days.lowerBound)) to \(Self.day(cluster.days.upperBound - 1)): "
                    + "\(cluster.observed) where \((cluster.expected * 10).rounded() / 10) are expected, p \(cluster.p)"
            )
        }
        return lines
    }

    private func poissonExplanation(_ scan: SpaceTimeScan) -> Explanation {
        Explanation(
            spanish: """
                Los cúmulos se buscaron con el barrido espacio-temporal de Poisson (Kulldorff 1997): lo esperado es proporcional a la población y a los \
                días; cilindros de radio hasta \(scan.radius) y hasta \(scan.longest) periodos, con a lo más \((share * 100).inWords) % de la \
                población; p = rango / (\(permutations) + 1) (semilla \(seed)); sin traslape entre cúmulos.
                """,
            english: """
                Clusters were sought by the space-time Poisson scan (Kulldorff 1997): what is expected is in proportion to people and days; cylinders of \
                a radius up to \(scan.radius) and up to \(scan.longest) periods, with at most \((share * 100).inWords) % of the people; p = rank / \
                (\(permutations) + 1) (seed \(seed)); clusters do not overlap.
                """)
    }

    private func explanation(_ scan: SpaceTimeScan) -> Explanation {
        Explanation(
            spanish: """
                Los cúmulos se buscaron con el barrido espacio-temporal de permutaciones (Kulldorff et al. 2005, PLoS Medicine 2:e59): cilindros de \
                radio hasta \(scan.radius) y hasta \(scan.longest) periodos, con a lo más \((share * 100).inWords) % de los incidentes; p = rango / \
                (\(permutations) + 1) (semilla \(seed)); sin traslape entre cúmulos.
                """,
            english: """
                Clusters were sought by the space-time permutation scan (Kulldorff et al. 2005, PLoS Medicine 2:e59): cylinders of a radius up to \
                \(scan.radius) and up to \(scan.longest) periods, with at most \((share * 100).inWords) % of the incidents; p = rank / \
                (\(permutations) + 1) (seed \(seed)); clusters do not overlap.
                """)
    }
}
