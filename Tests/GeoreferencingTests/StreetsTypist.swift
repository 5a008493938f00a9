/// Writes crossings as people do: in either order, abbreviated, without accents, mistyped.
enum StreetsTypist {
    private static let joints = [" y ", " Y ", " esq. ", " ESQ ", " / ", "/", " entre ", " esquina con ", " & "]

    /// One free text for two streets as a table writes them; one word of five letters or more is mistyped in half of
    /// them.
    static func crossing(_ a: String, _ b: String, using generator: inout some RandomNumberGenerator) -> String {
        var names = [street(a, &generator), street(b, &generator)]
        if Bool.random(using: &generator) { names.swapAt(0, 1) }
        if Bool.random(using: &generator) {
            let place = Int.random(in: 0..<2, using: &generator)
            names[place] = mistyped(names[place], &generator)
        }
        var text = names.joined(separator: joints.randomElement(using: &generator) ?? " y ")
        if Bool.random(using: &generator) { text = String(text.map { bare[$0] ?? $0 }) }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return text.lowercased()
        case 1:
            return text.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: " ")
        default: return text
        }
    }

    /// A type dropped or added in a third, words abbreviated in a half.
    private static func street(_ name: String, _ generator: inout some RandomNumberGenerator) -> String {
        var words = name.split(separator: " ").map(String.init)
        guard let first = words.first else { return name }
        let isChanged = Int.random(in: 0..<3, using: &generator) == 0
        if isChanged, words.count > 1, dropped.contains(first) {
            words.removeFirst()
        } else if isChanged, short[first] == nil, first.first.map({ $0.isLetter }) ?? false, !roads.contains(first) {
            words.insert(["AVENIDA", "CALLE", "CALZADA"].randomElement(using: &generator) ?? "CALLE", at: 0)
        }
        return words.map { abbreviated($0, &generator) }.joined(separator: " ")
    }

    private static func abbreviated(_ word: String, _ generator: inout some RandomNumberGenerator) -> String {
        let isOpened = word.hasPrefix("(")
        guard Bool.random(using: &generator), let forms = short[isOpened ? String(word.dropFirst()) : word] else {
            return word
        }
        return (isOpened ? "(" : "") + (forms.randomElement(using: &generator) ?? word)
    }

    /// A letter replaced, left out, put in, or swapped with the next.
    private static func mistyped(_ name: String, _ generator: inout some RandomNumberGenerator) -> String {
        var words = name.split(separator: " ").map(String.init)
        let long = words.indices.filter { place in words[place].filter(\.isLetter).count >= 5 }
        guard let place = long.randomElement(using: &generator) else { return name }
        var letters = Array(words[place])
        let places = letters.indices.filter { letters[$0].isLetter }
        guard let at = places.randomElement(using: &generator) else { return name }
        let other = Character(UnicodeScalar(UInt8.random(in: 0x41...0x5A, using: &generator)))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters[at] = other == letters[at] ? "W" : other
        case 1: letters.remove(at: at)
        case 2: letters.insert(other, at: at)
        default: if places.contains(at + 1) { letters.swapAt(at, at + 1) } else { letters.swapAt(at, at - 1) }
        }
        words[place] = String(letters)
        return words.joined(separator: " ")
    }

    private static let bare: [Character: Character] = [
        "Á": "A", "É": "E", "Í": "I", "Ó": "O", "Ú": "U", "Ü": "U", "Ñ": "N",
    ]
    private static let dropped: Set<String> = ["CALLE", "AVENIDA", "CALZADA", "BOULEVARD"]
    private static let roads: Set<String> = ["EJE", "INTERIOR", "CENTRAL", "PERIFÉRICO", "VIADUCTO", "ANILLO"]
    private static let short: [String: [String]] = [
        "AVENIDA": ["AV.", "AVE.", "Av"], "BOULEVARD": ["BLVD.", "BLVD"], "CALZADA": ["CALZ.", "CALZ"],
        "CERRADA": ["CDA."],
        "PRIVADA": ["PRIV."], "PROLONGACIÓN": ["PROL."], "CIRCUITO": ["CTO."], "CALLEJÓN": ["CJON."],
        "RETORNO": ["RET."],
        "PERIFÉRICO": ["PERIF."], "GENERAL": ["GRAL.", "GRAL"], "DOCTOR": ["DR."], "LICENCIADO": ["LIC."],
        "INGENIERO": ["ING."], "PROFESOR": ["PROF."], "SANTA": ["STA."], "SANTO": ["STO."], "FRANCISCO": ["FCO."],
        "MARÍA": ["MA."], "MARIA": ["MA."], "GUADALUPE": ["GPE."], "NORTE": ["NTE."], "ORIENTE": ["OTE."],
        "PONIENTE": ["PTE."], "PRESIDENTE": ["PDTE."], "CORONEL": ["CNEL."], "GOBERNADOR": ["GOB."], "MÉXICO": ["MEX."],
        "HACIENDA": ["HDA."], "NUEVO": ["NVO."], "CALLE": ["C.", "CLL."], "REPÚBLICA": ["REP."],
    ]
}
