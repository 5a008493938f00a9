import Bytes
import Testing
import TestSupport

private func parse(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(DecimalParser.double)
}

private func parseInteger(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer(DecimalParser.integer)
}

@Suite struct DecimalParserTests {
    @Test(arguments: [
        "0", "-0", "1", "-99.1891233599999", "19.4815385098333", "0.1", "1e3", "1.5E-7", "+7", "9007199254740993",
        "123456789012345678901234567890", "0.000000000000000000000000000001", "4.0", ".5", "5.", "1e308", "00012.500",
    ])
    func `A decimal reads as the standard library reads it`(text: String) {
        #expect(parse(text) == Double(text.hasPrefix("+") ? String(text.dropFirst()) : text))
    }

    @Test(arguments: [
        "", "-", ".", "1.2.3", "1,5", " 1", "1 ", "nan", "inf", "-inf", "0x10", "1e", "1e999", "--1", "12a", "1_0",
    ])
    func `What is no finite decimal is refused`(text: String) {
        #expect(parse(text) == nil)
    }

    @Test func `A hundred thousand random doubles read back exactly`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<100_000 {
            let value = Double.random(in: -200...200, using: &generator)
            #expect(parse(value.description) == value)
        }
    }

    @Test func `Integers are exact up to both ends of their range and refused beyond`() {
        #expect(parseInteger("9223372036854775807") == .max)
        #expect(parseInteger("-9223372036854775808") == .min)
        #expect(parseInteger("9223372036854775808") == nil)
        #expect(parseInteger("-9223372036854775809") == nil)
        #expect(parseInteger("007") == 7)
        #expect(parseInteger("+") == nil)
        #expect(parseInteger("1.0") == nil)
    }
}
