/// Words between two streets that say that the two meet: `y`, `esq. con`, `/`, `entre`.
struct Joint {
    enum Strength: Int, Comparable {
        /// A hyphen between blanks, or a comma.
        case weak
        /// `y`, and `e` before an I: may stand in a name.
        case and
        /// `esq.`, `/`, `cruce con`, `a la altura de`.
        case strong
        /// `entre`: two streets follow.
        case between

        static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
    }

    var strength: Strength
    /// Indices of its tokens.
    var range: Range<Int>
    /// Whether the words around its `y` are a known pair: `Díaz Soto y Gama`.
    var isPair = false
    /// Whether it is the `x` of `Calle 60 x 61 y 63`.
    var isTimes = false

    /// Whether a word or mark after a comma goes on with the street before it.
    static func begins(with text: String) -> Bool { text == "Y" || text == "ENTRE" || text == "CASI" || isStrong(text) }

    private static func isStrong(_ text: String) -> Bool { strong.contains(text) }

    private static let strong: Set<String> = [
        "/", "&", "+", "ESQ", "ESQUINA", "ESQUINAS", "CRUCE", "CRUZA", "CRUZAMIENTO", "CRUCERO", "INTERSECCION", "CON",
    ]

    /// The joints of a range outside brackets, one after the other, at most ``most``; the first may stand at the very
    /// beginning.
    /// - Complexity: O(tokens).
    static func all(in range: Range<Int>, of tokens: [AddressToken]) -> [Joint] {
        var finder = JointFinder(tokens: tokens, range: range)
        return finder.joints()
    }

    /// More of them are no address.
    static let most = 12

    private struct JointFinder {
        let tokens: [AddressToken]
        let range: Range<Int>

        mutating func joints() -> [Joint] {
            var joints: [Joint] = []
            var place = range.lowerBound
            var depth = 0
            while place < range.upperBound, joints.count < Joint.most {
                let text = tokens[place].text
                if tokens[place].isMark, text == "(" { depth += 1 }
                if tokens[place].isMark, text == ")" { depth = max(0, depth - 1) }
                if depth == 0, let joint = joint(at: place) {
                    if joint.range.upperBound < range.upperBound { joints.append(joint) }
                    place = joint.range.upperBound
                } else {
                    place += 1
                }
            }
            return joints
        }

        /// Joints next to each other are one: `, casi esq. con`.
        private func joint(at start: Int) -> Joint? {
            var place = start
            var strength: Strength?
            var isTimes = false
            while place < range.upperBound, let (next, length) = unit(at: place, isFirst: strength == nil) {
                strength = max(strength ?? next, next)
                isTimes = ["X", "POR"].contains(tokens[place].text) || isTimes
                place += length
            }
            guard let strength else { return nil }
            let isPair = strength == .and && isKnownPair(start, place)
            return Joint(strength: strength, range: start..<place, isPair: isPair, isTimes: isTimes)
        }

        private func word(_ place: Int) -> String? {
            range.contains(place) && !tokens[place].isMark ? tokens[place].text : nil
        }

        private func unit(at place: Int, isFirst: Bool) -> (Strength, Int)? {
            let text = tokens[place].text
            if text == "ENTRE" { return (.between, 1) }
            if Joint.isStrong(text) { return (.strong, 1) }
            switch text {
            case "Y": return (.and, 1)
            case "E":
                guard isFirst, place > range.lowerBound, let next = word(place + 1) else { return nil }
                return next.hasPrefix("I") || next.hasPrefix("HI") ? (.and, 1) : nil
            case "DE": return isFirst || !Joint.isStrong(tokens[place - 1].text) ? nil : (.strong, 1)
            case "CASI": return ["ESQ", "ESQUINA", "CON"].contains(word(place + 1) ?? "") ? (.strong, 1) : nil
            case "X", "POR": return times(place)
            case "A": return atTheHeightOf(place)
            case ",": return (.weak, 1)
            case "-": return isBetweenBlanks(place) ? (.weak, 1) : nil
            default: return nil
            }
        }

        /// `60 x 61`; between words it may be an initial: `Francisco X. Salazar`.
        private func times(_ place: Int) -> (Strength, Int)? {
            guard let before = word(place - 1), word(place + 1) != nil, StreetType(word: before) == nil else {
                return nil
            }
            if tokens[place - 1].isNumber || tokens[place + 1].isNumber { return (.strong, 1) }
            return tokens[place].text == "X" ? (.weak, 1) : nil
        }

        private func atTheHeightOf(_ place: Int) -> (Strength, Int)? {
            guard word(place + 1) == "LA", word(place + 2) == "ALTURA", ["DE", "DEL"].contains(word(place + 3) ?? "")
            else { return nil }
            return (.strong, 4)
        }

        private func isBetweenBlanks(_ place: Int) -> Bool {
            guard range.contains(place - 1), range.contains(place + 1) else { return false }
            return tokens[place - 1].source.upperBound < tokens[place].source.lowerBound
                && tokens[place].source.upperBound < tokens[place + 1].source.lowerBound
        }

        private func isKnownPair(_ start: Int, _ end: Int) -> Bool {
            var next = end
            while let text = word(next), StreetWords.isConnective(text), next < end + 3 { next += 1 }
            guard let before = word(start - 1), let after = word(next) else { return false }
            return AddressLexicon.pairs.contains(before + " " + after)
        }
    }
}
