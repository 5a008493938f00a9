import Bytes
import CivilTime

/// The months as Mexican tables write them.
enum MonthName {
    static let spanish = [
        "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre",
        "Diciembre",
    ]
    private static let folded = spanish.map { Array(LabelFolding.fold($0).utf8) }

    /// Of `2024-03`, `2024-3`, or of a day of the month: `2024-03-01`; nil otherwise.
    static func numberWithYear(_ text: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int)? {
        let text = String(decoding: text, as: UTF8.self)
        if let day = CalendarDate(text) { return (day.components.year, day.components.month) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, (1...2).contains(parts[1].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let year = Int(parts[0]),
            let month = Int(parts[1]), (1...12).contains(month)
        else { return nil }
        return (year, month)
    }

    /// 1 to 12 of a name, its first three letters, `Setiembre`, or a number; nil otherwise.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        if let number = CountText.whole(text) { return (1...12).contains(number) ? Int(number) : nil }
        let word = LabelFolding.fold(text)
        if word == Array("SETIEMBRE".utf8) { return 9 }
        return folded.firstIndex { $0 == word || (word.count == 3 && $0.starts(with: word)) }.map { $0 + 1 }
    }
}
