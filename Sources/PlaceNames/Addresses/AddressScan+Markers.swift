extension AddressScan {
    /// Reads a marker at the token at hand, if there is one.
    mutating func marker() -> Bool {
        guard let word = word(index) else { return false }
        return postalCode(word) || kilometre(word) || settlement(word) || administrative(word) || landmark()
            || along(word)
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
            metres: total, resolution: fine,
            source: tokens[index + 1].source.lowerBound..<tokens[last].source.upperBound)
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
        guard self.word(index + 1) != nil, !pieces.contains(where: { $0.kind == .colonia }), open.kind != .colonia
        else {
            return false
        }
        if AddressLexicon.colonia.contains(word) {
            base.markers.append(tokens[index].source)
            close(next: .colonia, after: 1)
            return true
        }
        let isUnit =
            (word == "UNIDAD" || word == "U")
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
}
