/// Writes decided units as canonical text and tokens.
enum NameEmission {
    static func emit(
        _ units: [NameUnit], spelling: FoldedSpelling, lexicon: NameLexicon, into name: inout PlaceName
    ) {
        var group: UInt8 = 0
        var isBracketed = false
        for index in units.indices {
            let unit = units[index]
            if unit.group != group {
                if group > 0 { name.text.append(UInt8(ascii: ")")) }
                if !name.text.isEmpty { name.text.append(0x20) }
                if unit.group > 0 { name.text.append(UInt8(ascii: "(")) }
                group = unit.group
                isBracketed = group > 0 && bracketHasName(at: index, units)
            } else if !name.text.isEmpty {
                name.text.append(0x20)
            }
            let start = name.text.count
            put(unit, spelling, lexicon, &name.text)
            name.tokens.append(token(unit, bytes: start..<name.text.count, isBracketed))
        }
        if group > 0 { name.text.append(UInt8(ascii: ")")) }
        giveNumberToExtension(&name.tokens)
        name.settlementType = settlementType(units, name.tokens)
        addBrackets(units, to: &name)
    }

    private static func bracketHasName(at start: Int, _ units: [NameUnit]) -> Bool {
        for unit in units[start...] {
            guard unit.group == units[start].group else { return false }
            if LabelDecision.names(unit) || unit.role == .adjective { return true }
        }
        return false
    }

    static func put(
        _ unit: NameUnit, _ spelling: FoldedSpelling, _ lexicon: NameLexicon, _ text: inout [UInt8]
    ) {
        let folded = Int(unit.folded.lowerBound)..<Int(unit.folded.upperBound)
        if unit.role == .numeral {
            putNumber(unit, &text)
        } else if !unit.canonical.isEmpty {
            text.append(contentsOf: lexicon.pool[Int(unit.canonical.lowerBound)..<Int(unit.canonical.upperBound)])
        } else if unit.isInitials {
            for byte in spelling.bytes[folded] where FoldedSpelling.isLetter(byte) { text.append(byte) }
        } else {
            text.append(contentsOf: spelling.bytes[folded])
        }
    }

    /// `SECCION 2`, `SECTOR A`, `SECCION 10-A`, `14`
    private static func putNumber(_ unit: NameUnit, _ text: inout [UInt8]) {
        let word = unit.isPart ? unit.partKind.word : ""
        for index in 0..<word.utf8CodeUnitCount { text.append(word.utf8Start[index]) }
        if word.utf8CodeUnitCount > 0 { text.append(0x20) }
        if unit.value >= 0 { putDecimal(unit.value, &text) }
        guard unit.isPart, unit.letter > 0 else { return }
        if unit.value >= 0 { text.append(UInt8(ascii: "-")) }
        text.append(unit.letter)
    }

    private static func putDecimal(_ value: Int32, _ text: inout [UInt8]) {
        let start = text.count
        var rest = value
        repeat {
            text.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        text[start...].reverse()
    }

    private static func token(_ unit: NameUnit, bytes: Range<Int>, _ isBracketed: Bool) -> PlaceName.Token {
        var token = PlaceName.Token(
            kind: unit.tokenKind, bytes: bytes,
            source: Int(unit.source.lowerBound)..<Int(unit.source.upperBound))
        token.isBracketed = isBracketed
        if unit.role == .numeral || unit.role == .compass { token.value = unit.value }
        if unit.isPart {
            token.part = unit.partKind
            token.letter = unit.letter
        }
        return token
    }

    /// `AMPLIACION JALALPA 2` is the second extension, as `2A AMPLIACION JALALPA` is.
    private static func giveNumberToExtension(_ tokens: inout [PlaceName.Token]) {
        guard tokens.contains(where: { $0.kind == .extension && !$0.isBracketed }) else { return }
        var bare: Int?
        for index in tokens.indices where tokens[index].kind == .part && !tokens[index].isBracketed {
            if tokens[index].part == .extension { return }
            guard tokens[index].part == .bare, tokens[index].value >= 0 else { continue }
            if bare != nil { return }
            bare = index
        }
        if let bare { tokens[bare].part = .extension }
    }

    private static func settlementType(_ units: [NameUnit], _ tokens: [PlaceName.Token]) -> SettlementType? {
        for index in units.indices where units[index].role == .label && !tokens[index].isBracketed {
            return units[index].settlementType
        }
        guard let first = units.first, first.role == .type else { return nil }
        return first.settlementType
    }

    /// Bracketed words may also be the place the name lies in.
    private static func addBrackets(_ units: [NameUnit], to name: inout PlaceName) {
        var index = 0
        while index < units.count {
            let start = index
            repeat { index += 1 } while index < units.count && units[index].group == units[start].group
            guard name.tokens[start].isBracketed else { continue }
            let tokens = name.tokens[start..<index]
            let text = tokens[start].bytes.lowerBound..<tokens[index - 1].bytes.upperBound
            let source = tokens[start].source.lowerBound..<tokens[index - 1].source.upperBound
            var segment = PlaceName.TailSegment(text: Array(name.text[text]), source: source, isBracketed: true)
            segment.state = MexicanState.named(segment.text.filter { $0 != 0x20 })?.state
            name.tail.append(segment)
        }
    }
}

extension NameUnit {
    fileprivate var tokenKind: PlaceName.Kind {
        switch role {
        case .connective: .connective
        case .label: .settlementType
        case .numeral: isPart ? .part : .number
        case .compass: .compass
        case .extension: .extension
        default: .word
        }
    }
}

extension PlaceName.PartKind {
    /// The word before the number in canonical text.
    var word: StaticString {
        switch self {
        case .bare, .extension: ""
        case .section: "SECCION"
        case .sector: "SECTOR"
        case .stage: "ETAPA"
        case .block: "MANZANA"
        case .superblock: "SUPERMANZANA"
        case .module: "MODULO"
        case .lot: "LOTE"
        case .zone: "ZONA"
        case .region: "REGION"
        }
    }
}
