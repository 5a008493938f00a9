import DemoCity
import Foundation
import Testing

@Suite struct BoundaryFilesTests {
    @Test(arguments: ["municipios.geojson", "distritos.geojson"])
    func `Every side of an area is a neighbour's backwards or the outline's`(file: String) throws {
        let sides = try Sample.areas(file).flatMap(\.sides)
        #expect(Set(sides).count == sides.count)
        let outline = Set(sides).filter { !Set(sides).contains($0.reversed) }
        #expect(Set(outline.map(\.from)) == Set(outline.map(\.to)))
        #expect(outline.count == Set(outline.map(\.from)).count)
        let outer = try Self.outline()
        #expect(outline == outer)
    }

    @Test func `Colonias share their sides but for the planted faults`() throws {
        let manifest = try Sample.city.get().manifest
        let outline = try Self.outline()
        let unpaired = try Self.unpairedSides(besides: outline)
        let disputes = manifest.overlaps + manifest.slivers + manifest.gaps
        let planted = disputes.flatMap { [$0.colonia, $0.neighbour] } + [manifest.bowTie]
        #expect(Set(unpaired.keys) == Set(planted))
        #expect(planted.count == 17)
    }

    @Test func `Overlaps, slivers and the gap have the ground they were given`() throws {
        let manifest = try Sample.city.get().manifest
        let unpaired = try Self.unpairedSides(besides: Self.outline())
        // The two lines of a dispute make one loop: what it encloses is claimed twice, or by nobody where it is negative.
        func squareMetres(_ dispute: Manifest.Dispute) -> Double {
            let loop = [dispute.colonia, dispute.neighbour].flatMap { unpaired[$0] ?? [] }
            #expect(Set(loop.map(\.from)) == Set(loop.map(\.to)))
            return Double(loop.reduce(0) { $0 + $1.cross }) / 2 * SlowArea.squareMetres
        }
        for overlap in manifest.overlaps { #expect(squareMetres(overlap) > 10_000) }
        for sliver in manifest.slivers { #expect((50..<2500).contains(squareMetres(sliver))) }
        for gap in manifest.gaps { #expect(squareMetres(gap) < -10_000) }
    }

    @Test func `One colonia crosses itself, and no other area does`() throws {
        let manifest = try Sample.city.get().manifest
        let crossed = try Sample.areas("colonias.geojson").filter(Self.crossesItself).map { $0.text("cve_col") }
        #expect(crossed == [manifest.bowTie])
        #expect(try Sample.areas("municipios.geojson").filter(Self.crossesItself).isEmpty)
        #expect(try Sample.areas("distritos.geojson").filter(Self.crossesItself).isEmpty)
    }

    @Test func `Names repeat as planted and nowhere else`() throws {
        let manifest = try Sample.city.get().manifest
        let byName = Dictionary(grouping: try Sample.areas("colonias.geojson")) { $0.text("nombre") }
        let repeated = byName.filter { $0.value.count > 1 }
        let between = repeated.filter { Set($0.value.map { $0.text("cve_mun") }).count == $0.value.count }
        #expect(Set(between.keys) == Set(manifest.namesInSeveralMunicipalities))
        #expect(Set(repeated.keys).subtracting(between.keys) == Set(manifest.namesRepeatedInside))
        #expect(between.count == 5)
        #expect(repeated["LA ESPERANZA"]?.count == 2)
        #expect(byName[""] == nil)
        for name in ["LOMAS DEL FARO I ETAPA", "LOMAS DEL FARO II ETAPA", "LOMAS DEL FARO III ETAPA"] {
            #expect(byName[name]?.count == 1)
        }
        #expect(byName["14 DE MARZO"]?.first?.text("cve_mun") == byName["4 DE MARZO"]?.first?.text("cve_mun"))
    }

    @Test func `Keys are texts with leading zeros that lead to the parent`() throws {
        let municipalities = Set(try Sample.areas("municipios.geojson").map { $0.text("cve_mun") })
        let districts = Set(try Sample.areas("distritos.geojson").map { $0.text("cve_dis") })
        let colonias = try Sample.areas("colonias.geojson")
        #expect(municipalities == ["00901", "00902", "00903"])
        #expect(districts == ["01", "02", "03", "04", "05", "06"])
        #expect(Set(colonias.map { $0.text("cve_col") }).count == 150)
        for colonia in colonias {
            #expect(municipalities.contains(colonia.text("cve_mun")))
            #expect(districts.contains(colonia.text("cve_dis")))
            #expect(colonia.text("cve_col").hasPrefix(colonia.text("cve_mun")))
            #expect(colonia.text("cp").count == 5)
        }
    }

    @Test func `The river is the northern border`() throws {
        let outline = try Self.outline()
        let document = try JSONSerialization.jsonObject(with: Data(Sample.bytes("rio.geojson"))) as? [String: Any]
        let feature = try #require((document?["features"] as? [[String: Any]])?.first)
        let line = try #require((feature["geometry"] as? [String: Any])?["coordinates"] as? [[Double]])
        let points = line.map { SlowArea.Point(x: Sample.micro($0[0]), y: Sample.micro($0[1])) }
        let shared = zip(points, points.dropFirst()).map { SlowArea.Side(from: $0, to: $1) }
            .filter { outline.contains($0.reversed) }
        #expect(shared.reduce(0) { $0 + $1.metres } > 10_000)
        let west = try #require(points.map(\.x).min())
        let east = try #require(points.map(\.x).max())
        #expect(outline.allSatisfy { west < $0.from.x && $0.from.x < east })
    }

    @Test func `Population adds up over the levels`() throws {
        let rows = try Sample.table("poblacion.csv")
        for year in ["2021", "2022", "2023"] {
            for kind in ["residents", "dwellings"] {
                let sums = ["municipality", "district", "colonia"].map { level in
                    rows.filter { $0["level"] == level && $0["year"] == year && $0["kind"] == kind }
                        .reduce(0) { $0 + (Int($1["value"] ?? "") ?? 0) }
                }
                #expect(Set(sums).count == 1)
                #expect(sums[0] > 100_000)
            }
        }
        let residents = rows.filter { $0["level"] == "colonia" && $0["year"] == "2021" && $0["kind"] == "residents" }
        let byKey = Dictionary(uniqueKeysWithValues: residents.map { ($0["area"] ?? "", $0["value"] ?? "") })
        for colonia in try Sample.areas("colonias.geojson") {
            #expect(byKey[colonia.text("cve_col")] == (colonia.properties["poblacion"] as? Int).map(String.init))
        }
    }

    /// The sides of the municipalities that no neighbour has.
    private static func outline() throws -> Set<SlowArea.Side> {
        let sides = Set(try Sample.areas("municipios.geojson").flatMap(\.sides))
        return sides.filter { !sides.contains($0.reversed) }
    }

    /// Per colonia the sides that are neither a neighbour's backwards nor the outline's.
    private static func unpairedSides(besides outline: Set<SlowArea.Side>) throws -> [String: [SlowArea.Side]] {
        let colonias = try Sample.areas("colonias.geojson")
        let all = Set(colonias.flatMap(\.sides))
        var unpaired: [String: [SlowArea.Side]] = [:]
        for colonia in colonias {
            let alone = colonia.sides.filter { !all.contains($0.reversed) && !outline.contains($0) }
            if !alone.isEmpty { unpaired[colonia.text("cve_col")] = alone }
        }
        return unpaired
    }

    /// Whether two sides of an area cross, by the signs of four triangles.
    private static func crossesItself(_ area: SlowArea) -> Bool {
        func turn(_ a: SlowArea.Point, _ b: SlowArea.Point, _ c: SlowArea.Point) -> Int {
            ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).signum()
        }
        let sides = area.sides
        return sides.indices.contains { i in
            sides.indices.dropFirst(i + 1).contains { j in
                let (a, b) = (sides[i], sides[j])
                return turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) < 0
                    && turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) < 0
            }
        }
    }
}
