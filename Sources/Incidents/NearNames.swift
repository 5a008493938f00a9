import Bytes

/// Finds the names that a misspelt one may have meant, for error messages.
public enum NearNames {
    /// Up to three names: those that contain the word or lie within a third of its length in edits, nearest first.
    /// - Complexity: O(names · length²), lengths cut at 64.
    public static func of(_ word: String, among names: [String]) -> [String] {
        let wanted = Array(LabelFolding.fold(word).utf8.prefix(64))
        guard !wanted.isEmpty else { return [] }
        let limit = max(1, wanted.count / 3)
        var found: [(distance: Int, name: String)] = []
        for name in names {
            let other = Array(LabelFolding.fold(name).utf8.prefix(64))
            let distance = contains(other, wanted) ? 0 : edits(wanted, other)
            if distance <= limit { found.append((distance, name)) }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { text[$0..<($0 + word.count)].elementsEqual(word) }
    }

    /// Levenshtein distance.
    private static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
