import PlaceNames
import TestSupport
import Testing

struct AddressesReadingsTests {
    private func crossings(_ text: String) -> [String] {
        AddressParser().readings(of: text).map { "\($0.street?.text ?? "-") × \($0.crossing?.text ?? "-")" }
    }

    @Test func `A y that may join or stand in a name gives both readings, the likelier first`() {
        #expect(crossings("Revolución y Reforma") == ["REVOLUCION × REFORMA", "REVOLUCION Y REFORMA × -"])
        #expect(crossings("Ortega y Gasset") == ["ORTEGA Y GASSET × -", "ORTEGA × GASSET"])
        #expect(
            crossings("Eguía y Lis y Hidalgo") == [
                "EGUIA × LIS Y HIDALGO", "EGUIA Y LIS × HIDALGO", "EGUIA Y LIS Y HIDALGO × -",
            ])
        #expect(crossings("Eguía y Lis esq. Hidalgo").first == "EGUIA Y LIS × HIDALGO")
    }

    @Test func `A number that nothing marks is a house number first and part of the name second`() {
        #expect(crossings("Londres 1948 y Ajusco").prefix(2) == ["LONDRES × AJUSCO", "LONDRES 1948 × AJUSCO"])
        #expect(crossings("Calle 15 y Ajusco").first == "CALLE 15 × AJUSCO")
    }

    @Test func `A comma, or a hyphen between blanks, may join two streets, last of all`() {
        #expect(crossings("Insurgentes, Reforma") == ["INSURGENTES × -", "INSURGENTES × REFORMA"])
        #expect(crossings("Insurgentes - Reforma") == ["INSURGENTES REFORMA × -", "INSURGENTES × REFORMA"])
        #expect(crossings("México-Toluca") == ["MEXICO TOLUCA × -"])
    }

    @Test func `Words that tables have for streets are read without their markers too`() {
        #expect(crossings("Kilómetro 13 y México-Cuernavaca").contains("KILOMETRO 13 × MEXICO CUERNAVACA"))
        #expect(crossings("Plaza Garibaldi y Montero").first == "PLAZA GARIBALDI × MONTERO")
    }

    @Test func `What was not understood is kept`() throws {
        let reading = try #require(AddressParser().readings(of: "Juárez esq. Hidalgo esq. Pino").first)
        #expect(reading.rest.map(\.text) == ["ESQ PINO"])
        #expect(AddressParser().readings(of: "").count == 1)
        #expect(AddressParser().readings(of: " ,;. ").first?.isEmpty == true)
    }

    @Test func `What lies beyond the limit is kept as rest, and no character is split`() throws {
        let text = String(repeating: "ñ", count: 499) + "x" + String(repeating: "ñ", count: 200)
        let reading = try #require(AddressParser().readings(of: text).first)
        #expect(reading.rest.last?.source == 999..<text.utf8.count)
    }

    @Test func `Every word stands in exactly one field, marker or rest`() {
        let pieces = [
            "Av.", "Juárez", "Hidalgo", "5 de Mayo", "y", "e", "esq.", "con", "/", "&", "entre", ",", ";", "(", ")",
            "-",
            "#", "No.", "45", "123-B", "12.5", "km", "Mz", "Lt", "3", "int.", "depto", "Col.", "Centro", "Fracc.",
            "C.P.",
            "06000", "CDMX", "Hidalgo", "Monterrey", "N.L.", "Alcaldía", "Municipio de", "frente a", "la", "Metro",
            "S/N",
            "x", "Pte.", "Eje 8 Sur", "Calle", "sobre", "Barrio", "Plaza", "a la altura de", "sin número", "Loc.",
            "casi", "Ñandú", "cruce", "Edif.",
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<4_000 {
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let readings = AddressParser().readings(of: text)
            #expect(!readings.isEmpty && readings.count <= AddressParser.mostReadings)
            for reading in readings where !coversOnce(reading, text) {
                Issue.record("\(text): \(reading)")
                return
            }
        }
    }

    private func coversOnce(_ address: Address, _ text: String) -> Bool {
        var ranges = [address.street?.source, address.crossing?.source, address.kilometre?.source].compactMap { $0 }
        ranges += address.between.map(\.source) + address.rest.map(\.source) + address.markers
        let fields = [
            address.exteriorNumber, address.interiorNumber, address.block, address.lot, address.landmark,
            address.colonia,
            address.postalCode, address.municipality, address.locality, address.state,
        ]
        ranges += fields.compactMap { $0?.source }
        var covers = [Int](repeating: 0, count: text.utf8.count)
        for range in ranges { for index in range { covers[index] += 1 } }
        return zip(text.utf8, covers).allSatisfy { byte, count in
            let isLetter = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
            return isLetter ? count == 1 : count <= 1
        }
    }

    @Test(arguments: [
        "y ", ",", "a,", "(", ")(", "a y b esq ", "entre a y b ", "9", "# ", "#1 ", "km 1 ", "col a ", "/", " - a",
        "\u{0}",
        "É", "\u{FFFD}", "Ã©", "frente a la x ", "x 1 ", "calle ", "int 1 ", "mz 1 lt 1 ", "1.", "99999999999 ", "s/",
        "c/",
    ])
    func `Hostile texts have few readings`(unit: String) {
        let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
        let readings = AddressParser().readings(of: text)
        #expect(!readings.isEmpty && readings.count <= AddressParser.mostReadings)
        for reading in readings {
            #expect(reading.between.isEmpty || reading.between.count == 2)
            #expect(reading.rest.last?.source.upperBound == text.utf8.count)
        }
    }

    @Test func `No bytes stop it`() {
        var generator = SeededGenerator(seed: 12)
        let parser = AddressParser()
        for _ in 0..<5_000 {
            let count = Int.random(in: 0..<80, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let readings = bytes.withUnsafeBufferPointer { parser.readings(of: $0) }
            #expect(!readings.isEmpty)
            #expect(readings.allSatisfy { ($0.street?.source.upperBound ?? 0) <= count })
        }
    }
}
