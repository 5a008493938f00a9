import PlaceNames

/// What tells areas of one base name apart: numbered parts, numbers, compass points, AMPLIACION.
struct NameMarks: Hashable, Sendable {
    /// So many parts, and numbers, of one name are compared.
    private static let capacity = 4

    /// Kind in the top byte, then letter, then value; 0 for none.
    private var parts = SIMD4<UInt64>.zero
    private var partCount = 0
    /// The numbers within the name, plus 1; 0 for none.
    private var numbers = SIMD4<UInt32>.zero
    private var numberCount = 0
    /// One bit per 45 degrees.
    private var compass: UInt8 = 0
    private var hasExtension = false
    /// More than can be compared: such a name agrees with none but itself.
    private var isOverfull = false

    var isEmpty: Bool { partCount == 0 && numberCount == 0 && compass == 0 && !hasExtension }
    var hasParts: Bool { partCount > 0 }

    mutating func add(_ token: PlaceName.Token) {
        let value = UInt64(UInt32(bitPattern: token.value))
        switch token.kind {
        case .part:
            guard partCount < Self.capacity else { return isOverfull = true }
            parts[partCount] = UInt64(token.part.rawValue &+ 1) << 56 | UInt64(token.letter) << 48 | value
            partCount += 1
        case .number:
            guard numberCount < Self.capacity else { return isOverfull = true }
            numbers[numberCount] = UInt32(bitPattern: token.value) &+ 1
            numberCount += 1
        case .compass: compass |= 1 << UInt8(truncatingIfNeeded: (max(0, token.value) / 45) & 7)
        case .extension: hasExtension = true
        default: break
        }
    }

    /// How the marks of a name stand to those of an area.
    enum Relation {
        case equal
        /// Equal, but a number counts sections in one and something unnamed in the other.
        case kindDiffers
        /// One has all marks of the other, and more; or each lacks some kind of mark that the other has.
        case missing
        /// Another number, letter or compass point.
        case contradiction
    }

    func relation(to area: NameMarks) -> Relation {
        if isOverfull || area.isOverfull { return .contradiction }
        if isEmpty, area.isEmpty { return .equal }
        var kindDiffers = false
        let partsIn = isCovered(by: area, &kindDiffers)
        let partsOut = area.isCovered(by: self, &kindDiffers)
        let numbersIn = Self.isCovered(numbers, numberCount, area.numbers, area.numberCount)
        let numbersOut = Self.isCovered(area.numbers, area.numberCount, numbers, numberCount)
        let compassIn = compass & ~area.compass == 0
        let compassOut = area.compass & ~compass == 0
        guard partsIn || partsOut, numbersIn || numbersOut, compassIn || compassOut else { return .contradiction }
        let isWhole = partsIn && partsOut && numbersIn && numbersOut && compassIn && compassOut
        guard isWhole, hasExtension == area.hasExtension else { return .missing }
        return kindDiffers ? .kindDiffers : .equal
    }

    /// Whether each part has a counterpart: the same number and letter, of the same kind or of a kind that goes unnamed.
    private func isCovered(by other: NameMarks, _ kindDiffers: inout Bool) -> Bool {
        for index in 0..<partCount {
            var isFound = false
            var isSameKind = false
            for counterpart in 0..<other.partCount
            where parts[index] << 8 == other.parts[counterpart] << 8 {
                let (kind, otherKind) = (parts[index] >> 56, other.parts[counterpart] >> 56)
                if kind == otherKind { isSameKind = true }
                if kind == otherKind || Self.mayBeOne(kind, otherKind) { isFound = true }
            }
            if !isFound { return false }
            if !isSameKind { kindDiffers = true }
        }
        return true
    }

    /// A bare number may count anything but extensions: those say that they are extensions.
    private static func mayBeOne(_ kind: UInt64, _ other: UInt64) -> Bool {
        let bare = UInt64(PlaceName.PartKind.bare.rawValue) + 1
        let ext = UInt64(PlaceName.PartKind.extension.rawValue) + 1
        return (kind == bare && other != ext) || (other == bare && kind != ext)
    }

    private static func isCovered(_ a: SIMD4<UInt32>, _ aCount: Int, _ b: SIMD4<UInt32>, _ bCount: Int) -> Bool {
        for index in 0..<aCount {
            var isFound = false
            for other in 0..<bCount where a[index] == b[other] { isFound = true }
            if !isFound { return false }
        }
        return true
    }
}
