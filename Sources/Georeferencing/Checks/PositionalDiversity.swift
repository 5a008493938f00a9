public import Incidents
public import SimpleFeatures

/// Recognises a file whose coordinates its publisher has drawn to few points: one a colonia, a precinct, a beat.
///
/// Such coordinates look exact and stand for areas. Two questions tell them, and both must be answered yes:
/// 1. *Is the set of places closed?* Places that occur again do so at least ``leastRepetition`` times on average, and Good and Turing's coverage, one less the share of incidents alone at their place, is the
///    chance that the next incident falls on a place already seen. Honest coordinates to five decimals hardly repeat; a set
///    of points that stand for something is soon complete.
/// 2. *Are the places too far apart to be corners?* The median over places of the distance to the fourth nearest other place is
///    at least ``leastSpacing``. Where areas are known, incidents of one area must also lie effectively at
///    ``mostPlacesPerArea`` at most (inverse Simpson index, the median over incidents of areas with at least
///    ``leastIncidents``), and at one and a half the distance no longer matters.
///
/// A closed set of near places is the street corners of a city, which is where incidents of a street are put: it passes.
/// Places of one incident each are honest where the set is not nearly complete, and keep their grade.
///
/// ## Radius
/// Of a place that stands for an area it is the distance to the fourth nearest other place. On a square lattice with spacing *s*
/// that is *s*, of which the farthest corner of a cell needs *s*/√2; but areas are no lattice, and reach farther where
/// their neighbours are small. Mexico City's incidents, drawn to the middles of their colonias, lie within it in 96 of 100
/// cases; within half the distance to the *nearest* place, times √2, in 54. Where the area is known, its own radius
/// (``PositionalUncertainty``) is better. Streets are a lattice: a corner has the fourth distance over √2.
///
/// ## What it cannot know
/// A file of fewer incidents than points they could be drawn to has no repetition to show it. Points drawn to blocks of a hundred
/// metres are taken for corners.
///
/// ## Source
/// Good (1953), *The population frequencies of species and the estimation of population parameters*; Simpson (1949); Hill
/// (1973) for effective numbers. Tompson, Johnson, Ashby, Perkins & Edwards (2015),
/// *UK open source crime data: accuracy and possibilities for research*, on what such points do to maps.
public struct PositionalDiversity: Hashable, Codable, Sendable {
    /// The least coverage of a closed set of places.
    public var leastCoverage = 0.5
    /// How many incidents the places that occur again have on average, at least. Chance brings two together: the pedestrians run
    /// over in one city, at its dangerous corners, come to 2.6.
    public var leastRepetition = 3.0
    /// From this coverage on, places with one incident belong to the set as well.
    public var completeCoverage = 0.9
    /// Blocks measure 50 to 200 m; colonias, beats and precincts 400 m and more.
    public var leastSpacing = Length.metres(300)
    /// From more than so many places in an area on, they do not stand for areas, however far apart they lie: a file of few
    /// incidents shows only some corners of a city.
    public var mostPlacesPerArea = 4.0
    /// No verdict on fewer incidents, in a file and in an area.
    public var leastIncidents = 5

    /// The usual values.
    public init() {}

    /// - Complexity: O(*n* log *n*), and √places for each place where the set is closed.
    public func verdict(on columns: PlaceColumns) -> PositionalVerdict {
        let places = OccupiedPlaces(columns, rows: columns.placedRows, degrees: ArtefactDetector.grain)
        var verdict = PositionalVerdict(rows: columns.count)
        verdict.measure(places)
        guard places.incidents >= leastIncidents, verdict.coverage >= leastCoverage else { return verdict }

        let again = places.repeated(columns)
        guard Double(again.incidents) >= leastRepetition * Double(again.places.count) else { return verdict }
        let repeated = verdict.coverage >= completeCoverage ? places : again
        let reaches = repeated.places.indices.map { repeated.nearest(4, to: $0).last?.metres ?? .nan }
        verdict.spacing = Self.median(zip(reaches, repeated.places.map { Double($0.count).squareRoot() }))
            .map(Length.metres)
        verdict.placesPerArea = placesPerArea(repeated, columns)
        verdict.kind = isCoarse(verdict) ? .areas : .corners
        verdict.assign(reaches, of: repeated)
        return verdict
    }

    private func isCoarse(_ verdict: PositionalVerdict) -> Bool {
        let isFarApart = verdict.spacing.map { $0 >= leastSpacing } ?? false
        guard let places = verdict.placesPerArea else { return isFarApart }
        return places <= 1.5 || isFarApart && places <= mostPlacesPerArea
    }

    /// The effective number of places in an area, the median over incidents; nil where hardly any area is known, or only one.
    private func placesPerArea(_ places: OccupiedPlaces, _ columns: PlaceColumns) -> Double? {
        var areas: [Int32: (incidents: Double, squares: Double)] = [:]
        for place in places.places {
            var counts: [Int32: Double] = [:]
            for row in places.rows(of: place) where columns.area[Int(row)] >= 0 {
                counts[columns.area[Int(row)], default: 0] += 1
            }
            for (area, count) in counts {
                areas[area, default: (0, 0)].incidents += count
                areas[area, default: (0, 0)].squares += count * count
            }
        }
        let told = areas.values.filter { $0.incidents >= Double(leastIncidents) }
        guard told.count >= 3 else { return nil }
        return Self.median(told.map { ($0.incidents * $0.incidents / $0.squares, $0.incidents) })
    }

    /// Weighted. A place weighs as the square root of what it holds, so that neither coincidences of two decide nor one default
    /// point.
    private static func median(_ weighted: some Sequence<(Double, Double)>) -> Double? {
        let sorted = weighted.filter { !$0.0.isNaN }.sorted { $0.0 < $1.0 }
        var left = sorted.reduce(0) { $0 + $1.1 } / 2
        return sorted.first { entry in
            left -= entry.1
            return left <= 0
        }?.0
    }
}

/// What the coordinates of a file stand for, and for each row how closely they tell its place.
public struct PositionalVerdict: Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Places of their own.
        case points
        /// The corners of streets: few metres or one block off.
        case corners
        /// Points that stand for areas.
        case areas
    }

    public internal(set) var kind = Kind.points
    /// Rows with a place.
    public private(set) var incidents = 0
    public private(set) var distinctPlaces = 0
    /// How many places of equal size would be as uneven: the inverse of Simpson's index.
    public private(set) var effectivePlaces = 0.0
    /// The chance that the next incident falls on a place already seen.
    public private(set) var coverage = 0.0
    /// The median distance from a place to the fourth nearest; nil where the set of places is not closed.
    public internal(set) var spacing: Length?
    /// The effective number of places in an area; nil where areas are not known.
    public internal(set) var placesPerArea: Double?
    /// Per row: metres within which the true place lies, where the row stands at one of the points; NaN elsewhere.
    public private(set) var radius: [Double]

    init(rows: Int) { radius = Array(repeating: .nan, count: rows) }

    /// What a row's grade becomes: ``PrecisionGrade/snapped`` for points that stand for areas, ``PrecisionGrade/crossing`` for
    /// corners; nil where the coordinates are its own.
    public func grade(ofRow row: Int) -> PrecisionGrade? {
        guard radius.indices.contains(row), !radius[row].isNaN else { return nil }
        switch kind {
        case .points: return nil
        case .corners: return .crossing
        case .areas: return .snapped
        }
    }

    /// One sentence with the figures, for a person.
    public var explanation: String {
        let figures = "\(incidents) incidents lie at \(distinctPlaces) distinct places; "
        let again = "the next would fall on one of them with a chance of \((coverage * 1000).rounded() / 10) %"
        let apart = spacing.map { ", and they lie \(Int(min($0.metres, 1e7).rounded())) m apart" } ?? ""
        let perArea = placesPerArea.map { ", effectively \(($0 * 10).rounded() / 10) in an area" } ?? ""
        switch kind {
        case .points: return figures + again + ": the coordinates are the incidents' own"
        case .corners: return figures + again + apart + perArea + ": they are corners of streets"
        case .areas: return figures + again + apart + perArea + ": they stand for areas, not for where it happened"
        }
    }

    mutating func measure(_ places: OccupiedPlaces) {
        incidents = places.incidents
        distinctPlaces = places.places.count
        guard incidents > 0 else { return }
        let all = Double(incidents)
        let alone = places.places.reduce(0) { $0 + ($1.count == 1 ? 1 : 0) }
        coverage = 1 - Double(alone) / all
        effectivePlaces = 1 / places.places.reduce(0) { $0 + Double($1.count) / all * (Double($1.count) / all) }
    }

    /// A place too far from others to have four takes the median of the rest.
    mutating func assign(_ reaches: [Double], of places: OccupiedPlaces) {
        let usual = spacing?.metres ?? 0
        for (place, reach) in zip(places.places, reaches) {
            let metres = (reach.isNaN ? usual : reach) / (kind == .areas ? 1 : 2.0.squareRoot())
            for row in places.rows(of: place) { radius[Int(row)] = max(metres, PositionalUncertainty.floor.metres) }
        }
    }
}

extension OccupiedPlaces {
    /// Only the places that hold several incidents.
    fileprivate func repeated(_ columns: PlaceColumns) -> OccupiedPlaces {
        let kept = places.filter { $0.count > 1 }.flatMap { rows(of: $0) }
        return OccupiedPlaces(columns, rows: kept, degrees: ArtefactDetector.grain)
    }
}
