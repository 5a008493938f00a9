import CivilTime
import DemoCity
import Foundation
import Testing

/// The report files against the manifest: every count is found again in the fields themselves.
@Suite struct ReportFileTests {
    @Test func `Each year comes in its own encoding`() throws {
        let years = try Sample.city.get().manifest.years
        let bytes = try years.map { try Sample.bytes($0.file) }
        #expect(years.map(\.encoding) == ["utf-8", "windows-1252", "utf-8"])
        #expect(years.map(\.hasByteOrderMark) == [true, false, false])
        #expect(bytes.map { Array($0.prefix(3)) == [0xEF, 0xBB, 0xBF] } == [true, false, false])
        #expect(bytes.map { String(validating: $0, as: UTF8.self) == nil } == [false, true, false])
        #expect(bytes.map { $0.contains(0x0D) } == [false, true, false])
        #expect(years.map(\.preambleLines) == [0, 1, 0])
        #expect(SlowCSV.windows1252(bytes[1]).hasPrefix("Datos ficticios de Valle del Faro; ningún hecho"))
        #expect(SlowCSV.windows1252(bytes[1]).contains("DAÑO EN PROPIEDAD"))
    }

    @Test(arguments: 0..<3) func `The rows are the manifest's and end in one of three ways`(index: Int) throws {
        let year = try Sample.city.get().manifest.years[index]
        let rows = try Sample.reports(year)
        #expect(rows.count == year.rows)
        #expect(year.placed + year.unplaced + year.rejected == year.rows)
        let truth = try Sample.table("verdad.csv").filter { $0["anio"] == String(year.year) }
        #expect(truth.map { $0["folio"] } == rows.map(\.first))
        #expect(truth.map { $0["fila"] } == (1...year.rows).map(String.init))
        func ended(_ outcome: String) -> Int { truth.count { $0["resultado"] == outcome } }
        #expect(ended("placed") == year.placed)
        #expect(ended("unplaced") == year.unplaced)
        #expect(ended("rejected") == year.rejected)
        for dirt in Dirt.allCases {
            let marked = truth.filter { ($0["suciedad"] ?? "").split(separator: "|").contains { $0 == dirt.rawValue } }
            #expect(marked.count == year.dirt[dirt] ?? 0, "\(dirt)")
            guard let consequence = dirt.consequence else { continue }
            #expect(marked.allSatisfy { $0["resultado"] == consequence.outcome && $0["motivo"] == consequence.reason })
        }
    }

    @Test(arguments: 0..<3) func `Each fault of the coordinates is there as often as stated`(index: Int) throws {
        let year = try Sample.city.get().manifest.years[index]
        let office = try Sample.city.get().manifest.defaultPoint
        var found: [Dirt: Int] = [:]
        for row in try Sample.reports(year) {
            guard row.count == 12 else {
                #expect((5...8).contains(row.count))
                found[.shortRow, default: 0] += 1
                continue
            }
            let dirt: Dirt? =
                switch (Double(row[10]), Double(row[11])) {
                case (nil, nil): row[10].isEmpty && row[11].isEmpty ? .noCoordinates : .unreadableCoordinates
                case (0, 0): .zeroCoordinates
                case (let latitude?, let longitude?) where latitude < 0 && longitude > 0:
                    (-104 ... -102).contains(latitude) && (26...27).contains(longitude) ? .swappedCoordinates : nil
                case (let latitude?, let longitude?) where latitude > 100_000 && longitude > 100_000: .metres
                case (let latitude?, _?) where latitude > 90: .outOfRange
                case (_?, let longitude?) where longitude > 0: .signLost
                case (let latitude?, let longitude?) where latitude < 26.45 || longitude > -102.8: .outsideCity
                case (office.latitude, office.longitude): .defaultPoint
                default: nil
                }
            if let dirt { found[dirt, default: 0] += 1 }
        }
        for dirt in [
            Dirt.shortRow, .noCoordinates, .unreadableCoordinates, .zeroCoordinates, .swappedCoordinates, .metres,
            .outOfRange,
            .signLost, .outsideCity, .defaultPoint,
        ] { #expect(found[dirt] == year.dirt[dirt], "\(dirt)") }
    }

    @Test(arguments: 0..<3) func `Each fault of dates, hours and texts is there as often as stated`(index: Int) throws {
        let year = try Sample.city.get().manifest.years[index]
        let rows = try Sample.reports(year)
        func count(_ holds: ([String]) -> Bool) -> Int { rows.count(where: holds) }
        func stated(_ dirt: Dirt) -> Int { year.dirt[dirt] ?? 0 }
        #expect(count { CalendarDate(String($0[2].prefix(10))) == nil } == stated(.impossibleDate))
        #expect(count { $0[2].count == 19 && $0[3].split(separator: ":").count == 4 } == stated(.longDate))
        #expect(
            count { $0[2].count == 10 && $0[3].split(separator: ":").count == 3 }
                == year.rows - stated(.longDate) - stated(.noHour))
        #expect(count { $0[3].isEmpty } == stated(.noHour))
        #expect(count { $0[3].hasPrefix("25:10") } == stated(.impossibleHour))
        #expect(count { $0[3].hasPrefix("12:00:00") } == stated(.noon))
        #expect(abs(Double(stated(.noon)) / Double(year.rows) - 0.085) < 0.002)
        #expect(rows.count - Set(rows).count == stated(.duplicate))
        // A short row may lack the field that was dirtied.
        let short = stated(.shortRow)
        #expect(
            (stated(.lineBreak) - short...stated(.lineBreak)).contains(count { $0.count > 8 && $0[8].contains("\n") }))
        #expect((stated(.quotes) - short...stated(.quotes)).contains(count { $0.count > 8 && $0[8].contains("\"") }))
        #expect(count { $0.count > 4 && $0[4].contains(",") } > 10)
    }

    @Test func `Long dates take over in November 2023`() throws {
        let years = try Sample.city.get().manifest.years
        #expect(years.prefix(2).allSatisfy { $0.dirt[.longDate] ?? 0 == 0 })
        let rows = try Sample.reports(years[2])
        let late = rows.filter { $0[2] >= "2023-11" }
        let early = rows.filter { $0[2] < "2023-11" }
        #expect(Double(late.count { $0[2].count == 19 }) > 0.9 * Double(late.count))
        #expect((1..<early.count / 20).contains(early.count { $0[2].count == 19 }))
    }

    @Test(arguments: 0..<3) func `Published labels are the true colonia's but for those planted`(index: Int) throws {
        let year = try Sample.city.get().manifest.years[index]
        let colonias = try Sample.areas("colonias.geojson")
        let byKey = Dictionary(uniqueKeysWithValues: colonias.map { ($0.text("cve_col"), $0) })
        let municipalities = ["00901": "SAN TELMO DEL RIO", "00902": "PUERTO CANDELA", "00903": "VILLA ALMENARA"]
        let truth = try Sample.table("verdad.csv").filter { $0["anio"] == String(year.year) }
        var wrong = 0
        for (row, truth) in zip(try Sample.reports(year), truth) where row.count == 12 {
            let colonia = try #require(byKey[truth["colonia"] ?? ""])
            let agrees =
                row[6].uppercased().hasSuffix(colonia.text("nombre"))
                && row[7].uppercased() == municipalities[colonia.text("cve_mun")]
            let dirt = (truth["suciedad"] ?? "").split(separator: "|")
            #expect(agrees != dirt.contains { $0 == Dirt.wrongLabel.rawValue }, "\(row)")
            #expect((row[7] != row[7].uppercased()) == dirt.contains { $0 == Dirt.titleCase.rawValue })
            wrong += agrees ? 0 : 1
        }
        #expect((0.015...0.025).contains(Double(wrong) / Double(year.rows)))
        #expect(year.labelsAgreeing + year.labelsDiffering == year.placed)
    }

    @Test func `Every true place lies in its colonia, municipality and district alone`() throws {
        let manifest = try Sample.city.get().manifest
        let colonias = Dictionary(
            uniqueKeysWithValues: try Sample.areas("colonias.geojson").map { ($0.text("cve_col"), $0) })
        let municipalities = try Sample.areas("municipios.geojson")
        let disputed = (manifest.overlaps + manifest.slivers).flatMap { [$0.colonia, $0.neighbour] }
        var inTwo = 0
        for row in try Sample.table("verdad.csv") {
            let longitude = try #require(Double(row["longitud"] ?? ""))
            let latitude = try #require(Double(row["latitud"] ?? ""))
            let key = row["colonia"] ?? ""
            let colonia = try #require(colonias[key])
            #expect(colonia.contains(longitude: longitude, latitude: latitude), "\(row)")
            guard row["suciedad"]?.contains(Dirt.defaultPoint.rawValue) == false,
                row["suciedad"]?.contains(Dirt.outsideCity.rawValue) == false, row["resultado"] == "placed"
            else { continue }
            let others = disputed.filter { $0 != key }
            inTwo +=
                others.contains { colonias[$0]?.contains(longitude: longitude, latitude: latitude) ?? false } ? 1 : 0
        }
        #expect(inTwo == manifest.years.reduce(0) { $0 + $1.inTwoColonias })
        for row in try Sample.table("verdad.csv").prefix(300) {
            let longitude = try #require(Double(row["longitud"] ?? ""))
            let latitude = try #require(Double(row["latitud"] ?? ""))
            let around = municipalities.filter { $0.contains(longitude: longitude, latitude: latitude) }
            #expect(around.map { $0.text("cve_mun") } == [String((row["colonia"] ?? "").prefix(5))])
        }
    }

    @Test(arguments: 0..<3) func `Published coordinates are the true ones where nothing was done to them`(index: Int)
        throws
    {
        let year = try Sample.city.get().manifest.years[index]
        let truth = try Sample.table("verdad.csv").filter { $0["anio"] == String(year.year) }
        let moved: [Dirt] = [.outsideCity, .defaultPoint]
        for (row, truth) in zip(try Sample.reports(year), truth) where truth["motivo"] == "coordinates" {
            let dirt = (truth["suciedad"] ?? "").split(separator: "|")
            guard !dirt.contains(where: { word in moved.contains { $0.rawValue == word } }) else { continue }
            #expect(row[10] == truth["latitud"] && row[11] == truth["longitud"])
        }
    }

    @Test func `Places are street corners until 2022 and scattered in 2023`() throws {
        let corners = Set(try Sample.table("calles.csv").map { [$0["lat"] ?? "", $0["lon"] ?? ""] })
        let years = try Sample.city.get().manifest.years
        for year in years {
            let rows = try Sample.reports(year).filter {
                $0.count == 12 && CalendarDate(String($0[2].prefix(10))) != nil
            }
            // As they stand, with the columns swapped back, or with the sign restored.
            let atCorners = rows.count { row in
                let (latitude, longitude) = (row[10], row[11])
                return corners.contains([latitude, longitude]) || corners.contains([longitude, latitude])
                    || corners.contains([latitude, "-" + longitude])
            }
            #expect(atCorners == year.atCorners)
            #expect(year.year < 2023 ? atCorners > year.rows * 3 / 4 : atCorners == 0)
        }
    }

    @Test func `Coordinates have 5, 6 and 12 decimals`() throws {
        let decimals = try Sample.city.get().manifest.years.map { year in
            try Sample.reports(year).compactMap { row in
                row.count == 12 && Double(row[10]) != nil ? row[10].split(separator: ".").last?.count : nil
            }.max()
        }
        #expect(decimals == [5, 6, 12])
    }
}
