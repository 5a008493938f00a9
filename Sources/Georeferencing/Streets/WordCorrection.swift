import PlaceNames

/// Puts mistyped words of a name right, in every way that the words of a table allow.
enum WordCorrection {
    struct Variant {
        var words: [String]
        /// How many slips were put right.
        var edits: Int
    }

    /// More words than this do not go wrong in one name.
    static let mostChanges = 2
    private static let mostVariants = 32
    private static let mostNeighbours = 8

    /// Names with the words that no name has replaced by their neighbours; the words as they are are not among them.
    /// - Returns: none where every word is known, or one has no neighbour, or too many are unknown, or the name is too
    ///   long.
    static func variants(of words: [String], in vocabulary: StreetVocabulary) -> [Variant] {
        guard words.count <= StreetIndex.longestName else { return [] }
        let unknown = words.indices.filter { isUnknown(words[$0], vocabulary) }
        guard !unknown.isEmpty, unknown.count <= mostChanges else { return [] }
        var variants = [Variant(words: words, edits: 0)]
        for place in unknown {
            let neighbours = vocabulary.neighbours(of: words[place], atMost: mostNeighbours)
            variants = variants.flatMap { variant in
                neighbours.map { neighbour in
                    var changed = variant
                    changed.words[place] = neighbour.word
                    changed.edits += neighbour.edits
                    return changed
                }
            }
            variants = Array(variants.prefix(mostVariants))
        }
        return variants
    }

    /// Names in which one known word is replaced by a neighbour.
    static func realWordVariants(of words: [String], in vocabulary: StreetVocabulary) -> [Variant] {
        var variants: [Variant] = []
        for place in words.indices where !isUnknown(words[place], vocabulary) {
            for neighbour in vocabulary.neighbours(of: words[place], atMost: mostNeighbours) {
                var changed = words
                changed[place] = neighbour.word
                variants.append(Variant(words: changed, edits: neighbour.edits))
            }
        }
        return Array(variants.prefix(mostVariants))
    }

    static func isUnknown(_ word: String, _ vocabulary: StreetVocabulary) -> Bool {
        !StreetWords.isFixed(word) && !vocabulary.contains(word) && !["(", ")", "-"].contains(word)
    }
}
