import Foundation
import Incidents
import Indicators
import Testing

struct IndicatorCatalogueTests {
    @Test func `Every class that the built-in catalogue counts is one of its schemes`() throws {
        let catalogue = try IndicatorCatalogue.builtIn()
        #expect(catalogue.findings(schemes: Taxonomy.builtIn) == [])
        #expect(catalogue.indicators.count == 15)
        #expect(try IndicatorCatalogue(json: catalogue.json()) == catalogue)
    }

    @Test func `Vehicle theft with violence takes the violent modalities of cars, motorcycles and boats only`() throws {
        let indicator = try IndicatorCatalogue.builtIn().indicator("vehicle_theft_violent")
        for scheme in Taxonomy.builtIn {
            let counted = scheme.classes.filter { indicator.contains($0, of: scheme.scheme) }.map(\.code)
            #expect(counted.count == 3)
            #expect(counted.allSatisfy { $0.hasSuffix("violent") && !$0.hasSuffix("nonviolent") })
        }
        #expect(indicator.contains(category: "Robo de vehículo automotor", modality: "con violencia"))
        #expect(!indicator.contains(category: "Robo de vehículo automotor", modality: "SIN VIOLENCIA"))
    }

    @Test func `Detentions are never judged, and no crime is better the more there is of it`() throws {
        let catalogue = try IndicatorCatalogue.builtIn()
        #expect(try catalogue.indicator("detentions").polarity == .none)
        #expect(try !catalogue.indicator("detentions").isJudged)
        #expect(throws: IndicatorError.self) { try catalogue.indicator("arson") }
        #expect(
            error(
                "{\"id\": \"a\", \"name_es\": \"A\", \"name_en\": \"A\", \"polarity\": \"more_is_better\", \"labels\": [{\"category\": \"X\"}]}"
            )
                == "indicator catalogue: a crime cannot be better the more there is of it, but a says so")
    }

    private func error(_ indicators: String) -> String {
        do {
            _ = try IndicatorCatalogue(
                json: Data("{\"catalogue\": \"c\", \"version\": \"1\", \"indicators\": [\(indicators)]}".utf8))
            return "none"
        } catch { return "\(error)" }
    }

    @Test func `A catalogue that counts nothing, or twice, is refused`() {
        let good = "{\"id\": \"a\", \"name_es\": \"A\", \"name_en\": \"A\", \"labels\": [{\"category\": \"X\"}]}"
        #expect(error(good) == "none")
        #expect(error(good + "," + good) == "indicator catalogue: each id must occur once, but \"a\" occurs twice")
        #expect(
            error("{\"id\": \"a\", \"name_es\": \"A\", \"name_en\": \"A\"}")
                == "indicator catalogue: a must name classes or labels that it counts, but names none")
        #expect(
            error("{\"id\": \"a\"}") == "indicator catalogue: member indicators.0.name_es must be there, but is missing"
        )
        #expect(error("") == "indicator catalogue: it must have an indicator, but has none")
    }

    @Test func `Indicators that count one offence twice are known, and those that come with Faro do not`() throws {
        let built = try IndicatorCatalogue.builtIn().indicators.filter { $0.kind == .crime }
        for (place, one) in built.enumerated() {
            #expect(!built[..<place].contains { $0.sharesOffences(with: one) }, "\(one.id)")
        }
        var all = try #require(built.first { $0.id == "vehicle_theft_violent" })
        all.classes = [.init(scheme: "CNSP/38/15", codes: ["property.robbery"])]
        all.labels = []
        let nonviolent = try #require(built.first { $0.id == "vehicle_theft_nonviolent" })
        #expect(all.sharesOffences(with: nonviolent) && nonviolent.sharesOffences(with: all))
        all.classes = []
        all.labels = [.init(category: "Robo de vehículo automotor")]
        #expect(all.sharesOffences(with: nonviolent) && nonviolent.sharesOffences(with: all))
    }
}
