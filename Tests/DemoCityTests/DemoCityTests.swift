import DemoCity
import Foundation
import Testing

@Suite struct DemoCityTests {
    @Test func `The same seed and scale give the same bytes`() throws {
        let again = try DemoCity(seed: 1810, scale: 0.1)
        #expect(try again.files == Sample.city.get().files)
        #expect(try again.manifest == Sample.city.get().manifest)
    }

    @Test func `Another seed gives another city`() throws {
        let other = try DemoCity(seed: 1811, scale: 0.1)
        for (one, two) in zip(try Sample.city.get().files, other.files) {
            #expect(one.name == two.name)
            // What the labels mean is the same in every city.
            // Nor does the operation's place depend on the draws.
            // Nor do a council's goals and questions.
            let isAlike = ["delitos.csv", "operativo.geojson", "metas.json", "preguntas.json"].contains(one.name)
            #expect((one.bytes == two.bytes) == isAlike, "\(one.name)")
        }
    }

    @Test func `The scale changes the reports and leaves the map`() throws {
        let smaller = try DemoCity(seed: 1810, scale: 0.05)
        for name in [
            "municipios.geojson", "distritos.geojson", "colonias.geojson", "rio.geojson", "operativo.geojson",
            "calles.csv",
        ] {
            #expect(try Sample.bytes(name, of: smaller) == Sample.bytes(name))
        }
        #expect(try Sample.bytes("poblacion.csv", of: smaller) == Sample.bytes("poblacion.csv"))
        #expect(try smaller.manifest.years[0].rows < Sample.city.get().manifest.years[0].rows * 3 / 5)
    }

    @Test func `At scale 1 there are about 12,000 reports a year`() throws {
        for year in try DemoCity().manifest.years { #expect((11_500...12_800).contains(year.rows)) }
    }

    @Test(arguments: [0.0, 0.049, 20.1, -1, .nan, .infinity])
    func `A scale out of range is refused with its value`(scale: Double) {
        #expect(throws: DemoCityError.self) { try DemoCity(scale: scale) }
        #expect(
            DemoCityError.scaleOutOfRange(scale).description
                == "the scale must be between 0.05 and 20.0, but is \(scale)")
    }

    @Test(arguments: [0, 7, .max] as [UInt64])
    func `Any seed has everything planted`(seed: UInt64) throws {
        let manifest = try DemoCity(seed: seed, scale: 0.05).manifest
        #expect((manifest.municipalities, manifest.districts, manifest.colonias) == (3, 6, 150))
        #expect((manifest.overlaps.count, manifest.slivers.count, manifest.gaps.count) == (4, 3, 1))
        #expect((manifest.hotStreets.count, manifest.hotCorners.count) == (5, 10))
        #expect(!manifest.bowTie.isEmpty)
        for year in manifest.years {
            for dirt in Dirt.allCases where dirt != .longDate && dirt != .titleCase {
                #expect(year.dirt[dirt] ?? 0 >= 2, "\(dirt)")
            }
        }
    }

    @Test func `Every file says that it is fictional`() throws {
        // What the labels of the prosecutors' trade mean is no fiction, and a mapping has no column for a note.
        for file in try Sample.city.get().files where file.name != "delitos.csv" {
            let text = String(decoding: file.bytes, as: UTF8.self).lowercased()
            #expect(["fictici", "\"fictional\"", "ficticia"].contains { text.contains($0) }, "\(file.name)")
        }
        for name in ["municipios.geojson", "distritos.geojson", "colonias.geojson", "operativo.geojson"] {
            #expect(try Sample.areas(name).allSatisfy { $0.properties["fictional"] as? Bool == true })
        }
        for name in ["calles.csv", "poblacion.csv"] {
            #expect(try Sample.table(name).allSatisfy { $0["ficticio"] == "true" })
        }
    }

    @Test func `The manifest's JSON says what the manifest says`() throws {
        let manifest = try Sample.city.get().manifest
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(Sample.bytes("manifest.json"))) as? [String: Any])
        #expect(json["fictional"] as? Bool == true)
        #expect(json["seed"] as? Int == 1810)
        #expect(json["scale"] as? Double == 0.1)
        #expect((json["overlaps"] as? [[String: String]])?.map { $0["colonia"] } == manifest.overlaps.map(\.colonia))
        #expect((json["hot_corners"] as? [[String: Any]])?.count == manifest.hotCorners.count)
        let years = try #require(json["years"] as? [[String: Any]])
        #expect(years.map { $0["rows"] as? Int } == manifest.years.map(\.rows))
        #expect(years.map { $0["line_ending"] as? String } == ["\n", "\r\n", "\n"])
        for (year, object) in zip(manifest.years, years) {
            let dirt = try #require(object["dirt"] as? [String: Int])
            for kind in Dirt.allCases { #expect(dirt[kind.rawValue] == year.dirt[kind] ?? 0) }
        }
    }
}
