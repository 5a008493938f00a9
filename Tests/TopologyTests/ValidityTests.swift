import SimpleFeatures
import Testing
import Topology

@Suite struct ValidityTests {
    @Test func `A square is valid and comes back as it is`() throws {
        let square: MultiPolygon<LonLat> = rectangle(-100, 25, 1, 1)
        let validity = try Validity()
        #expect(validity.reasonInvalid(square) == nil)
        let repair = try validity.repaired(square)
        #expect(repair.geometry == square)
        #expect(repair.reason == nil && repair.areaBefore == 1 && repair.areaAfter == 1)
    }

    @Test func `A bow-tie is invalid where it crosses itself, and falls into two triangles`() throws {
        let validity = try Validity()
        let tie: MultiPolygon<PlanarPoint> = bowTie()
        #expect(validity.reasonInvalid(tie) == "Self-intersection at 5.0 5.0")
        let repair = try validity.repaired(tie)
        #expect(repair.geometry.polygons.count == 2)
        #expect(repair.areaBefore == 0)
        #expect(repair.areaAfter == 50)
        #expect(validity.reasonInvalid(repair.geometry) == nil)
    }

    @Test func `Parts that overlap are merged, not turned into a hole`() throws {
        let a: MultiPolygon<PlanarPoint> = rectangle(0, 0, 10, 10)
        let b: MultiPolygon<PlanarPoint> = rectangle(5, 0, 10, 10)
        let repair = try Validity().repaired(MultiPolygon(a.polygons + b.polygons))
        #expect(
            repair.reason == "Self-intersection at 5.0 0.0" || repair.reason?.hasPrefix("Self-intersection") == true)
        #expect(repair.areaBefore == 200 && repair.areaAfter == 150)
        #expect(repair.geometry.polygons.count == 1)
    }

    @Test func `A spike disappears and holes stay`() throws {
        let spiked: [PlanarPoint] = corners([(0, 0), (10, 0), (10, 5), (20, 5), (10, 5), (10, 10), (0, 10), (0, 0)])
        let area = MultiPolygon([Polygon(exterior: spiked, holes: [ring(2, 2, 1, 1)])])
        let repair = try Validity().repaired(area)
        #expect(repair.reason != nil)
        #expect(repair.areaAfter == 99)
        #expect(repair.geometry.polygons.first?.holes.count == 1)
        #expect(repair.geometry.envelope.maxX == 10)
    }

    @Test func `Rings of any direction are valid`() throws {
        let square: MultiPolygon<PlanarPoint> = rectangle(0, 0, 10, 10)
        let turned = MultiPolygon(square.polygons.map { Polygon(exterior: $0.exterior.reversed()) })
        #expect(try Validity().reasonInvalid(turned) == nil)
    }

    @Test func `A ring left open is closed before it is judged`() throws {
        let open = MultiPolygon<PlanarPoint>([Polygon(exterior: corners([(0, 0), (10, 0), (10, 10)]))])
        #expect(try Validity().reasonInvalid(open) == nil)
        #expect(try Overlay().area(open) == 50)
    }

    @Test(arguments: [
        [], [(0.0, 0.0)], [(0, 0), (1, 1)], [(0, 0), (1, 1), (0, 0)], [(3, 3), (3, 3), (3, 3), (3, 3)],
    ])
    func `A ring that encloses nothing is invalid, and nothing is left of it`(points: [(Double, Double)]) throws {
        let area = MultiPolygon<PlanarPoint>([Polygon(exterior: corners(points))])
        let validity = try Validity()
        #expect(validity.reasonInvalid(area) != nil)
        let repair = try validity.repaired(area)
        #expect(repair.geometry.polygons.isEmpty && repair.areaAfter == 0)
    }

    @Test func `No polygon at all is valid and empty`() throws {
        let nothing = MultiPolygon<LonLat>([])
        #expect(try Validity().reasonInvalid(nothing) == nil)
        #expect(try Validity().repaired(nothing).geometry == nothing)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `A coordinate that is not finite is a reason, and cannot be repaired`(value: Double) throws {
        let area = MultiPolygon<LonLat>([Polygon(exterior: corners([(0, 0), (1, value), (1, 1), (0, 0)]))])
        let validity = try Validity()
        #expect(
            validity.reasonInvalid(area)?.hasPrefix("every coordinate must be finite, but one position is x 1.0")
                == true)
        #expect(throws: TopologyError.self) { try validity.repaired(area) }
    }
}
