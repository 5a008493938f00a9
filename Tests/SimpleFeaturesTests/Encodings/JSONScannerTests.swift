import SimpleFeatures
import TestSupport
import Testing

/// Runs a scanner over a text.
private func scan<Result>(_ text: [UInt8], _ body: (inout JSONScanner) throws -> Result) rethrows -> Result {
    try text.withUnsafeBufferPointer { bytes in
        var scanner = JSONScanner(bytes)
        return try body(&scanner)
    }
}

private func skipped(_ text: [UInt8]) throws(JSONError) {
    let fault = scan(text) { scanner -> JSONError? in
        do throws(JSONError) {
            try scanner.skipValue()
            try scanner.finish()
            return nil
        } catch { return error }
    }
    if let fault { throw fault }
}

/// Goes through a text by the other entries of the scanner, as a caller that knows what it wants does.
private func walked(_ text: [UInt8]) throws {
    func value(_ scanner: inout JSONScanner) throws {
        switch try scanner.kind() {
        case .object:
            try scanner.beginObject()
            while let name = try scanner.nextName() {
                _ = scanner.string(name)
                try value(&scanner)
            }
        case .array:
            try scanner.beginArray()
            while try scanner.nextElement() { try value(&scanner) }
        case .string: _ = scanner.string(try scanner.string())
        case .number: _ = try scanner.numberExtent()
        case .bool: _ = try scanner.bool()
        case .null: try scanner.null()
        }
    }
    try scan(text) { scanner in
        try value(&scanner)
        try scanner.finish()
    }
}

private func string(_ json: String) throws -> String {
    try scan([UInt8](json.utf8)) { scanner in scanner.string(try scanner.string()) }
}

@Suite struct JSONScannerTests {
    @Test func `The example of JSONScanner runs`() throws {
        var count = 0.0
        try Array(#"{"name":"Centro","more":[{"count":1}],"count":12}"#.utf8).withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            try scanner.beginObject()
            while let name = try scanner.nextName() {
                if scanner.text(name, equals: "count") { count = try scanner.number() } else { try scanner.skipValue() }
            }
            try scanner.finish()
        }
        #expect(count == 12)
    }

    @Test(arguments: [
        "0", "-0", "12", "-1.5", "1e9", "1E-9", "1.25e+300", "1e999", "true", "false", "null", "\"\"", "\"a\\u00e9\"",
        "[]", "{}",
        " [ 1 , [ ] , { } ] ", "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"a\":1}", "\r\n\t {\"\":\"\"}", "\u{FEFF}[1]",
    ])
    func `What the grammar allows is read`(json: String) {
        #expect(throws: Never.self) { try skipped([UInt8](json.utf8)) }
        #expect(throws: Never.self) { try walked([UInt8](json.utf8)) }
    }

    @Test(arguments: [
        "", " ", "01", "-", "+1", ".5", "1.", "1e", "1e+", "--1", "0x10", "NaN", "nan", "Infinity", "-Infinity", "tru",
        "True",
        "nul", "'a'", "\"", "\"a", "\"\\", "\"\\u12\"", "\"\\x\"", "\"\t\"", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "[",
        "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{,\"a\":1}",
        "{a:1}",
        "{\"a\" 1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "1 2", "[] []", "]", "}", "// 1", "[1]//", "\u{0}",
        "\u{A0}1",
    ])
    func `What the grammar forbids is refused`(json: String) {
        #expect(throws: JSONError.self) { try skipped([UInt8](json.utf8)) }
        #expect(throws: JSONError.self) { try walked([UInt8](json.utf8)) }
    }

    @Test func `Escapes are decoded and surrogates joined`() throws {
        #expect(try string(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{c}\n\r\t")
        #expect(try string(#""M\u00e9xico \u00D1 \u20ac \ud83d\ude00 \u0000.""#) == "México Ñ € 😀 \u{0}.")
        #expect(try string("\"Peñón de los Baños 12345678 \\u0031\"") == "Peñón de los Baños 12345678 1")
    }

    @Test func `A string that is not UTF-8 is refused`() {
        let latin1 = Array("[\"Nuevo Le".utf8) + [0xF3] + Array("n\"]".utf8)
        #expect(throws: JSONError.notUTF8(at: .init(offset: 2, line: 1))) { try skipped(latin1) }
    }

    @Test(arguments: 0..<20) func `The end of a string is found at every distance`(length: Int) throws {
        let text = String(repeating: "x", count: length)
        #expect(try string("\"\(text)\"  ,\"other\"") == text)
        #expect(try string("\"\(text)\\n\"  ,\"other\"") == text + "\n")
        #expect(try string("\"\(text)ñ\"  ,\"other\"") == text + "ñ")
    }

    @Test func `Names are compared with their escapes resolved`() throws {
        try scan([UInt8](#"{"\u0063rs":1}"#.utf8)) { scanner in
            try scanner.beginObject()
            let name = try #require(try scanner.nextName())
            #expect(name.isEscaped)
            #expect(scanner.text(name, equals: "crs"))
            #expect(!scanner.text(name, equals: "crS"))
        }
    }

    @Test func `Errors say byte and line`() {
        #expect(throws: JSONError.unexpected(found: UInt8(ascii: "]"), expected: .value, at: .init(offset: 8, line: 3)))
        {
            try skipped([UInt8]("[1,\n\n2, ]".utf8))
        }
        let error = JSONError.unexpected(found: nil, expected: .commaOrEnd, at: .init(offset: 3, line: 1))
        #expect(
            error.description
                == "JSON must have a comma or the closing bracket here, but the text ends at byte 3 (line 1)")
    }

    @Test func `Nesting is followed to the limit and refused beyond it`() {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(throws: Never.self) { try skipped(nested(128)) }
        #expect(throws: Never.self) { try walked(nested(128)) }
        let refusal = JSONError.tooDeep(limit: 128, at: .init(offset: 128, line: 1))
        #expect(throws: refusal) { try skipped(nested(129)) }
        #expect(throws: refusal) { try walked(nested(129)) }
        #expect(throws: refusal) { try skipped(nested(100_000)) }
        #expect(throws: refusal) { try walked(nested(100_000)) }
    }

    @Test func `Numbers are rounded as the standard library rounds them`() throws {
        var generator = SeededGenerator(seed: 3)
        func expectSame(_ text: String) throws {
            let value = try scan([UInt8](text.utf8)) { scanner in try scanner.number() }
            #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
        for text in [
            "-0", "9007199254740993", "9999999999999999999", "0.9007199254740993", "18446744073709551615", "1e308",
        ] {
            try expectSame(text)
        }
        for _ in 0..<20_000 {
            let digits = String(
                UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...60, using: &generator))
            let point = Int.random(in: 0...20, using: &generator)
            let whole = digits.dropLast(point)
            let fraction = String(repeating: "0", count: max(0, point - digits.count)) + digits.suffix(point)
            try expectSame((whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction))
        }
        for _ in 0..<20_000 {
            try expectSame("\(Double.random(in: -180...180, using: &generator))")
        }
    }

    @Test func `Numbers halfway between two floats go to the even one`() throws {
        // 2⁵³ + 1 lies halfway; the smallest excess decides.
        for (text, expected) in [
            ("9007199254740993.000", 9_007_199_254_740_992), ("9007199254740993.001", 9_007_199_254_740_994),
            ("9007199254740995.000", 9_007_199_254_740_996), ("9007199254740994.999", 9_007_199_254_740_994),
        ] as [(String, Double)] {
            #expect(try scan([UInt8](text.utf8)) { scanner in try scanner.number() } == expected)
        }
    }

    @Test func `A number beyond the largest float is refused`() {
        #expect(throws: JSONError.numberTooLarge(at: .init(offset: 1, line: 1))) {
            try scan([UInt8](" 1e309".utf8)) { scanner in try scanner.number() }
        }
    }

    @Test func `Both ways through a damaged text agree and never trap`() {
        var generator = SeededGenerator(seed: 5)
        let source = [UInt8](
            #"{"a":[1,-2.5e3,"é\u00e9\ud83d\ude00",{"b":null,"c":[true,false,[]]}],"d":{"":"x\\y"},"e":12345678901234567890}"#
                .utf8)
        var refused = 0
        for _ in 0..<20_000 {
            var text = source
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let at = Int.random(in: text.indices, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: text[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: text.remove(at: at)
                default: text.insert(source[Int.random(in: source.indices, using: &generator)], at: at)
                }
            }
            if Int.random(in: 0...3, using: &generator) == 0 {
                text.removeLast(Int.random(in: 0...text.count, using: &generator))
            }
            let (bySkipping, byWalking) = (isRefused { try skipped(text) }, isRefused { try walked(text) })
            #expect(bySkipping == byWalking, "\(String(decoding: text, as: UTF8.self))")
            if bySkipping { refused += 1 }
        }
        #expect((5_000..<20_000).contains(refused))
    }

    private func isRefused(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch { return true }
    }
}
