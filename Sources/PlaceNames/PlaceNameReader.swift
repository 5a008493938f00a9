import Bytes

/// Reads place names, one after the other, reusing its buffers.
///
/// The bytes may be UTF-8, UTF-8 read as Windows-1252 once or twice, or Windows-1252; no input is refused.
///
/// ## Example
/// ```swift
/// var reader = PlaceNameReader()
/// let name = reader.read("1a. Secc. de la Col. Peña Pobre, C.P. 14060")
/// ```
///
/// - Complexity: O(length), and at most ``longestInput`` bytes are read.
public struct PlaceNameReader: Sendable {
    /// Bytes read of one input. What follows is left out, and the name says so.
    public static let longestInput = 1000

    var spelling = FoldedSpelling()
    var units: [NameUnit] = []
    let lexicon = NameLexicon.shared

    public init() {}

    /// Reads one name.
    public mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> PlaceName {
        var name = PlaceName()
        read(text, into: &name)
        return name
    }

    /// Reads one name.
    public mutating func read(_ text: String) -> PlaceName {
        var text = text
        return text.withUTF8 { read($0) }
    }

    /// Reads one name in place of another, reusing its buffers.
    public mutating func read(_ text: UnsafeBufferPointer<UInt8>, into name: inout PlaceName) {
        name.clear()
        let length = Self.cut(text)
        name.isCut = length < text.count
        let beginning = UnsafeBufferPointer(rebasing: text[..<length])
        spelling.fold(beginning)
        name.isRepaired = spelling.isRepaired
        name.hasLostLetters = spelling.hasLostLetters
        units.removeAll(keepingCapacity: true)
        UnitScanner.scan(spelling, lexicon: lexicon, into: &units)
        name.unknown = UnknownPlace(beginning, units: units, spelling: spelling)
        UnitMerging.dropNumberMarks(&units)
        cutPostalCode(into: &name)
        dropTrailingMarks()
        UnitMerging.merge(&units, lexicon: lexicon)
        cutTail(into: &name)
        dropTrailingMarks()
        NumeralBinding.bind(&units)
        LabelDecision.decide(&units)
        NameEmission.emit(units, spelling: spelling, lexicon: lexicon, into: &name)
    }

    /// The length to read: at most ``longestInput``, not within a character.
    private static func cut(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.count > longestInput else { return text.count }
        var end = longestInput
        while end > longestInput - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}

extension PlaceName {
    mutating func clear() {
        text.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
        if !tail.isEmpty { tail.removeAll() }
        settlementType = nil
        postalCode = nil
        unknown = nil
        isRepaired = false
        hasLostLetters = false
        isCut = false
    }
}
