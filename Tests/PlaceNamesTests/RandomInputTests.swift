import PlaceNames
import TestSupport
import Testing

struct RandomInputTests {
    @Test(arguments: (1...20).map { UInt64($0) })
    func `Reading a canonical name again changes nothing`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var reader = PlaceNameReader()
        for _ in 0..<5000 {
            let text = Self.name(using: &generator)
            let name = reader.read(text)
            let again = reader.read(name.description)
            #expect(again.text == name.text, "\(text)")
            #expect(again.tokens.map(Self.meaning) == name.tokens.map(Self.meaning), "\(text): \(name.description)")
            #expect(again.settlementType == name.settlementType, "\(text)")
            #expect(again.coreKey(.whole) == name.coreKey(.whole), "\(text)")
        }
    }

    @Test func `The order of the words does not change the key`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            var words = ["LOMAS", "SAN ANGEL", "AMPLIACION", "SECCION 2", "PONIENTE", "GUADALUPE"]
            let before = read(words.joined(separator: " "))
            words.shuffle(using: &generator)
            let after = read(words.joined(separator: " "))
            #expect(before.coreKey() == after.coreKey(), "\(words)")
            #expect(before.coreHash() == after.coreHash())
        }
    }

    @Test func `Equal keys and equal hashes go together`() {
        var generator = SeededGenerator(seed: 5)
        let names = (0..<3000).map { _ in read(Self.name(using: &generator)) }
        var keys: [UInt64: [UInt8]] = [:]
        for name in names {
            let hash = name.coreHash()
            #expect(keys[hash, default: name.coreKey()] == name.coreKey())
            keys[hash] = name.coreKey()
        }
        #expect(Set(keys.values).count == keys.count)
    }

    @Test func `No bytes trap, and every token lies within its text and its input`() {
        var generator = SeededGenerator(seed: 6)
        for round in 0..<4000 {
            let count = Int.random(in: 0...60, using: &generator)
            let alphabet = round % 2 == 0 ? Array(UInt8.min...UInt8.max) : Self.awkward
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            check(read(bytes: bytes), against: bytes)
        }
    }

    /// Looped over, not passed as arguments: the runner prints every argument, and these are megabytes.
    private static let hostile: [[UInt8]] = [
        [UInt8](repeating: 0, count: 500), [UInt8](repeating: 0xFF, count: 5000), [UInt8](repeating: 0x28, count: 5000),
        Array(String(repeating: "Ã", count: 3000).utf8), Array(String(repeating: "ÃƒÆ’", count: 3000).utf8),
        Array(String(repeating: "I Y ", count: 3000).utf8), Array(String(repeating: "A,", count: 3000).utf8),
        Array(String(repeating: "SECTOR 2 ", count: 3000).utf8), Array(String(repeating: "9", count: 3000).utf8),
        Array(String(repeating: "06600 ", count: 3000).utf8), Array(String(repeating: "(X) ", count: 3000).utf8),
        Array(String(repeating: "&", count: 3000).utf8), Array(String(repeating: "NO.", count: 3000).utf8),
        Array(String(repeating: "ñ", count: 999_999).utf8), Array(String(repeating: "x, N.L., ", count: 3000).utf8),
        Array(String(repeating: "🚓", count: 3000).utf8), Array("99999999999999999999999 DE MAYO".utf8),
        Array("2147483648 SECTOR 4294967296".utf8), [0xC3], [0xE2, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xED, 0xA0, 0x80],
    ]

    @Test func `Hostile input is read in bounded time`() {
        for bytes in Self.hostile { checkTime(bytes) }
    }

    private func checkTime(_ bytes: [UInt8]) {
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            let name = read(bytes: bytes)
            check(name, against: bytes)
            #expect(name.isCut == (bytes.count > PlaceNameReader.longestInput))
        }
        #expect(elapsed < .seconds(1))
    }

    @Test func `A long input is cut between characters`() {
        let text = String(repeating: "a", count: 999) + "ñ"
        let name = read(text)
        #expect(name.isCut && !name.isRepaired)
        #expect(name.text == [UInt8](repeating: 0x41, count: 999))
        #expect(!read(String(repeating: "a", count: 1000)).isCut)
    }

    private func check(_ name: PlaceName, against bytes: [UInt8]) {
        for token in name.tokens {
            #expect(name.text.indices.contains(token.bytes.lowerBound) && token.bytes.upperBound <= name.text.count)
            #expect(token.source.lowerBound >= 0 && token.source.upperBound <= bytes.count)
        }
        for segment in name.tail { #expect(segment.source.upperBound <= bytes.count) }
        _ = name.coreKey(.whole)
    }

    private static func meaning(_ token: PlaceName.Token) -> String { mark(token) }

    private static func name(using generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            (words.randomElement(using: &generator) ?? "") + (gaps.randomElement(using: &generator) ?? "")
        }.joined()
    }

    private static let words =
        """
        SAN STA JUAN PEDRO CENTRO LOMAS DE DEL LA LAS Y A E EN I V X II III IV XXIII 1 2 3 14 20 105 1RA 2DA 3ER 4TO 2A
        1O 1° SECC SECCION SECTOR SEC. ETAPA MZ SM MANZANA ZONA REGION AMPL. AMPLIACION COL COLONIA FRACC PBLO PUEBLO
        NUEVO VIEJA BARRIO U HAB U.H. UNIDAD HABITACIONAL CONJ CONJUNTO EX HACIENDA EJIDO MAYO MARZO NORTE SUR PTE B C D
        H M S C.P. CP 32000 06600 NO. NUM KM EJE FOMERREY PRIMERA SEGUNDO QUINTA DIEZ TREINTA SEIS DECIMA MPIO DELEG
        CIUDAD CHIH N.L. RES RESIDENCIAL VILLA PRIVADA INFONAVIT SECTORES ETAPAS LOTE GPE MEXICO ñ PEÃ±ON 2B 4TOSECTOR
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
    private static let gaps = [String](repeating: " ", count: 14) + [", ", "-", " (", ") ", "/", ". ", "  ", ".", "_"]
    private static let awkward = Array("ÃÂñ±?&;#x() ,.-/°ºª12aAIVXyYuh\u{FFFD}├√".utf8) + [0, 0xC3, 0xFF, 0x1A]
}
