import PlaceNames

/// What a test says about a name in one line: canonical text, then one letter per token.
func reading(_ text: String) -> String {
    var reader = PlaceNameReader()
    let name = reader.read(text)
    return name.description + " | " + name.tokens.map { mark($0) }.joined(separator: " ")
}

func mark(_ token: PlaceName.Token) -> String {
    let letter = token.letter > 0 ? String(UnicodeScalar(token.letter)) : ""
    let value = token.value >= 0 ? String(token.value) : ""
    let mark =
        switch token.kind {
        case .word: "w"
        case .connective: "c"
        case .settlementType: "t"
        case .number: "n" + value
        case .part: "\(token.part) " + value + letter
        case .compass: "k" + value
        case .extension: "x"
        }
    return token.isBracketed ? "(" + mark + ")" : mark
}

func read(_ text: String) -> PlaceName {
    var reader = PlaceNameReader()
    return reader.read(text)
}

func read(bytes: [UInt8]) -> PlaceName {
    var reader = PlaceNameReader()
    return bytes.withUnsafeBufferPointer { reader.read($0) }
}
