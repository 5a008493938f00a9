import Bytes
import Incidents
import TestSupport
import Testing

struct LabelCodesTests {
    @Test func `Labels that fold alike share a code, and empty ones have none`() {
        var codes = LabelCodes()
        let madero = codes.code(for: "GUSTAVO A. MADERO")
        #expect(codes.code(for: "Tlalpan") != madero)
        #expect(codes.code(for: "Gustavo A Madero") == madero)
        #expect(codes.code(for: "GUSTAVO A. MADERO") == madero)
        #expect(codes.code(for: "") == -1)
        #expect(codes.code(for: " -- ") == -1)
        #expect(codes.count == 2)
    }

    @Test func `Codes of many random labels are those that a dictionary gives`() {
        var generator = SeededGenerator(seed: 41)
        var codes = LabelCodes()
        var expected: [String: Int32] = [:]
        for _ in 0..<20_000 {
            let number = Int.random(in: 0..<3000, using: &generator)
            let label = Bool.random(using: &generator) ? "Colonia Número \(number)" : "COLONIA NUMERO (\(number))"
            let code = codes.code(for: label)
            let folded = LabelFolding.fold(label)
            if let known = expected[folded] { #expect(known == code) } else { expected[folded] = code }
        }
        #expect(codes.count == expected.count)
        #expect(Set(expected.values).count == expected.count)
    }
}
