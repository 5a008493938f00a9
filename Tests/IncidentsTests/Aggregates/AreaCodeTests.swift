@testable import Incidents
import TestSupport
import Testing

struct AreaCodeTests {
    @Test(arguments: [
        ("11001", "11001"), ("1001", "1001"), ("1001.0", "1001"), (" 08 037 ", "08037"), ("'01001", "01001"),
        ("=\"01001\"", "01001"), ("=CONCATENAR(0,01) ", "01"), ("=CONCATENAR( ,10) ", "10"), ("", ""), (" ", ""),
        ("=CONCATENATE(0,9)", "09"),
    ])
    func `Digits come back out of what spreadsheets make of a code`(text: String, digits: String) {
        #expect(bytes(text, AreaCode.digits) == digits)
    }

    @Test(arguments: ["A1", "1-2", "=SUM(A1,B2)", "=CONCATENAR(0,-1)", "11.5", "12345678901234567", "=)1(", "ñ"])
    func `What holds anything else is no code`(text: String) {
        #expect(bytes(text, AreaCode.digits) == nil)
    }

    @Test func `Lost zeros come back, and short numbers need their state`() {
        #expect(AreaCode.municipality("1001", state: nil) == "01001")
        #expect(AreaCode.municipality("01001", state: "11") == "01001")
        #expect(AreaCode.municipality("2", state: "09") == "09002")
        #expect(AreaCode.municipality("2", state: nil) == nil)
        #expect(AreaCode.municipality("33001", state: nil) == nil)
        #expect(AreaCode.municipality("00001", state: nil) == nil)
        #expect(AreaCode.municipality("080370001", state: nil) == nil)
        #expect(AreaCode.state("9") == "09" && AreaCode.state("32") == "32")
        #expect(AreaCode.state("0") == nil && AreaCode.state("33") == nil && AreaCode.state("009") == nil)
    }

    @Test func `Codes that stand for no municipality or for the whole state are known`() {
        #expect(AreaCode.isPseudo("11998") && AreaCode.isPseudo("11999") && !AreaCode.isPseudo("11001"))
        #expect(AreaCode.isStateTotal("11000") && !AreaCode.isStateTotal("11100"))
    }

    @Test func `States are known by their official names and by the usual ones`() {
        #expect(StateNames.code(of: "VERACRUZ DE IGNACIO DE LA LLAVE") == "30")
        #expect(StateNames.code(of: "Veracruz") == "30")
        #expect(StateNames.code(of: "Michoacan de Ocampo") == "16")
        #expect(StateNames.code(of: "Distrito Federal") == "09" && StateNames.code(of: "ciudad de méxico") == "09")
        #expect(StateNames.code(of: "Estado de México") == "15" && StateNames.code(of: "Mexico") == "15")
        #expect(StateNames.code(of: "Texas") == nil && StateNames.code(of: "") == nil)
        #expect(StateNames.name(of: "09") == "Ciudad de México" && StateNames.name(of: "77") == "77")
    }

    @Test func `Random bytes never trap`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0...255, using: &generator)
                    : Array("=(),.0 19\"'".utf8).randomElement(using: &generator) ?? 0
            }
            let digits = text.withUnsafeBufferPointer(AreaCode.digits)
            #expect(digits?.utf8.allSatisfy { (48...57).contains($0) } ?? true)
            _ = text.withUnsafeBufferPointer(CountText.whole)
            _ = text.withUnsafeBufferPointer(MonthName.number)
        }
    }
}
