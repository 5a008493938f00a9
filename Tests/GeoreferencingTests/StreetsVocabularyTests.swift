import Boundaries
import PlaceNames
import TestSupport
import Testing

@testable import Georeferencing

struct StreetsVocabularyTests {
    @Test(arguments: [
        ("CALZADA", "CALZDA", 1), ("CALZADA", "CLAZADA", 1), ("CALZADA", "CALZADAS", 1), ("CALZADA", "CALSADA", 1),
        ("INSURGENTES", "INSRUGENTS", 2), ("PINO", "PINO", 0), ("", "AB", 2), ("AB", "BA", 1),
    ])
    func `A slip is a letter wrong, missing, superfluous or swapped`(a: String, b: String, edits: Int) {
        #expect(SlipDistance.between(Array(a.utf8), Array(b.utf8), limit: 5) == edits)
        #expect(SlipDistance.between(Array(b.utf8), Array(a.utf8), limit: 5) == edits)
        #expect(SlipDistance.between(Array(a.utf8), Array(b.utf8), limit: 0) == min(edits, 1))
    }

    @Test func `Neighbours are those that comparing with every word gives`() {
        var generator = SeededGenerator(seed: 3)
        func word() -> String {
            let count = Int.random(in: 4...11, using: &generator)
            return String((0..<count).map { _ in "ABCDE".randomElement(using: &generator) ?? "A" })
        }
        var vocabulary = StreetVocabulary()
        var words: Set<String> = []
        for _ in 0..<1_500 { words.insert(word()) }
        for word in words.sorted() { _ = vocabulary.insert(word) }
        vocabulary.finish()
        for _ in 0..<150 {
            let asked = word()
            let expected = words.filter { other in
                let limit = other.utf8.count < 5 ? 0 : other.utf8.count < 9 ? 1 : 2
                let edits = SlipDistance.between(Array(asked.utf8), Array(other.utf8), limit: 3)
                return edits > 0 && edits <= limit
            }
            #expect(Set(vocabulary.neighbours(of: asked, atMost: 10_000).map(\.word)) == expected)
        }
    }

    @Test func `Numbers, compass words and Roman numerals have no neighbours, and a compass word one slip`() {
        var vocabulary = StreetVocabulary()
        for word in ["NORTE", "SUR", "ORIENTE", "PONIENTE", "12345", "XVIII", "TLALPAN"] { _ = vocabulary.insert(word) }
        vocabulary.finish()
        for word in ["12346", "NORTE", "ORIENTE", "XVII", "SUR", "DEL"] {
            #expect(vocabulary.neighbours(of: word, atMost: 9).isEmpty)
        }
        #expect(vocabulary.neighbours(of: "NORTR", atMost: 9).map(\.word) == ["NORTE"])
        #expect(vocabulary.neighbours(of: "PORIENTE", atMost: 9).map(\.word) == ["ORIENTE", "PONIENTE"])
        #expect(vocabulary.neighbours(of: "TLALPN", atMost: 9).map(\.word) == ["TLALPAN"])
    }

    @Test func `A word of more than 24 letters is not corrected`() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        var vocabulary = StreetVocabulary()
        for word in [letters.prefix(24), letters.prefix(25)] { _ = vocabulary.insert(String(word)) }
        vocabulary.finish()
        #expect(!vocabulary.neighbours(of: letters.prefix(22) + "YX", atMost: 9).isEmpty)
        #expect(vocabulary.neighbours(of: letters.prefix(22) + "YXY", atMost: 9).isEmpty)
    }

    @Test func `A name of more than 16 words is not looked for`() {
        func name(_ words: Int) -> String {
            (0..<words).map { "PALABRA" + String(repeating: "B", count: $0) }.joined(separator: " ")
        }
        let places = [16, 17].map {
            StreetPlace(
                kind: .crossing, street: name($0), detail: "OLMO", municipality: nil, longitude: -99, latitude: 19)
        }
        let index = StreetIndex(places)
        let olmo = StreetName("OLMO")
        #expect(index.crossing(StreetName(name(16)), olmo).verdict == .match)
        #expect(index.crossing(StreetName(name(17)), olmo).verdict == .none)
    }

    @Test func `Longer and shorter names are those that comparing with every name gives`() {
        var generator = SeededGenerator(seed: 4)
        func name() -> String {
            (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                ["OLMO", "PINO", "CEDRO", "GENERAL", "NORTE", "12"].randomElement(using: &generator) ?? ""
            }.joined(separator: " ")
        }
        var names = StreetNames()
        for _ in 0..<200 { _ = names.insert(name()) }
        names.finish()
        for _ in 0..<200 {
            let words = name().split(separator: " ").map(String.init)
            let expected = names.keys.indices.filter { number in
                let own = names.keys[number]
                return Self.isPiece(words, own) || own.count > 1 && Self.isPiece(own, words)
            }
            let found = names.keysLongerOrShorter(words.joined(separator: " "))
            #expect(Set(found.map { Int($0) }) == Set(expected), "\(words)")
        }
    }

    /// The shorter begins or ends the longer, has a word that is no title, and no number or bearing is left over.
    private static func isPiece(_ short: [String], _ long: [String]) -> Bool {
        let plain: Set<String> = ["OLMO", "PINO", "CEDRO"]
        guard short.count < long.count, short.contains(where: plain.contains) else { return false }
        let isEnd = long.suffix(short.count).elementsEqual(short)
        let isStart = short.count > 1 && long.prefix(short.count).elementsEqual(short)
        guard isEnd || isStart else { return false }
        let left = isEnd ? long.dropLast(short.count) : long.dropFirst(short.count)
        return !left.contains { $0 == "NORTE" || $0 == "12" }
    }
}
