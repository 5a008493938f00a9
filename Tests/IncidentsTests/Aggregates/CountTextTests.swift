@testable import Incidents
import Testing

struct CountTextTests {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("7.0", 7), ("12.000", 12), ("1,512,450", 1_512_450), ("999,000.00", 999_000), ("007", 7),
        ("1234", 1234), ("10000000000", 10_000_000_000),
    ])
    func `Whole numbers are read with decimals of zero and with commas between thousands`(text: String, value: Int64) {
        #expect(bytes(text, CountText.whole) == value)
    }

    @Test(arguments: [
        "", ".", ".0", "1.", "1.5", "-1", "+1", "1e3", "1,51,450", ",512", "1,5124", "1,512,45", "1234,567", "1 512",
        "doce", "10000000001", "99999999999999999999999", "\u{0}", "１",
    ])
    func `Anything else is no count`(text: String) {
        #expect(bytes(text, CountText.whole) == nil)
    }

    @Test(arguments: [
        ("Enero", 1), ("DICIEMBRE", 12), ("septiembre", 9), ("Setiembre", 9), ("ago", 8), ("Mar", 3), ("4", 4),
        ("04", 4), ("12.0", 12),
    ])
    func `Months are read by name, by three letters, by number`(text: String, month: Int) {
        #expect(bytes(text, MonthName.number) == month)
    }

    @Test(arguments: ["", "0", "13", "Eneros", "e", "Total", "2024-01"])
    func `Anything else is no month`(text: String) {
        #expect(bytes(text, MonthName.number) == nil)
    }
}
