import Bytes
import Testing
import TestSupport

private func written(_ body: (inout ByteWriter) -> Void) -> String {
    var writer = ByteWriter()
    body(&writer)
    return writer.string
}

@Suite struct ByteWriterTests {
    @Test(
        arguments: [
            (-99.1234567, 7, "-99.1234567"), (19.4, 7, "19.4"), (0, 7, "0"), (-0.00000001, 7, "0"),
            (0.0000001, 7, "0.0000001"),
            (100, 2, "100"), (0.05, 1, "0"), (0.15, 0, "0"), (2.5, 0, "2"), (1.25, 1, "1.2"), (-1, 3, "-1"),
            (1e20, 2, "1e+20"),
        ] as [(Double, Int, String)])
    func `A fixed number is rounded half to even and loses its trailing zeros`(
        value: Double, decimals: Int, text: String
    ) {
        #expect(written { $0.fixed(value, decimals: decimals) } == text)
    }

    @Test func `A random number with seven decimals reads back within half a unit`() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<20_000 {
            let value = Double.random(in: -180...180, using: &generator)
            let read = Double(written { $0.fixed(value, decimals: 7) }) ?? .nan
            #expect(abs(read - value) <= 0.500001e-7)
        }
    }

    @Test func `Numbers of every length and number of decimals are written as division by ten writes them`() {
        func slow(_ value: Double, _ decimals: Int) -> String? {
            let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
            let scaled = (value.magnitude * scale).rounded(.toNearestOrEven)
            guard scaled < 9.0e15 else { return nil }
            var digits = String(UInt64(scaled))
            digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            var fraction = String(digits.suffix(decimals))
            while fraction.hasSuffix("0") { fraction.removeLast() }
            let sign = value < 0 && scaled > 0 ? "-" : ""
            return sign + digits.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
        }
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<5_000 {
            let whole = Int64(truncatingIfNeeded: generator.next()) >> (generator.next() % 64)
            #expect(written { $0.integer(whole) } == String(whole))
            let decimals = Int.random(in: 0...15, using: &generator)
            let value = Double.random(in: -1...1, using: &generator) * Double(whole >> (generator.next() % 64))
            guard let expected = slow(value, decimals) else { continue }
            #expect(written { $0.fixed(value, decimals: decimals) } == expected)
        }
    }

    @Test func `Integers are written to both ends of their range`() {
        #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
        #expect(written { $0.integer(UInt64.max) } == "18446744073709551615")
        #expect(written { $0.integer(0) } == "0")
    }

    @Test func `The shortest form reads back as the same number`() {
        #expect(written { $0.shortest(0.1) } == "0.1")
        #expect(written { $0.shortest(9015) } == "9015")
        #expect(written { $0.shortest(1e300) } == "1e+300")
    }

    @Test func `JSON strings escape quotes, backslashes and control bytes and leave Spanish alone`() {
        #expect(written { $0.jsonString("a\"b\\c\n\u{1}ñ") } == "\"a\\\"b\\\\c\\n\\u0001ñ\"")
    }

    @Test func `CSV fields are quoted only where they must be`() {
        #expect(written { $0.csvField("ROBO A NEGOCIO") } == "ROBO A NEGOCIO")
        #expect(written { $0.csvField("a, \"b\"") } == "\"a, \"\"b\"\"\"")
        #expect(written { $0.csvField("a\nb") } == "\"a\nb\"")
    }
}
