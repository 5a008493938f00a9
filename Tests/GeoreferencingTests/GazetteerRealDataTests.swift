import Boundaries
import Georeferencing
import PlaceNames
import SimpleFeatures
import TestSupport
import Testing

/// The prosecutor's rows of Mexico City 2022 with their coordinates hidden, and the names of two other cities.
@Suite(.enabled(if: RealGeodata.isThere, "FARO_REALDATA is not set"))
struct GazetteerRealDataTests {
    private static let alcaldias = Result {
        try RealGeodata.layer(
            .municipality, "municipios/09_ciudad_de_mexico_AGEM_original.geojson.gz",
            id: { feature, _ in feature["cvegeo"]?.keyText ?? "" }, name: { $0["nom_agem"]?.keyText ?? "" })
    }

    private static let labels = Result { try PublishedLabels() }

    @Test
    func `Mexico City by the prosecutor's own catalogue: nearly all labels are equal, and 97 % of those lie there`()
        throws
    {
        let colonias = try RealGeodata.layer(
            .colonia, "colonias/cdmx_colonias_catalogo_fgj.geojson.gz",
            id: { feature, index in "\(feature["alcaldia"]?.keyText ?? "")/\(String(100_000 + index))" },
            name: { $0["colonia"]?.keyText ?? "" })
        let result = try Evaluation(
            Self.labels.get(), in: [try Self.alcaldias.get(), colonias], source: .sameCatalogue)
        print("own catalogue:", result)
        #expect(result.rows == 224_393)
        #expect(result.share(result.exact) > 0.92)
        #expect(result.share(result.served) > 0.95)
        #expect(result.share(result.wrongPlace) < 0.02)
        #expect(result.wrongPart == 0)
    }

    @Test func `Mexico City by the electoral institute's areas: at least 85 % served, by short lists`() throws {
        let colonias = try RealGeodata.layer(
            .colonia, "colonias/cdmx_colonias_iecm2022.geojson.gz",
            id: { feature, _ in feature["CVEUT"]?.keyText ?? "" }, name: { $0["NOMUT"]?.keyText ?? "" })
        let result = try Evaluation(
            Self.labels.get(), in: [try Self.alcaldias.get(), colonias], source: .otherCatalogue)
        print("other catalogue:", result)
        print(result.rules)
        #expect(result.share(result.served) >= 0.85)
        #expect(result.share(result.wrongPlace) <= 0.02)
        #expect(result.wrongPart == 0)
        #expect(result.meanList < 6)
    }

    @Test func `Monterrey: every unique name finds itself, and repeated ones with a municipality or a postal code`()
        throws
    {
        let layer = try RealGeodata.layer(
            .colonia, "colonias/monterrey_zm_colonias_conapo2020.geojson.gz",
            id: { feature, _ in feature["CVE_COL"]?.keyText ?? "" }, name: { $0["COLONIA"]?.keyText ?? "" })
        let municipalities = try RealGeodata.layer(
            .municipality, "municipios/19_nuevo_leon_AGEM_original.geojson.gz",
            id: { feature, _ in feature["cvegeo"]?.keyText ?? "" }, name: { $0["nom_agem"]?.keyText ?? "" })
        let names = SelfSearch(layer, municipalities, municipality: { $0["CVE_MUN"]?.keyText })
        print("Monterrey:", names)
        names.check()
    }

    @Test func `Juárez: every unique name finds itself, and repeated ones with a postal code`() throws {
        let layer = try RealGeodata.layer(
            .colonia, "colonias/juarez_colonias_original.geojson.gz",
            id: { feature, _ in String(100_000 + (feature["ID"]?.keyText.flatMap { Int($0) } ?? 0)) },
            name: { $0["NOMBRE"]?.keyText ?? "" })
        let municipalities = try RealGeodata.layer(
            .municipality, "municipios/08_chihuahua_municipios_inegi2025.geojson.gz",
            id: { feature, _ in feature["CVEGEO"]?.keyText ?? "" }, name: { $0["NOMGEO"]?.keyText ?? "" })
        let names = SelfSearch(layer, municipalities, municipality: { _ in "Juárez" })
        print("Juárez:", names)
        names.check()
    }
}

/// How often each published pair of alcaldía and colonia occurs, and where.
private struct PublishedLabels {
    struct Label: Hashable { var alcaldia: String, colonia: String }
    var points: [Label: [LonLat]] = [:]

    init() throws {
        var points: [Label: [LonLat]] = [:]
        try RealGeodata.rows("incidentes/cdmx_fgj_2022.csv.gz", ["alcaldia", "colonia", "longitud", "latitud"]) { row in
            guard let longitude = Double(row[2]), let latitude = Double(row[3]) else { return }
            points[Label(alcaldia: row[0], colonia: row[1]), default: []]
                .append(LonLat(longitude: longitude, latitude: latitude))
        }
        self.points = points
    }
}

/// What came of placing rows by their labels alone.
private struct Evaluation: CustomStringConvertible {
    var rows = 0
    /// Matches by an equal name.
    var exact = 0
    var matched = 0
    var ambiguous = 0
    var unmatched = 0
    /// The match, or a candidate, holds the point.
    var served = 0
    /// The match does not hold the point.
    var wrong = 0
    /// Of those: and another area holds more of the label's points than the match does.
    var wrongPlace = 0
    /// Rows matched to an area whose numbers are not those of the label.
    var wrongPart = 0
    var lists: [Int] = []
    var rules = ""

    init(_ labels: PublishedLabels, in layers: [BoundaryLayer], source: NameSource) throws {
        let areas = layers[layers.count - 1].areas
        let locator = PointLocator(areas)
        let single = areas.map { PointLocator([$0]) }
        var search = Gazetteer(layers: layers).search(for: source)
        var byRule: [String: (rows: Int, served: Int)] = [:]
        for (label, points) in labels.points {
            let answer = search.find(PlaceQuery(label.colonia, municipality: label.alcaldia))
            let candidates = answer.candidates.map { Int($0.area.index) }
            let held = points.count { point in candidates.contains { single[$0].locate(point).index >= 0 } }
            rows += points.count
            served += held
            let key = "\(answer.status.rawValue) \(answer.rule.name)"
            byRule[key, default: (0, 0)].rows += points.count
            byRule[key, default: (0, 0)].served += held
            switch answer.status {
            case .match:
                matched += points.count
                exact += answer.rule == .sameName ? points.count : 0
                wrong += points.count - held
                var counts: [Int32: Int] = [:]
                for point in points { counts[locator.locate(point).index, default: 0] += 1 }
                if (counts.values.max() ?? 0) > held { wrongPlace += points.count - held }
                if numbers(label.colonia) != numbers(areas[candidates[0]].name) {
                    wrongPart += points.count
                    print("another part:", label, areas[candidates[0]].name, answer.rule)
                }
            case .ambiguous:
                ambiguous += points.count
                lists += Array(repeating: candidates.count, count: points.count)
            case .unmatched: unmatched += points.count
            }
        }
        lists.sort()
        rules = byRule.sorted { $0.value.rows > $1.value.rows }
            .map { "\($0.key): \($0.value.rows) rows, \($0.value.served) served" }.joined(separator: "\n")
    }

    /// The numbers of a name, read anew, without what they count.
    private func numbers(_ text: String) -> [Int32] {
        var reader = PlaceNameReader()
        return reader.read(text).tokens.filter { $0.kind == .number || $0.kind == .part }.map(\.value).sorted()
    }

    func share(_ count: Int) -> Double { Double(count) / Double(max(1, rows)) }
    var meanList: Double { Double(lists.reduce(0, +)) / Double(max(1, lists.count)) }

    var description: String {
        "exact \(share(exact)), matched \(share(matched)), ambiguous \(share(ambiguous)), unmatched \(share(unmatched)), "
            + "served \(share(served)), matched but outside \(share(wrong)), matched to another place \(share(wrongPlace)), "
            + "list mean \(meanList), 90 % \(lists.isEmpty ? 0 : lists[lists.count * 9 / 10])"
    }
}

/// What a layer's own names find in it.
private struct SelfSearch: CustomStringConvertible {
    var unique = 0
    var uniqueFound = 0
    var repeated = 0
    var repeatedAmbiguous = 0
    var byMunicipality = 0
    var byPostalCode = 0
    var byBoth = 0
    /// Any match that is another area than the one whose name was asked for.
    var wrong = 0

    init(_ layer: BoundaryLayer, _ municipalities: BoundaryLayer, municipality: (Area) -> String?) {
        var search = Gazetteer(layers: [municipalities, layer]).search()
        var reader = PlaceNameReader()
        let keys = layer.areas.map { reader.read($0.name).text }
        var counts: [[UInt8]: Int] = [:]
        for key in keys { counts[key, default: 0] += 1 }
        for (area, key) in zip(layer.areas, keys) {
            let isUnique = counts[key] == 1
            func find(_ municipality: String?, _ postalCode: String?) -> Bool {
                let answer = search.find(
                    PlaceQuery(area.name, municipality: municipality, postalCode: postalCode))
                if answer.status == .match, answer.area?.id != area.id { wrong += 1 }
                if municipality == nil, postalCode == nil, !isUnique, answer.status == .ambiguous {
                    repeatedAmbiguous += 1
                }
                return answer.area?.id == area.id
            }
            let code = area["CP"]?.keyText
            let found = (find(nil, nil), find(municipality(area), nil), find(nil, code), find(municipality(area), code))
            if isUnique {
                unique += 1
                uniqueFound += found.0 && found.1 && found.2 ? 1 : 0
            } else {
                repeated += 1
                byMunicipality += found.1 ? 1 : 0
                byPostalCode += found.2 ? 1 : 0
                byBoth += found.3 ? 1 : 0
            }
        }
    }

    func check() {
        #expect(uniqueFound == unique)
        #expect(repeatedAmbiguous == repeated)
        #expect(wrong == 0)
        #expect(byPostalCode > 0 && byBoth >= byMunicipality)
    }

    var description: String {
        "\(unique) unique names, \(uniqueFound) find themselves; \(repeated) repeated, \(repeatedAmbiguous) ambiguous; "
            + "with municipality \(byMunicipality), with postal code \(byPostalCode), with both \(byBoth); wrong \(wrong)"
    }
}

extension Area {
    fileprivate subscript(name: String) -> PropertyValue? { properties.first { $0.name == name }?.value }
}
