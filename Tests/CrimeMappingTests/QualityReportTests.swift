import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import Indicators
import Pictures
import TestSupport
import Testing

struct QualityReportTests {
    /// Two points in Norteña, one of them mislabelled; a colonia by name, one that nobody knows, one of several, nothing at
    /// all, and a row without a date.
    private func city() throws -> SmallCity {
        let city = try SmallCity()
        try city.report([
            "2024-03-01,ROBO,Centro,Norteña,-99.17,19.32", "2024-03-02,ROBO,Centro,Norteña,-99.17,19.37",
            "2024-04-01,FRAUDE,El Mirador,Sureña,,", "2024-04-02,FRAUDE,El Hoyo,Norteña,,",
            "2024-04-03,FRAUDE,Las Flores,,,",
            "2024-04-04,,,,,", "no date,ROBO,Centro,Norteña,-99.17,19.32",
        ])
        return city
    }

    @Test func `Every axis sums to the same incidents, and the figures are those of the rows`() throws {
        let report = try city().quality()
        #expect(report.counts.read == 7 && report.counts.rejected == 1)
        #expect(report.counts.placed + report.counts.ambiguous + report.counts.unplaced == 6)
        #expect(report.overall == HitRate(incidents: 6, hits: 2))
        for groups in [report.byCrime, report.byMunicipality, report.byColonia, report.byMonth, report.byMethod] {
            #expect(groups.reduce(0) { $0 + $1.rate.incidents } == 6 && groups.reduce(0) { $0 + $1.rate.hits } == 2)
        }
        #expect(report.byMonth.map(\.key) == ["2024-03", "2024-04"])
        #expect(report.precision.reduce(0) { $0 + $1.incidents } == 6)
        #expect(report.firstDate == "2024-03-01" && report.lastDate == "2024-04-04")
        let north = try #require(report.byMunicipality.first { $0.key == "01" })
        #expect(north.name == "Norteña" && north.rate == HitRate(incidents: 3, hits: 2))
        let colonia = try #require(report.labels.first { $0.level == "colonia" })
        #expect(colonia.agrees == 1 && colonia.differs == 1 && colonia.agreement == 0.5)
    }

    @Test func `Reasons come with rows to look up, and names with candidates`() throws {
        let report = try city().quality()
        let unknown = try #require(report.reasons.first { $0.reason == "unknown_place" })
        #expect(unknown.rows == 1)
        let example = try #require(unknown.examples.first)
        #expect(example.source == "r.csv" && example.row == 4 && example.line == 5 && example.found == "El Hoyo")
        #expect(report.reasons.map(\.rows) == report.reasons.map(\.rows).sorted(by: >))
        #expect(report.names.names.map(\.name) == ["El Hoyo", "Las Flores"])
        #expect(report.names.unmatched == 1 && report.names.ambiguous == 1 && report.names.incidents == 2)
        #expect(report.names.names[1].candidates.map(\.id) == ["A2", "B2"])
    }

    @Test func `The end of an import says the same as the report of the store`() throws {
        let city = try city()
        let brief = try QualityReport(checking: city.store)
        let full = try city.quality()
        #expect(brief.overall == full.overall && brief.byColonia == full.byColonia && brief.labels == full.labels)
        #expect(brief.positions == full.positions && brief.revision == full.revision)
        #expect(brief.names.incidents == full.names.incidents && brief.counts == full.counts)
    }

    @Test func `As JSON it has snake-case members, and every share is a number or null`() throws {
        let text = try JSONText.of(city().quality())
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(
            json.keys.sorted() == [
                "artefacts", "by_colonia", "by_crime", "by_method", "by_month", "by_municipality", "days", "gate",
                "hit_rate",
                "labels", "names", "positions", "precision", "reasons", "revision", "rows",
            ])
        #expect(json["gate"] as? Double == 0.85)
        let rate = try #require(json["hit_rate"] as? [String: Any])
        #expect(rate.keys.sorted() == ["high", "hits", "incidents", "low", "rate", "standing"])
        #expect(text.range(of: #""[a-z]+[A-Z][A-Za-z]*":"#, options: .regularExpression) == nil)
    }

    @Test(arguments: [PictureLanguage.spanish, .english])
    func `The page stands alone, and nothing that reports say is markup`(_ language: PictureLanguage) throws {
        let city = try SmallCity()
        let evil = "<script>alert(1)</script>&\"'\u{202E}"
        try city.report([
            "2024-03-01,\(evil.replacing("\"", with: "")),x,Norteña,-99.17,19.32",
            "2024-03-02,ROBO,<img src=x>,Norteña,,",
        ])
        let html = QualityPage(try city.quality(), store: evil, language: language).html
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
        for forbidden in [
            "<script", "<img", "<link", "http://", "https://", "src=x>", "url(", "@import", "\u{202E}", "javascript:",
        ] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;"))
        #expect(html.contains("&lt;img src=x&gt;"))
        // Well formed: every tag that is opened is closed.
        let body = html.replacingOccurrences(of: "<!DOCTYPE html>", with: "").replacingOccurrences(
            of: #"<meta([^>]*)>"#, with: "<meta$1/>", options: .regularExpression)
        let parser = XMLCheck(body)
        #expect(parser.isWellFormed, "\(parser.message)")
    }
}

/// Whether a text is well-formed markup: tags are closed in the order in which they were opened.
private struct XMLCheck {
    var isWellFormed = true
    var message = ""

    init(_ text: String) {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasSuffix("/") { continue }
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            if !tag.hasPrefix("/") {
                open.append(name)
            } else if open.popLast() != name {
                isWellFormed = false
                message = "unexpected </\(name)>"
                return
            }
        }
        if !open.isEmpty { (isWellFormed, message) = (false, "left open: \(open)") }
    }
}
