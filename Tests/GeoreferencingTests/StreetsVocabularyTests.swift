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
}
