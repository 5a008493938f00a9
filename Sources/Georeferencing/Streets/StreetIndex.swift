public import Boundaries
import PlaceNames
import SimpleFeatures

/// Finds crossings, addresses, kilometres and landmarks of a table by what people write.
///
/// Nothing is scanned: names are found by their normalised words (``StreetName``), mistyped words through a deletion
/// neighbourhood, and two streets by the pair of their names, in either order.
///
/// ## How a crossing is found
/// In steps, and the first that finds anything decides; every reading of the text is asked at each:
/// 1. both names are the table's, apart from types (score 1);
/// 2. words that no street has are corrected by one slip, in words of nine letters and more two (0.9 each);
/// 3. titles are left out: `Anaya` for `General Anaya` (0.9);
/// 4. of a double name only the axis is known: `Eje 3 Norte (Tochtly)` for `Eje 3 Norte (Tochtli)` (0.85);
/// 5. one of the two names is the beginning or the end of the table's: `Vasconcelos` (0.8);
/// 6. one word is another street's name but only a slip of it makes a crossing of the table, and only one (0.7).
///
/// A table that has a street cross itself knows no more than the street; so does the answer, whose grade is `street`.
///
/// Numbers, compass words and ordinals are never changed. Types decide between streets that are equal otherwise; a
/// `Cerrada` is never an `Avenida`.
///
/// ## One place or several
/// Entries of one crossing within ``mergeDistance`` are one place. Its radius is ``baseRadius`` and the distance of the
/// farthest from the medoid; beyond ``greatestSpread`` (long avenues cross twice) the crossing is ambiguous, and so
/// are crossings of different streets or municipalities beyond ``mergeDistance``.
public struct StreetIndex: Sendable {
    /// Entries of one crossing closer than this are one place, in metres.
    public static let mergeDistance = 150.0
    /// The places of one crossing farther apart than this are several, in metres.
    public static let greatestSpread = 500.0
    /// What a crossing of two streets is known to, in metres: half the width of both.
    public static let baseRadius = 25.0
    /// What a place somewhere along a street is known to, in metres, however short the stretch.
    public static let streetRadius = 250.0
    /// A name of more words, connectives and brackets included, is that of no street: it is not looked for.
    public static let longestName = 16
    /// How many candidates an answer has at most.
    public static let mostCandidates = 8

    /// Two streets in a municipality, and the places where the table has them cross.
    struct Crossing: Sendable {
        var streets: (Int32, Int32)
        var municipality: Int32
        var places: [LonLat]
    }

    var names = StreetNames()
    var crossings: [Crossing] = []
    var municipalities: [String] = []
    var addresses = NumberedPlaces()
    var kilometres = NumberedPlaces()
    var landmarks = LandmarkTable()
    /// Pairs of keys, the smaller in the upper half, sorted, each with its crossing.
    private var pairs: [(keys: UInt64, crossing: Int32)] = []
    /// Keys, sorted, each with a crossing that has it.
    private var crossingsOfKey: [(key: Int32, crossing: Int32)] = []
    private var municipalityNumbers: [String: Int32] = [:]

    /// Builds the index; places without words or outside the Earth are left out.
    /// - Complexity: O(places · log places).
    public init(_ places: [StreetPlace]) {
        var groups: [CrossingKey: [LonLat]] = [:]
        for place in places {
            let point = LonLat(longitude: place.longitude, latitude: place.latitude)
            guard point.isOnEarth else { continue }
            let municipality = insert(municipality: place.municipality)
            if place.kind == .crossing {
                if let key = crossingKey(place, municipality) { groups[key, default: []].append(point) }
            } else {
                insert(place, point, municipality)
            }
        }
        for key in groups.keys.sorted() {
            let merged = PlaceCluster.merged(groups[key] ?? [], within: Self.mergeDistance)
            crossings.append(Crossing(streets: (key.a, key.b), municipality: key.municipality, places: merged))
        }
        names.finish()
        landmarks.finish()
        addresses.finish()
        kilometres.finish()
        indexPairs()
    }

    /// How many different crossings, addresses, kilometres and landmarks there are.
    public var count: Int { crossings.count + addresses.count + kilometres.count + landmarks.count }

    // MARK: Building

    private struct CrossingKey: Hashable, Comparable {
        var a: Int32
        var b: Int32
        var municipality: Int32

        static func < (a: CrossingKey, b: CrossingKey) -> Bool {
            (a.a, a.b, a.municipality) < (b.a, b.b, b.municipality)
        }
    }

    private mutating func insert(municipality: String?) -> Int32 {
        guard let municipality else { return -1 }
        if let known = municipalityNumbers[municipality] { return known }
        let number = Int32(clamping: municipalities.count)
        municipalities.append(municipality)
        municipalityNumbers[municipality] = number
        return number
    }

    private mutating func crossingKey(_ place: StreetPlace, _ municipality: Int32) -> CrossingKey? {
        guard let a = names.insert(place.street), let b = names.insert(place.detail ?? "") else { return nil }
        return CrossingKey(a: min(a, b), b: max(a, b), municipality: municipality)
    }

    private mutating func insert(_ place: StreetPlace, _ point: LonLat, _ municipality: Int32) {
        if place.kind == .landmark {
            landmarks.insert(place.street, at: point, municipality: municipality)
            return
        }
        guard let street = names.insert(place.street), let detail = place.detail else { return }
        if place.kind == .address, let number = HouseNumberKey(detail) {
            for part in names.streets[Int(street)].parts {
                addresses.insert(
                    NumberedPlaces.Entry(
                        key: part.key, municipality: municipality, number: number.value, suffix: number.suffix,
                        place: point,
                        street: street))
            }
        }
        if place.kind == .kilometre, let metres = Self.metres(detail) {
            for part in names.streets[Int(street)].parts {
                kilometres.insert(
                    NumberedPlaces.Entry(
                        key: part.key, municipality: municipality, number: metres, suffix: "", place: point,
                        street: street))
            }
        }
    }

    /// `12`, `12.5`, `12+500`, `Km 12.5`.
    private static func metres(_ detail: String) -> Int? {
        let readings = AddressParser().readings(of: "KM " + detail.drop { !$0.isNumber })
        return readings.first?.kilometre?.metres
    }

    private mutating func indexPairs() {
        for (index, crossing) in crossings.enumerated() {
            let number = Int32(clamping: index)
            let (a, b) = (names.streets[Int(crossing.streets.0)], names.streets[Int(crossing.streets.1)])
            for first in a.parts {
                for second in b.parts { pairs.append((Self.pair(first.key, second.key), number)) }
            }
            for part in a.parts + b.parts { crossingsOfKey.append((part.key, number)) }
        }
        pairs.sort { ($0.keys, $0.crossing) < ($1.keys, $1.crossing) }
        crossingsOfKey.sort { ($0.key, $0.crossing) < ($1.key, $1.crossing) }
    }

    private static func pair(_ a: Int32, _ b: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
    }

    // MARK: Looking up

    func municipality(_ key: String?) -> Int32? { key.map { municipalityNumbers[$0] ?? -2 } }

    /// Crossings one of whose streets has the one key, and the other the other.
    func crossings(of a: Int32, and b: Int32) -> [Int32] {
        let keys = Self.pair(a, b)
        var found: [Int32] = []
        var index = Self.first(of: pairs.count) { pairs[$0].keys < keys }
        while index < pairs.count, pairs[index].keys == keys {
            if found.last != pairs[index].crossing { found.append(pairs[index].crossing) }
            index += 1
        }
        return found
    }

    /// Crossings of a street that has the key, at most so many.
    func crossings(of key: Int32, atMost count: Int) -> [Int32] {
        var found: [Int32] = []
        var index = Self.first(of: crossingsOfKey.count) { crossingsOfKey[$0].key < key }
        while index < crossingsOfKey.count, crossingsOfKey[index].key == key, found.count < count {
            if found.last != crossingsOfKey[index].crossing { found.append(crossingsOfKey[index].crossing) }
            index += 1
        }
        return found
    }

    /// The first index of a sorted list that does not come before what is sought.
    static func first(of count: Int, comesBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if comesBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
