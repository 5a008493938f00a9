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
    /// A store with one crime of 2022.
    private static func support(_ crime: String, cellSize: Double) throws -> SpaceTimeSupport {
        let folder = try TemporaryFolder()
        let reader = try CSVReader(source: ByteSource(path: RealData.path("incidentes/cdmx_fgj_2022.csv.gz")))
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

    @Test func `Burglaries of 2022 repeat nearby within a week as often as a count of all pairs says`() throws {
        let support = try Self.support("ROBO A CASA HABITACION SIN VIOLENCIA", cellSize: 500)
        let pattern = support.pattern
        try #require(pattern.count > 2_500)
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
                #expect(abs(cell.expected / expected - 1) < 1e-9)
                // The mean of 199 tables, each of about `expected` pairs: six of its standard errors.
                #expect(abs(cell.simulated - expected) < 6 * (2 * expected / 199).squareRoot())
            }
        }
        #expect(table[distance: 1, days: 0].isNotable)
    }

    @Test func `Street robberies of 2022 by quarter are hot where plain sums over cells and quarters say`() throws {
        let support = try Self.support("ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA", cellSize: 500)
        let mask = try support.mask()
        let first = Double(support.days.lowerBound.daysSince1970)
        let limits = (0...4).map { first + 91 * Double($0) }
        let cube = try SpaceTimeCube(of: support.pattern, over: mask, limits: limits)
        let found = try EmergingHotSpots(distance: .metres(750)).hotSpots(in: cube)
        let grid = mask.grid
        var counts = [[Int]](repeating: [Int](repeating: 0, count: grid.cellCount), count: 4)
        for incident in 0..<support.pattern.count {
            let column = Int(((support.pattern.x[incident] - grid.origin.x) / 500).rounded(.down))
            let row = Int(((support.pattern.y[incident] - grid.origin.y) / 500).rounded(.down))
            let quarter = Int(((support.pattern.day(of: incident) - first) / 91).rounded(.down))
            guard (0..<grid.columns).contains(column), (0..<grid.rows).contains(row), quarter < 4,
                mask.isInside[row * grid.columns + column]
            else { continue }
            counts[quarter][row * grid.columns + column] += 1
        }
        let bins = (0..<4).flatMap { quarter in mask.insideCells.map { Double(counts[quarter][Int($0)]) } }
        let n = Double(bins.count)
        let mean = bins.reduce(0, +) / n
        let deviation = (bins.reduce(0) { $0 + $1 * $1 } / n - mean * mean).squareRoot()
        var scores: [(p: Double, z: Double)] = []
        for quarter in 0..<4 {
            for cell in mask.insideCells {
                let (row, column) = (Int(cell) / grid.columns, Int(cell) % grid.columns)
                var (sum, neighbours) = (0.0, 0.0)
                // Centres at most 750 m away: the eight around, and the cell.
                for r in max(0, row - 1)...min(grid.rows - 1, row + 1) {
                    for c in max(0, column - 1)...min(grid.columns - 1, column + 1)
                    where mask.isInside[r * grid.columns + c] {
                        for before in max(0, quarter - 1)...quarter {
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
        let states = scores.map { $0.p <= limit ? ($0.z > 0 ? 1 : -1) : 0 }
        let inside = mask.insideCells.count
        let theirs = (0..<4).flatMap { quarter in found.cells.map { Int($0.states[quarter].rawValue) } }
        #expect(theirs == states)
        #expect(states.count { $0 == 1 } > inside / 20)
    }
}
