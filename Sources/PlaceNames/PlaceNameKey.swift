extension PlaceName {
    /// Which tokens a key is made of.
    public enum KeyScope: Sendable {
        /// Without what stands in brackets beside the name.
        case core
        /// With it: `RESIDENCIAL ESPAÑOL (PRIVADA VALLADOLID)` is not `RESIDENCIAL ESPAÑOL (PRIVADA SEVILLA)`.
        case whole
    }

    /// The name's meaning as bytes, in an order that does not depend on the order of its words.
    ///
    /// Two names with equal keys have the same words, numbers, parts, compass words and extensions, each as often;
    /// they may differ in order, connectives, labels (``settlementType``), tail, postal code and spelling. A section
    /// and a sector of one number are the same part, because `SEC` is written for both; a bare part is the same as a
    /// number, because only its place tells them apart. Empty where the name has no such token.
    /// - Complexity: O(*n* log *n*), *n* tokens.
    public func coreKey(_ scope: KeyScope = .core) -> [UInt8] {
        var pieces: [[UInt8]] = []
        for token in tokens where counts(token, scope) {
            if token.kind == .number || token.kind == .part {
                pieces.append([UInt8(ascii: "#"), token.keyCode, token.letter] + Self.bigEndian(token.value))
            } else {
                pieces.append(Array(text[token.bytes]))
            }
        }
        pieces.sort { $0.lexicographicallyPrecedes($1) }
        return Array(pieces.joined(separator: [0x20]))
    }

    /// A hash of ``coreKey(_:)`` that is computed without building it: equal keys have equal hashes, on every machine
    /// and in every run. Different keys share one with probability 2⁻⁶⁴ or so; 0 where the key is empty.
    /// - Complexity: O(length).
    public func coreHash(_ scope: KeyScope = .core) -> UInt64 {
        var sum: UInt64 = 0
        text.withUnsafeBufferPointer { text in
            for token in tokens where counts(token, scope) {
                var hash: UInt64 = 0xCBF2_9CE4_8422_2325
                if token.kind == .number || token.kind == .part {
                    hash ^= UInt64(token.keyCode) << 48 | UInt64(token.letter) << 40
                    hash ^= UInt64(UInt32(bitPattern: token.value)) | 1 << 63
                } else {
                    for index in token.bytes { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
                }
                // A sum does not depend on the order; mixing first keeps the terms independent.
                sum &+= Self.mix(hash)
            }
        }
        return sum
    }

    private func counts(_ token: Token, _ scope: KeyScope) -> Bool {
        token.kind != .connective && token.kind != .settlementType && (scope == .whole || !token.isBracketed)
    }

    private static func bigEndian(_ value: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: value)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
    }

    /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension PlaceName.Token {
    /// What a number counts, with the kinds that people mix up as one.
    fileprivate var keyCode: UInt8 {
        guard kind == .part else { return PlaceName.PartKind.bare.rawValue }
        return part == .sector ? PlaceName.PartKind.section.rawValue : part.rawValue
    }
}
