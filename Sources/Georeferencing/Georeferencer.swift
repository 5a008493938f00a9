public import Boundaries
public import CivilTime
public import Geodesy
public import Incidents
public import PlaceNames
public import SimpleFeatures

/// Finds where something happened from the words of its report, and says how well that is known.
///
/// ## Order
/// What places a report most closely decides:
/// 1. a crossing, address, kilometre or landmark that a street table has;
/// 2. the colonia, by the label of its own or the one that the address names;
/// 3. the postal code; 4. the municipality.
///
/// A name that several areas answer to is *ambiguous*, whatever coarser place is known: the report keeps its candidates,
/// and its municipality where they all lie in one. A colonia that nobody knows leaves the report in its municipality, which
/// is no hit. Words are read by the boundaries that held on the day of the incident.
///
/// One georeferencer serves a whole import: it remembers the answers to labels. A georeferencer belongs to one thread.
public final class Georeferencer {
    private let layers: [BoundaryLayer]
    private let aliases: [PlaceAlias]
    private let streetPlaces: [StreetPlace]
    private lazy var streets = streetPlaces.isEmpty ? nil : StreetIndex(streetPlaces)
    /// Whose names the words are taken for.
    public private(set) var source: NameSource
    private let geodesic: Geodesic
    private var editions: [[Int]: Edition] = [:]
    private var gazetteers: [[Int]: Gazetteer] = [:]

    /// - Parameter layers: any versions of any levels.
    /// - Parameter source: whose names the words use.
    /// - Complexity: O(1): what words need is made when they are first asked.
    public init(
        layers: [BoundaryLayer], aliases: [PlaceAlias] = [], streets: [StreetPlace] = [],
        source: NameSource = .sameCatalogue
    ) throws(GeodesyError) {
        self.layers = layers.sorted {
            ($0.version.level.name, $0.version.number) < ($1.version.level.name, $1.version.number)
        }
        self.aliases = aliases
        streetPlaces = streets
        self.source = source
        geodesic = try Geodesic()
    }

    /// Looks at labels of a file and takes its words for the layers' own names or another catalogue's.
    ///
    /// - Parameter labels: different ones, some hundreds at least.
    @discardableResult
    public func survey(_ labels: some Sequence<PlaceWords>) -> NameSurvey {
        takeNames(from: .sameCatalogue)
        var survey = NameSurvey()
        for words in labels {
            if let label = words.colonia {
                survey.count(
                    edition(on: nil).find(PlaceQuery(label, municipality: words.municipality, level: .colonia)))
            } else if let answer = find(words).colonia {
                survey.count(answer)
            }
        }
        takeNames(from: survey.source)
        return survey
    }

    private func takeNames(from source: NameSource) {
        guard source != self.source else { return }
        self.source = source
        editions.removeAll()
    }

    /// - Parameter day: the day of the incident; nil takes the boundaries that hold longest.
    public func find(_ words: PlaceWords, on day: CalendarDate? = nil) -> PlaceFinding {
        let edition = edition(on: day)
        // Without a street table the place's text only adds a postal code, which a label that is clear does not need.
        if streetPlaces.isEmpty, words.place != nil, words.colonia != nil, words.municipality != nil {
            let labels = PlaceWords(colonia: words.colonia, municipality: words.municipality)
            let finding = find(labels, in: edition)
            if finding.outcome == .placed, finding.grade == .colonia { return finding }
        }
        return find(words, in: edition)
    }

    private func find(_ words: PlaceWords, in edition: Edition) -> PlaceFinding {
        edition.remembered(words) {
            var question = Question(words: words, edition: edition, streets: streets)
            return question.finding()
        }
    }

    /// The areas of the boundaries of a day that hold a place, one a level, in the order of the levels' names.
    public func areas(around place: LonLat, on day: CalendarDate? = nil) -> [AreaReference] {
        edition(on: day).areas(around: place)
    }

    /// The areas whose names look most like one that no rule takes for theirs, for a person to choose from.
    /// - Parameter municipality: its areas come first.
    /// - Complexity: O(areas) at most, after an index has been made.
    public func nearest(
        to name: String, in level: Level, municipality: AreaReference? = nil, on day: CalendarDate? = nil,
        limit: Int = 3
    ) -> [NearName] {
        edition(on: day).nearest(to: name, in: level, municipality: municipality, limit: limit)
    }

    /// The name of an area as published.
    public func name(of area: AreaReference) -> String {
        let layer = layers.first { $0.version.level == area.level && $0.version.number == area.version }
        guard let areas = layer?.areas, areas.indices.contains(Int(area.index)) else { return area.id }
        return areas[Int(area.index)].name
    }

    private func edition(on day: CalendarDate?) -> Edition {
        let held = held(on: day)
        if let known = editions[held] { return known }
        let edition = Edition(
            layers: held.map { layers[$0] }, gazetteer: gazetteer(of: held), source: source, geodesic: geodesic)
        editions[held] = edition
        return edition
    }

    private func gazetteer(of held: [Int]) -> Gazetteer {
        if let known = gazetteers[held] { return known }
        let gazetteer = Gazetteer(layers: held.map { layers[$0] }, aliases: aliases)
        gazetteers[held] = gazetteer
        return gazetteer
    }

    /// The layers of the boundaries that hold on a day; without one, of those that hold longest.
    private func held(on day: CalendarDate?) -> [Int] {
        layers.indices.filter { index in
            let version = layers[index].version
            if let day { return version.validity.contains(day) }
            return !layers.contains {
                $0.version.level == version.level && $0.version.number != version.number
                    && $0.version.validity.holdsLonger(than: version.validity)
            }
        }
    }
}

/// What a report says in words about where it happened, as written.
public struct PlaceWords: Hashable, Sendable {
    public var colonia: String?
    public var municipality: String?
    /// Street, crossing, landmark, or everything in one.
    public var place: String?

    public init(colonia: String? = nil, municipality: String? = nil, place: String? = nil) {
        self.colonia = colonia
        self.municipality = municipality
        self.place = place
    }

    public var isEmpty: Bool { colonia == nil && municipality == nil && place == nil }
}

/// Where the words of a report say that it happened.
public struct PlaceFinding: Sendable {
    public var outcome = Outcome.unplaced
    public var method = PlacementMethod.unknownPlace
    public var grade = PrecisionGrade.none
    /// Where it is put on the map; nil where nothing is known, or several places are meant.
    public var place: LonLat?
    /// Metres within which the true place lies; NaN without a place.
    public var uncertainty = Double.nan
    /// The areas that are known by name, at most one a level.
    public var areas: [AreaReference] = []
    /// What the gazetteer said of the colonia; nil where it was not asked.
    public var colonia: PlaceAnswer?
    /// What the gazetteer said of the municipality; nil where none was given.
    public var municipality: PlaceAnswer?
    /// What the street table said; nil where it was not asked.
    public var street: StreetAnswer?
    /// How the words of the place were read.
    public var address: Address?

    /// The areas that may be meant, the best first, where the finding is ambiguous.
    public var candidates: [PlaceCandidate] { outcome == .ambiguous ? colonia?.candidates ?? [] : [] }
}

extension Validity {
    fileprivate func holdsLonger(than other: Validity) -> Bool {
        guard let end = other.to else { return false }
        return to.map { $0 > end } ?? true
    }
}
