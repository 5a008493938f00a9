import Boundaries
import Bytes
import CivilTime
import Foundation
import Formats
import GeoPackageStore
import Grids
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@testable import CrimeMapping

/// Space and time on what Mexico City's prosecutor published. What is expected is counted by plain loops over the same incidents.
@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"))
struct SpaceTimeRealDataTests {
    /// A store with one crime of one file: `2019`, `2022`, or `2024t4`, the last quarter of 2024.
    private static func support(_ crime: String, of year: String = "2022", cellSize: Double) throws -> SpaceTimeSupport
    {
        let folder = try TemporaryFolder()
        let reader = try CSVReader(source: ByteSource(path: RealData.path("incidentes/cdmx_fgj_\(year).csv.gz")))
        let category = try #require(reader.header.firstIndex(of: "delito"))
        var text = reader.header.joined(separator: ",") + "\n"
        while try reader.next() {
            let fields = (0..<reader.header.count).map { String(decoding: reader.row[$0], as: UTF8.self) }
            guard fields[category] == crime else { continue }
            text += fields.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }
        let store = try GeoPackageStore.empty(in: folder)
        _ = try BoundaryImport(
            path: RealData.path("municipios/09_ciudad_de_mexico_AGEM_original.geojson.gz"), level: .municipality
        ).run(into: store)
        let path = try folder.write("crime.csv", text)
        _ = try ReportImport(path: path, profile: try .named("fgj-cdmx")).run(into: store)
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        return try SpaceTimeSupport(
            of: selection, cellSize: .metres(cellSize), studyArea: selection.studyArea(in: store))
    }

    private static let streetRobbery = "ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA"

    @Test(arguments: [
        ("burglary", "ROBO A CASA HABITACION SIN VIOLENCIA", "2022", 2_500),
        ("robbery", streetRobbery, "2024t4", 1_500),
    ])
    func `Crimes repeat nearby within a week as often as a count of all pairs says`(
        name: String, crime: String, year: String, least: Int
    ) throws {
        let pattern = try Self.support(crime, of: year, cellSize: 500).pattern
        try #require(pattern.count > least)
        let test = NearRepeat(distances: [.metres(100), .metres(200)], days: [7, 14], permutations: 199)
        let table = try test.table(of: pattern)
        var (near, soon, both) = ([0, 0, 0], [0, 0], [[0, 0], [0, 0], [0, 0]])
        for a in 0..<pattern.count {
            for b in 0..<a {
                let distance = hypot(pattern.x[a] - pattern.x[b], pattern.y[a] - pattern.y[b])
                let days = abs(pattern.day(of: a) - pattern.day(of: b))
                let band = distance == 0 ? 0 : distance < 100 ? 1 : distance < 200 ? 2 : nil
                let time = days < 7 ? 0 : days < 14 ? 1 : nil
                if let band { near[band] += 1 }
                if let time { soon[time] += 1 }
                if let band, let time { both[band][time] += 1 }
            }
        }
        let pairs = Double(pattern.count * (pattern.count - 1) / 2)
        for band in 0..<3 {
            for time in 0..<2 {
                let cell = table[distance: band, days: time]
                #expect(cell.observed == both[band][time])
                let expected = Double(near[band]) * Double(soon[time]) / pairs
                #expect(abs(cell.expected - expected) <= 1e-9 * expected)
                // The mean of 199 tables, each of about `expected` pairs: six of its standard errors.
                #expect(abs(cell.simulated - expected) <= 6 * (2 * expected / 199).squareRoot())
            }
        }
        // What stands out of a Poisson count is notable, what does not is not: burglaries do, that quarter's robberies do not.
        let expected = Double(near[1]) * Double(soon[0]) / pairs
        let excess = (Double(both[1][0]) - expected) / expected.squareRoot()
        try #require(excess > 4 || excess < 1)
        #expect(table[distance: 1, days: 0].isNotable == (excess > 4))
    }

    @Test func `Street robberies of 2022 by quarter are hot where plain sums over cells and quarters say`() throws {
        let support = try Self.support("ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA", cellSize: 500)
        let mask = try support.mask()
        let first = Double(support.days.lowerBound.daysSince1970)
        let limits = (0...4).map { first + 91 * Double($0) }
        let cube = try SpaceTimeCube(of: support.pattern, over: mask, limits: limits)
        let found = try EmergingHotSpots(distance: .metres(750)).hotSpots(in: cube)
        let quarters = (0..<support.pattern.count).map {
            Int(((support.pattern.day(of: $0) - first) / 91).rounded(.down))
        }
        let states = hotAndCold(plainCounts(support.pattern, quarters, of: 4, mask), mask)
        let inside = mask.insideCells.count
        let theirs = (0..<4).flatMap { quarter in found.cells.map { Int($0.states[quarter].rawValue) } }
        #expect(theirs == states)
        #expect(states.count { $0 == 1 } > inside / 20)
    }

    @Test func `Nine quarters of 2019, 2022 and 2024 in a row have the categories that plain sums give`() throws {
        // One crime, and the quarters there are: four, four and one.
        var (x, y, quarters): ([Double], [Double], [Int]) = ([], [], [])
        var mask: Mask?
        for (year, number) in [("2019", 2019), ("2022", 2022), ("2024t4", 2024)] {
            let support = try Self.support(Self.streetRobbery, of: year, cellSize: 1000)
            for incident in 0..<support.pattern.count {
                let date = CalendarDate(daysSince1970: Int32(support.pattern.day(of: incident))).components
                guard date.year == number else { continue }
                x.append(support.pattern.x[incident])
                y.append(support.pattern.y[incident])
                quarters.append(number == 2024 ? 8 : (number == 2022 ? 4 : 0) + (date.month - 1) / 3)
            }
            let own = try support.mask()
            #expect(mask == nil || mask == own)
            mask = own
        }
        let area = try #require(mask)
        let pattern = try SpaceTimePattern(
            x: x, y: y, days: quarters.map { Double($0) + 0.5 }, crs: area.grid.crs)
        let cube = try SpaceTimeCube(of: pattern, over: area, limits: (0...9).map(Double.init))
        let found = try EmergingHotSpots(distance: .metres(1500)).hotSpots(in: cube)
        let days = (0..<pattern.count).map { Int(pattern.day(of: $0).rounded(.down)) }
        let states = hotAndCold(plainCounts(pattern, days, of: 9, area), area)
        let inside = area.insideCells.count
        #expect((0..<9).flatMap { quarter in found.cells.map { Int($0.states[quarter].rawValue) } } == states)
        // What the words of the categories ask for, cell by cell.
        var (always, new, former) = (0, 0, 0)
        for (index, cell) in found.cells.enumerated() {
            let series = (0..<9).map { states[$0 * inside + index] }
            let hot = series.count { $0 == 1 }
            let lasting: Set<EmergingCategory> = [.persistent(.hot), .intensifying(.hot), .diminishing(.hot)]
            #expect(lasting.contains(cell.category) == (hot == 9))
            #expect((cell.category == .new(.hot)) == (hot == 1 && series[8] == 1))
            if cell.category == .sporadic(.hot) || cell.category == .consecutive(.hot) {
                #expect((1...8).contains(hot))
            }
            always += hot == 9 ? 1 : 0
            new += cell.category == .new(.hot) ? 1 : 0
            former += hot > 0 && series[8] != 1 ? 1 : 0
        }
        // The centre is hot in every one of them, and robbery has left some places since.
        #expect(always > 10)
        #expect(former > 0)
        #expect(new < always)
    }

    @Test func `Forecasts for the weeks of December 2024 stand beside both naive ones, and score as plain counts do`()
        throws
    {
        let support = try Self.support(Self.streetRobbery, of: "2024t4", cellSize: 1000)
        let (pattern, mask) = (support.pattern, try support.mask())
        let shares = [0.02, 0.1]
        let job = ForecastEvaluation(
            methods: [ForecastMap(method: .recent), ForecastMap(method: .selfExciting)], period: .days(7), periods: 4,
            areaShares: shares)
        let table = try job.run(on: support).table
        let names = ["last period", "long-run density", "recent density", "self-exciting"]
        #expect(table.rows.map(\.values[0]) == names.flatMap { [PropertyValue.text($0), .text($0)] })
        #expect(table.rows.map(\.values[1]) == [true, true, true, true, false, false, false, false].map { .bool($0) })
        let end = Double(support.days.upperBound.daysSince1970) + 1
        let cells = mask.insideCells.map { Int($0) }
        func counts(_ days: Range<Double>) -> [Double] {
            var counts = [Double](repeating: 0, count: mask.grid.cellCount)
            for incident in 0..<pattern.count where days.contains(pattern.day(of: incident)) {
                let column = Int(((pattern.x[incident] - mask.grid.origin.x) / 1000).rounded(.down))
                let row = Int(((pattern.y[incident] - mask.grid.origin.y) / 1000).rounded(.down))
                guard (0..<mask.grid.columns).contains(column), (0..<mask.grid.rows).contains(row) else { continue }
                counts[row * mask.grid.columns + column] += 1
            }
            return cells.map { counts[$0] }
        }
        let weeks = (0..<4).map { end - 7 * Double(4 - $0)..<end - 7 * Double(3 - $0) }
        let all = weeks.reduce(0) { $0 + counts($1).reduce(0, +) }
        try #require(all > 200)
        let first = try #require(pattern.seconds.first).quotientAndRemainder(dividingBy: 86_400).quotient
        let methods = [ForecastMap(method: .lastPeriod), ForecastMap(method: .longRun)] + job.methods
        for (index, var map) in methods.enumerated() {
            map.days = 7
            let prediction = map.prediction(cellSize: mask.grid.cellSize)
            var (hits, best, expected) = ([0.0, 0], [0.0, 0], 0.0)
            for week in weeks {
                let seen = counts(week)
                var predicted = counts(week.lowerBound - 7..<week.lowerBound)
                if map.method != .lastPeriod {
                    let forecast = try prediction.forecast(from: pattern, days: week, over: mask)
                    predicted = cells.map { forecast.expected[$0] }
                    expected += forecast.total
                }
                // The greatest first; of those predicted alike, the ones with the fewest.
                let order = cells.indices.sorted {
                    predicted[$0] != predicted[$1] ? predicted[$0] > predicted[$1] : seen[$0] < seen[$1]
                }
                for (place, share) in shares.enumerated() {
                    let taken = Int(share * Double(cells.count))
                    hits[place] += order.prefix(taken).reduce(0) { $0 + seen[$1] }
                    best[place] += seen.sorted(by: >).prefix(taken).reduce(0, +)
                }
            }
            for (place, share) in shares.enumerated() {
                let row = table.rows[2 * index + place].values
                let area = (share * Double(cells.count)).rounded(.down) / Double(cells.count)
                #expect(near(row[3], hits[place] / all), "\(names[index])")
                #expect(near(row[4], hits[place] / all / area), "\(names[index])")
                #expect(near(row[5], hits[place] / best[place]), "\(names[index])")
                #expect(row[7] == .number(all))
            }
            if map.method != .lastPeriod { #expect(near(table.rows[2 * index].values[6], expected)) }
            // All but the self-exciting one expect a week like the weeks before, on average.
            if map.method != .selfExciting {
                let rate = weeks.reduce(0.0) { sum, week in
                    let days = week.lowerBound - Double(first)
                    return sum + counts(Double(first)..<week.lowerBound).reduce(0, +) / days * 7
                }
                #expect(near(table.rows[2 * index].values[6], rate), "\(names[index])")
            }
        }
    }

    private func near(_ value: PropertyValue, _ expected: Double) -> Bool {
        guard case .number(let number) = value else { return false }
        // Tables are written with nine digits.
        return abs(number - expected) <= 1e-8 * abs(expected)
    }

    /// Incidents per period and cell of the grid.
    private func plainCounts(_ pattern: SpaceTimePattern, _ periods: [Int], of count: Int, _ mask: Mask) -> [[Int]] {
        let grid = mask.grid
        var counts = [[Int]](repeating: [Int](repeating: 0, count: grid.cellCount), count: count)
        for incident in 0..<pattern.count where (0..<count).contains(periods[incident]) {
            let column = Int(((pattern.x[incident] - grid.origin.x) / grid.cellSize.metres).rounded(.down))
            let row = Int(((pattern.y[incident] - grid.origin.y) / grid.cellSize.metres).rounded(.down))
            guard (0..<grid.columns).contains(column), (0..<grid.rows).contains(row),
                mask.isInside[row * grid.columns + column]
            else { continue }
            counts[periods[incident]][row * grid.columns + column] += 1
        }
        return counts
    }

    /// 1 where a cell is hot in a period, −1 where it is cold, by Gi* over the eight around it and the period before.
    private func hotAndCold(_ counts: [[Int]], _ mask: Mask) -> [Int] {
        let grid = mask.grid
        let bins = counts.flatMap { period in mask.insideCells.map { Double(period[Int($0)]) } }
        let n = Double(bins.count)
        let mean = bins.reduce(0, +) / n
        let deviation = (bins.reduce(0) { $0 + $1 * $1 } / n - mean * mean).squareRoot()
        var scores: [(p: Double, z: Double)] = []
        for period in counts.indices {
            for cell in mask.insideCells {
                let (row, column) = (Int(cell) / grid.columns, Int(cell) % grid.columns)
                var (sum, neighbours) = (0.0, 0.0)
                // Centres at most one and a half cells away: the eight around, and the cell.
                for r in max(0, row - 1)...min(grid.rows - 1, row + 1) {
                    for c in max(0, column - 1)...min(grid.columns - 1, column + 1)
                    where mask.isInside[r * grid.columns + c] {
                        for before in max(0, period - 1)...period {
                            sum += Double(counts[before][r * grid.columns + c])
                            neighbours += 1
                        }
                    }
                }
                let spread = deviation * (neighbours * (n - neighbours) / (n - 1)).squareRoot()
                let z = (sum - mean * neighbours) / spread
                scores.append((erfc(abs(z) / 2.0.squareRoot()), z))
            }
        }
        // The greatest p that false discoveries at 5 % leave.
        let ranked = scores.map(\.p).sorted()
        let limit = ranked.indices.last { ranked[$0] <= 0.05 * Double($0 + 1) / n }.map { ranked[$0] } ?? -1
        return scores.map { $0.p <= limit ? ($0.z > 0 ? 1 : -1) : 0 }
    }
}
