import Bytes

/// One word or mark of an address, with where it stands.
struct AddressToken {
    /// A word, folded (``LabelFolding``) and with initials joined (`C.P.` is `CP`), or one mark: `,` `(` `/`.
    var text: String
    /// Bytes of the source.
    var source: Range<Int>
    var isMark: Bool
    /// Whether the word was pieced together from single letters with full stops: `J.M.`
    var isInitials = false

    /// Whether the word begins with a digit.
    var isNumber: Bool { !isMark && text.utf8.first.map { (0x30...0x39).contains($0) } ?? false }
}

/// Cuts an address into words and the marks that mean something in one: `, ; / & # + ( ) -` and the end of a line.
///
/// Kept together are `S/N`, `C.P.`, `123-B`, `12.5`, `12+500`; `1ª` becomes `1A`, and `N°` becomes `N#`.
struct AddressLexer {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var tokens: [AddressToken] = []

    /// Reads a text once the letters that wrong encodings spoiled are set right; places are those of the text as it is.
    ///
    /// A letter that is lost is left out, which leaves the word one slip away from what it was.
    /// - Complexity: O(length).
    static func repairedTokens(of bytes: UnsafeBufferPointer<UInt8>) -> [AddressToken] {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "&") }) else { return tokens(of: bytes) }
        var characters = CharacterRepair()
        characters.read(bytes)
        guard characters.isRepaired || characters.scalars.contains(CharacterRepair.lost) else {
            return tokens(of: bytes)
        }
        var repaired: [UInt8] = []
        var origins: [Int] = []
        for (scalar, origin) in zip(characters.scalars, characters.origins) {
            let isLost = scalar == CharacterRepair.lost
            let character = isLost ? "'" : Character(Unicode.Scalar(scalar) ?? " ")
            for byte in character.utf8 {
                repaired.append(byte)
                origins.append(Int(origin))
            }
        }
        origins.append(bytes.count)
        var tokens = repaired.withUnsafeBufferPointer { Self.tokens(of: $0) }
        for index in tokens.indices {
            let source = tokens[index].source
            tokens[index].source =
                origins[source.lowerBound]..<max(origins[source.lowerBound], origins[source.upperBound])
        }
        return tokens
    }

    /// - Complexity: O(length).
    static func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [AddressToken] {
        var lexer = AddressLexer(bytes: bytes)
        while lexer.index < bytes.count { lexer.step() }
        return lexer.tokens
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func step() {
        if let kind = wordByte(at: index) {
            word(startingWith: kind)
        } else {
            mark()
        }
    }

    private mutating func mark() {
        let byte = bytes[index]
        let dash = byte == 0xE2 && at(index + 1) == 0x80 && (0x90...0x95).contains(at(index + 2))
        if dash {
            tokens.append(AddressToken(text: "-", source: index..<index + 3, isMark: true))
            index += 3
        } else if byte >= 0x80 {
            index += min(bytes.count - index, separatorLength(at: index))
        } else {
            index += 1
            let isEnd = byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
            guard isEnd || Self.marks.contains(byte) else { return }
            let text = isEnd ? "," : String(UnicodeScalar(byte))
            tokens.append(AddressToken(text: text, source: index - 1..<index, isMark: true))
        }
    }

    private static let marks: Set<UInt8> = Set(",/&#+()-".utf8)

    private enum WordByte { case letter, digit }

    private mutating func word(startingWith kind: WordByte) {
        let start = index
        if kind == .digit { return number() }
        while index < bytes.count, wordByte(at: index) != nil { index += length(at: index) }
        if index - start == 1, letters(after: start) { return }
        var text = folded(start..<index)
        if text == "N", bytes[start..<index].count > 1 { text = "N#" }
        guard !text.isEmpty else { return }
        tokens.append(AddressToken(text: text, source: start..<index, isMark: false))
    }

    /// `C.P.`, `U.H.`, `S/N`, `S/C`: letters held together by full stops or one slash.
    private mutating func letters(after start: Int) -> Bool {
        let upper = bytes[start] & 0xDF
        if upper == UInt8(ascii: "S"), at(start + 1) == UInt8(ascii: "/"), isSingleLetter(at: start + 2) {
            index = start + 3
            tokens.append(
                AddressToken(
                    text: folded(start..<start + 1) + "/" + folded(start + 2..<start + 3),
                    source: start..<index, isMark: false))
            return true
        }
        let isFirst = tokens.last.map { $0.text == "," } ?? true
        if isFirst, upper == UInt8(ascii: "C"), at(start + 1) == UInt8(ascii: "/") {
            tokens.append(AddressToken(text: "CALLE", source: start..<start + 2, isMark: false))
            index = start + 2
            return true
        }
        var text = [upper]
        var end = start + 1
        while at(end) == UInt8(ascii: "."), isSingleLetter(at: end + 1), text.count < 6 {
            text.append(bytes[end + 1] & 0xDF)
            end += 2
        }
        guard text.count > 1 else { return false }
        index = end
        tokens.append(
            AddressToken(
                text: String(decoding: text, as: UTF8.self), source: start..<end, isMark: false, isInitials: true))
        return true
    }

    private func isSingleLetter(at place: Int) -> Bool {
        let letter = at(place) & 0xDF
        guard (0x41...0x5A).contains(letter) else { return false }
        return place + 1 >= bytes.count || wordByte(at: place + 1) == nil
    }

    /// `123`, `123-B`, `12.5`, `12+500`, `1ra`, `1ª`.
    private mutating func number() {
        let start = index
        skipDigits()
        var text = folded(start..<index)
        let mark = at(index)
        if (mark == UInt8(ascii: ".") || mark == UInt8(ascii: "+")), isDigit(at(index + 1)), text.utf8.count <= 4 {
            index += 1
            let fraction = index
            skipDigits()
            text += (mark == UInt8(ascii: ".") ? "." : "+") + folded(fraction..<index)
        } else if mark == UInt8(ascii: "-"), isSingleLetter(at: index + 1) {
            text += "-" + folded(index + 1..<index + 2)
            index += 2
        } else {
            let suffix = index
            while index < bytes.count, wordByte(at: index) != nil { index += length(at: index) }
            let isOrdinal = index > suffix && bytes[suffix] == 0xC2 && [0xAA, 0xBA, 0xB0].contains(at(suffix + 1))
            text += isOrdinal ? "A" : folded(suffix..<index)
        }
        tokens.append(AddressToken(text: text, source: start..<index, isMark: false))
    }

    private mutating func skipDigits() {
        while isDigit(at(index)) { index += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    private func folded(_ range: Range<Int>) -> String {
        String(decoding: LabelFolding.fold(UnsafeBufferPointer(rebasing: bytes[range])), as: UTF8.self)
    }

    /// Whether a word goes on at a byte: a letter, a digit, or what ``LabelFolding`` drops inside a word.
    private func wordByte(at place: Int) -> WordByte? {
        let byte = bytes[place]
        switch byte {
        case 0x30...0x39: return .digit
        case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "'"), UInt8(ascii: "`"): return .letter
        case 0..<0x80: return nil
        case 0xC2:
            let isDropped = [0xAA, 0xB0, 0xB4, 0xBA].contains(at(place + 1))
            return isDropped || at(place + 1) & 0xC0 != 0x80 ? .letter : nil
        case 0xC3: return at(place + 1) == 0x97 || at(place + 1) == 0xB7 ? nil : .letter
        case 0xE2 where at(place + 1) == 0x80: return [0x98, 0x99].contains(at(place + 2)) ? .letter : nil
        default: return .letter
        }
    }

    /// The bytes of the character at a place: one where it is no whole UTF-8 character.
    private func length(at place: Int) -> Int {
        let expected =
            switch bytes[place] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        for offset in 1..<max(expected, 1) where at(place + offset) & 0xC0 != 0x80 { return 1 }
        return expected
    }

    private func separatorLength(at place: Int) -> Int { max(1, length(at: place)) }
}
