import Boundaries
import CivilTime
import Geodesy
import Georeferencing
import Incidents
import SimpleFeatures
import Testing

/// A made-up city of two municipalities, ten kilometres a square, with colonias of two kilometres.
@Suite struct GeoreferencerTests {
    private static func square(_ id: String, _ name: String, x: Double, y: Double, side: Double, code: String? = nil)
        -> Area
    {
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
            .map { LonLat(longitude: -100 + $0.0 / 100, latitude: 20 + $0.1 / 100) }
        // A hundredth of a degree is 1,046 m by 1,107 m there.
        return Area(
            id: id, name: name, geometry: MultiPolygon([Polygon(exterior: ring)]),
            squareMetres: side * side * 1_046 * 1_107, properties: code.map { [Property("CP", .text($0))] } ?? [])
    }

    private static func layer(
        _ level: Level, _ areas: [Area], number: Int = 1, _ validity: Validity = .always
    ) -> BoundaryLayer {
        BoundaryLayer(
            version: BoundaryVersion(
                level: level, number: number, validity: validity, parentLevel: nil, source: "", sha256: "",
                areaCount: areas.count), areas: areas)
    }

    private static let municipalities = layer(
        .municipality,
        [
            square("01001", "San Telmo", x: 0, y: 0, side: 10), square("01002", "Villa Faro", x: 10, y: 0, side: 10),
        ])
    private static let colonias = layer(
        .colonia,
        [
            square("a1", "Centro", x: 0, y: 0, side: 2, code: "10100"),
            square("a2", "La Joya", x: 2, y: 0, side: 2, code: "10200"),
            square("a3", "Leyes de Reforma 3a Sección", x: 4, y: 0, side: 2, code: "10300"),
            square("a4", "Villa Faro", x: 6, y: 0, side: 2, code: "10300"),
            square("b1", "La Joya", x: 12, y: 0, side: 2, code: "20100"),
        ])
    private static let streets = [
        StreetPlace(
            kind: .crossing, street: "AVENIDA JUAREZ", detail: "CALLE 5 DE MAYO", municipality: "01001",
            longitude: -99.97, latitude: 20.01)
    ]

    private func find(
        _ place: String? = nil, colonia: String? = nil, municipality: String? = nil, streets: [StreetPlace] = [],
        source: NameSource = .sameCatalogue
    ) throws -> PlaceFinding {
        try Georeferencer(layers: [Self.municipalities, Self.colonias], streets: streets, source: source)
            .find(PlaceWords(colonia: colonia, municipality: municipality, place: place))
    }

    @Test(arguments: [
        ("Col. Centro, San Telmo", "a1"), ("centro", "a1"), ("AV. HIDALGO 123, COL. CENTRO, C.P. 10100", "a1"),
        ("Leyes de Reforma 3a Seccion", "a3"), ("Leyes de Reforma Tercera Secc., San Telmo", "a3"),
        ("La Joya, San Telmo", "a2"), ("La Joya C.P. 20100", "b1"), ("Col. Villa Faro", "a4"),
    ])
    func `A text of any form finds the colonia it names`(text: String, id: String) throws {
        let finding = try find(text)
        #expect(finding.outcome == .placed && finding.grade == .colonia)
        #expect(finding.areas.first { $0.level == .colonia }?.id == id)
        let municipality = id.hasPrefix("a") ? "01001" : "01002"
        #expect(finding.areas.first { $0.level == .municipality }?.id == municipality)
    }

    @Test func `What follows a comma unmarked is the municipality where one has that name`() throws {
        let finding = try find("Centro, San Telmo")
        #expect(finding.colonia?.area?.id == "a1" && finding.colonia?.municipalityStanding == .known)
        // The colonia Villa Faro lies in San Telmo; the street is said to lie in the municipality Villa Faro.
        let street = try find("Morelos 12, Villa Faro")
        #expect(street.outcome == .placed && street.method == .municipalityName && street.grade == .municipality)
        #expect(street.areas.map(\.id) == ["01002"])
    }

    @Test func `A crossing of the street table comes before the colonia`() throws {
        let finding = try find("Av. Juárez y 5 de Mayo, Col. Centro", streets: Self.streets)
        #expect(finding.method == .crossing && finding.grade == .crossing && finding.grade.isHit)
        #expect(finding.place == LonLat(longitude: -99.97, latitude: 20.01))
        // At 3 km, 1 km: in La Joya, whatever the words say.
        #expect(Set(finding.areas.map(\.id)) == ["a2", "01001"])
        let without = try find("Av. Juárez y 5 de Mayo, Col. Centro")
        #expect(without.method == .coloniaName && without.areas.contains { $0.id == "a1" } && !without.grade.isHit)
    }

    @Test func `A colonia's circle covers it: place inside, radius to the farthest corner`() throws {
        let finding = try find("Centro", municipality: "San Telmo")
        let place = try #require(finding.place)
        // The middle of a square of 0.02 degrees; half the diagonal of 2,092 m by 2,214 m is 1,523 m.
        #expect(abs(place.longitude + 99.99) < 1e-6 && abs(place.latitude - 20.01) < 1e-6)
        #expect(abs(finding.uncertainty - 1_523) < 5)
    }

    @Test func `A name of two municipalities is ambiguous without one, and keeps both`() throws {
        let finding = try find("La Joya")
        #expect(finding.outcome == .ambiguous && finding.method == .severalPlaces && finding.place == nil)
        #expect(finding.candidates.map(\.area.id).sorted() == ["a2", "b1"])
        #expect(finding.areas.isEmpty)
    }

    @Test func `A postal code alone is a circle around its colonias, and a hit of none of them`() throws {
        let finding = try find("Calle Nueva 5, C.P. 10300")
        #expect(finding.outcome == .placed && finding.grade == .postalCode && finding.method == .postalCode)
        #expect(finding.areas.allSatisfy { $0.level != .colonia })
        // Leyes de Reforma and Villa Faro stand side by side: from the middle of one to the far corners of both.
        #expect(finding.uncertainty > 3_200 && finding.uncertainty < 3_400)
    }

    @Test func `A colonia that nobody knows leaves the report in its municipality`() throws {
        let finding = try find(colonia: "Xyz Abc", municipality: "San Telmo")
        #expect(finding.outcome == .placed && finding.grade == .municipality && !finding.grade.isHit)
        #expect(finding.areas.map(\.id) == ["01001"])
    }

    @Test(arguments: ["N/A", "se ignora", "SIN COLONIA", "No especificado", "***"])
    func `Words for no place are known as such`(text: String) throws {
        #expect(try find(text).method == .pseudoPlace)
        #expect(try find(colonia: text).method == .pseudoPlace)
        #expect(try find(text).outcome == .unplaced)
    }

    @Test(arguments: ["", " ", "\u{0}", ",,,", "y", "entre y", "km", "c.p.", "\u{FFFD}\u{FFFD}"])
    func `Text without a name is unplaced, and nothing traps`(text: String) throws {
        let finding = try find(text, streets: Self.streets)
        #expect(finding.outcome == .unplaced && finding.place == nil && finding.grade == .none)
    }

    @Test func `Words are read by the boundaries of their day`() throws {
        let change = try #require(CalendarDate("2024-01-01"))
        let old = Self.layer(
            .colonia, [Self.square("P-1", "Centro", x: 0, y: 0, side: 2)], number: 1, Validity(to: change))
        let new = Self.layer(
            .colonia, [Self.square("P-1", "Centro", x: 6, y: 6, side: 2)], number: 2, Validity(from: change))
        let georeferencer = try Georeferencer(layers: [Self.municipalities, old, new])
        let before = georeferencer.find(PlaceWords(colonia: "Centro"), on: CalendarDate("2023-12-31"))
        let after = georeferencer.find(PlaceWords(colonia: "Centro"), on: change)
        #expect(before.areas.first { $0.level == .colonia }?.version == 1)
        #expect(after.areas.first { $0.level == .colonia }?.version == 2)
        #expect(before.place?.longitude != after.place?.longitude)
        #expect(georeferencer.find(PlaceWords(colonia: "Centro")).areas.first { $0.level == .colonia }?.version == 2)
    }

    @Test func `An alias answers before the names do, and takes a name for no place`() throws {
        let aliases = [
            PlaceAlias(name: "El Hoyo", level: .colonia, version: 1, areaID: "a2"),
            PlaceAlias(name: "Centro", level: .colonia, version: 1, areaID: nil),
        ]
        let georeferencer = try Georeferencer(layers: [Self.municipalities, Self.colonias], aliases: aliases)
        let known = georeferencer.find(PlaceWords(colonia: "el hoyo"))
        #expect(known.method == .coloniaAlias && known.areas.contains { $0.id == "a2" })
        #expect(georeferencer.find(PlaceWords(colonia: "CENTRO")).method == .pseudoPlace)
    }

    @Test func `Without boundaries nothing is found`() throws {
        let finding = try Georeferencer(layers: []).find(PlaceWords(colonia: "Centro", municipality: "San Telmo"))
        #expect(finding.outcome == .unplaced && finding.method == .unknownPlace)
    }

    // MARK: Names of another catalogue

    @Test func `In another catalogue an equal name proves an area with little border, and no small one`() throws {
        let large = Self.square("big", "Granjas", x: 0, y: 4, side: 4)
        let small = Self.square("small", "Obrera", x: 4, y: 4, side: 0.3)
        let beside = Self.square("beside", "Doctores", x: 4.3, y: 4, side: 0.3)
        let far = Self.square("far", "Roma", x: 8, y: 8, side: 0.3)
        let layers = [Self.municipalities, Self.layer(.colonia, [beside, far, large, small])]
        let georeferencer = try Georeferencer(layers: layers, source: .otherCatalogue)
        #expect(georeferencer.find(PlaceWords(colonia: "Granjas")).outcome == .placed)
        let doubted = georeferencer.find(PlaceWords(colonia: "Obrera"))
        #expect(doubted.outcome == .ambiguous && doubted.colonia?.rule == .bordersDiffer)
        #expect(doubted.candidates.first?.area.id == "small")
        #expect(Set(doubted.candidates.map(\.area.id)) == ["small", "beside", "big"])
        #expect(doubted.colonia?.candidateCount == 3)
        #expect(try Georeferencer(layers: layers).find(PlaceWords(colonia: "Obrera")).outcome == .placed)
    }

    @Test func `Labels say whose names they are, where there are enough of them`() throws {
        let areas = (0..<200).map { index in
            Self.square("\(1000 + index)", "Colonia \(Self.word(index))", x: Double(index), y: 0, side: 1)
        }
        let georeferencer = try Georeferencer(layers: [Self.layer(.colonia, areas)])
        let own = (0..<150).map { PlaceWords(colonia: Self.word($0)) }
        let foreign = (0..<100).map { PlaceWords(colonia: "Otra \(Self.word($0 + 3_000))") }
        #expect(georeferencer.survey(own).source == .sameCatalogue)
        #expect(georeferencer.survey(own + foreign).known == 150)
        #expect(georeferencer.source == .otherCatalogue)
        #expect(georeferencer.survey(foreign.prefix(50)).source == .sameCatalogue, "fifty labels tell nothing")
        #expect(georeferencer.survey([]).labels == 0)
    }

    /// Words that no slip of the pen turns into one another.
    private static func word(_ index: Int) -> String {
        let syllables = ["BARU", "CENTLI", "DOMAZ", "FIPOR", "GUNDA", "HALMEX", "JOTRI", "LUQUE", "MIRDO", "NASPEL"]
        return [index / 1000, index / 100 % 10, index / 10 % 10, index % 10].map { syllables[$0] }.joined()
    }
}
