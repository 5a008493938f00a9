/// Cuts the words of one address into the pieces that its markers and commas show, and reads each.
struct AddressScan {
    let tokens: [AddressToken]
    var base = Address()
    var pieces: [Piece] = []
    /// The piece being collected: from where, and of what kind.
    var open: (start: Int, kind: Piece.Kind) = (0, .street)
    var index = 0

    /// Words next to each other that belong to one field.
    struct Piece {
        enum Kind { case street, loose, colonia, municipality, locality, state, landmark }
        var kind: Kind
        var tokens: Range<Int>
        /// What the field's text begins with: `FRACCIONAMIENTO`.
        var prefix: String?
    }

    /// What the text of the open piece begins with.
    var prefix: String?
    /// A loose piece that a joint may make the other street of a crossing.
    var follower: Range<Int>?

    init(tokens: [AddressToken]) { self.tokens = tokens }

    mutating func readings() -> [Address] {
        cutIntoPieces()
        settleNamedPieces()
        settleLoosePieces()
        let street = pieces.first { $0.kind == .street }?.tokens ?? 0..<0
        let zone = StreetZone(tokens: tokens, range: street, follower: follower)
        var readings: [Address] = []
        for reading in zone.readings(base: base) + unmarkedReadings() where readings.count < AddressParser.mostReadings
        {
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
    mutating func close(next kind: Piece.Kind, after count: Int, prefix newPrefix: String? = nil) {
        if open.start < index {
            pieces.append(Piece(kind: open.kind, tokens: open.start..<index, prefix: prefix))
        }
        index += count
        open = (index, kind)
        prefix = newPrefix
    }

    var atStart: Bool { open.start == index }
    var hasStreet: Bool {
        pieces.contains { $0.kind == .street } || (open.kind == .street && !atStart)
    }

    func word(_ place: Int) -> String? {
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

    func isPostalCode(_ text: String) -> Bool {
        text.utf8.count == 5 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    // MARK: Nothing is lost

    /// Adds what no field and no marker has to ``Address/rest``.
    func completed(_ reading: Address) -> Address {
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
