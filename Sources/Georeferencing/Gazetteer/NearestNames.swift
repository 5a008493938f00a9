import Boundaries
import PlaceNames

/// An area whose name looks like one that was asked for; no rule says that it is meant.
public struct NearName: Hashable, Sendable {
    public var area: AreaReference
    /// The share of three-letter pieces that both names have (Dice's coefficient), 0 to 1.
    public var score: Double
}

/// Finds the areas whose names look most like a name that none of them has.
///
/// Unlike ``GazetteerSearch`` it decides nothing and keeps no rule: what it lists is for a person to choose from.
///
/// ## Source
/// Dice (1945), *Measures of the amount of ecologic association between species*; on trigrams Angell, Freund & Willett
/// (1983), *Automatic spelling correction using a trigram similarity measure*.
struct NearestNames {
    private let names: LevelNames
    /// Areas by each three-letter piece of their names.
    private var areas: [UInt32: [Int32]] = [:]
    /// How many pieces each area's name has.
    private var sizes: [Int32] = []

    /// What is less alike is not worth a person's look: within the municipality, and elsewhere.
    private static let leastScore = (within: 0.25, elsewhere: 0.5)

    /// - Returns: nil where the gazetteer does not have the level.
    init?(_ gazetteer: Gazetteer, _ level: Level) {
        guard let names = gazetteer.levels.first(where: { $0.version.level == level }) else { return nil }
        self.names = names
        sizes = Array(repeating: 0, count: names.ids.count)
        var reader = PlaceNameReader()
        var seen = Set<Int32>()
        for number in names.names.forms.indices where names.names.forms[number].kind == .whole {
            let area = names.names.forms[number].area
            guard seen.insert(area).inserted else { continue }
            let text = String(decoding: names.names.text(of: Int32(clamping: number)), as: UTF8.self)
            let pieces = Self.pieces(of: reader.nameWithoutType(text))
            sizes[Int(area)] = Int32(clamping: pieces.count)
            for piece in pieces { areas[piece, default: []].append(area) }
        }
    }

    func nearest(to name: String, municipality: AreaReference?, limit: Int) -> [NearName] {
        var reader = PlaceNameReader()
        let asked = Self.pieces(of: reader.nameWithoutType(name))
        var shared: [Int32: Int] = [:]
        for piece in asked { for area in areas[piece] ?? [] { shared[area, default: 0] += 1 } }
        let scope = PlaceScope(municipalities: municipality.map { [$0.index] } ?? [])
        let found = shared.map { area, count in candidate(area, sharing: count, of: asked.count, scope) }
            .filter { $0.score >= ($0.isWithin ? Self.leastScore.within : Self.leastScore.elsewhere) }
            .sorted {
                if $0.isWithin != $1.isWithin { return $0.isWithin }
                return $0.score != $1.score ? $0.score > $1.score : $0.area < $1.area
            }
        return found.prefix(max(0, limit)).map { NearName(area: names.reference($0.area), score: $0.score) }
    }

    private func candidate(
        _ area: Int32, sharing count: Int, of asked: Int, _ scope: PlaceScope
    ) -> (area: Int32, score: Double, isWithin: Bool) {
        let pieces = asked + Int(sizes[Int(area)])
        return (area, 2 * Double(count) / Double(pieces), names.membership.isIn(scope, area))
    }

    /// The distinct three-byte pieces of a name with a blank at either end.
    private static func pieces(of text: some Collection<UInt8>) -> Set<UInt32> {
        let blank = UInt8(ascii: " ")
        let bytes = [blank] + text + [blank]
        guard bytes.count > 2 else { return [] }
        var pieces = Set<UInt32>()
        var piece: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            piece = (piece << 8 | UInt32(byte)) & 0xFF_FFFF
            if index >= 2 { pieces.insert(piece) }
        }
        return pieces
    }
}

extension PlaceNameReader {
    /// The normalised name without the word that only says what type of settlement it is.
    fileprivate mutating func nameWithoutType(_ name: String) -> [UInt8] {
        let read = read(name)
        let kept = read.tokens.filter { $0.kind != .settlementType }
        return Array(kept.map { read.text[$0.bytes] }.joined(separator: [UInt8(ascii: " ")]))
    }
}
