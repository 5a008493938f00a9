/// Cuts the words of one address into the pieces that its markers and commas show, and reads each.
struct AddressScan {
    let tokens: [AddressToken]
    private var base = Address()
    private var pieces: [Piece] = []
    /// The piece being collected: from where, and of what kind.
    private var open: (start: Int, kind: Piece.Kind) = (0, .street)
    private var index = 0

    /// Words next to each other that belong to one field.
    struct Piece {
        enum Kind { case street, loose, colonia, municipality, locality, state, landmark }
        var kind: Kind
        var tokens: Range<Int>
        /// What the field's text begins with: `FRACCIONAMIENTO`.
        var prefix: String?
    }

    private var prefix: String?

    init(tokens: [AddressToken]) { self.tokens = tokens }

    mutating func readings() -> [Address] {
        cutIntoPieces()
        settleNamedPieces()
        settleLoosePieces()
        let street = pieces.first { $0.kind == .street }?.tokens ?? 0..<0
        let zone = StreetZone(tokens: tokens, range: street, follower: follower)
        var readings: [Address] = []
        for reading in zone.readings(base: base) + unmarkedReadings() where readings.count < AddressParser.mostReadings {
            let whole = completed(reading)
            if !readings.contains(whole) { readings.append(whole) }
        }
        return readings
    }

    /// Tables name crossings of streets that read like markers: `Kilómetro 13`, `Frente a Monumento`.
    private func unmarkedReadings() -> [Address] {
        guard base.kilometre != nil || base.landmark != nil else { return [] }
        let end = tokens.firstIndex { $0.text == "," } ?? tokens.count
        let zone = StreetZone(tokens: tokens, range: 0..<end, follower: nil)
        return zone.readings(base: Address()).filter { $0.crossing != nil }
    }

    // MARK: Pieces

    private mutating func cutIntoPieces() {
        var depth = 0
        while index < tokens.count {
            let text = tokens[index].text
            if tokens[index].isMark {
                if text == "(" { depth += 1 }
                if text == ")" { depth = max(0, depth - 1) }
                if text == ",", depth == 0, !goesOn(after: index) { close(next: .loose, after: 1) } else { index += 1 }
            } else if depth > 0 || !marker() {
                index += 1
            }
        }
        close(next: .loose, after: 0)
    }

    /// Ends the open piece before the token at hand and begins one after it.
    private mutating func close(next kind: Piece.Kind, after count: Int, prefix newPrefix: String? = nil) {
        if open.start < index {
            pieces.append(Piece(kind: open.kind, tokens: open.start..<index, prefix: prefix))
        }
        index += count
        open = (index, kind)
        prefix = newPrefix
    }

    private var atStart: Bool { open.start == index }
    private var hasStreet: Bool {
        pieces.contains { $0.kind == .street } || (open.kind == .street && !atStart)
    }

    private func word(_ place: Int) -> String? {
        tokens.indices.contains(place) && !tokens[place].isMark ? tokens[place].text : nil
    }

    /// Whether what follows a comma belongs to the street before it: `Juárez, esq. Hidalgo`, `Juárez, #45`.
    private func goesOn(after place: Int) -> Bool {
        guard open.kind == .street, !atStart, tokens.indices.contains(place + 1) else { return false }
        let next = tokens[place + 1].text
        if Joint.begins(with: next) || next == "S/N" || AddressLexicon.interior[next] != nil && word(place + 2) != nil {
            return true
        }
        if AddressLexicon.block.contains(next) || AddressLexicon.lot.contains(next) { return true }
        return isNumberMark(at: place + 1)
            || tokens[place + 1].isNumber && !isPostalCode(next) && endsPiece(at: place + 2)
    }

    private func isNumberMark(at place: Int) -> Bool {
        tokens.indices.contains(place + 1) && AddressLexicon.numberMarks.contains(tokens[place].text)
            && tokens[place + 1].isNumber
    }

    private func endsPiece(at place: Int) -> Bool {
        !tokens.indices.contains(place) || tokens[place].text == ","
    }

    private func isPostalCode(_ text: String) -> Bool {
        text.utf8.count == 5 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Reads a marker at the token at hand, if there is one.
    private mutating func marker() -> Bool {
        guard let word = word(index) else { return false }
        return postalCode(word) || kilometre(word) || settlement(word) || administrative(word) || landmark() || along(word)
    }

    private mutating func postalCode(_ word: String) -> Bool {
        var value = index
        if word == "CP" || word == "CODPOSTAL" {
            value += 1
        } else if word == "CODIGO" || word == "COD", self.word(index + 1) == "POSTAL" {
            value += 2
        }
        guard let digits = self.word(value), tokens[value].isNumber, base.postalCode == nil else { return false }
        if value == index {
            guard isPostalCode(digits), index > 0 else { return false }
            let isFirst = open.kind == .street
            if open.kind == .loose, digits.utf8.first != 0x30, isStreet(open.start..<index) { return false }
            let hasNumber = isFirst && (open.start..<index).dropFirst().contains { tokens[$0].isNumber }
            guard !isFirst || digits.utf8.first == 0x30 || hasNumber else { return false }
        } else {
            guard (4...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return false
            }
            for place in index..<value { base.markers.append(tokens[place].source) }
        }
        let text = digits.utf8.count == 4 ? "0" + digits : digits
        base.postalCode = Address.Field(text: text, source: tokens[value].source)
        close(next: .loose, after: value - index + 1)
        return true
    }

    private mutating func kilometre(_ word: String) -> Bool {
        guard AddressLexicon.kilometre.contains(word), base.kilometre == nil, let value = self.word(index + 1),
            let (metres, resolution) = Self.metres(value)
        else { return false }
        var last = index + 1
        var total = metres
        var fine = resolution
        if index + 3 < tokens.count, tokens[index + 2].text == "+", tokens[index + 3].text.utf8.count == 3,
            let more = Int(tokens[index + 3].text)
        {
            (last, total, fine) = (index + 3, metres + more, 1)
        }
        base.markers.append(tokens[index].source)
        base.kilometre = Address.Kilometre(
            metres: total, resolution: fine, source: tokens[index + 1].source.lowerBound..<tokens[last].source.upperBound)
        let isFirst = !hasStreet
        close(next: isFirst ? .street : .loose, after: last - index + 1)
        if isFirst { skip(["DE", "DEL", "LA", "EN"]) }
        return true
    }

    /// `12` and `12.5` are kilometres, `12+500` kilometres and metres.
    private static func metres(_ text: String) -> (metres: Int, resolution: Int)? {
        let parts = text.split(whereSeparator: { $0 == "." || $0 == "+" })
        guard let whole = parts.first.flatMap({ Int($0) }), whole < 10_000 else { return nil }
        guard parts.count == 2 else { return parts.count == 1 ? (whole * 1_000, 1_000) : nil }
        let digits = parts[1].prefix(3)
        guard let fraction = Int(digits) else { return nil }
        let unit = [1_000, 100, 10, 1][digits.count]
        if text.contains("+") { return (whole * 1_000 + fraction, 1) }
        return (whole * 1_000 + fraction * unit, unit)
    }

    /// Passes over words that only join, as markers.
    private mutating func skip(_ words: Set<String>) {
        while let next = word(index), words.contains(next), index + 1 < tokens.count {
            base.markers.append(tokens[index].source)
            index += 1
        }
        open.start = index
    }

    private mutating func settlement(_ word: String) -> Bool {
        guard self.word(index + 1) != nil, !pieces.contains(where: { $0.kind == .colonia }), open.kind != .colonia else {
            return false
        }
        if AddressLexicon.colonia.contains(word) {
            base.markers.append(tokens[index].source)
            close(next: .colonia, after: 1)
            return true
        }
        let isUnit = (word == "UNIDAD" || word == "U")
            && ["HABITACIONAL", "HAB"].contains(self.word(index + 1) ?? "") && self.word(index + 2) != nil
        if let type = AddressLexicon.settlements[word] ?? (isUnit ? "UNIDAD HABITACIONAL" : nil) {
            close(next: .colonia, after: 0, prefix: type)
            index += isUnit ? 2 : 1
            return true
        }
        if atStart, open.kind == .loose, let type = AddressLexicon.settlementsAfterComma[word] {
            prefix = type
            open.kind = .colonia
            index += 1
            return true
        }
        return false
    }

    private mutating func administrative(_ word: String) -> Bool {
        guard self.word(index + 1) != nil else { return false }
        let kind: Piece.Kind
        if AddressLexicon.municipality.contains(word) {
            kind = .municipality
        } else if AddressLexicon.locality.contains(word) {
            kind = .locality
        } else {
            return false
        }
        // `Cerrada Municipio Libre`, `Palacio Municipal`: after a type these are words of a name.
        if open.kind == .street, index == open.start + 1 || self.word(index + 1) == "LIBRE" { return false }
        base.markers.append(tokens[index].source)
        close(next: kind, after: 1)
        skip(["DE"])
        return true
    }

    private mutating func landmark() -> Bool {
        guard !pieces.contains(where: { $0.kind == .landmark }) else { return false }
        for words in AddressLexicon.beside where index + words.count < tokens.count {
            guard words.indices.allSatisfy({ word(index + $0) == words[$0] }) else { continue }
            for place in index..<index + words.count { base.markers.append(tokens[place].source) }
            close(next: .landmark, after: words.count)
            skip(["LA", "EL", "LOS", "LAS"])
            return true
        }
        return false
    }

    /// `frente a la Alameda sobre Av. Juárez`.
    private mutating func along(_ word: String) -> Bool {
        guard word == "SOBRE", !hasStreet, self.word(index + 1) != nil else { return false }
        base.markers.append(tokens[index].source)
        close(next: .street, after: 1)
        skip(["LA", "EL"])
        return true
    }

    // MARK: Fields

    func field(_ range: Range<Int>, prefix: String? = nil) -> Address.Field? {
        Self.field(tokens, range, prefix: prefix)
    }

    /// The words of a range as a field; nil where it has none.
    static func field(_ tokens: [AddressToken], _ range: Range<Int>, prefix: String? = nil) -> Address.Field? {
        let words = range.filter { !tokens[$0].isMark }
        guard let first = words.first, let last = words.last else { return nil }
        var texts = words.map { StreetWords.canonical(tokens[$0].text) }
        if let prefix { texts.replaceSubrange(0..<min(prefix == "UNIDAD HABITACIONAL" ? unitLength(tokens, first) : 1,
            texts.count), with: [prefix]) }
        return Address.Field(
            text: texts.joined(separator: " "), source: tokens[first].source.lowerBound..<tokens[last].source.upperBound)
    }

    /// `UH` is one word, `U. Hab.` and `Unidad Habitacional` are two.
    private static func unitLength(_ tokens: [AddressToken], _ first: Int) -> Int { tokens[first].text == "UH" ? 1 : 2 }

    private mutating func settleNamedPieces() {
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

    /// A loose piece that a joint may make the other street of a crossing.
    private var follower: Range<Int>?

    /// Pieces between commas, without markers: from the end state and municipality, from the front colonia.
    private mutating func settleLoosePieces() {
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

    private func isStreet(_ range: Range<Int>) -> Bool {
        guard let first = word(range.lowerBound), range.count > 1, let type = StreetType(word: first) else { return false }
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

    // MARK: Nothing is lost

    /// Adds what no field and no marker has to ``Address/rest``.
    private func completed(_ reading: Address) -> Address {
        var reading = reading
        let taken = reading.fieldRanges + reading.markers
        var start: Int?
        func flush(_ end: Int) {
            guard let first = start else { return }
            start = nil
            if let left = field(first..<end) { reading.rest.append(left) }
        }
        for (place, token) in tokens.enumerated() where !token.isMark {
            if taken.contains(where: { $0.contains(token.source.lowerBound) }) {
                flush(place)
            } else if start == nil {
                start = place
            }
        }
        flush(tokens.count)
        reading.markers.sort { $0.lowerBound < $1.lowerBound }
        return reading
    }
}
