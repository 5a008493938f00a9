import PlaceNames

/// The names of one layer's areas, indexed by what they have in common with a name that is looked for.
///
/// An area has one form of its name or several: as a whole, without what stands in brackets, and what stands in brackets.
///
/// A class, so that handing it on costs one reference count and not one for each of its arrays.
final class NameIndex: Sendable {
    enum FormKind: UInt8, Sendable {
        case whole, withoutBrackets, inBrackets

        func contains(_ token: PlaceName.Token) -> Bool {
            switch self {
            case .whole: true
            case .withoutBrackets: !token.isBracketed
            case .inBrackets: token.isBracketed
            }
        }

        /// Whether the form has a token's mark: what is left out of a name may still say which part is meant.
        ///
        /// `EL MIRADOR 1 (SAN LUCAS)` is not `SAN LUCAS`, nor is `CTM (BARRIO SECCION 8)` all of `CTM`. A compass point
        /// in brackets is that of the second name: `NUEVA ARGENTINA (ARGENTINA PONIENTE)` is `NUEVA ARGENTINA`.
        func hasMark(of token: PlaceName.Token) -> Bool {
            contains(token) || self == .inBrackets || token.kind == .part
        }
    }

    struct Form: Sendable {
        var area: Int32
        var kind: FormKind
        /// Where its words stand in ``words`` and its stems in ``stems``.
        var words: Range<Int32>
        var stems: Range<Int32>
        var marks: NameMarks
        /// Of the words, in their order.
        var text: Range<Int32>
        var settlementType: UInt8
    }

    /// What the search for shared words reads of each form it meets.
    struct Measure: Sendable {
        var area: Int32
        var stemCount: Int32
        /// Of all stems together.
        var weight: Float
    }

    let vocabulary: Vocabulary
    let spelling: SpellingIndex
    let forms: [Form]
    /// Per form.
    let measures: [Measure]
    /// The numbers of words in their order, form after form.
    let words: [Int32]
    /// The numbers of stems in ascending order, each once, form after form.
    let stems: [Int32]
    /// Canonical names, form after form; of whole names only.
    let texts: [UInt8]
    let byText: HashedLists
    let byStems: HashedLists
    let bySpelling: HashedLists
    /// The forms that have a stem: those of stem `s` stand in `postings[postingStarts[s]..<postingStarts[s + 1]]`.
    let postings: [Int32]
    let postingStarts: [Int32]
    /// How much a stem says: the logarithm of how rare it is.
    let weights: [Float]
    /// Of a word that no name has.
    let unknownWeight: Float

    init(_ builder: Builder) {
        vocabulary = builder.vocabulary
        spelling = SpellingIndex(builder.vocabulary)
        forms = builder.forms
        measures = builder.measures
        words = builder.words
        stems = builder.stems
        texts = builder.texts
        byText = HashedLists(builder.textKeys)
        byStems = HashedLists(builder.stemKeys)
        bySpelling = HashedLists(builder.spellingKeys)
        postings = builder.postings
        postingStarts = builder.postingStarts
        weights = builder.weights
        unknownWeight = builder.unknownWeight
    }

    func words(of form: Int32) -> ArraySlice<Int32> {
        let range = forms[Int(form)].words
        return words[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    func stems(of form: Int32) -> ArraySlice<Int32> {
        let range = forms[Int(form)].stems
        return stems[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    func text(of form: Int32) -> ArraySlice<UInt8> {
        let range = forms[Int(form)].text
        return texts[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    func postings(of stem: Int32) -> ArraySlice<Int32> {
        postings[Int(postingStarts[Int(stem)])..<Int(postingStarts[Int(stem) + 1])]
    }

    func postingCount(of stem: Int32) -> Int32 { postingStarts[Int(stem) + 1] - postingStarts[Int(stem)] }

    /// A hash of stems that does not depend on their order; 0 of none.
    static func key(ofStems stems: some Sequence<Int32>) -> UInt64 {
        stems.reduce(0) { $0 &+ HashedLists.mixed(UInt64(UInt32(bitPattern: $1)) &+ 1) }
    }
}
