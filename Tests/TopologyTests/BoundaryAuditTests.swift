import Foundation
import SimpleFeatures
import TestSupport
import Testing
import Topology

@Suite struct BoundaryAuditTests {
    typealias Item = (id: String, name: String, geometry: MultiPolygon<PlanarPoint>)

    @Test func `A tidy layer has no findings`() throws {
        let audit = try BoundaryAuditor().audit(planar: [
            ("1", "Centro", rectangle(0, 0, 1000, 1000)), ("2", "Norte", rectangle(0, 1000, 1000, 1000)),
        ])
        #expect(audit.features == 2)
        #expect(audit.repaired.isEmpty && audit.empty.isEmpty && audit.unusable.isEmpty)
        #expect(audit.repeatedKeys.values == 0 && audit.repeatedNames.values == 0)
        #expect([audit.overlaps, audit.contained, audit.equal].allSatisfy { $0.pairs == 0 && $0.worst == nil })
        #expect(audit.gaps?.number == 0 && audit.gaps?.squareMetres == 0)
        #expect(audit.totalSquareMetres == 2_000_000 && audit.coveredSquareMetres == 2_000_000)
        #expect(audit.uncomparedPairs == 0)
    }

    @Test func `Overlaps are counted by what is shared, and the worst is named`() throws {
        // a and b share 5 × 10 = 50 m², b and c 20 × 10 = 200 m², d and e 110 × 100 = 1.1 ha.
        let audit = try BoundaryAuditor().audit(planar: [
            ("a", "A", rectangle(0, 0, 105, 10)), ("b", "B", rectangle(100, 0, 100, 10)),
            ("c", "C", rectangle(180, 0, 100, 10)), ("d", "D", rectangle(0, 500, 200, 100)),
            ("e", "E", rectangle(90, 500, 200, 100)),
        ])
        #expect(audit.overlaps.pairs == 3)
        #expect(audit.overlaps.over100SquareMetres == 2)
        #expect(audit.overlaps.overOneHectare == 1)
        #expect(audit.overlaps.squareMetres == 11_250)
        let worst = try #require(audit.overlaps.worst)
        #expect(worst.first.id == "d" && worst.second.name == "E" && worst.squareMetres == 11_000)
        #expect(audit.totalSquareMetres == 1050 + 1000 + 1000 + 40_000)
        #expect(audit.coveredSquareMetres == 31_800.0)
    }

    @Test func `An area within another and two equal ones are kinds of their own`() throws {
        let turned: [PlanarPoint] = corners([(50, 50), (50, 60), (60, 60), (60, 50), (50, 50)])
        let audit = try BoundaryAuditor().audit(planar: [
            ("1", "Outer", rectangle(0, 0, 100, 100)), ("2", "Inner", rectangle(50, 50, 10, 10)),
            ("3", "Inner again", MultiPolygon([Polygon(exterior: turned)])),
        ])
        #expect(audit.overlaps.pairs == 0)
        #expect(audit.contained.pairs == 2 && audit.contained.squareMetres == 200)
        #expect(audit.equal.pairs == 1 && audit.equal.worst?.second.id == "3")
        #expect(audit.coveredSquareMetres == 10_000)
    }

    @Test func `A ring of squares has a gap, and edges that do not meet a sliver`() throws {
        // A frame of four bars around 20 × 10 m; another with a slit 0.1 m wide and 50 m long between two blocks.
        let frame: [Item] = [
            ("1", "S", rectangle(0, 0, 40, 10)), ("2", "N", rectangle(0, 20, 40, 10)),
            ("3", "W", rectangle(0, 10, 10, 10)), ("4", "E", rectangle(30, 10, 10, 10)),
        ]
        let blocks: [Item] = [
            ("5", "left", rectangle(100, 0, 50, 50)), ("6", "right", rectangle(150.1, 0, 50, 50)),
            ("7", "top", rectangle(100, 50, 100.1, 10)), ("8", "bottom", rectangle(100, -10, 100.1, 10)),
        ]
        let gaps = try #require(try BoundaryAuditor().audit(planar: frame + blocks).gaps)
        #expect(gaps.number == 2 && gaps.slivers == 1)
        #expect(abs(gaps.squareMetres - 205) < 1e-9)
        #expect(abs(gaps.sliverSquareMetres - 5) < 1e-9)
    }

    @Test func `Names are compared without case, accents and extra blanks, but ñ is not n`() throws {
        let names = ["San José", "SAN  JOSE", "san jose ", "Cañada", "CANADA", "Sur", "SUR", "Norte"]
        let items = names.enumerated().map { index, name -> Item in
            ("\(index)", name, rectangle(Double(index) * 100, 0, 50, 50))
        }
        let repeated = try BoundaryAuditor().audit(planar: items).repeatedNames
        #expect(repeated.values == 2 && repeated.features == 5 && repeated.surplus == 3)
        #expect(repeated.examples == ["SAN JOSE", "SUR"])
    }

    @Test func `Keys are compared as they stand`() throws {
        let audit = try BoundaryAuditor().audit(planar: [
            ("01", "A", rectangle(0, 0, 1, 1)), ("1", "B", rectangle(5, 0, 1, 1)), ("01", "C", rectangle(9, 0, 1, 1)),
        ])
        #expect(audit.repeatedKeys.values == 1 && audit.repeatedKeys.features == 2)
        #expect(audit.repeatedKeys.examples == ["01"])
    }

    @Test func `Invalid, empty and unusable features are listed with their reason, and stay in the count`() throws {
        let broken = MultiPolygon<PlanarPoint>([Polygon(exterior: corners([(0, 0), (.nan, 1), (1, 1), (0, 0)]))])
        let line = MultiPolygon<PlanarPoint>([Polygon(exterior: corners([(0, 0), (5, 5), (0, 0)]))])
        let audit = try BoundaryAuditor().audit(planar: [
            ("1", "tie", bowTie()), ("2", "none", MultiPolygon([])), ("3", "broken", broken), ("4", "line", line),
            ("5", "good", rectangle(100, 0, 10, 10)),
        ])
        #expect(audit.features == 5)
        #expect(audit.repaired.map(\.feature.id) == ["1", "4"])
        #expect(audit.repaired[0].reason == "Self-intersection at 5.0 5.0")
        #expect(audit.repaired[0].squareMetresBefore == 0 && audit.repaired[0].squareMetresAfter == 50)
        #expect(audit.empty.map(\.id) == ["2", "4"])
        #expect(audit.unusable.map(\.feature.name) == ["broken"])
        #expect(audit.totalSquareMetres == 150)
    }

    @Test func `An empty layer has nothing to report`() throws {
        let audit = try BoundaryAuditor().audit(planar: [])
        #expect(audit.features == 0 && audit.totalSquareMetres == 0 && audit.coveredSquareMetres == 0)
        #expect(audit.gaps?.number == 0)
    }

    @Test func `Overlaps of random rectangles agree with arithmetic over all pairs`() throws {
        var generator = SeededGenerator(seed: 856)
        let boxes = (0..<150).map { _ in
            (0..<4).map {
                $0 < 2 ? Double.random(in: 0...1000, using: &generator) : .random(in: 5...90, using: &generator)
            }
        }
        let items = boxes.enumerated().map { index, box -> Item in
            ("\(index)", "area \(index)", rectangle(box[0], box[1], box[2], box[3]))
        }
        var (pairs, over100, sum, worst) = (0, 0, 0.0, 0.0)
        for (index, a) in boxes.enumerated() {
            for b in boxes[(index + 1)...] {
                let width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
                let height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
                guard width > 0, height > 0 else { continue }
                pairs += 1
                over100 += width * height > 100 ? 1 : 0
                sum += width * height
                worst = max(worst, width * height)
            }
        }
        let audit = try BoundaryAuditor().audit(planar: items)
        let kinds = [audit.overlaps, audit.contained, audit.equal]
        #expect(pairs > 50)
        #expect(kinds.reduce(0) { $0 + $1.pairs } == pairs)
        #expect(kinds.reduce(0) { $0 + $1.over100SquareMetres } == over100)
        #expect(abs(kinds.reduce(0) { $0 + $1.squareMetres } - sum) < 1e-6)
        #expect(abs((kinds.compactMap { $0.worst?.squareMetres }.max() ?? 0) - worst) < 1e-8)
    }

    @Test func `The order of the features changes nothing, and a saved audit reads back`() throws {
        var generator = SeededGenerator(seed: 3)
        let items = (0..<60).map { index -> Item in
            (
                "\(index)", "area \(index % 20)",
                rectangle(
                    .random(in: 0...300, using: &generator), .random(in: 0...300, using: &generator),
                    .random(in: 5...90, using: &generator), .random(in: 5...90, using: &generator))
            )
        }
        let audit = try BoundaryAuditor().audit(planar: items)
        #expect(try BoundaryAuditor().audit(planar: items.shuffled(using: &generator)) == audit)
        let saved = try JSONEncoder().encode(audit)
        #expect(try JSONDecoder().decode(BoundaryAudit.self, from: saved) == audit)
    }
}
