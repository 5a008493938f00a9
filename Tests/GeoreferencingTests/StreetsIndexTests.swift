import Boundaries
import Georeferencing
import Incidents
import PlaceNames
import SimpleFeatures
import TestSupport
import Testing

/// A place some metres east and north of 99° W, 19° N, where a degree is 105.2 km by 110.7 km.
private func at(_ east: Double, _ north: Double = 0) -> LonLat {
    LonLat(longitude: -99 + east / 105_240, latitude: 19 + north / 110_650)
}

private func crossing(_ a: String, _ b: String, _ place: LonLat, in municipality: String? = nil) -> StreetPlace {
    StreetPlace(
        kind: .crossing, street: a, detail: b, municipality: municipality, longitude: place.longitude,
        latitude: place.latitude)
}

private func place(_ kind: StreetPlace.Kind, _ street: String, _ detail: String?, _ place: LonLat) -> StreetPlace {
    StreetPlace(
        kind: kind, street: street, detail: detail, municipality: "09002", longitude: place.longitude,
        latitude: place.latitude)
}

private func find(_ text: String, _ index: StreetIndex, _ municipality: String? = nil) -> StreetAnswer {
    index.find(AddressParser().readings(of: text), municipality: municipality)
}

struct StreetsIndexTests {
    private let index = StreetIndex([
        crossing("AQUILES SERDÁN", "PUENTE DE GUERRA", at(0), in: "09002"),
        crossing("8 SUR (CALZADA ERMITA IZTAPALAPA)", "GENERAL ANAYA", at(1_000), in: "09007"),
        crossing("EJE 6 SUR", "GENERAL ANAYA", at(3_000), in: "09007"),
        crossing("JUÁREZ", "HIDALGO", at(5_000), in: "09002"), crossing("JUÁREZ", "HIDALGO", at(9_000), in: "09003"),
        crossing("INSURGENTES", "CANAL", at(0, 5_000), in: "09002"),
        crossing("INSURGENTES", "CANAL", at(0, 5_400), in: "09002"),
        crossing("TLALPAN", "CANAL", at(0, 8_000), in: "09002"),
        crossing("TLALPAN", "CANAL", at(0, 8_600), in: "09002"),
        crossing("ANTONIO DÍAZ SOTO Y GAMA", "LUIS CABRERA", at(2_000, 2_000), in: "09002"),
        crossing("CALLE 3", "TOLUCA", at(4_000, 2_000), in: "09002"),
        crossing("CALLE 13", "TOLUCA", at(4_000, 3_000), in: "09002"),
        crossing("LONDRES 1948", "AJUSCO", at(6_000, 2_000), in: "09002"),
        crossing("NORTE 77", "CUITLÁHUAC", at(6_000, 4_000), in: "09002"),
        crossing("SUR 77", "CUITLÁHUAC", at(6_000, 6_000), in: "09002"),
        crossing("ZARAGOZA", "CERRADA HIDALGO", at(7_000, 1_000), in: "09002"),
        crossing("ZARAGOZA", "HIDALGO", at(7_000, 3_000), in: "09002"),
        crossing("CERDEÑA", "CERDEÑA", at(8_000, 1_000), in: "09002"),
        crossing("JOSÉ VASCONCELOS", "RÍO ROSAS", at(8_000, 3_000), in: "09002"),
    ])

    @Test(arguments: [
        "Aquiles Serdán y Puente de Guerra", "PUENTE DE GUERRA ESQ AQUILES SERDAN",
        "puente guerra / calle aquiles serdan",
        "Av. Aquiles Serdán esquina con Puente de Guerra, Col. Centro, CDMX", "Aquilez Serdan y Puente de Gerra",
    ])
    func `A crossing is found in either order and spelling`(text: String) {
        let answer = find(text, index, "09002")
        #expect(answer.verdict == .match && answer.place == at(0))
        #expect(answer.method == .crossing && answer.grade == .crossing && answer.uncertainty == 25)
        #expect(answer.candidates.map(\.name) == ["AQUILES SERDÁN y PUENTE DE GUERRA"])
    }

    @Test(arguments: [
        "Eje 8 Sur Calzada Ermita Iztapalapa y General Anaya", "Calz. Ermita Iztapalapa (Eje 8 Sur) esq. Gral. Anaya",
        "Ermita Iztapalapa y Anaya", "Eje 8 Sur / General Anaya",
    ])
    func `Either name of a double one finds it`(text: String) {
        #expect(find(text, index).place == at(1_000))
    }

    @Test func `Numbers, compass words and ordinals are never a slip`() {
        #expect(find("Eje 9 Sur y General Anaya", index).verdict == .none)
        #expect(find("Eje 6 Sur y General Anaya", index).place == at(3_000))
        #expect(find("Calle 13 y Toluca", index).place == at(4_000, 3_000))
        #expect(find("Calle 33 y Toluca", index).verdict == .none)
        #expect(find("Norte 77 y Cuitláhuac", index).place == at(6_000, 4_000))
        #expect(find("Oriente 77 y Cuitláhuac", index).verdict == .none)
        #expect(find("Norte 78 y Cuitláhuac", index).verdict == .none)
    }

    @Test func `The municipality decides between crossings of the same names`() {
        #expect(find("Juárez y Hidalgo", index, "09002").place == at(5_000))
        #expect(find("Juárez y Hidalgo", index, "09003").place == at(9_000))
        let open = find("Juárez y Hidalgo", index)
        #expect(open.verdict == .ambiguous && open.place == nil && open.method == .severalPlaces)
        #expect(open.candidates.map(\.place) == [at(5_000), at(9_000)])
        let elsewhere = find("Puente de Guerra y Aquiles Serdán", index, "09003")
        #expect(elsewhere.verdict == .ambiguous && elsewhere.candidates.map(\.municipality) == ["09002"])
        #expect(find("Puente de Guerra y Aquiles Serdán", index, "09999").verdict == .ambiguous)
    }

    @Test func `Places of one crossing 400 m apart give a radius, 600 m apart an ambiguous answer`() {
        let near = find("Insurgentes y Canal", index)
        #expect(near.verdict == .match)
        #expect(abs((near.uncertainty ?? 0) - 425) < 1)
        let far = find("Tlalpan y Canal", index)
        #expect(far.verdict == .ambiguous && far.candidates.count == 2)
    }

    @Test func `Entries of one crossing within 150 m are one`() {
        let index = StreetIndex([
            crossing("A DE LEÓN", "PINO", at(0)), crossing("PINO", "A DE LEÓN", at(100)),
            crossing("A DE LEÓN", "PINO", at(140)), crossing("A DE LEÓN", "PINO", at(400)),
        ])
        #expect(index.count == 1)
        let answer = find("Pino y A. de León", index)
        #expect(answer.verdict == .match && abs((answer.uncertainty ?? 0) - 325) < 1)
    }

    @Test func `The table decides where a y joins and whether a number is a name`() {
        #expect(find("Luis Cabrera y Antonio Díaz Soto y Gama", index).place == at(2_000, 2_000))
        #expect(find("Antonio Díaz Soto y Gama y Luis Cabrera", index).place == at(2_000, 2_000))
        let answer = find("Londres 1948 y Ajusco", index)
        #expect(answer.place == at(6_000, 2_000) && answer.reading == 1)
        #expect(find("Toluca, Calle 3", index).place == at(4_000, 2_000))
    }

    @Test func `A type decides between streets that are equal otherwise`() {
        #expect(find("Zaragoza y Cerrada de Hidalgo", index).place == at(7_000, 1_000))
        #expect(find("Zaragoza y Av. Hidalgo", index).place == at(7_000, 3_000))
        #expect(find("Zaragoza y Hidalgo", index).place == at(7_000, 3_000))
        #expect(find("Zaragoza y Privada Hidalgo", index).place == at(7_000, 3_000))
    }

    @Test func `A street that crosses itself is a street, no crossing`() {
        let answer = find("Cerdeña y Cerdeña", index)
        #expect(answer.verdict == .match && answer.method == .street && answer.grade == .street)
        #expect(answer.uncertainty == StreetIndex.streetRadius)
    }

    @Test func `A name cut short is found where the other street decides`() {
        let answer = find("Vasconcelos y Río Rosas", index)
        #expect(answer.place == at(8_000, 3_000) && answer.score < 1)
        #expect(find("Vasconcelos y Rosas", index).verdict == .none)
    }

    @Test func `A known word is taken for a slip of another only where nothing else crosses`() {
        let index = StreetIndex([
            crossing("MARIO", "PINO SUÁREZ", at(0)), crossing("MARIA", "OLMO", at(1_000)),
            crossing("MARCO", "ROBLE", at(2_000)), crossing("MARZO", "ROBLE", at(3_000)),
        ])
        #expect(find("Maria y Pino Suárez", index).place == at(0))
        #expect(find("Maria y Olmo", index).place == at(1_000))
        #expect(find("Margo y Roble", index).verdict == .ambiguous)
        #expect(find("Maria y Roble", index).verdict == .none)
    }

    @Test func `Nothing is found in nothing`() {
        let empty = StreetIndex([])
        #expect(empty.count == 0 && find("Juárez y Hidalgo", empty).verdict == .none)
        #expect(find("", index).verdict == .none && index.find([]).verdict == .none)
        let odd = StreetIndex([
            crossing("", "PINO", at(0)), crossing("OLMO", "()", at(0)),
            crossing("OLMO", "PINO", LonLat(longitude: .nan, latitude: 19)),
            crossing("OLMO", "PINO", LonLat(longitude: 500, latitude: 19)),
        ])
        #expect(odd.count == 0)
    }

    @Test func `The order of the table does not matter`() {
        var places: [StreetPlace] = []
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let a = "CALLE \(Int.random(in: 1...9, using: &generator))"
            let b = ["PINO", "OLMO", "CEDRO", "SAUCE"].randomElement(using: &generator) ?? ""
            let east = Double.random(in: 0...600, using: &generator)
            places.append(crossing(a, b, at(east), in: ["09002", "09003"].randomElement(using: &generator)))
        }
        let (one, other) = (StreetIndex(places), StreetIndex(places.shuffled(using: &generator)))
        for number in 1...9 {
            for name in ["Pino", "Olmo", "Cedro", "Sauce"] {
                let text = "Calle \(number) y \(name)"
                #expect(find(text, one, "09002").place == find(text, other, "09002").place)
                #expect(find(text, one).verdict == find(text, other).verdict)
            }
        }
    }

    @Test func `Hostile readings end soon`() {
        for text in ["entre a y b ", "zaragosa y reforna ", "serdan / puente / ", "juares y hidalgo y "] {
            let readings = AddressParser().readings(of: String(repeating: text, count: 50_000))
            let answer = index.find(readings)
            #expect(answer.candidates.count <= StreetIndex.mostCandidates)
        }
    }
}

struct StreetsNumbersTests {
    private let index = StreetIndex([
        place(.address, "AVENIDA JUÁREZ", "100", at(0)), place(.address, "AVENIDA JUÁREZ", "120", at(200)),
        place(.address, "AVENIDA JUÁREZ", "105", at(50, 10)), place(.address, "AVENIDA JUÁREZ", "900", at(5_000)),
        place(.address, "MADERO", "230 Pte.", at(0, 900)), place(.address, "MADERO", "230 Ote.", at(3_000, 900)),
        place(.address, "PINO", "12-B", at(0, 300)),
        place(.kilometre, "CARRETERA MÉXICO-TOLUCA", "20", at(0, 1_000)),
        place(.kilometre, "CARRETERA MÉXICO-TOLUCA", "22", at(2_000, 1_000)),
        place(.kilometre, "CARRETERA MÉXICO-TOLUCA", "30", at(9_000, 1_000)),
        place(.landmark, "Metro Pino Suárez", nil, at(0, 2_000)),
        place(.landmark, "Hospital General", nil, at(0, 3_000)),
        place(.landmark, "Hospital General", nil, at(0, 7_000)),
        crossing("OLMO", "PINO", at(0, 4_000), in: "09002"), crossing("OLMO", "CEDRO", at(100, 4_000), in: "09002"),
        crossing("SAUCE", "PINO", at(0, 5_000), in: "09002"), crossing("SAUCE", "CEDRO", at(300, 5_000), in: "09002"),
    ])

    @Test func `A house of the table is a point`() {
        let answer = find("Av. Juárez 120", index)
        #expect(answer.place == at(200) && answer.method == .address && answer.grade == .point)
        #expect(find("Juárez #105 esq. Hidalgo", index).place == at(50, 10))
        #expect(find("Pino 12-B", index).place == at(0, 300) && find("Pino 12", index).place == at(0, 300))
    }

    @Test func `Between two houses of one side the place is supposed, and graded as a street`() throws {
        let answer = find("Juárez 110", index)
        let found = try #require(answer.place)
        #expect(abs(found.longitude - at(100).longitude) < 1e-9)
        #expect(answer.grade == .street && answer.method == .address)
        #expect(abs((answer.uncertainty ?? 0) - 125) < 1)
        #expect(find("Juárez 107", index).grade != .point && find("Juárez 107", index).method != .address)
        #expect(find("Juárez 500", index).method != .address)
    }

    @Test func `The side of the city belongs to the number`() {
        #expect(find("Madero 230 Ote.", index).place == at(3_000, 900))
        #expect(find("Madero 230", index).verdict == .ambiguous)
    }

    @Test func `A kilometre is found, or supposed between two within two kilometres`() throws {
        let exact = find("Carr. México-Toluca km 20", index)
        #expect(exact.place == at(0, 1_000) && exact.method == .kilometre && exact.uncertainty == 525)
        let between = find("Carretera México-Toluca km 20+500", index)
        #expect(abs(try #require(between.place).longitude - at(500).longitude) < 1e-9)
        #expect(abs((between.uncertainty ?? 0) - 1_025.5) < 2)
        #expect(find("Carretera México-Toluca km 26", index).method != .kilometre)
        #expect(find("Carretera México-Puebla km 20", index).verdict == .none)
    }

    @Test func `A landmark is found by its name, with one slip too`() {
        #expect(find("afuera del Metro Pino Suárez", index).place == at(0, 2_000))
        #expect(find("frente al metro pino suares", index).method == .landmark)
        #expect(find("Hospital General", index).verdict == .ambiguous)
    }

    @Test func `Between two streets lies half-way between their crossings`() throws {
        let answer = find("Olmo entre Pino y Cedro", index)
        #expect(abs(try #require(answer.place).longitude - at(50).longitude) < 1e-9)
        #expect(answer.grade == .street && abs((answer.uncertainty ?? 0) - 75) < 1)
        let half = find("Olmo entre Pino y Encino", index)
        #expect(half.place == at(0, 4_000) && half.uncertainty == 225)
    }

    @Test func `A street alone is placed where all its crossings lie close together`() {
        let answer = find("Calle Sauce", index)
        #expect(answer.method == .street && answer.grade == .street)
        #expect(abs((answer.uncertainty ?? 0) - 550) < 1)
        #expect(find("Calle Pino", index).verdict == .none)
    }
}

struct StreetsPlaceTableTests {
    @Test func `Rows without two streets or a place are left out, and a bare municipality gets its state`() {
        let places = StreetPlace.crossings(
            ["CEYLÁN", "NAN", " ", "OLMO", "SIN NOMBRE", "PINO", "FRESNO"],
            ["CENTRAL", "PINO", "OLMO", "S/N", "PINO", "CEDRO", "ROBLE"],
            municipalities: ["2", "2", "2", "2", "2", "09003", "NAN"], state: "09",
            longitudes: [-99, -99, -99, -99, -99, -99, -99], latitudes: [19, 19, 19, 19, 19, 19, 19])
        #expect(places.map(\.street) == ["CEYLÁN", "PINO", "FRESNO"])
        #expect(places.map(\.municipality) == ["09002", "09003", nil])
        #expect(StreetPlace.crossing("A", "B", longitude: 0, latitude: 0) == nil)
        #expect(StreetPlace.crossing("A", "B", longitude: .nan, latitude: 19) == nil)
        #expect(StreetPlace.crossings(["A"], [], longitudes: [1], latitudes: [1]).isEmpty)
    }
}
