import Boundaries
import CivilTime
import CrimeMapping
import Foundation
import Hotspots
import Hummingbird
import Incidents
import SimpleFeatures
import TestSupport
import Testing
import Tiles

import Privacy
@testable import Server

/// The same question has one number, whoever is asked: the job of the command line, tables, pages, and tiles.
@Suite struct OneNumberTests {
    /// A question drawn at random, as the command line has it and as an address has it.
    private struct Question {
        var filter = IncidentFilter()
        var box: Envelope<FilePosition>?
        var address: [String] = []

        mutating func add(_ name: String, _ value: String) {
            address.append("\(name)=\(Links.encoded(value))")
        }

        init(_ table: IncidentTable, _ areas: [AreaSelector], _ bounds: Envelope<LonLat>, _ dice: inout SeededGenerator)
            throws
        {
            func isDrawn(_ dice: inout SeededGenerator) -> Bool { Int.random(in: 0..<3, using: &dice) == 0 }
            if isDrawn(&dice) {
                filter.categories = Array(
                    Set(
                        (0..<Int.random(in: 1...2, using: &dice)).compactMap { _ in
                            table.categories.randomElement(using: &dice)
                        })
                ).sorted()
                for category in filter.categories { add("category", category) }
            }
            if isDrawn(&dice), let modality = table.modalities.filter({ !$0.isEmpty }).randomElement(using: &dice) {
                filter.modalities = [modality]
                add("modality", modality)
            }
            if isDrawn(&dice), let one = table.localDay.randomElement(using: &dice),
                let other = table.localDay.randomElement(using: &dice)
            {
                filter.from = CalendarDate(daysSince1970: min(one, other))
                filter.to = CalendarDate(daysSince1970: max(one, other))
                add("from", "\(CalendarDate(daysSince1970: min(one, other)))")
                add("to", "\(CalendarDate(daysSince1970: max(one, other)))")
            }
            if isDrawn(&dice) {
                let text = "\(Int.random(in: 0...23, using: &dice))-\(Int.random(in: 0...23, using: &dice))"
                filter.hours = try HourRange(text)
                add("hours", text)
            }
            if isDrawn(&dice) {
                let text = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].shuffled(using: &dice).prefix(
                    Int.random(in: 1...4, using: &dice)
                ).joined(separator: ",")
                filter.days = try WeekdaySet(text)
                add("days", text)
            }
            if isDrawn(&dice), let area = areas.randomElement(using: &dice) {
                filter.areas = [area]
                add("area", "\(area)")
            }
            if isDrawn(&dice) {
                func between(_ low: Double, _ high: Double) -> [Double] {
                    [Double.random(in: low...high, using: &dice), Double.random(in: low...high, using: &dice)].map {
                        ($0 * 1e5).rounded() / 1e5
                    }.sorted()
                }
                let (x, y) = (between(bounds.minX, bounds.maxX), between(bounds.minY, bounds.maxY))
                box = Envelope(minX: x[0], minY: y[0], maxX: x[1], maxY: y[1])
                add("bbox", "\(x[0]),\(y[0]),\(x[1]),\(y[1])")
            }
        }
    }

    private func object(_ path: String, _ server: FaroServer, _ responder: some HTTPResponder<FaroContext>) async throws
        -> [String: Any]
    {
        let reply = try await server.ask(path, of: responder)
        #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
        return try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    private func sum(_ rows: Any?, in level: String?) -> Int {
        let rows = rows as? [[String: Any]] ?? []
        return rows.compactMap { row in
            let row = row["properties"] as? [String: Any] ?? row
            return level == nil || row["area_id"] is String ? row["count"] as? Int : nil
        }.reduce(0, +)
    }

    /// What the tiles of a zoom that the box of the city touches say together.
    private func tiles(
        _ set: String, zoom: Int, _ query: String, _ server: FaroServer, _ responder: some HTTPResponder<FaroContext>
    ) async throws -> Int {
        let bounds = server.live.current.places.bounds
        let low = try #require(
            MercatorPosition(LonLat(longitude: bounds.minX, latitude: bounds.maxY))?.tile(zoom: zoom))
        let high = try #require(
            MercatorPosition(LonLat(longitude: bounds.maxX, latitude: bounds.minY))?.tile(zoom: zoom))
        var (total, seen) = (0, Set<UInt64>())
        for x in low.x...high.x {
            for y in low.y...high.y {
                let reply = try await server.ask("/tiles/\(set)/\(zoom)/\(x)/\(y).mvt?\(query)", of: responder)
                guard reply.status == 200 else {
                    #expect(reply.status == 204, "\(set) \(query): \(reply.text)")
                    continue
                }
                for feature in VectorTile(reply.bytes).layers.first?.features ?? [] {
                    // An area lies in several tiles, a point in one.
                    if set != "incidents", let id = feature.id, !seen.insert(id).inserted { continue }
                    guard case .integer(let count)? = feature.properties.first(where: { $0.name == "count" })?.value
                    else {
                        total += set == "incidents" ? 1 : 0
                        continue
                    }
                    total += Int(count)
                }
            }
        }
        return total
    }

    @Test func `200 questions have one number each by job, summary, counts, pages and tiles`() async throws {
        let city = try TestServer.city.get()
        let server = try city.server { $0.role = .researcher }
        let responder = server.router().buildResponder()
        let snapshot = server.live.current
        let areas = try snapshot.layers.flatMap { layer in
            try layer.areas.map { try AreaSelector("\(layer.version.level.name):\($0.id)") }
        }
        let levels = Set(snapshot.layers.map(\.version.level.name)).sorted()
        var dice = SeededGenerator(seed: 1810)
        var nonempty = 0
        for number in 0..<200 {
            let question = try Question(snapshot.table, areas, snapshot.places.bounds, &dice)
            let query = question.address.joined(separator: "&")
            let job = try IncidentSelection(
                from: city.store, filter: question.filter, box: question.box.map { ($0, .wgs84) })
            let expected = job.rows.count
            nonempty += expected > 0 ? 1 : 0
            let level = levels[number % levels.count]
            let inLevel = try job.counts(by: #require(Level(level)), in: city.store)

            let summary = try await object(
                "/summary?by=\(level)&period=\(number % 3 == 0 ? "month" : "none")&\(query)", server, responder)
            #expect(summary["incidents"] as? Int == expected, "\(query)")
            #expect(sum(summary["rows"], in: nil) == expected, "summary \(level) \(query)")
            let counts = try await object("/hotspots/count?by=\(level)&\(query)", server, responder)
            #expect(sum(counts["features"], in: level) == inLevel.counted, "count \(level) \(query)")
            // Pages have no parameter for a modality of its own words and for lists: these are conditions there.
            let items = try await object(
                "/collections/incidents/items?limit=1&\(Self.asItems(question))", server, responder)
            #expect(items["numberMatched"] as? Int == expected, "items \(query)")
            guard number % 8 < 2 else { continue }
            let points = try job.pattern()
            #expect(
                try await tiles("incidents", zoom: number % 8 == 0 ? 10 : 7, query, server, responder) == points.count,
                "tiles \(query)")
            #expect(
                try await tiles(level, zoom: 8, query, server, responder) == inLevel.counted, "tiles \(level) \(query)")
        }
        #expect(nonempty > 100)
    }

    private static func asItems(_ question: Question) -> String {
        func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "''") + "'" }
        var conditions: [String] = []
        if !question.filter.categories.isEmpty {
            conditions.append("category IN (\(question.filter.categories.map(quoted).joined(separator: ",")))")
        }
        for modality in question.filter.modalities { conditions.append("modality = \(quoted(modality))") }
        let plain = question.address.filter { !$0.hasPrefix("category=") && !$0.hasPrefix("modality=") }
        let filter = conditions.isEmpty ? [] : ["filter=" + Links.encoded(conditions.joined(separator: " AND "))]
        return (plain + filter).joined(separator: "&")
    }
}
