/// Keeps what a request says short where an answer repeats it: whoever reads an error is to see which value is meant, and
/// nobody is to have a text of their own told in the server's name.
enum Echo {
    /// The most characters of a request that stand in an answer in a row.
    static let most = 40

    /// A text in which every longer piece of one of the values is cut.
    /// - Complexity: O(length of the text and of the values).
    static func shortened(_ text: String, values: [String]) -> String {
        var pieces: Set<[Unicode.Scalar]> = []
        for value in values where value.unicodeScalars.count > most {
            let scalars = Array(value.unicodeScalars)
            for start in 0..<(scalars.count - most) { pieces.insert(Array(scalars[start...(start + most)])) }
        }
        guard !pieces.isEmpty else { return text }
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        var next = 0
        func isForeign(_ start: Int) -> Bool {
            start + most < scalars.count && pieces.contains(Array(scalars[start...(start + most)]))
        }
        while next < scalars.count {
            guard isForeign(next) else {
                kept.append(scalars[next])
                next += 1
                continue
            }
            kept.append(contentsOf: scalars[next..<(next + most)])
            kept.append("…")
            while isForeign(next) { next += 1 }
            next += most
        }
        return String(kept)
    }
}
