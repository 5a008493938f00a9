import PlaceNames

/// The ways to set a name's unknown words right, the fewest slips first.
struct TypingErrors {
    /// So many unknown words of a name are set right at most.
    private static let longest = 4
    /// So many combinations are tried at most.
    private static let most = 64

    private var corrections: [SpellingIndex.Correction] = []
    /// Per combination: a stem per unknown word, and the slips in all.
    private var combinations: [(stems: [Int32], slips: Int)] = []
    private var unknownPlaces: [Int] = []
    private var nextCombination = 0
    /// The slips of the best combination that some name has.
    var fewest = Int.max

    mutating func collect(_ terms: NameTerms, _ name: PlaceName, _ index: NameIndex) {
        combinations.removeAll(keepingCapacity: true)
        unknownPlaces.removeAll(keepingCapacity: true)
        nextCombination = 0
        fewest = .max
        for place in terms.wordStems.indices where terms.wordStems[place] < 0 { unknownPlaces.append(place) }
        guard unknownPlaces.count <= Self.longest else { return }
        combinations.append(([], 0))
        for place in unknownPlaces {
            index.spelling.corrections(of: name.text[terms.places[place]], in: index.vocabulary, into: &corrections)
            guard !corrections.isEmpty else { return combinations.removeAll() }
            var longer: [(stems: [Int32], slips: Int)] = []
            for combination in combinations {
                for correction in corrections.prefix(8) where longer.count < Self.most {
                    let stem = index.vocabulary.stems[Int(correction.word)]
                    longer.append((combination.stems + [stem], combination.slips + correction.slips))
                }
            }
            combinations = longer
        }
        combinations.sort { $0.slips < $1.slips }
    }

    /// Puts the next combination into the terms.
    /// - Returns: its slips; nil after the last.
    mutating func next(_ terms: inout NameTerms, _ index: NameIndex) -> Int? {
        guard nextCombination < combinations.count else { return nil }
        let combination = combinations[nextCombination]
        nextCombination += 1
        for (place, stem) in zip(unknownPlaces, combination.stems) { terms.wordStems[place] = stem }
        terms.collectStems(index)
        return combination.slips
    }

    /// Leaves in the terms the corrections that are beyond doubt, and the other words unknown.
    mutating func restore(_ terms: inout NameTerms, _ index: NameIndex) {
        let isCertain =
            combinations.count == 1 || (combinations.count > 1 && combinations[0].slips < combinations[1].slips)
        for (number, place) in unknownPlaces.enumerated() {
            terms.wordStems[place] = isCertain ? combinations[0].stems[number] : -1
        }
        terms.collectStems(index)
    }
}
