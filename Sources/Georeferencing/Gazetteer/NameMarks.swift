import PlaceNames

/// What tells areas of one base name apart: numbers, numbered and lettered parts, compass points, AMPLIACION.
struct NameMarks: Hashable, Sendable {
    /// A number or letter, and what it counts. Numbers within a name count nothing: `14 DE MARZO`, `CTM 8 CULHUACAN`.
    private struct Part: Hashable {
        var kind: PlaceName.PartKind = .bare
        var letter: UInt8 = 0
        var value: Int32 = -1
    }

    /// So many parts of one name are compared.
    private static let capacity = 4

    private var parts = (Part(), Part(), Part(), Part())
    private var partCount: UInt8 = 0
    /// One bit per 45 degrees.
    private var compass: UInt8 = 0
    private var hasExtension = false
    /// More than can be compared: such a name agrees with none but itself.
    private var isOverfull = false

    private var isEmpty: Bool { partCount == 0 && compass == 0 && !hasExtension && !isOverfull }

    mutating func add(_ token: PlaceName.Token) {
        switch token.kind {
        case .part, .number:
            guard partCount < Self.capacity else { return isOverfull = true }
            self[Int(partCount)] = Part(kind: token.part, letter: token.letter, value: token.value)
            partCount += 1
        case .compass: compass |= 1 << UInt8(truncatingIfNeeded: (max(0, token.value) / 45) & 7)
        case .extension: hasExtension = true
        default: break
        }
    }

    private subscript(index: Int) -> Part {
        get {
            switch index {
            case 0: parts.0
            case 1: parts.1
            case 2: parts.2
            default: parts.3
            }
        }
        set {
            switch index {
            case 0: parts.0 = newValue
            case 1: parts.1 = newValue
            case 2: parts.2 = newValue
            default: parts.3 = newValue
            }
        }
    }

    static func == (a: NameMarks, b: NameMarks) -> Bool { a.relation(to: b) == .equal }

    func hash(into hasher: inout Hasher) { hasher.combine(partCount) }

    /// How the marks of a name stand to those of an area.
    enum Relation {
        case equal
        /// Equal, but a number counts sections in one, and in the other sectors, or goes without a word for what it counts.
        case kindDiffers
        /// One has all marks of the other, and more; or each lacks a kind of mark that the other has.
        case missing
        /// Another number, letter or compass point.
        case contradiction
    }

    func relation(to area: NameMarks) -> Relation {
        if isOverfull || area.isOverfull { return .contradiction }
        if isEmpty, area.isEmpty { return .equal }
        let parts = partRelation(to: area)
        let isWithin = compass & ~area.compass == 0
        let isAround = area.compass & ~compass == 0
        guard parts != .contradiction, isWithin || isAround else { return .contradiction }
        return isWithin && isAround && hasExtension == area.hasExtension ? parts : .missing
    }

    /// Pairs the parts of the two, equal kinds first; what is left on both sides contradicts.
    private func partRelation(to other: NameMarks) -> Relation {
        if partCount == 0 || other.partCount == 0 { return partCount == other.partCount ? .equal : .missing }
        var (mine, theirs): (UInt8, UInt8) = (0, 0)  // a bit per part that is paired
        pair(with: other, &mine, &theirs) { $0 == $1 }
        let equal = mine
        pair(with: other, &mine, &theirs) { own, their in
            guard own.letter == their.letter, own.value == their.value else { return false }
            if own.kind == .bare { return !has(their.kind) }
            let isMixedUp = Self.areMixedUp(own.kind, their.kind) && !has(their.kind)
            return (their.kind == .bare || isMixedUp) && !other.has(own.kind)
        }
        let (mineLeft, theirsLeft) = (mine.nonzeroBitCount < partCount, theirs.nonzeroBitCount < other.partCount)
        if mineLeft && theirsLeft { return .contradiction }
        if mineLeft || theirsLeft { return .missing }
        return mine == equal ? .equal : .kindDiffers
    }

    private func pair(
        with other: NameMarks, _ mine: inout UInt8, _ theirs: inout UInt8, where fits: (Part, Part) -> Bool
    ) {
        for own in 0..<Int(partCount) where mine & 1 << own == 0 {
            for their in 0..<Int(other.partCount)
            where mine & 1 << own == 0 && theirs & 1 << their == 0 && fits(self[own], other[their]) {
                mine |= 1 << own
                theirs |= 1 << their
            }
        }
    }

    /// `SEC` is written for either, and read as sections.
    private static func areMixedUp(_ a: PlaceName.PartKind, _ b: PlaceName.PartKind) -> Bool {
        [a, b].allSatisfy { $0 == .section || $0 == .sector }
    }

    /// Whether some part is of a kind. An extension says that it is one, so a bare number never stands for its number.
    private func has(_ kind: PlaceName.PartKind) -> Bool {
        if kind == .extension { return true }
        return (0..<Int(partCount)).contains { self[$0].kind == kind }
    }
}
