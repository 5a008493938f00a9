/// The name of a street as it is compared: `AV. DE LOS INSURGENTES SUR` and `Insurgentes Sur` have the same key.
///
/// A name has one part, or two where an axis and a proper name say the same street. All of these have the parts `8 SUR`
/// and `ERMITA IZTAPALAPA`:
///
///     EJE 8 SUR CALZADA ERMITA IZTAPALAPA
///     8 SUR (CALZADA ERMITA IZTAPALAPA)
///     CALZ. ERMITA IZTAPALAPA (EJE 8 SUR)
///
/// Each part has its type apart from its key; the key has no connective words and no abbreviations, numbers are digits,
/// and nothing else is dropped: `EJE 6 SUR` is not `EJE 8 SUR`, and `NORTE` is not `SUR`.
public struct StreetName: Hashable, Sendable {
    /// One of the names of a street.
    public struct Part: Hashable, Sendable {
        /// nil where the name states none.
        public var type: StreetType?
        /// The words that tell the street from others, with one blank between: `ERMITA IZTAPALAPA`.
        public var key: String
    }

    /// The canonical words in the order in which they were written, with the marks `(`, `)` and `-` among them.
    public let words: [String]
    /// In the order in which they were written, an axis before the proper name that follows it; empty for no words.
    public let parts: [Part]

    /// Reads the first ``AddressParser/longestText`` bytes of a name that stands alone, as in a table's column.
    /// - Complexity: O(length).
    public init(_ text: String) {
        var text = String(decoding: text.utf8.prefix(AddressParser.longestText), as: UTF8.self)
        let tokens = text.withUTF8 { AddressLexer.repairedTokens(of: $0) }
        self.init(tokens: tokens[...])
    }

    init(tokens: ArraySlice<AddressToken>) {
        var words: [String] = []
        for token in tokens {
            if token.isMark {
                if ["(", ")", "-"].contains(token.text) { words.append(token.text) }
            } else if token.isInitials, StreetType(word: token.text) == nil {
                words += token.text.map(String.init)
            } else {
                words.append(Self.canonical(token.text, isFirst: words.last.map { $0 == "(" } ?? true))
            }
        }
        self.init(words: words)
    }

    /// The word that a folded one stands for, types included: `CALZ` is `CALZADA`, `C` is `CALLE` where it is first.
    static func canonical(_ word: String, isFirst: Bool) -> String {
        if let type = StreetType(word: word), isFirst || !StreetType.isOnlyFirst(word) { return type.word }
        return StreetWords.canonical(word)
    }

    /// Reads canonical words, as ``words`` has them: the way back after one of them was put right.
    public init(words: [String]) {
        self.words = words
        var parts: [Part] = []
        for group in Self.groups(of: words) {
            for part in StreetNameReader.parts(of: group) where !parts.contains(where: { $0.key == part.key }) {
                parts.append(part)
            }
        }
        self.parts = parts
    }

    public static func == (a: StreetName, b: StreetName) -> Bool { a.parts == b.parts }
    public func hash(into hasher: inout Hasher) { hasher.combine(parts) }

    /// What stands outside the brackets first, then what stands in each pair of them.
    private static func groups(of words: [String]) -> [[String]] {
        var outside: [String] = []
        var inside: [[String]] = []
        var depth = 0
        for word in words {
            if word == "(" {
                depth += 1
                if depth == 1 { inside.append([]) }
            } else if word == ")" {
                depth = max(0, depth - 1)
            } else if depth == 0 || inside.isEmpty {
                outside.append(word)
            } else {
                inside[inside.count - 1].append(word)
            }
        }
        return ([outside] + inside.prefix(2)).filter { !$0.isEmpty }
    }
}

/// Reads one group of words, in brackets or outside, into one part or an axis and a proper name.
private struct StreetNameReader {
    private var words: [String]
    private var index = 0
    private var parts: [StreetName.Part] = []

    static func parts(of words: [String]) -> [StreetName.Part] {
        var reader = StreetNameReader(words: words.filter { $0 != "-" })
        reader.settleNumbers()
        reader.skipSideLanes()
        reader.axis()
        reader.properName()
        return reader.parts
    }

    private init(words: [String]) { self.words = words }

    private func word(at place: Int) -> String? { words.indices.contains(place) ? words[place] : nil }

    private func isNumber(at place: Int) -> Bool {
        word(at: place)?.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    }

    /// `1A` is an ordinal before the words it counts, and a number with its letter elsewhere: `79A` is `79-A`;
    /// `1A DE MAYO` is a date.
    private mutating func settleNumbers() {
        for place in words.indices where isNumber(at: place) {
            let word = words[place]
            guard let letter = word.utf8.last, (0x41...0x5A).contains(letter), !word.contains("-") else { continue }
            let digits = word.dropLast()
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
            let next = words[(place + 1)...].first { !StreetWords.isConnective($0) }
            if digits == "1", let next, StreetWords.isMonth(next) {
                words[place] = "1"
            } else if letter != UInt8(ascii: "A") || digits.utf8.count > 2 || next.map(StreetWords.isCompass) ?? true
                || place > 0 && StreetWords.isCompass(words[place - 1])
            {
                words[place] = digits + "-" + String(UnicodeScalar(letter))
            }
        }
    }

    /// `LATERAL DE PERIFÉRICO` is told by its main road.
    private mutating func skipSideLanes() {
        guard word(at: 0) == "LATERAL", words.count > 1 else { return }
        index = 1
        skipConnectives()
        if index == words.count { index = 0 }
    }

    private mutating func skipConnectives() {
        while let word = word(at: index), StreetWords.isConnective(word) { index += 1 }
    }

    /// Roads whose stretches have proper names of their own: numbered axes, the ring roads, the Viaducto.
    private mutating func axis() {
        var next = index
        var type: StreetType
        var key: [String] = []
        switch (word(at: index), word(at: index + 1)) {
        case ("EJE", _):
            type = .ejeVial
            next += word(at: next + 1) == "VIAL" ? 2 : 1
            guard isNumber(at: next) || word(at: next) == "CENTRAL" else { return }
            key.append(words[next])
            next += 1
        case ("CIRCUITO", "INTERIOR"), ("ANILLO", "PERIFERICO"):
            type = word(at: index) == "ANILLO" ? .periferico : .circuito
            key.append(words[index + 1])
            next += 2
        case ("INTERIOR", _): (type, key, next) = (.circuito, ["INTERIOR"], next + 1)
        case ("PERIFERICO", _): (type, key, next) = (.periferico, ["PERIFERICO"], next + 1)
        case ("VIADUCTO", _): (type, key, next) = (.viaducto, ["VIADUCTO"], next + 1)
        default: return
        }
        if let direction = word(at: next), StreetWords.isCompass(direction), type != .viaducto, key != ["CENTRAL"] {
            key.append(direction)
            next += 1
        }
        parts.append(StreetName.Part(type: type, key: key.joined(separator: " ")))
        index = next
    }

    private mutating func properName() {
        skipConnectivesBeforeType()
        var type: StreetType?
        var count: [String] = []
        let start = index
        while let word = word(at: index) {
            if let found = StreetType(word: word), index == start || !StreetType.isOnlyFirst(word) {
                if type == nil || found.isMinor { type = found }
            } else if count.isEmpty, isNumber(at: index), let next = self.word(at: index + 1),
                StreetType(word: next)?.isMinor == true
            {
                count.append(word)
            } else if !(StreetWords.isConnective(word) && type != nil) {
                break
            }
            index += 1
        }
        var named = words[index...].filter { !StreetWords.isConnective($0) }
        if named.isEmpty { named = Array(words[index...]) }
        if named.isEmpty, count.isEmpty, parts.isEmpty {
            named = Array(words[start...])
            type = nil
        }
        guard !named.isEmpty || !count.isEmpty else { return }
        if type == nil, parts.last?.type == .viaducto { type = .viaducto }
        parts.append(StreetName.Part(type: type, key: (count + named).joined(separator: " ")))
    }

    private mutating func skipConnectivesBeforeType() {
        let start = index
        skipConnectives()
        if word(at: index).flatMap(StreetType.init(word:)) == nil { index = start }
    }
}
