import CivilTime
import DemoCity
import Foundation
import TestSupport
import Testing

/// The patterns that an analysis is to find again.
@Suite struct PatternTests {
    /// What happened, true place and time; without the copies.
    struct Incident {
        var offence: String
        var streets: [String]
        var date: CalendarDate
        var hour: Int
        var longitude: Double
        var latitude: Double

        func metres(to other: Incident) -> Double { metres(toLongitude: other.longitude, latitude: other.latitude) }

        func metres(toLongitude longitude: Double, latitude: Double) -> Double {
            hypot((self.longitude - longitude) * 99_600, (self.latitude - latitude) * 110_800)
        }
    }

    static let incidents = Result {
        let truth = Dictionary(grouping: try Sample.table("verdad.csv")) { $0["anio"] ?? "" }
        return try Sample.city.get().manifest.years.flatMap { year in
            try zip(Sample.reports(year), truth[String(year.year)] ?? []).compactMap { row, truth -> Incident? in
                guard truth["suciedad"]?.contains(Dirt.duplicate.rawValue) == false else { return nil }
                return Incident(
                    offence: row[4], streets: Array(row.dropFirst(8).prefix(2)),
                    date: try #require(CalendarDate(truth["fecha"] ?? "")),
                    hour: try #require(Int((truth["hora"] ?? "").prefix(2))),
                    longitude: try #require(Double(truth["longitud"] ?? "")),
                    latitude: try #require(Double(truth["latitud"] ?? "")))
            }
        }
    }

    @Test func `Each crime has its own hours and days`() throws {
        let incidents = try Self.incidents.get()
        func share(_ offence: String, _ holds: (Incident) -> Bool) -> Double {
            let all = incidents.filter { $0.offence == offence }
            return Double(all.count(where: holds)) / Double(max(1, all.count))
        }
        func isWeekend(_ incident: Incident) -> Bool { incident.date.isoWeekday >= 6 }
        #expect(share("ROBO A TRANSEUNTE EN VIA PUBLICA") { $0.hour >= 19 } > 0.35)
        #expect(share("ROBO A CASA HABITACION") { (8...16).contains($0.hour) } > 0.4)
        #expect(share("LESIONES INTENCIONALES POR GOLPES", isWeekend) > 0.4)
        #expect(share("FRAUDE", isWeekend) < 0.15)
        #expect(share("FRAUDE") { (9...18).contains($0.hour) } > 0.7)
        #expect(share("ROBO A PASAJERO A BORDO DE TRANSPORTE PUBLICO") { (1...4).contains($0.hour) } == 0)
    }

    @Test func `Some crimes grow and some recede over the years`() throws {
        let incidents = try Self.incidents.get()
        func perYear(_ offence: String) -> [Int] {
            [2021, 2022, 2023].map { year in
                incidents.count { $0.offence == offence && $0.date.components.year == year }
            }
        }
        let family = perYear("VIOLENCIA FAMILIAR")
        #expect(family[0] < family[1] && family[1] < family[2])
        let robbery = perYear("ROBO A TRANSEUNTE EN VIA PUBLICA")
        #expect(robbery[0] > robbery[1] && robbery[1] > robbery[2])
    }

    @Test func `Robbery has a season`() throws {
        let months = try Self.incidents.get().filter { $0.offence == "ROBO A TRANSEUNTE EN VIA PUBLICA" }
            .map { $0.date.components.month }
        #expect(Double(months.count { $0 >= 11 }) > 1.3 * Double(months.count { $0 <= 2 }))
    }

    @Test func `Five avenues hold more than a third of the robberies in buses`() throws {
        let manifest = try Sample.city.get().manifest
        let inBuses = try Self.incidents.get().filter {
            $0.offence.hasPrefix("ROBO A PASAJERO") && $0.streets.count == 2
        }
        let hot = inBuses.count { !Set($0.streets).isDisjoint(with: manifest.hotStreets) }
        #expect(Double(hot) > Double(inBuses.count) / 3)
    }

    @Test func `Few corners hold much of the crime`() throws {
        let manifest = try Sample.city.get().manifest
        let incidents = try Self.incidents.get()
        let near = incidents.count { incident in
            manifest.hotCorners.contains { incident.metres(toLongitude: $0.longitude, latitude: $0.latitude) < 120 }
        }
        // Ten discs of 120 m are 0.45 of some 240 square kilometres.
        #expect(Double(near) / Double(incidents.count) > 20 * 0.45 / 240)
    }

    @Test func `Robbery moves from one place to the other in July 2022`() throws {
        let manifest = try Sample.city.get().manifest
        let robberies = try Self.incidents.get().filter { $0.offence == "ROBO A TRANSEUNTE EN VIA PUBLICA" }
        let turn = try #require(CalendarDate("2022-07-01"))
        func counts(_ place: Manifest.HotPlace) -> (before: Int, after: Int) {
            let near = robberies.filter { $0.metres(toLongitude: place.longitude, latitude: place.latitude) < 700 }
            return (near.count { $0.date < turn }, near.count { $0.date >= turn })
        }
        let emerging = counts(try #require(manifest.emerging.first))
        let fading = counts(try #require(manifest.fading.first))
        #expect(emerging.after > 3 * max(1, emerging.before))
        #expect(fading.before > 3 * max(1, fading.after))
    }

    @Test func `The operation left other places and all numbers of incidents as they were`() throws {
        let operation = try Sample.city.get().manifest.operation
        let start = try #require(CalendarDate(operation.from))
        #expect(operation.years.map(\.year) == [2021, 2022, 2023])
        #expect(operation.years[0].withoutOperation == 0)
        let incidents = try Self.incidents.get().filter { $0.offence == operation.offence }
        for year in operation.years.dropFirst() {
            let moved = year.movedNextDoor + year.movedAway
            #expect(year.movedNextDoor > 0 && moved <= year.withoutOperation)
            // Rounding moves places by up to a metre, and no crossing lies so near to the border.
            let left = incidents.count { incident in
                incident.date >= start && incident.date.components.year == year.year
                    && incident.metres(toLongitude: operation.zone.longitude, latitude: operation.zone.latitude)
                        < operation.zoneMetres
            }
            #expect(abs(left - (year.withoutOperation - moved)) <= 1)
        }
    }

    @Test func `The file of the operation holds its zone, its control, and the rings around both`() throws {
        let operation = try Sample.city.get().manifest.operation
        let areas = try Sample.areas("operativo.geojson")
        #expect(
            areas.map { $0.properties["clave"] as? String } == ["zona", "anillo-zona", "control", "anillo-control"])
        for (area, (centre, radius)) in zip(
            areas,
            [
                (operation.zone, operation.zoneMetres), (operation.zone, operation.ringMetres),
                (operation.control, operation.zoneMetres), (operation.control, operation.ringMetres),
            ])
        {
            for vertex in try #require(area.rings.first) {
                let metres = hypot(
                    (Double(vertex.x) / 1e6 - centre.longitude) * 99_600,
                    (Double(vertex.y) / 1e6 - centre.latitude) * 110_800)
                #expect(abs(metres - radius) < 0.01 * radius)
            }
        }
        #expect(areas.map(\.rings.count) == [1, 2, 1, 2])
    }

    /// The Knox test in its plainest form: pairs near in space and time, against shuffled dates.
    @Test func `Burglaries come back nearby and soon, more often than chance`() throws {
        let burglaries = try Self.incidents.get().filter { $0.offence == "ROBO A CASA HABITACION" }
        let years = try Sample.city.get().manifest.years
        #expect(years.allSatisfy { $0.nearRepeats > 20 })
        var near: [(Int, Int)] = []
        for i in burglaries.indices {
            for j in burglaries.indices.dropFirst(i + 1) where burglaries[i].metres(to: burglaries[j]) <= 200 {
                near.append((i, j))
            }
        }
        func soon(_ dates: [CalendarDate]) -> Int {
            near.count { abs(dates[$0.0].daysSince1970 - dates[$0.1].daysSince1970) <= 14 }
        }
        let observed = soon(burglaries.map(\.date))
        #expect(observed >= years.reduce(0) { $0 + $1.nearRepeats })
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<99 {
            #expect(soon(burglaries.map(\.date).shuffled(using: &generator)) < observed / 2)
        }
    }
}
