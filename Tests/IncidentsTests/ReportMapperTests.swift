import Bytes
import CivilTime
import Incidents
import SimpleFeatures
import TestSupport
import Testing

struct ReportMapperTests {
    private static let header = ["id", "fecha", "hora", "delito", "colonia", "longitud", "latitud", "peso", "otra"]
    private static let good = ["7", "2024-03-01", "08:15:00", "ROBO", "Del Carmen", "-99.13", "19.43", "2.5", "x"]

    private static func changed(_ column: String, to text: String) -> [String] {
        zip(header, good).map { $0 == column ? text : $1 }
    }

    @Test func `A good row fills every column of the batch`() throws {
        var file = try Import(Self.header)
        #expect(file.read(Self.good) == .placed)
        let batch = file.batch
        #expect(batch.sourceRow == [1])
        #expect(batch.recordID[0] == "7")
        #expect(batch.category[0] == "ROBO")
        #expect(batch.modality[0] == nil)
        #expect(batch.coloniaLabel[0] == "Del Carmen")
        #expect(batch.municipalityLabel[0] == nil)
        #expect(batch.placeText[0] == nil)
        #expect(batch.localDay == [19_783])
        #expect(batch.localMinute == [495])
        #expect(batch.instant == [19_783 * 86_400 + 495 * 60])
        #expect(batch.longitude == [-99.13])
        #expect(batch.latitude == [19.43])
        #expect(batch.x.count == 1 && batch.x[0].isNaN && batch.y.count == 1 && batch.y[0].isNaN)
        #expect(batch.cell == [-1])
        #expect(batch.weight == [2.5])
        #expect(batch.outcome == [.placed])
        #expect(batch.method == [.coordinates])
        #expect(batch.isDuplicate == [false])
        #expect(batch.areas == [[-1], [-1]])
        #expect(file.issues.isEmpty)
    }

    @Test(arguments: [
        ("fecha", "", "date_missing", "column fecha: the day is missing; rejected"),
        ("fecha", "SIN DATO", "date_missing", "column fecha: the day is missing; rejected"),
        (
            "fecha", "31/02/2024", "date_unreadable",
            "column fecha: 31/02/2024 is no day of the calendar (read as yyyy-mm-dd, yyyymmdd or dd/mm/yyyy); rejected"
        ),
        ("fecha", "1899-12-31", "date_before_1900", "column fecha: 1899-12-31 lies before 1900; rejected"),
    ])
    func `A row without a usable day is rejected`(column: String, text: String, reason: String, message: String) throws
    {
        var file = try Import(Self.header)
        #expect(file.read(Self.changed(column, to: text)) == .rejected)
        #expect(file.batch.count == 0)
        let issue = try #require(file.issues.first)
        #expect(file.issues.count == 1)
        #expect(issue.reason == reason)
        #expect(issue.message == message)
        #expect(issue.outcome == .rejected)
        #expect(issue.rawRow == "row 1")
        #expect(issue.row == 1 && issue.line == 2)
        #expect(issue.column == column)
    }

    @Test(arguments: [
        (
            "hora", "25:10", "time_unreadable", "column hora: 25:10 is not a time of day; kept without time",
            Outcome.placed
        ),
        ("fecha", "2024-03-01 9:77", "", "", .placed),
        (
            "fecha", "2024-03-01 09:00", "time_conflict",
            "column hora: 08:15:00 differs from 2024-03-01 09:00 in column fecha; kept with the time of column hora",
            .placed
        ),
        ("fecha", "2024-10-06", "date_in_future", "column fecha: 2024-10-06 lies after the import; kept", .placed),
        ("fecha", "2024-10-05", "", "", .placed),
        (
            "peso", "mucho", "weight_unreadable",
            "column peso: mucho is no weight from 0 to 1,000,000,000; counted as 1", .placed
        ),
        (
            "longitud", "", "no_coordinates",
            "columns longitud, latitud: , 19.43 is no pair of coordinates; not used", .unplaced
        ),
        (
            "longitud", "N/A", "no_coordinates",
            "columns longitud, latitud: , 19.43 is no pair of coordinates; not used", .unplaced
        ),
        (
            "longitud", "99.13", "sign_restored",
            "columns longitud, latitud: 99.13, 19.43 lies in the eastern hemisphere; the longitude's sign was restored",
            .placed
        ),
        (
            "latitud", "49.9", "far_away",
            "columns longitud, latitud: -99.13, 49.9 lies outside the area expected; kept there", .placed
        ),
    ])
    func `A lesser fault is noted and the row is kept`(
        column: String, text: String, reason: String, message: String, outcome: Outcome
    ) throws {
        var file = try Import(Self.header)
        #expect(file.read(Self.changed(column, to: text)) == outcome)
        #expect(file.batch.count == 1)
        #expect(file.issues.map(\.reason) == (reason.isEmpty ? [] : [reason]))
        #expect(file.issues.first?.message ?? "" == message)
        #expect(file.issues.allSatisfy { $0.outcome == outcome && $0.rawRow == nil })
    }

    @Test func `Several faults of one row all carry its outcome`() throws {
        var file = try Import(Self.header)
        file.read(["7", "2024-03-01", "99", "ROBO", "", "0", "0", "-1", ""])
        #expect(file.issues.map(\.reason) == ["time_unreadable", "zero_coordinates", "weight_unreadable"])
        #expect(file.issues.allSatisfy { $0.outcome == .unplaced })
        #expect(file.batch.localMinute == [-1])
        #expect(file.batch.method == [.zeroCoordinates])
        #expect(file.batch.weight == [1])
    }

    @Test func `A row of another length than the header is rejected`() throws {
        var file = try Import(Self.header)
        for fields in [[], Array(Self.good.dropLast()), Self.good + ["y"]] { #expect(file.read(fields) == .rejected) }
        #expect(file.issues.map(\.reason) == ["field_count", "field_count", "field_count"])
        #expect(file.issues[2].message == "the row must have 9 fields, but has 10; rejected")
        #expect(file.batch.count == 0)
    }

    @Test func `A missing category costs the row its place only where the profile requires it`() throws {
        var lenient = try Import(Self.header)
        #expect(lenient.read(Self.changed("delito", to: " - ")) == .placed)
        #expect(lenient.batch.category[0] == nil)
        var profile = ImportProfile.generic
        profile.required = [.category]
        var strict = try Import(Self.header, profile: profile)
        #expect(strict.read(Self.changed("delito", to: " - ")) == .rejected)
        #expect(strict.issues.map(\.reason) == ["category_missing"])
        #expect(strict.batch.count == 0)
    }

    @Test func `Text is kept as given, without the blanks around it`() throws {
        var file = try Import(Self.header)
        file.read(Self.changed("colonia", to: " \t\u{A0}1° De  Mayo, \"A\"\u{A0} \r"))
        file.read(Self.changed("colonia", to: "null"))
        file.read(Self.changed("colonia", to: "Nulla à"))
        #expect(file.batch.coloniaLabel[0] == "1° De  Mayo, \"A\"")
        #expect(file.batch.coloniaLabel[1] == nil)
        #expect(file.batch.coloniaLabel[2] == "Nulla à")
    }

    @Test func `Without columns of coordinates every row is unplaced and none is blamed`() throws {
        var file = try Import(["fecha", "colonia"])
        #expect(file.read(["2024-03-01", "Centro"]) == .unplaced)
        #expect(file.batch.method == [.noCoordinates])
        #expect(file.issues.isEmpty)
    }

    @Test func `Metres go to x and y`() throws {
        var profile = ImportProfile.generic
        profile.crs = CRS("EPSG:32614")
        var file = try Import(["fecha", "x", "y"], profile: profile, expected: nil)
        #expect(file.mapper.unit == .metres)
        #expect(file.read(["2024-03-01", "486123.5", "2148000"]) == .placed)
        #expect(file.batch.x == [486_123.5])
        #expect(file.batch.y == [2_148_000])
        #expect(file.batch.longitude[0].isNaN && file.batch.latitude[0].isNaN)
    }

    @Test func `The second and later of equal rows are marked and kept`() throws {
        var file = try Import(Self.header)
        file.read(Self.good)
        file.read(Self.good)
        file.read(Self.changed("otra", to: "not kept, so it tells nothing apart"))
        file.read(Self.changed("delito", to: "ROBO "))
        file.read(Self.changed("delito", to: "ROBO A"))
        #expect(file.batch.isDuplicate == [false, true, true, true, false])
        #expect(file.mapper.counts.duplicates == 3)
        #expect(file.mapper.counts.placed == 5)
    }

    @Test func `A text that moves over the border of two fields makes another row`() throws {
        var file = try Import(["fecha", "delito", "colonia"])
        for (category, colonia) in [("AB", "C"), ("A", "BC"), ("ABC", ""), ("", "ABC"), ("AB", "C")] {
            file.read(["2024-03-01", category, colonia])
        }
        #expect(file.batch.isDuplicate == [false, false, false, false, true])
    }

    @Test(arguments: [1, 100, 128, 1000, 10_000])
    func `Duplicates of ten thousand random rows are those that a set finds, whatever the batch`(length: Int) throws {
        var generator = SeededGenerator(seed: 23)
        var file = try Import(["fecha", "delito", "folio"])
        file.batchLength = length
        if length == 1000 { file.mapper.expect(rows: 20_000) }
        var seen = Set<[String]>()
        var expected: [Bool] = []
        for _ in 0..<10_000 {
            let row = [
                "2024-03-0\(Int.random(in: 1...9, using: &generator))",
                "ROBO \(Int.random(in: 0...20, using: &generator))",
                "A long folio number \(Int.random(in: 0...40, using: &generator))",
            ]
            expected.append(!seen.insert(row).inserted)
            file.read(row)
        }
        file.mapper.markDuplicates(in: &file.batch)
        #expect(file.batch.isDuplicate == expected)
        #expect(expected.contains(true) && expected.contains(false))
    }

    @Test func `Every row read is counted once, whatever the bytes`() throws {
        var generator = SeededGenerator(seed: 31)
        var file = try Import(Self.header)
        for _ in 0..<20_000 {
            var fields = Self.good.map { Array($0.utf8) }
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                let field = Int.random(in: 0..<fields.count, using: &generator)
                let length = Int.random(in: 0...12, using: &generator)
                fields[field] = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
            if Int.random(in: 0...20, using: &generator) == 0 { fields.removeLast() }
            file.read(fields)
        }
        let counts = file.mapper.counts
        #expect(counts.read == 20_000)
        #expect(counts.kept == file.batch.count)
        #expect(counts.rejected > 0 && counts.unplaced > 0 && counts.placed > 0)
        #expect(file.issues.filter { $0.rawRow != nil }.count == counts.rejected)
        #expect(file.batch.isDuplicate.count == counts.kept && file.batch.placeText.count == counts.kept)
        #expect(file.batch.areas[1].count == counts.kept)
    }
}
