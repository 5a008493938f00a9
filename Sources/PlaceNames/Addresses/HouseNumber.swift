/// Parts a street's name from the numbers behind it: `Av. Juárez 123-B int. 4`, `Hidalgo S/N`, `Olmo Mz 3 Lt 5`.
struct HouseNumber {
    let tokens: [AddressToken]
    /// The tokens of the name alone.
    private(set) var name: Range<Int>
    /// Whether the number, which nothing marks as one, may as well be part of the name.
    private(set) var isDoubtful = false
    private var exterior: Address.Field?
    private var interior: Range<Int>?
    private var block: Address.Field?
    private var lot: Address.Field?
    private var tail: Range<Int>?
    private var markers: [Range<Int>] = []

    /// A name without a number.
    init(tokens: [AddressToken], name: Range<Int>) {
        self.tokens = tokens
        self.name = name
    }

    /// - Parameter takesTail: whether words behind an unmarked number may be a colonia: `Juárez 123 Centro`.
    init(tokens: [AddressToken], range: Range<Int>, takesTail: Bool) {
        self.init(tokens: tokens, name: range)
        if let start = markedStart(in: range) {
            name = range.lowerBound..<start
            readSequence(start..<range.upperBound)
        } else if let place = unmarked(in: range, takesTail: takesTail) {
            isDoubtful = true
            name = range.lowerBound..<place
            exterior = Address.Field(text: tokens[place].text, source: tokens[place].source)
            readSequence(side(of: place, in: range)..<range.upperBound)
        }
    }

    /// Sets the numbers, and the colonia that stands behind them without a mark.
    func write(into address: inout Address) {
        if let exterior { address.exteriorNumber = exterior }
        if let block { address.block = block }
        if let lot { address.lot = lot }
        if let interior { address.interiorNumber = interiorField(interior) }
        if let tail, address.colonia == nil { address.colonia = AddressScan.field(tokens, tail) }
        address.markers += markers
    }

    /// `Madero 230 Pte.`: the side of the city belongs to the number.
    private mutating func side(of place: Int, in range: Range<Int>) -> Int {
        guard let next = word(place + 1, in: range).map(StreetWords.canonical), StreetWords.isCompass(next) else {
            return place + 1
        }
        let source = tokens[place].source.lowerBound..<tokens[place + 1].source.upperBound
        exterior = Address.Field(text: tokens[place].text + " " + next, source: source)
        return place + 2
    }

    private func word(_ place: Int, in range: Range<Int>) -> String? {
        range.contains(place) && !tokens[place].isMark ? tokens[place].text : nil
    }

    /// Where the first number stands that something marks as one.
    private func markedStart(in range: Range<Int>) -> Int? {
        var depth = 0
        for place in range {
            let text = tokens[place].text
            if place == range.lowerBound, !AddressLexicon.block.contains(text) { continue }
            if tokens[place].isMark, text == "(" { depth += 1 }
            if tokens[place].isMark, text == ")" { depth = max(0, depth - 1) }
            guard depth == 0 else { continue }
            if text == "S/N" || text == "SN" && place == range.upperBound - 1 { return place }
            if text == "SIN", word(place + 1, in: range) == "NUMERO" { return place }
            guard range.contains(place + 1), !tokens[place + 1].isMark else { continue }
            if AddressLexicon.numberMarks.contains(text), tokens[place + 1].isNumber { return place }
            if AddressLexicon.block.contains(text) || AddressLexicon.lot.contains(text) { return place }
        }
        return nil
    }

    /// Reads numbers and their marks one after the other; what follows them is a tail.
    private mutating func readSequence(_ range: Range<Int>) {
        var place = range.lowerBound
        while place < range.upperBound {
            let text = tokens[place].text
            let hasValue = word(place + 1, in: range) != nil
            if tokens[place].isMark, text != "#" {
                place += 1
            } else if text == "S/N" || text == "SN" {
                exterior = Address.Field(text: "S/N", source: tokens[place].source)
                place += 1
            } else if text == "SIN", word(place + 1, in: range) == "NUMERO" {
                let source = tokens[place].source.lowerBound..<tokens[place + 1].source.upperBound
                exterior = Address.Field(text: "S/N", source: source)
                place += 2
            } else if exterior == nil, AddressLexicon.numberMarks.contains(text), hasValue, tokens[place + 1].isNumber {
                exterior = marked(place)
                place += 2
            } else if AddressLexicon.block.contains(text), hasValue, block == nil {
                block = marked(place)
                place += 2
            } else if AddressLexicon.lot.contains(text), hasValue, lot == nil {
                lot = marked(place)
                place += 2
            } else if AddressLexicon.interior[text] != nil, hasValue {
                interior = (interior?.lowerBound ?? place)..<place + 2
                place += 2
            } else {
                tail = place..<range.upperBound
                return
            }
        }
    }

    private mutating func marked(_ place: Int) -> Address.Field {
        markers.append(tokens[place].source)
        return Address.Field(text: tokens[place + 1].text, source: tokens[place + 1].source)
    }

    private func interiorField(_ range: Range<Int>) -> Address.Field {
        let words = range.filter { !tokens[$0].isMark }.map {
            AddressLexicon.interior[tokens[$0].text] ?? tokens[$0].text
        }
        let source = tokens[range.lowerBound].source.lowerBound..<tokens[range.upperBound - 1].source.upperBound
        return Address.Field(text: words.joined(separator: " "), source: source)
    }

    /// A number that ends the name, or that flats or a colonia follow.
    private func unmarked(in range: Range<Int>, takesTail: Bool) -> Int? {
        var depth = 0
        for place in range {
            let text = tokens[place].text
            if tokens[place].isMark, text == "(" { depth += 1 }
            if tokens[place].isMark, text == ")" { depth = max(0, depth - 1) }
            guard depth == 0, tokens[place].isNumber, !belongsToName(place, in: range) else { continue }
            let next = word(place + 1, in: range)
            let sided = next.map { StreetWords.isCompass(StreetWords.canonical($0)) } ?? false ? place + 1 : place
            let isLast = sided + 1 >= range.upperBound || tokens[sided + 1].text == ","
            if isLast || next.map({ AddressLexicon.interior[$0] != nil || $0 == "LT" || $0 == "MZ" }) ?? false {
                return place
            }
            if takesTail, let next, !tokens[place + 1].isNumber, !StreetWords.isConnective(next),
                !StreetWords.isCompass(StreetWords.canonical(next)), !StreetWords.isMonth(next)
            {
                return place
            }
        }
        return nil
    }

    /// `Calle 15`, `Norte 77`, `Eje 5 Norte Poniente 140`, `Héroes del 47`: the number names the street.
    private func belongsToName(_ place: Int, in range: Range<Int>) -> Bool {
        guard let before = word(place - 1, in: range) else {
            return place == range.lowerBound || tokens[place - 1].text != ")"
        }
        if Self.ringRoads.contains(before) { return false }
        if StreetType(word: before) != nil || StreetWords.isConnective(before) || before == "VIAL" { return true }
        guard StreetWords.isCompass(StreetWords.canonical(before)) else { return false }
        guard let first = word(place - 2, in: range) else { return true }
        if Self.ringRoads.contains(first) { return false }
        return StreetType(word: first) != nil || StreetWords.isCompass(StreetWords.canonical(first))
    }

    /// Types that are names by themselves: `Periférico Sur 4121`.
    private static let ringRoads: Set<String> = ["PERIFERICO", "PERIF", "VIADUCTO", "VIAD"]
}
