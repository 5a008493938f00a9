import Boundaries
import CivilTime
import CrimeMapping
import Foundation
import HTTPTypes
import Hummingbird
import Incidents
import Indicators
import Privacy
import Testing

@testable import Server

/// The monthly sheet over HTTP: the same numbers as the job of `faro summary` and the tables, and for the public no others than
/// the public tables.
@Suite struct ReportRouteTests {
    /// The labels that the built-in catalogue counts for some indicators in the demo city.
    private static let labels: [(indicator: String, category: String, modality: String?)] = [
        ("homicide", "HOMICIDIO DOLOSO", nil), ("extortion", "EXTORSION", nil),
        ("vehicle_theft_violent", "ROBO DE VEHICULO AUTOMOTOR", "CON VIOLENCIA"),
        ("vehicle_theft_nonviolent", "ROBO DE VEHICULO AUTOMOTOR", "SIN VIOLENCIA"),
        ("family_violence", "VIOLENCIA FAMILIAR", nil),
    ]

    private func json(_ reply: Reply) throws -> [String: Any] {
        #expect(reply.status == 200, "\(reply.text.prefix(300))")
        return try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    private func part(_ id: String, of sheet: [String: Any]) -> [String: Any]? {
        (sheet["indicators"] as? [[String: Any]])?.first { $0["id"] as? String == id }
    }

    @Test func `Sheet, summary, counts and the job of the command line have one number an area, month and indicator`()
        async throws
    {
        let city = try TestServer.city.get()
        let server = try city.server { $0.role = .researcher }
        let responder = server.router().buildResponder()
        var compared = 0
        for month in ["2021-01", "2022-02", "2022-11", "2023-12"] {
            let sheet = try json(try await server.ask("/report/\(month)?f=json", of: responder))
            let table = try await server.ask("/report/\(month)?f=csv", of: responder).text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .init(charactersIn: "\""))
                }
            }
            let names = try #require(table.first)
            let (byArea, byCount) = (names.firstIndex(of: "area_id"), names.firstIndex(of: "count"))
            let byName = try #require(names.firstIndex(of: "indicator"))
            let period = try #require(Period(month))
            for (indicator, category, modality) in Self.labels {
                let words =
                    "category=\(Links.encoded(category))" + (modality.map { "&modality=\(Links.encoded($0))" } ?? "")
                let days = "from=\(period.first)&to=\(period.last)"
                let summary = try json(
                    try await server.ask("/summary?by=municipality&period=month&\(words)", of: responder))
                let counts = try json(
                    try await server.ask("/hotspots/count?by=municipality&\(words)&\(days)", of: responder))
                var filter = IncidentFilter()
                filter.categories = [category]
                filter.modalities = modality.map { [$0] } ?? []
                let job = try AreaSummary(level: .municipality, period: .month)
                    .run(on: IncidentSelection(from: city.store, filter: filter), in: city.store)
                for line in try #require(part(indicator, of: sheet)?["areas"] as? [[String: Any]]) {
                    let area = try #require(line["area_id"] as? String)
                    let count = line["count"] as? Int
                    let rows = try #require(summary["rows"] as? [[String: Any]])
                    let told = rows.filter { $0["area_id"] as? String == area && $0["period"] as? String == month }
                    #expect(
                        count == told.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }, "\(indicator) \(area) \(month)")
                    let own = job.filter { $0.areaID == area && $0.period == month }.reduce(0) { $0 + $1.count }
                    #expect(count == own)
                    let features = try #require(counts["features"] as? [[String: Any]])
                    let shape = features.compactMap { $0["properties"] as? [String: Any] }
                        .first { $0["area_id"] as? String == area }
                    #expect(count == shape?["count"] as? Int)
                    let row = table.first { $0[byName] == indicator && $0[byArea ?? 0] == area }
                    #expect(row?[byCount ?? 0] == "\(count ?? -1)")
                    let years = (0..<12).compactMap { period.advanced(by: -$0)?.description }
                    let year = rows.filter {
                        $0["area_id"] as? String == area && years.contains($0["period"] as? String ?? "")
                    }.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
                    #expect(line["twelve_months"] as? Int == (month == "2021-01" ? nil : year))
                    compared += 1
                }
            }
        }
        #expect(compared == 4 * 5 * 3)
    }

    private func publicServer() throws -> FaroServer {
        try TestServer.largerCity.get().server { $0.today = { CalendarDate(daysSince1970: 19_800) } }  // 2024-03-18
    }

    @Test func `Without a token the sheet has the counts of the public summary, and no others`() async throws {
        let server = try publicServer()
        let responder = server.router().buildResponder()
        let sheet = try json(try await server.ask("/report/2023-11?f=json", of: responder))
        #expect((sheet["suppression"] as? [String: Any])?["k"] as? Int == 8)
        #expect((sheet["sources"] as? [Any])?.isEmpty == true && sheet["last_day"] is NSNull)
        var (shown, hidden) = (0, 0)
        for (indicator, category, modality) in Self.labels where modality == nil {
            guard let part = part(indicator, of: sheet) else { continue }
            #expect((part["places"] as? [Any])?.isEmpty == true && part["hit_rate"] is NSNull)
            let summary = try json(
                try await server.ask(
                    "/summary?by=municipality&period=month&category=\(Links.encoded(category))", of: responder))
            let rows = try #require(summary["rows"] as? [[String: Any]])
            for line in try #require(part["areas"] as? [[String: Any]]) {
                let area = try #require(line["area_id"] as? String)
                let recent = try #require(line["recent"] as? [Any])
                let held = try #require(line["recent_withheld"] as? [Bool])
                let last = try #require(Period("2023-11"))
                for (index, figure) in recent.enumerated() {
                    let month = last.advanced(by: index - recent.count + 1)?.description
                    let row = rows.first { $0["area_id"] as? String == area && $0["period"] as? String == month }
                    #expect(figure as? Int == row?["count"] as? Int, "\(indicator) \(area) \(month ?? "")")
                    #expect(held[index] == (row?["count"] is NSNull))
                    #expect(!(1...7).contains(figure as? Int ?? 0))
                    if figure is Int { shown += 1 } else { hidden += 1 }
                }
            }
        }
        #expect(shown > 10 && hidden > 50, "\(shown) \(hidden)")
        // Modalities are not published.
        let withheld = try #require(sheet["withheld_indicators"] as? [[String: Any]])
        #expect(
            withheld.contains {
                $0["id"] as? String == "vehicle_theft_violent" && $0["reason"] as? String == "too_fine"
            })
    }

    @Test func `The public page says what it leaves out, and names no file`() async throws {
        let server = try publicServer()
        let page = try await server.ask("/report/2023-11")
        #expect(page.status == 200 && page.headers[.contentType]?.hasPrefix("text/html") == true)
        #expect(page.text.contains("Edición pública") && page.text.contains("supr."))
        #expect(try await server.ask("/report/2023-11?lang=en").text.contains("Public edition"))
        for record in server.live.current.imports() { #expect(!page.text.contains(record.source)) }
        let whole = try await TestServer.largerCity.get().server { $0.role = .researcher }.ask("/report/2023-11")
        #expect(!whole.text.contains("Edición pública") && whole.text.contains("class=\"map\""))
    }

    @Test(arguments: ["/report/2023-11?areas=colonia", "/report/2024-02", "/report/2019-01"])
    func `A sheet that the public has not is refused by its name`(_ question: String) async throws {
        let reply = try await publicServer().ask(question)
        #expect(reply.status == 401 && reply.text.contains("without a token, sheets are"), "\(reply.text)")
    }

    @Test func `A month that is none is not found`() async throws {
        #expect(try await publicServer().ask("/report/2023").status == 404)
        #expect(try await publicServer().ask("/report/2023-13").status == 404)
    }

    @Test func `A sheet is asked for by rule, table and day, and the public knows the figures of today alone`()
        async throws
    {
        let city = try TestServer.city.get()
        let server = try city.server { $0.role = .researcher }
        let responder = server.router().buildResponder()
        let names = try LightRule.builtIn().map(\.name)
        let other = try #require(names.last)
        let sheet = try json(try await server.ask("/report/2022-11?f=json&rule=\(other)", of: responder))
        #expect((sheet["rule"] as? [String: Any])?["rule"] as? String == other)
        let index = try await server.ask("/report/2022-11?f=csv&table=index", of: responder)
        #expect(index.status == 200 && index.text.hasPrefix("month,level,as_of,area_id,area_name,score"))
        #expect(try await server.ask("/report/2022-11?f=csv&table=areas", of: responder).status == 400)
        #expect(try await server.ask("/report/2022-11?rule=mine.json", of: responder).status == 400)
        #expect(try await server.ask("/report/2022-11?as_of=yesterday", of: responder).status == 400)
        // Nothing was known before the city was made.
        let before = try await server.ask("/report/2022-11?as_of=2020-01-01", of: responder)
        #expect(before.status == 400 && before.text.contains("that was known on 2020-01-01"))
        let now = try await server.ask("/report/2022-11?f=json&as_of=2999-01-01", of: responder)
        #expect(try json(now)["as_of"] as? String == "2999-01-01T23:59:59Z")
        let citizen = try city.server()
        let refused = try await citizen.ask("/report/2022-11?as_of=2999-01-01", of: citizen.router().buildResponder())
        #expect(refused.status == 401 && refused.text.contains("the figures are those known now"))
    }
}
