import Foundation
import Incidents
import SimpleFeatures
import Testing

struct ImportProfileTests {
    @Test func `The prosecutor's profile knows the header since 2019`() throws {
        let header = [
            "anio_inicio", "mes_inicio", "fecha_inicio", "hora_inicio", "anio_hecho", "mes_hecho", "fecha_hecho",
            "hora_hecho",
            "delito", "categoria_delito", "competencia", "fiscalia", "agencia", "unidad_investigacion", "colonia_hecho",
            "colonia_catalogo", "alcaldia_hecho", "alcaldia_catalogo", "municipio_hecho", "latitud", "longitud",
        ]
        let columns = try ImportProfile.named("fgj-cdmx").resolve(header: header)
        #expect(columns.name(of: .date) == "fecha_hecho")
        #expect(columns.name(of: .time) == "hora_hecho")
        #expect(columns.name(of: .category) == "delito")
        #expect(columns.name(of: .modality) == "categoria_delito")
        #expect(columns.name(of: .colonia) == "colonia_hecho")
        #expect(columns.name(of: .municipality) == "alcaldia_hecho")
        #expect(columns.index[.longitude] == 20)
        #expect(columns.index[.latitude] == 19)
        #expect(columns.notKept.contains("colonia_catalogo"))
        #expect(columns.notKept.count + columns.index.count == header.count)
    }

    @Test func `The prosecutor's profile knows the older header too`() throws {
        let header = [
            "ao_hechos", "mes_hechos", "fecha_hechos", "ao_inicio", "fecha_inicio", "delito", "fiscalia",
            "categoria_delito",
            "calle_hechos", "calle_hechos2", "colonia_hechos", "alcaldia_hechos", "longitud", "latitud",
        ]
        let columns = try ImportProfile.named("fgj-cdmx").resolve(header: header)
        #expect(columns.name(of: .occurredAt) == "fecha_hechos")
        #expect(columns.name(of: .place) == "calle_hechos")
        #expect(columns.name(of: .crossStreet) == "calle_hechos2")
        #expect(columns.notKept == ["ao_hechos", "mes_hechos", "ao_inicio", "fecha_inicio", "fiscalia"])
    }

    @Test func `Emergency calls keep place and time in words`() throws {
        let profile = try ImportProfile.named("911")
        #expect(profile.countUnit == .call)
        let columns = try profile.resolve(header: [
            "FOLIO", "Fecha creación", "Hora creación", "Incidente_C4", "Delegación inicio", "Colonia", "Calle",
            "Entre calle", "Y calle", "Referencia", "CP",
        ])
        #expect(columns.notKept.isEmpty)
        #expect(columns.name(of: .category) == "Incidente_C4")
        #expect(columns.name(of: .municipality) == "Delegación inicio")
        #expect(columns.name(of: .betweenStreet) == "Entre calle" && columns.name(of: .andStreet) == "Y calle")
        #expect(columns.name(of: .landmark) == "Referencia" && columns.name(of: .postalCode) == "CP")
    }

    @Test func `Service requests come under the names of GeoReport v2`() throws {
        let columns = try ImportProfile.named("open311").resolve(header: [
            "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
            "agency_responsible", "requested_datetime", "updated_datetime", "address", "address_id", "zipcode", "lat",
            "long", "media_url",
        ])
        #expect(columns.name(of: .recordID) == "service_request_id")
        #expect(columns.name(of: .occurredAt) == "requested_datetime")
        #expect(columns.name(of: .category) == "service_name" && columns.name(of: .modality) == "service_code")
        #expect(columns.index[.longitude] == 13 && columns.index[.latitude] == 12)
        #expect(columns.name(of: .postalCode) == "zipcode")
        #expect(columns.notKept.contains("description"))
        var file = try Import(
            ["service_request_id", "requested_datetime", "service_name", "lat", "long"], profile: .named("open311"))
        #expect(file.read(["1", "2024-03-01T06:37:38-06:00", "Bache", "25.67", "-100.3"]) == .placed)
        let midday: Int64 = 19_783 * 86_400 + 45_458  // 12:37:38 UTC
        #expect(file.batch.instant == [midday])
    }

    @Test func `Every built-in profile says what it is, what it counts and whose it is`() {
        for profile in ImportProfile.builtIn {
            #expect(profile.description.count > 60, "\(profile.name)")
            #expect((profile.kind == .reports) == (profile.series == nil), "\(profile.name)")
            // Who has published a table that anybody may make is said when it is brought in.
            let isNamed = profile.series != nil && profile.name != ImportProfile.tidySeries.name
            #expect(isNamed != profile.publisher.isEmpty || profile.series == nil, "\(profile.name)")
        }
        #expect(Set(ImportProfile.builtIn.map(\.name)).count == ImportProfile.builtIn.count)
        #expect(ImportProfile.fgjCDMX.countUnit == .caseFile && ImportProfile.inegiCensus.countUnit == .person)
    }

    @Test func `Headers are compared without case, accents, blanks and marks`() throws {
        let columns = try ImportProfile.generic.resolve(header: [
            "\u{FEFF} FECHA ", "Categoría", "Latitud", "LONGITUD", "Año",
        ])
        #expect(columns.index == [.date: 0, .category: 1, .latitude: 2, .longitude: 3])
        #expect(columns.notKept == ["Año"])
    }

    @Test func `Columns named by hand replace the accepted spellings and must exist`() throws {
        let profile = try ImportProfile.generic.mapping([
            "date=Día del hecho", "category=fecha", "time=", "colonia=fecha",
        ])
        let columns = try profile.resolve(header: ["fecha", "hora", "dia del hecho"])
        #expect(columns.index == [.date: 2, .category: 0, .colonia: 0])
        #expect(columns.notKept == ["hora"])
        #expect(throws: ProfileError.missingColumn(field: .date, accepted: ["Día del hecho"], found: ["fecha"])) {
            try profile.resolve(header: ["fecha"])
        }
    }

    @Test func `A missing column is named with what was accepted and what was found`() throws {
        let profile = try ImportProfile.named("fgj-cdmx")
        #expect(
            ProfileError.missingColumn(field: .category, accepted: ["delito"], found: ["a", "b"]).description
                == "the file must have a column for category (delito), but has a, b; name it with --map category=COLUMN"
        )
        #expect(throws: ProfileError.self) { try profile.resolve(header: ["fecha_hecho", "latitud", "longitud"]) }
        #expect {
            try profile.resolve(header: ["delito"])
        } throws: {
            guard case .missingDate(let accepted, ["delito"]) = $0 as? ProfileError else { return false }
            return accepted.contains("fecha_hecho") && accepted.contains("fecha_hechos")
        }
        #expect(throws: ProfileError.halfAPlace(given: .latitude, missing: .longitude, found: ["fecha", "lat"])) {
            try ImportProfile.generic.resolve(header: ["fecha", "lat"])
        }
    }

    @Test func `Degrees are read before metres unless the metres were named`() throws {
        let header = ["fecha", "x", "y", "lon", "lat"]
        let columns = try ImportProfile.generic.resolve(header: header)
        #expect(columns.index == [.date: 0, .longitude: 3, .latitude: 4])
        let named = try ImportProfile.generic.mapping(["x=x", "y=y"]).resolve(header: header)
        #expect(named.index == [.date: 0, .x: 1, .y: 2])
        #expect(try ImportProfile.generic.resolve(header: ["fecha", "este"]).index == [.date: 0])
    }

    @Test func `A map that cannot be read says what must hold`() {
        #expect(throws: ProfileError.badMapping("date")) { try ImportProfile.generic.mapping(["date"]) }
        #expect(throws: ProfileError.unknownField("fecha")) { try ImportProfile.generic.mapping(["fecha=x"]) }
        #expect(ProfileError.unknownField("fecha").description.contains("record_id, category, modality, date"))
        #expect(throws: ProfileError.unknownProfile(name: "x", known: ImportProfile.builtIn.map(\.name))) {
            try ImportProfile.named("x")
        }
    }

    @Test func `A profile comes back from its JSON`() throws {
        for profile in ImportProfile.builtIn { #expect(try ImportProfile(json: profile.json()) == profile) }
    }

    /// The example in the documentation of `ImportProfile`.
    @Test func `The documented JSON is read`() throws {
        let profile = try ImportProfile(
            json: Data(
                """
                {
                  "name": "my-city", "version": 1, "description": "Reports of my city",
                  "kind": "reports", "count_unit": "report", "source": "My city",
                  "columns": { "date": ["fecha"], "time": ["hora"], "category": ["delito", "tipo"],
                               "longitude": ["lon"], "latitude": ["lat"] },
                  "required": ["category"],
                  "crs": "EPSG:4326", "date_order": "dmy", "serial_dates": false,
                  "missing_values": ["", "NA", "SIN DATO"], "pseudo_places": ["Otra colonia"]
                }
                """.utf8))
        #expect(profile.label == "my-city 1")
        #expect(profile.columns[.category] == ["delito", "tipo"])
        #expect(profile.required == [.category])
        #expect(profile.dateOrder == .dmy)
        #expect(profile.publisher == "My city" && profile.pseudoPlaces == ["Otra colonia"])
        let least = try ImportProfile(json: Data(#"{"name": "a", "columns": {}}"#.utf8))
        #expect(least == ImportProfile(name: "a", columns: [:]))
    }

    /// The second example in the documentation of `ImportProfile`.
    @Test func `The documented JSON of aggregates is read`() throws {
        let profile = try ImportProfile(
            json: Data(
                """
                {
                  "name": "my-state", "kind": "monthly_counts", "count_unit": "case_file", "source": "My state's prosecutor",
                  "columns": { "year": ["anio"], "municipality": ["municipio"], "type": ["delito"] },
                  "values": [ { "column": ["ene"], "month": 1 }, { "column": ["feb"], "month": 2 } ],
                  "state": "19", "code_scheme": "none", "total_labels": ["Total"]
                }
                """.utf8))
        #expect(profile.kind == .monthlyCounts && profile.countUnit == .caseFile && profile.codeScheme == .none)
        var file = try SeriesReading(["anio", "municipio", "delito", "ene", "feb"], profile: profile)
        #expect(file.read(["2024", "monterrey", "Robo", "3", ""]) == .placed)
        #expect(file.read(["2024", "Total", "Robo", "3", ""]) == .rejected)
        #expect(file.lastPlace?.areaKey == "19039")
        let named = try profile.mapping(["municipality=mpio", "type="])
        #expect(named.series?.columns[.municipality] == ["mpio"] && named.series?.columns[.type] == nil)
        #expect(throws: SeriesError.self) { try SeriesReading(["anio", "municipio", "ene"], profile: named) }
        #expect(throws: ProfileError.unknownSeriesField("date")) { try profile.mapping(["date=x"]) }
    }

    @Test(arguments: [
        (#"{"name": "a", "kind": "monthly_counts", "columns": {}}"#, "count_unit"),
        (#"{"name": "a", "kind": "monthly_counts", "count_unit": "crimes", "columns": {}}"#, "crimes"),
        (
            #"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {"date": ["x"]}}"#,
            "date"
        ),
        (
            #"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {}, "crs": "EPSG:4326"}"#,
            "crs"
        ),
        (
            #"{"name": "a", "kind": "population", "count_unit": "person", "columns": {}, "values": [{"column": ["x"]}]}"#,
            "population"
        ),
        (
            #"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {}, "values": [{"column": ["x"], "month": 13}]}"#,
            "13"
        ),
        (
            #"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {}, "values": [{"colum": ["x"]}]}"#,
            "colum"
        ),
        (
            #"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {}, "state": "33"}"#,
            "33"
        ),
        (#"{"name": "a", "kind": "monthly_counts", "count_unit": "call", "columns": {}, "year": 99}"#, "99"),
        (#"{"name": "a", "columns": {}, "values": []}"#, "values"),
        (#"{"name": "a", "kind": "x", "columns": {}}"#, "x"),
    ])
    func `A profile of aggregates that cannot be read says why`(json: String, word: String) {
        #expect {
            try ImportProfile(json: Data(json.utf8))
        } throws: {
            ($0 as? ProfileError)?.description.contains(word) == true
        }
    }

    @Test(arguments: [
        ("", "JSON"), ("[]", "type"), ("{}", "must be there"), (#"{"name": "a", "colums": {}}"#, "colums"),
        (#"{"name": "a", "columns": {"fecha": []}}"#, "fecha"), (#"{"name": 1, "columns": {}}"#, "name"),
        (#"{"name": "a", "columns": {}, "date_order": "ydm"}"#, "ydm"),
    ])
    func `A profile that cannot be read says why`(json: String, word: String) {
        #expect {
            try ImportProfile(json: Data(json.utf8))
        } throws: {
            ($0 as? ProfileError)?.description.contains(word) == true
        }
    }
}
