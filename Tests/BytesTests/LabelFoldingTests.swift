import Bytes
import Foundation
import TestSupport
import Testing

struct LabelFoldingTests {
    @Test(arguments: [
        ("Gustavo A. Madero", "GUSTAVO A MADERO"), ("GUSTAVO A. MADERO", "GUSTAVO A MADERO"), ("  Cañada ", "CANADA"),
        ("Cuauhtémoc", "CUAUHTEMOC"), ("Cuauhte\u{301}moc", "CUAUHTEMOC"),
        ("SANTA MARTHA ACATITLA_(PBLO)", "SANTA MARTHA ACATITLA PBLO"),
        ("SAN  MIGUEL", "SAN MIGUEL"), ("1° De Mayo", "1 DE MAYO"), ("2A. Ampliación", "2A AMPLIACION"),
        ("O'Farril", "OFARRIL"),
        ("O’Farril", "OFARRIL"), ("Peñón—Baños", "PENON BANOS"), ("Ürümqi ÿ Æsop ß", "URUMQI Y AESOP SS"),
        ("Łódź", "LODZ"),
        ("...", ""), ("", ""), ("東京 x", "東京 X"), ("a\u{A0}b", "A B"),
    ])
    func `Spellings of the same words fold to one`(label: String, folded: String) {
        #expect(LabelFolding.fold(label) == folded)
        #expect(LabelFolding.fold(folded) == folded)
    }

    @Test func `Every Latin letter up to U+017F loses its accent as Unicode decomposes it`() {
        for value in UInt32(0xC0)...0x17F {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
            let decomposed = String(scalar).decomposedStringWithCanonicalMapping
            guard let base = decomposed.unicodeScalars.first, base.isASCII, base != scalar else { continue }
            #expect(LabelFolding.fold(String(scalar)) == String(base).uppercased())
        }
    }

    @Test func `Any bytes fold, and folding again changes nothing`() {
        var generator = SeededGenerator(seed: 43)
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0xC0...0xE3, using: &generator) : UInt8.random(in: 0...255, using: &generator)
            }
            let once = bytes.withUnsafeBufferPointer { LabelFolding.fold($0) }
            #expect(once.count <= bytes.count * 2)
        }
    }
}
