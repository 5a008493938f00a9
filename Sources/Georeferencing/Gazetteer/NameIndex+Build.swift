import PlaceNames

extension NameIndex {
    /// - Parameters:
    ///   - names: per area, as published.
    ///   - types: per area, what its attributes say of its type; ``SettlementCode`` numbers.
    convenience init(names: [String], types: [UInt8]) {
        var builder = Builder()
        for (area, name) in names.enumerated() {
            builder.add(name, area: Int32(clamping: area), type: area < types.count ? types[area] : 0)
        }
        builder.finish()
        self.init(builder)
    }

    /// Reads names into forms, then inverts them.
    struct Builder {
        private var reader = PlaceNameReader()
        private var numbers: [[UInt8]: Int32] = [:]
        private var list: [[UInt8]] = []
        private(set) var vocabulary = Vocabulary([])
        private(set) var forms: [Form] = []
        private(set) var measures: [Measure] = []
        private(set) var words: [Int32] = []
        private(set) var stems: [Int32] = []
        private(set) var postings: [Int32] = []
        private(set) var postingStarts: [Int32] = []
        private(set) var weights: [Float] = []
        private(set) var unknownWeight: Float = 0
        private(set) var texts: [UInt8] = []
        private(set) var stemKeys: [(key: UInt64, value: Int32)] = []
        private(set) var textKeys: [(key: UInt64, value: Int32)] = []
        private(set) var spellingKeys: [(key: UInt64, value: Int32)] = []

        mutating func add(_ text: String, area: Int32, type: UInt8) {
            let name = reader.read(text)
            let named = SettlementCode.code(name.settlementType)
            append(name, area, .whole, named > 0 ? named : type)
            guard name.tokens.contains(where: \.isBracketed) else { return }
            append(name, area, .withoutBrackets, named)
            append(name, area, .inBrackets, named)
        }

        private mutating func append(_ name: PlaceName, _ area: Int32, _ kind: FormKind, _ type: UInt8) {
            let number = Int32(clamping: forms.count)
            let first = Int32(clamping: words.count)
            var marks = NameMarks()
            var spelling = HashedLists.Hash()
            for token in name.tokens {
                if kind.hasMark(of: token) { marks.add(token) }
                guard kind.contains(token), NameTerms.isWord(token) else { continue }
                let bytes = name.bytes(of: token)
                for byte in bytes { spelling.add(byte) }
                words.append(word(bytes))
            }
            let textStart = Int32(clamping: texts.count)
            if kind == .whole {
                texts += name.text
                textKeys.append((HashedLists.hash(name.text), number))
            }
            guard Int(first) < words.count || kind == .whole else { return }
            spellingKeys.append((spelling.value, number))
            forms.append(
                Form(
                    area: area, kind: kind, words: first..<Int32(clamping: words.count), stems: 0..<0, marks: marks,
                    text: textStart..<Int32(clamping: texts.count), settlementType: type))
        }

        private mutating func word(_ bytes: ArraySlice<UInt8>) -> Int32 {
            let key = Array(bytes)
            if let number = numbers[key] { return number }
            let number = Int32(clamping: list.count)
            numbers[key] = number
            list.append(key)
            return number
        }

        mutating func finish() {
            vocabulary = Vocabulary(list)
            for index in forms.indices {
                let range = forms[index].words
                let own = Set(words[Int(range.lowerBound)..<Int(range.upperBound)].map { vocabulary.stems[Int($0)] })
                let first = Int32(clamping: stems.count)
                stems += own.sorted()
                forms[index].stems = first..<Int32(clamping: stems.count)
            }
            invert()
            let total = Float(max(1, forms.count))
            unknownWeight = logarithm(1 + total)
            weights = (0..<vocabulary.stemCount).map { stem in
                logarithm(1 + total / Float(max(1, postingStarts[stem + 1] - postingStarts[stem])))
            }
            for index in forms.indices {
                let own = stems[Int(forms[index].stems.lowerBound)..<Int(forms[index].stems.upperBound)]
                measures.append(
                    Measure(
                        area: forms[index].area, stemCount: Int32(clamping: own.count),
                        weight: own.reduce(0) { $0 + weights[Int($1)] }))
                if !own.isEmpty { stemKeys.append((NameIndex.key(ofStems: own), Int32(clamping: index))) }
            }
        }

        /// The forms of each stem, in ascending order.
        private mutating func invert() {
            let count = vocabulary.stemCount
            var starts = [Int32](repeating: 0, count: count + 1)
            for stem in stems { starts[Int(stem) + 1] += 1 }
            for stem in 0..<count { starts[stem + 1] += starts[stem] }
            var next = starts
            postings = [Int32](repeating: 0, count: stems.count)
            for (number, form) in forms.enumerated() {
                for entry in form.stems {
                    let stem = Int(stems[Int(entry)])
                    postings[Int(next[stem])] = Int32(clamping: number)
                    next[stem] += 1
                }
            }
            postingStarts = starts
        }

        /// The binary logarithm, to within 0.01: weights only order candidates, and the room has no Foundation.
        private func logarithm(_ number: Float) -> Float {
            let significand = number.significand - 1
            return Float(number.exponent) + significand * (1.3465 - 0.3465 * significand)
        }
    }
}
