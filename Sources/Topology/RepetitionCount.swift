import Foundation

extension BoundaryAudit.Repetitions {
    init(of texts: some Sequence<String>) {
        var counts: [String: Int] = [:]
        for text in texts { counts[text, default: 0] += 1 }
        let repeated = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        self.init(
            values: repeated.count, features: repeated.reduce(0) { $0 + $1.value },
            examples: repeated.prefix(10).map(\.key))
    }
}

/// A name as it is compared: upper case, without accents, blanks run together.
func foldedName(_ name: String) -> String {
    // The tilde stays: CAÑADA and CANADA are two words.
    let bare = name.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
        $0 == "\u{303}" || !("\u{300}"..."\u{36F}").contains($0)
    }
    let words = String(String.UnicodeScalarView(bare)).split(whereSeparator: \.isWhitespace)
    return words.joined(separator: " ").precomposedStringWithCanonicalMapping.uppercased()
}
