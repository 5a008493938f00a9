extension AddressScan {
    func field(_ range: Range<Int>, prefix: String? = nil) -> Address.Field? {
        Self.field(tokens, range, prefix: prefix)
    }

    /// The words of a range as a field; nil where it has none.
    static func field(_ tokens: [AddressToken], _ range: Range<Int>, prefix: String? = nil) -> Address.Field? {
        let words = range.filter { !tokens[$0].isMark }
        guard let first = words.first, let last = words.last else { return nil }
        var texts = words.map { StreetWords.canonical(tokens[$0].text) }
        if let prefix {
            texts.replaceSubrange(
                0..<min(
                    prefix == "UNIDAD HABITACIONAL" ? unitLength(tokens, first) : 1,
                    texts.count), with: [prefix])
        }
        return Address.Field(
            text: texts.joined(separator: " "), source: tokens[first].source.lowerBound..<tokens[last].source.upperBound
        )
    }

    /// `UH` is one word, `U. Hab.` and `Unidad Habitacional` are two.
    private static func unitLength(_ tokens: [AddressToken], _ first: Int) -> Int { tokens[first].text == "UH" ? 1 : 2 }

    mutating func settleNamedPieces() {
        for piece in pieces {
            switch piece.kind {
            case .colonia: base.colonia = field(piece.tokens, prefix: piece.prefix)
            case .municipality: base.municipality = field(piece.tokens)
            case .locality: base.locality = field(piece.tokens)
            case .landmark: base.landmark = field(piece.tokens)
            case .street, .loose, .state: continue
            }
        }
    }

    /// Pieces between commas, without markers: from the end state and municipality, from the front colonia.
    mutating func settleLoosePieces() {
        var loose = pieces.filter { $0.kind == .loose }.map(\.tokens)
        takeStreets(from: &loose)
        takeLandmark(from: &loose)
        takeInterior(from: &loose)
        takeState(from: &loose)
        let isAdministrative = base.state != nil || loose.count > 1 || base.colonia != nil || base.postalCode != nil
        if base.municipality == nil, isAdministrative, let last = loose.popLast() { base.municipality = field(last) }
        if base.colonia == nil, let first = loose.first {
            loose.removeFirst()
            base.colonia = field(first)
        } else if base.locality == nil, let last = loose.popLast() {
            base.locality = field(last)
        }
    }

    /// A piece that begins with a type is a street: the street itself, or the other one of a crossing.
    private mutating func takeStreets(from loose: inout [Range<Int>]) {
        if let street = pieces.firstIndex(where: { $0.kind == .street }), let next = loose.first,
            next.lowerBound == pieces[street].tokens.upperBound + 1, tokens[next.lowerBound - 1].text == ","
        {
            follower = next
            if isStreet(next) { loose.removeFirst() }
        } else if !pieces.contains(where: { $0.kind == .street }), let place = loose.firstIndex(where: isStreet) {
            pieces.append(Piece(kind: .street, tokens: loose.remove(at: place)))
        }
    }

    func isStreet(_ range: Range<Int>) -> Bool {
        guard let first = word(range.lowerBound), range.count > 1, let type = StreetType(word: first) else {
            return false
        }
        return type != .ampliacion && type != .privada
    }

    private mutating func takeLandmark(from loose: inout [Range<Int>]) {
        guard base.landmark == nil,
            let place = loose.firstIndex(where: { AddressLexicon.landmarks.contains(word($0.lowerBound) ?? "") }),
            loose[place].count > 1, word(loose[place].lowerBound) != "CENTRO"
        else { return }
        base.landmark = field(loose.remove(at: place))
    }

    private mutating func takeInterior(from loose: inout [Range<Int>]) {
        guard base.interiorNumber == nil,
            let place = loose.firstIndex(where: { AddressLexicon.interior[word($0.lowerBound) ?? ""] != nil }),
            loose[place].count > 1
        else { return }
        base.interiorNumber = field(loose.remove(at: place))
    }

    private mutating func takeState(from loose: inout [Range<Int>]) {
        guard let last = loose.last else {
            takeState(after: .municipality, of: \.municipality)
            takeState(after: .colonia, of: \.colonia)
            return
        }
        let words = last.filter { word($0) != nil }
        guard let (count, isCertain) = state(at: words) else { return }
        let isWhole = count == words.count
        let hasMore = loose.count > 1 || base.colonia != nil || base.municipality != nil || base.postalCode != nil
        guard isCertain || isWhole && hasMore else { return }
        let start = words[words.count - count]
        base.state = field(start..<last.upperBound)
        loose.removeLast()
        if !isWhole { loose.append(last.lowerBound..<start) }
    }

    /// A marked field whose last words name a state without doubt: `Col. Centro Monterrey N.L.`
    private mutating func takeState(after kind: Piece.Kind, of path: WritableKeyPath<Address, Address.Field?>) {
        guard base.state == nil, let piece = pieces.last(where: { $0.kind == kind }) else { return }
        let words = piece.tokens.filter { word($0) != nil }
        guard let (count, isCertain) = state(at: words), isCertain, count < words.count else { return }
        let start = words[words.count - count]
        base.state = field(start..<piece.tokens.upperBound)
        base[keyPath: path] = field(piece.tokens.lowerBound..<start, prefix: piece.prefix)
    }

    /// How many of the last words name a state, and whether they name nothing else.
    private func state(at words: [Int]) -> (count: Int, isCertain: Bool)? {
        for count in stride(from: min(6, words.count), through: 1, by: -1) {
            let name = words.suffix(count).map { tokens[$0].text }.joined()
            if let found = MexicanState.named(name.utf8) { return (count, found.isCertain) }
        }
        return nil
    }
}
