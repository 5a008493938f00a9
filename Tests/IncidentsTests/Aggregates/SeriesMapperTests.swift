import CivilTime
import Incidents
import Testing

struct SeriesMapperTests {
    private func sesnsp(_ directories: [MunicipalityDirectory] = [directory()]) throws -> SeriesReading {
        try SeriesReading(sesnspHeader, profile: .sesnspMunicipal, directories: directories)
    }

    @Test func `A row becomes a count for each month that has a figure`() throws {
        var file = try sesnsp()
        let counts = ["1", "2.0", "1,003", "", " ", "0", "NA", "8", "9", "10", "11", "12.00"]
        #expect(file.read(sesnspRow(code: "19039", name: "Monterrey", counts: counts)) == .placed)
        // Three of the twelve are blank: April, May and July are not yet published, June is zero.
        #expect(
            file.batch.counts.map(\.month) == [202401, 202402, 202403, 202406, 202408, 202409, 202410, 202411, 202412])
        #expect(file.batch.counts.map(\.count) == [1, 2, 1003, 0, 8, 9, 10, 11, 12])
        #expect(file.batch.counts.allSatisfy { $0.sourceRow == 1 })
        #expect(
            file.batch.classes == [
                SeriesClass(
                    legalGood: "La vida y la Integridad corporal", type: "Homicidio", subtype: "Homicidio doloso",
                    modality: "Con arma de fuego")
            ])
        #expect(file.lastPlace?.areaKey == "19039" && file.lastPlace?.version == 1)
        let account = file.mapper.account
        #expect(account.figures == 9 && account.blanks == 3 && account.sum == 1056 && account.placedSum == 1056)
        #expect(account.missingMonths == ["2024-04", "2024-05", "2024-07"])
        #expect(account.cut == "2024-12" && account.partialMonths.isEmpty)
        #expect(account.countUnit == .caseFile)
        #expect(file.issues.isEmpty)
    }

    @Test func `A month that some rows leave blank is published in part`() throws {
        var file = try sesnsp()
        file.read(sesnspRow(code: "19039", name: "Monterrey"))
        file.read(
            sesnspRow(code: "19048", name: "Santa Catarina", counts: Array(repeating: "1", count: 10) + ["", ""]))
        #expect(file.mapper.account.partialMonths == ["2024-11", "2024-12"])
        #expect(file.mapper.account.missingMonths.isEmpty)
        #expect(file.mapper.account.areas == 2)
    }

    @Test(arguments: [
        ("1001", "1", "01001"), ("1001.0", "1", "01001"), ("01 001", "01", "01001"), ("1", "1", "01001"),
        ("=\"01001\"", "", "01001"),
    ])
    func `Codes keep their zeros, however they were lost`(code: String, state: String, key: String) throws {
        var file = try sesnsp()
        let row = sesnspRow(state: (state, "Aguascalientes"), code: code, name: "AGUASCALIENTES")
        #expect(file.read(row) == .placed)
        #expect(file.lastPlace?.areaKey == key)
    }

    @Test func `What is no municipality is kept without place`() throws {
        var file = try sesnsp()
        for (code, name, reason) in [
            ("19999", "No Especificado", "pseudo_place"), ("19998", "", "pseudo_place"),
            ("19039", "OTROS MUNICIPIOS", "pseudo_place"), ("19997", "Nueva", "unknown_code"),
            ("XX", "Nadie", "code_unreadable"), ("", "Ninguno", "unknown_municipality"),
            ("", "", "no_municipality"),
        ] {
            #expect(file.read(sesnspRow(code: code, name: name)) == .unplaced, "\(code) \(name)")
            #expect(file.issues.last?.reason == reason, "\(code) \(name)")
            #expect(file.lastPlace?.areaKey == nil && file.lastPlace?.state == "19", "\(code) \(name)")
        }
        // All of their counts are kept.
        #expect(file.mapper.account.sum == 7 * 12 && file.mapper.account.placedSum == 0)
        #expect(file.mapper.counts.unplaced == 7)
    }

    @Test func `Code and name that contradict each other are kept with both`() throws {
        var file = try sesnsp()
        #expect(file.read(sesnspRow(code: "19045", name: "Santa Catarina")) == .ambiguous)
        #expect(file.lastPlace?.candidates == ["19045", "19048"])
        #expect(file.issues.last?.reason == "code_name_contradict")
        #expect(file.issues.last?.message.contains("19045 is Salinas Victoria in the layer") == true)
        #expect(file.read(sesnspRow(code: "19777", name: "Santa Catarina")) == .ambiguous)
        #expect(file.lastPlace?.candidates == ["19048"])
        #expect(file.read(sesnspRow(state: ("8", "Chihuahua"), code: "19031", name: "Juárez")) == .ambiguous)
        #expect(file.lastPlace?.candidates == ["19031", "08037"])
        #expect(file.issues.last?.reason == "state_contradicts")
    }

    @Test func `Another spelling of a code's name is placed and said once`() throws {
        var file = try sesnsp()
        for modality in ["a", "b", "c"] {
            let row = sesnspRow(
                state: ("11", "Guanajuato"), code: "11032", name: "San José Iturbide", modality: modality)
            #expect(file.read(row) == .placed)
        }
        #expect(file.issues.map(\.reason) == ["name_differs"])
        #expect(file.lastPlace?.areaKey == "11032")
    }

    @Test func `Without a layer well-formed codes are taken as they are`() throws {
        var file = try sesnsp([])
        #expect(file.read(sesnspRow(code: "19777", name: "Santa Catarina")) == .placed)
        #expect(file.lastPlace?.areaKey == "19777" && file.lastPlace?.version == nil)
        #expect(file.read(sesnspRow(code: "19999", name: "")) == .unplaced)
        #expect(file.read(sesnspRow(state: ("", ""), code: "77001", name: "x")) == .unplaced)
    }

    @Test func `What is no row of data is rejected with its text`() throws {
        var file = try sesnsp()
        let good = sesnspRow(code: "19039", name: "Monterrey")
        for (row, reason) in [
            (["Fuente: SESNSP"], "field_count"), (good + ["x"], "field_count"),
            (["", "", "", "", "", "", "", "", "Total"] + Array(repeating: "5", count: 12), "year_unreadable"),
            (["24"] + good.dropFirst(), "year_unreadable"),
            (Array(good.dropLast()) + ["n.d."], "count_unreadable"),
            (Array(good.dropLast()) + ["-3"], "count_unreadable"),
            (Array(good.dropLast()) + ["1.5"], "count_unreadable"),
            (sesnspRow(code: "19000", name: "Nuevo León"), "total_row"),
        ] {
            #expect(file.read(row) == .rejected)
            #expect(file.issues.last?.reason == reason)
            #expect(file.issues.last?.rawRow == row.joined(separator: ","))
        }
        #expect(file.batch.figures == 0)
        #expect(file.mapper.counts.read == 8 && file.mapper.counts.rejected == 8)
    }

    @Test func `A row that repeats another is kept, marked and added`() throws {
        var file = try sesnsp()
        let row = sesnspRow(code: "19039", name: "Monterrey")
        file.read(row)
        #expect(file.read(row) == .placed)
        file.read(sesnspRow(year: "2023", code: "19039", name: "Monterrey"))
        #expect(file.mapper.counts.duplicates == 1)
        #expect(file.issues.map(\.reason) == ["repeats_series"])
        #expect(file.mapper.account.sum == 36)
    }

    @Test func `A tidy table has a month column and a class for each column of figures`() throws {
        var file = try SeriesReading(
            ["Entidad", "Municipio", "Feminicidio", "Homicidio doloso", "Total", "Año", "Mes"],
            profile: .sesnspHomicides)
        #expect(file.mapper.columns.notKept == ["Total"])
        #expect(file.read(["Nuevo León", "JUAREZ", "1.0", "4.0", "5.0", "2025", "Junio"]) == .placed)
        #expect(file.batch.counts.map(\.count) == [1, 4] && file.batch.counts.map(\.month) == [202506, 202506])
        #expect(file.batch.classes.map(\.subtype) == ["Feminicidio", "Homicidio doloso"])
        #expect(file.lastPlace?.areaKey == "19031")
        #expect(file.read(["Chihuahua", "Juárez", "0", "1", "1", "2025", "06"]) == .placed)
        #expect(file.lastPlace?.areaKey == "08037")
        #expect(file.read(["Oaxaca", "San Juan Mixtepec Distrito 08", "0", "0", "0", "2025", "Junio"]) == .ambiguous)
        #expect(file.lastPlace?.candidates == ["20208", "20209"])
        #expect(file.read(["Oaxaca", "San Juan Mixtepec", "0", "0", "0", "2025", "Junio"]) == .ambiguous)
        #expect(file.read(["", "Juárez", "0", "0", "0", "2025", "Junio"]) == .ambiguous)
        #expect(file.lastPlace?.candidates == ["08037", "19031"])
        #expect(file.read(["México", "Ecatepec", "0", "0", "0", "2025", "Junio"]) == .unplaced)
        #expect(file.issues.last?.message.contains("near it is 15033 Ecatepec de Morelos") == true)
        #expect(file.read(["México", "Ecatepec", "0", "0", "0", "2025", "Total"]) == .rejected)
    }

    @Test func `A population keeps no totals and holds them against their municipalities`() throws {
        var file = try SeriesReading(["", "", "Total", "Hombres", "Mujeres", ""], profile: .inegiCensus)
        #expect(file.mapper.columns.fieldCounts == 5...6)
        file.read([" ", "Total", "1,050", "500", "550"])
        file.read(["=CONCATENAR(0,01) ", "Aguascalientes", "1,000", "480", "520"])
        #expect(file.read([" 01 001 ", "Aguascalientes", "900", "430", "470", ""]) == .placed)
        #expect(file.read([" 01 002 ", "Asientos", "100", "50", "50"]) == .placed)
        #expect(file.read([" 08 037 ", "Juárez", "51", "20", ""]) == .placed)
        file.read(["FUENTE: INEGI. Censo 2020."])
        #expect(file.outcomes == [.rejected, .rejected, .placed, .placed, .placed, .rejected])
        #expect(file.batch.populations.map(\.value) == [900, 430, 470, 100, 50, 50, 51, 20])
        #expect(file.batch.populations.map(\.kind).prefix(3) == ["population", "men", "women"])
        #expect(file.batch.populations.allSatisfy { $0.year == 2020 })
        let account = file.mapper.account
        #expect(account.sums == ["population": 1051, "men": 500, "women": 520])
        #expect(account.totals.count == 6)
        #expect(
            account.differingTotals == [
                .init(state: nil, kind: "population", stated: 1050, summed: 1051),
                .init(state: nil, kind: "women", stated: 550, summed: 520),
            ])
        #expect(file.issues.map(\.reason) == ["total_row", "total_row", "field_count"])
    }

    @Test func `The version that holds in the row's first month says what a code means`() throws {
        let old = directory([("19039", "Monterrey")], version: 1, to: CalendarDate("2020-01-01"))
        let new = directory(
            [("19039", "Monterrey"), ("19052", "Nueva")], version: 2, from: CalendarDate("2020-01-01"))
        var file = try sesnsp([old, new])
        #expect(file.read(sesnspRow(year: "2019", code: "19052", name: "Nueva")) == .unplaced)
        #expect(file.read(sesnspRow(year: "2020", code: "19052", name: "Nueva")) == .placed)
        #expect(file.lastPlace?.version == 2)
        #expect(file.read(sesnspRow(year: "2019", code: "19039", name: "Monterrey")) == .placed)
        #expect(file.lastPlace?.version == 1)
        // Before every version the next one holds.
        var early = try sesnsp([new])
        #expect(early.read(sesnspRow(year: "2019", code: "19052", name: "Nueva")) == .placed)
    }

    @Test func `A file without its columns says which`() {
        #expect {
            try SeriesReading(["Año", "Municipio", "x"], profile: .sesnspMunicipal)
        } throws: {
            ($0 as? SeriesError)?.description.contains("figures (Enero, Febrero") == true
        }
        #expect {
            try SeriesReading(["Municipio", "Enero"], profile: .sesnspMunicipal)
        } throws: {
            ($0 as? SeriesError)?.description.contains("--map year=COLUMN") == true
        }
    }

    @Test func `Empty and hostile rows end in one outcome each`() throws {
        var file = try sesnsp()
        let ones = Array(repeating: "1", count: 12)
        var rows: [[String]] = [[], [""], Array(repeating: "", count: 21), Array(repeating: "\u{0}", count: 21)]
        rows.append(Array(repeating: String(repeating: "9", count: 5000), count: 21))
        rows.append(["2024"] + Array(repeating: "", count: 20))
        rows.append(["2024"] + Array(repeating: "\u{FFFD}", count: 8) + ones)
        for row in rows { file.read(row) }
        #expect(file.mapper.counts.read == 7)
        #expect(file.outcomes.filter { $0 == .rejected }.count == 6)
    }
}
