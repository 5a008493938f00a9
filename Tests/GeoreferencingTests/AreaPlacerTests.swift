import Boundaries
import Bytes
import CivilTime
import Georeferencing
import Incidents
import SimpleFeatures
import Testing

@Suite struct AreaPlacerTests {
    private func square(_ id: String, name: String? = nil, x: Double, y: Double = 0, side: Double = 1) -> Area {
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
            .map { LonLat(longitude: $0.0, latitude: $0.1) }
        return Area(
            id: id, name: name ?? id, geometry: MultiPolygon([Polygon(exterior: ring)]), squareMetres: side * side)
    }

    private func layer(_ level: Level, _ number: Int, _ areas: [Area], from: String? = nil, to: String? = nil)
        -> BoundaryLayer
    {
        let validity = Validity(from: from.flatMap { CalendarDate($0) }, to: to.flatMap { CalendarDate($0) })
        return BoundaryLayer(
            version: BoundaryVersion(
                level: level, number: number, validity: validity, parentLevel: nil, source: "", sha256: "",
                areaCount: areas.count), areas: areas)
    }

    /// A batch with what placing looks at: place, day and the two labels.
    private func batch(_ rows: [(x: Double, y: Double, day: String, colonia: String?, municipality: String?)])
        -> IncidentBatch
    {
        var batch = IncidentBatch()
        for row in rows {
            batch.sourceRow.append(Int64(batch.count + 1))
            batch.longitude.append(row.x)
            batch.latitude.append(row.y)
            batch.localDay.append(CalendarDate(row.day)?.daysSince1970 ?? 0)
            if let label = row.colonia { batch.coloniaLabel.append(label) } else { batch.coloniaLabel.appendAbsent() }
            if let label = row.municipality {
                batch.municipalityLabel.append(label)
            } else {
                batch.municipalityLabel.appendAbsent()
            }
        }
        return batch
    }

    private let day = "2024-03-01"

    @Test func `Each incident lies in one area of each level, and the label is compared without case and accents`()
        throws
    {
        var placer = AreaPlacer(layers: [
            layer(.colonia, 1, [square("c1", name: "Peñón", x: 0), square("c2", name: "Centro", x: 1)]),
            layer(.municipality, 1, [square("m1", name: "GUSTAVO A. MADERO", x: 0, side: 2)]),
        ])
        var rows = batch([
            (0.5, 0.5, day, "PENON", "Gustavo A Madero"), (1.5, 0.5, day, "Obrera", nil), (5, 5, day, "Centro", "OTRA"),
            (.nan, .nan, day, "Centro", nil),
        ])
        let notes = placer.place(&rows)
        #expect(placer.keys.map(\.level) == ["colonia", "municipality"])
        #expect(rows.areas == [[0, 1, -1, -1], [0, 0, -1, -1]])
        #expect(rows.labelAgrees == [[1, 0, -1, -1], [1, -1, -1, -1]])
        #expect(notes.isEmpty)
        let colonia = try #require(placer.tallies.first)
        #expect(colonia.inArea == 2 && colonia.inNone == 1 && colonia.labelAgrees == 1 && colonia.labelDiffers == 1)
        // A labelled incident in no area counts against the agreement: one of three.
        #expect(colonia.agreement == 1.0 / 3)
    }

    @Test func `A place in two areas goes to the smaller, one on a border to the lower key, and both are noted`() {
        var placer = AreaPlacer(layers: [
            layer(.district, 7, [square("big", x: 0, side: 4), square("east", x: 4), square("small", x: 1, y: 1)])
        ])
        var rows = batch([(1.5, 1.5, day, nil, nil), (4, 0.5, day, nil, nil), (0.5, 3.5, day, nil, nil)])
        let notes = placer.place(&rows)
        #expect(rows.areas == [[2, 0, 0]])
        #expect(
            notes == [
                AssignmentNote(
                    row: 0, level: "district", areaKey: "small", versionNumber: 7, candidates: 2, onBorder: false),
                AssignmentNote(
                    row: 1, level: "district", areaKey: "big", versionNumber: 7, candidates: 2, onBorder: true),
            ])
        #expect(placer.tallies[0].inSeveral == 1 && placer.tallies[0].onBorder == 1)
    }

    @Test func `The version that held on the day answers, and before the first there is none`() {
        var placer = AreaPlacer(layers: [
            layer(.district, 1, [square("P-1", x: 0), square("P-2", x: 1)], from: "2016-01-01", to: "2023-07-01"),
            layer(.district, 2, [square("P-1", x: 1), square("P-9", x: 0)], from: "2023-07-01"),
        ])
        var rows = batch([
            (0.5, 0.5, "2023-06-30", nil, nil), (0.5, 0.5, "2023-07-01", nil, nil), (0.5, 0.5, "2015-12-31", nil, nil),
            (1.5, 0.5, "2024-01-01", nil, nil),
        ])
        _ = placer.place(&rows)
        let keys = placer.keys[0].keys
        #expect(rows.areas[0].map { $0 < 0 ? nil : keys[Int($0)] } == ["P-1", "P-9", nil, "P-1"])
        // The same key of two versions is two areas: index 0 and index 2.
        #expect(rows.areas[0] == [0, 3, -1, 2])
        #expect(placer.keys[0].versions == [1, 1, 2, 2])
    }

    @Test func `A place that stands for an area is not located by its middle, but lies where its words say`() throws {
        var placer = AreaPlacer(layers: [
            layer(.colonia, 1, [square("c1", name: "Centro", x: 0), square("c2", x: 1)], to: "2024-01-01"),
            layer(.colonia, 2, [square("c1", name: "Centro", x: 1), square("c3", x: 0)], from: "2024-01-01"),
            layer(.municipality, 1, [square("m1", x: 0, side: 2)]),
        ])
        var rows = batch([
            (0.5, 0.5, day, "Centro", nil), (0.5, 0.5, day, "Centro", nil), (0.5, 0.5, day, nil, nil),
            (0.5, 0.5, day, nil, nil), (.nan, .nan, day, nil, nil),
        ])
        rows.grade = [.colonia, .snapped, .municipality, .postalCode, .none]
        let second = try #require(placer.keyIndex(level: "colonia", version: 2, area: 0))
        let notes = placer.place(
            &rows,
            given: [
                WordPlacement(row: 0, level: "colonia", area: second),
                WordPlacement(row: 0, level: "municipality", area: 0),
                WordPlacement(row: 2, level: "municipality", area: 0),
            ])
        #expect(notes.isEmpty)
        // Keys: c1 and c2 of version 1, then c1 and c3 of version 2.
        #expect(rows.areas == [[2, 3, -1, -1, -1], [0, 0, 0, -1, -1]])
        // What gave the area is not compared with it.
        #expect(rows.labelAgrees == [[-1, 0, -1, -1, -1], [-1, -1, -1, -1, -1]])
        #expect(placer.tallies.map(\.byName) == [1, 2])
        #expect(placer.tallies.map(\.inArea) == [1, 1] && placer.tallies.map(\.inNone) == [0, 0])
    }

    @Test func `What words say holds against coordinates, and what is not there is passed over`() {
        var placer = AreaPlacer(layers: [layer(.colonia, 1, [square("a", x: 0), square("b", x: 0)])])
        var rows = batch([(0.5, 0.5, day, nil, nil), (0.5, 0.5, day, nil, nil)])
        rows.grade = [.point, .point]
        let notes = placer.place(
            &rows,
            given: [
                WordPlacement(row: 0, level: "colonia", area: 1), WordPlacement(row: 0, level: "colonia", area: 1),
                WordPlacement(row: 1, level: "colonia", area: 2), WordPlacement(row: 1, level: "colonia", area: -1),
                WordPlacement(row: 9, level: "colonia", area: 0), WordPlacement(row: -1, level: "colonia", area: 0),
                WordPlacement(row: 1, level: "district", area: 0),
            ])
        #expect(rows.areas == [[1, 0]])
        #expect(notes.map(\.row) == [1] && notes.map(\.versionNumber) == [1])
        #expect(placer.tallies[0].byName == 1 && placer.tallies[0].inArea == 1)
        #expect(placer.keyIndex(level: "colonia", version: 1, area: 2) == nil)
        #expect(placer.keyIndex(level: "colonia", version: 2, area: 0) == nil)
        #expect(placer.keyIndex(level: "district", version: 1, area: 0) == nil)
    }

    @Test func `Without levels and without rows there is nothing to place`() {
        var none = AreaPlacer(layers: [])
        var rows = batch([(0, 0, day, nil, nil)])
        #expect(none.place(&rows).isEmpty && rows.areas.isEmpty)
        var some = AreaPlacer(layers: [layer(.colonia, 1, [square("a", x: 0)])])
        var empty = batch([])
        #expect(some.place(&empty).isEmpty && empty.areas == [[]])
        #expect(some.tallies[0].agreement == nil)
    }
}
