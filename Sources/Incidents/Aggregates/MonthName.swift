import Bytes

/// The months as Mexican tables write them.
enum MonthName {
    static let spanish = [
        "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre",
        "Diciembre",
    ]
    private static let folded = spanish.map { Array(LabelFolding.fold($0).utf8) }

    /// 1 to 12 of a name, its first three letters, `Setiembre`, or a number; nil otherwise.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        if let number = CountText.whole(text) { return (1...12).contains(number) ? Int(number) : nil }
        let word = LabelFolding.fold(text)
        if word == Array("SETIEMBRE".utf8) { return 9 }
        return folded.firstIndex { $0 == word || (word.count == 3 && $0.starts(with: word)) }.map { $0 + 1 }
    }
}
