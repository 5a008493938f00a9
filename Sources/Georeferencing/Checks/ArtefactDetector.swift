public import Incidents
public import SimpleFeatures

/// Finds places at which reports pile up for another reason than that they happened there: default points, the prosecutor's
/// office, a hospital, a police station.
///
/// A place is a set of equal coordinates, both rounded to 1e-5 degrees (a metre): what a file repeats, it repeats to the digit
/// it prints. What is left is looked at once more in blocks of 3e-4 degrees (30 m), since some publishers scatter a repeated
/// place by a few metres.
///
/// ## Hypothesis
/// That a place is honest: many incidents happened there. Counts at places are heavy-tailed, and honest malls and stations hold
/// hundreds, so *many* is needed but never enough. A place is reported where it
/// 1. holds at least ``leastIncidents`` and ``leastShare`` of all incidents,
/// 2. holds more than the ``neighbours`` nearest occupied places make likely (negative binomial with their mean and variance, the
///    largest twentieth of them left out), at ``significance`` over all places (for the first two signs at each place), and
/// 3. shows at least one sign that honest places do not show, each at ``significance`` over all places that came so far:
///    - `area_centre`: it is a suspect point, within ``suspectTolerance``; a block is, within 15 m, where more of the large blocks
///      are than would be if they lay there as often as small ones (binomial). Where a fifth of the places are, the whole file
///      is drawn to such points, which is for ``PositionalDiversity`` to say, and this sign says nothing.
///    - `round_coordinates`: its coordinates end in zeros, as those of hardly any other place do.
///    - `no_hour`: of its incidents more are at 12:00, at 0:00 or without a time than elsewhere of the same crimes (binomial),
///      and by at least ``leastExcess`` of them: nobody was there when it happened; it is where the paper was signed.
///    - `all_crimes`: its crimes have the city's proportions, and not the narrow mix of an honest place, by the ratio of
///      Dirichlet-multinomial likelihoods; how narrow the mix of the least particular honest places is, the file's other places say.
///    - `pile`: it is one of the five largest, which tower over the rest as a Pareto tail hardly ever lets them, and it has no
///      crimes of its own that speak for it.
///
/// ## What it cannot know
/// A default point that takes one crime only, at known hours, off every suspect point, looks like a hot place. An office in whose
/// building much really happens loses that as well. Places of fewer than ``leastIncidents`` are not looked at. Signs are not
/// proof: the result is for a person to look through, and for maps to leave out; totals keep every incident.
///
/// ## Source
/// Negative binomial: Anscombe (1949). Bonferroni's bound. Rényi (1953) and Hill (1975) for the tail. Hoeffding (1956): the
/// binomial bounds the tail of trials with unequal chances.
public struct ArtefactDetector: Hashable, Codable, Sendable {
    /// No place with fewer is looked at.
    public var leastIncidents = 10
    /// No place with a smaller share of the incidents that have a place: one in five thousand.
    public var leastShare = 0.0002
    /// The chance that an honest file has a place with a given sign.
    public var significance = 0.01
    /// How many occupied places around say what is usual there.
    public var neighbours = 50
    /// How near a place must be to a suspect point to be it.
    public var suspectTolerance = Length.metres(2)
    /// By what share of its incidents a place must have more without an hour than is usual.
    public var leastExcess = 0.25

    /// The usual values.
    public init() {}

    /// - Parameter suspects: points at which default coordinates are known to be put: see ``SuspectPoint``.
    /// - Returns: the same places for the same rows, in whatever order these come.
    /// - Complexity: O(*n* log *n*), and √places for each place that holds enough.
    public func findings(in columns: PlaceColumns, suspects: [SuspectPoint] = []) -> ArtefactFindings {
        var findings = ArtefactFindings()
        var rows = columns.placedRows
        findings.incidents = rows.count
        let exact = OccupiedPlaces(columns, rows: rows, degrees: Self.grain)
        findings.distinctPlaces = exact.places.count
        add(examine(exact, columns, suspects, isScattered: false), to: &findings)

        let taken = Set(findings.rows)
        rows.removeAll { taken.contains(Int($0)) }
        let blocks = OccupiedPlaces(columns, rows: rows, degrees: Self.grain * 10).mergedBlocks(columns)
        add(examine(blocks, columns, suspects, isScattered: true), to: &findings)
        findings.sort()
        return findings
    }

    /// A metre, in degrees: the fifth decimal.
    static let grain = 1e-5

    private func add(_ found: [(place: ArtefactPlace, rows: ArraySlice<Int32>)], to findings: inout ArtefactFindings) {
        for (place, rows) in found {
            var place = place
            place.share = Double(place.incidents) / Double(max(1, findings.incidents))
            findings.found.append((place, rows.map { Int($0) }))
        }
    }

    private func examine(
        _ places: OccupiedPlaces, _ columns: PlaceColumns, _ suspects: [SuspectPoint], isScattered: Bool
    ) -> [(place: ArtefactPlace, rows: ArraySlice<Int32>)] {
        let least = max(Double(leastIncidents), leastShare * Double(places.incidents))
        let large = places.places.indices.filter { Double(places.places[$0].count) >= least }
        let candidates =
            large.map { index in
                let usual = UsualCount(places, around: index, neighbours: neighbours)
                return (index: index, usual: usual, chance: usual.chance(ofAtLeast: places.places[index].count))
            }
            .filter { $0.chance < significance }
        let unusual = candidates.filter { $0.chance * Double(places.places.count) < significance }.map(\.index)
        let signs = ArtefactSigns(
            detector: self, places: places, columns: columns, suspects: suspects, large: large,
            unusual: Set(unusual), isScattered: isScattered)
        return candidates.compactMap { index, usual, _ in
            let shown = signs.shown(by: index)
            guard let first = shown.first else { return nil }
            return (
                artefact(places.places[index], usual, reason: first.word, signs: shown.map(\.sentence), isScattered),
                places.rows(of: places.places[index])
            )
        }
    }

    private func artefact(
        _ place: OccupiedPlaces.Place, _ usual: UsualCount, reason: String, signs: [String], _ isScattered: Bool
    ) -> ArtefactPlace {
        let expected = (usual.mean * 10).rounded() / 10
        let extent = isScattered ? "within 25 m of each other" : "at one place"
        return ArtefactPlace(
            longitude: place.position.longitude, latitude: place.position.latitude, incidents: place.count, share: 0,
            expected: usual.mean, reason: reason,
            explanation: "\(place.count) incidents \(extent), where the places around hold \(expected) on average; "
                + signs.joined(separator: "; "))
    }
}

/// A point at which default coordinates are known to be put.
public struct SuspectPoint: Hashable, Sendable {
    public var place: LonLat
    /// For the explanation: `the centre of the colonia DOCTORES`, `the office of the prosecutor`.
    public var name: String

    public init(place: LonLat, name: String) {
        self.place = place
        self.name = name
    }
}

/// The places that cannot be chance, and the incidents at them.
public struct ArtefactFindings: Sendable {
    /// Most incidents first.
    public var places: [ArtefactPlace] { found.map(\.place) }
    /// The rows of all of them, ascending.
    public var rows: [Int] { found.flatMap(\.rows).sorted() }
    /// How many incidents have a place, and how many distinct places they have.
    public internal(set) var incidents = 0
    public internal(set) var distinctPlaces = 0
    /// Each place with its rows.
    public internal(set) var found: [(place: ArtefactPlace, rows: [Int])] = []

    mutating func sort() {
        for index in found.indices { found[index].rows.sort() }
        found.sort {
            ($1.place.incidents, $0.place.longitude, $0.place.latitude)
                < ($0.place.incidents, $1.place.longitude, $1.place.latitude)
        }
    }
}
