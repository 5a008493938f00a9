public import Boundaries
import CivilTime
public import Georeferencing
public import Incidents
import PlaceNames

/// The names that reports give for where they happened and that no area answers to, or that several do: what a person could
/// answer. Most incidents first.
///
/// Words that say that no place is known are none of them, nor are streets.
public struct OpenNames: Sendable {
    public private(set) var names: [OpenName] = []
    /// Incidents whose name the store can answer by now: `faro assign` has not been run since it could.
    public private(set) var answeredIncidents = 0

    /// No names.
    init() {}

    /// - Parameters:
    ///   - candidates: how many of the names get candidates; nil for all.
    /// - Throws: the store's errors.
    /// - Complexity: O(incidents), and O(areas) a name for its candidates.
    public init(
        of store: any IncidentStore & BoundaryStore & GazetteerStore, candidates: Int? = nil,
        control: JobControl = .silent
    ) throws {
        try self.init(of: store, layers: try store.allBoundaryLayers(), candidates: candidates, control: control)
    }

    init(
        of store: any IncidentStore & BoundaryStore & GazetteerStore, layers: [BoundaryLayer], candidates: Int?,
        control: JobControl = .silent
    ) throws {
        let versions = layers.map(\.version).filter { $0.level == .colonia }
        guard !versions.isEmpty else { return }
        let georeferencer = try Georeferencer(layers: layers, store: store)
        let asked = try AskedWords(of: store)
        try control.stopIfCancelled("nothing was written")
        georeferencer.survey(asked.labels)
        var found: [OpenName.Key: OpenName] = [:]
        for (question, count) in asked.questions {
            let day = CalendarDate(daysSince1970: question.day)
            guard let version = versions.first(where: { $0.validity.contains(day) }) else { continue }
            let finding = georeferencer.find(question.words, on: day)
            guard let key = OpenName.Key(question.words, finding, version: version.number) else {
                if finding.grade <= .colonia { answeredIncidents += count }
                continue
            }
            var name = found[key] ?? OpenName(key, day: day)
            name.add(count, finding, names: georeferencer)
            found[key] = name
        }
        names = found.values.sorted {
            ($1.count, $0.name, $0.municipality ?? "", $0.version)
                < ($0.count, $1.name, $1.municipality ?? "", $1.version)
        }
        for index in names.indices.prefix(candidates ?? .max) where names[index].candidates.isEmpty {
            names[index].findNearest(georeferencer)
        }
    }

    /// Names that no area answers to.
    public var unmatched: Int { names.lazy.filter { $0.status == .unmatched }.count }
    /// Names that several areas answer to, or one that nothing confirms.
    public var ambiguous: Int { names.count - unmatched }
    /// The incidents of all names.
    public var incidents: Int { names.reduce(0) { $0 + $1.count } }
}

/// One name that nobody has answered.
public struct OpenName: Sendable {
    /// As reports write it.
    public var name: String
    /// The municipality as reports write it; nil where they do not.
    public var municipality: String?
    /// In which level its area is looked for, and in which version of it.
    public var level = Level.colonia
    public var version: Int
    /// Whether several areas answer to it, or none.
    public var status = PlaceStatus.unmatched
    public var count = 0
    /// The areas that may be meant, or whose names look most like it; the best first, at most three.
    public var candidates: [Candidate] = []
    private var municipalityArea: AreaReference?
    private let day: CalendarDate

    /// An area that a person may choose.
    public struct Candidate: Hashable, Sendable, Encodable {
        public var id: String
        public var name: String
        /// How alike the names are, 0 to 1. It is no probability.
        public var score: Double
    }

    static let longestList = 3

    fileprivate struct Key: Hashable {
        var name: String
        var municipality: String?
        var version: Int

        /// nil where there is nothing to answer.
        init?(_ words: PlaceWords, _ finding: PlaceFinding, version: Int) {
            guard let answer = finding.colonia, answer.status != .match, answer.unknown == nil,
                answer.rule != .aliasOfNoPlace, finding.grade > .colonia,
                let name = words.colonia ?? finding.address?.colonia?.text ?? words.place
            else { return nil }
            self.name = name
            municipality = words.municipality ?? finding.address?.municipality?.text
            self.version = version
        }
    }

    fileprivate init(_ key: Key, day: CalendarDate) {
        name = key.name
        municipality = key.municipality
        version = key.version
        self.day = day
    }

    /// Counts incidents that say the name. Others of the same name may add what tells of it: a postal code.
    fileprivate mutating func add(_ incidents: Int, _ finding: PlaceFinding, names: Georeferencer) {
        count += incidents
        municipalityArea = municipalityArea ?? finding.colonia?.municipality
        guard candidates.isEmpty, finding.colonia?.status == .ambiguous else { return }
        status = .ambiguous
        candidates = (finding.colonia?.candidates ?? []).prefix(Self.longestList).map {
            Candidate(id: $0.area.id, name: names.name(of: $0.area), score: $0.score)
        }
    }

    fileprivate mutating func findNearest(_ names: Georeferencer) {
        candidates = names.nearest(
            to: name, in: level, municipality: municipalityArea, on: day, limit: Self.longestList
        ).map { Candidate(id: $0.area.id, name: names.name(of: $0.area), score: $0.score) }
    }
}

extension OpenName: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, municipality, level, status, count, candidates
        case version = "boundary_version"
    }

    /// Writes every member, so that none stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(municipality, forKey: .municipality)
        try container.encode(level, forKey: .level)
        try container.encode(version, forKey: .version)
        try container.encode(status, forKey: .status)
        try container.encode(count, forKey: .count)
        try container.encode(candidates, forKey: .candidates)
    }
}

extension PlacementMethod {
    /// Whether words were asked and named no closer place than an answer could.
    static let open: Set<PlacementMethod> = [.severalPlaces, .unknownPlace, .postalCode, .municipalityName]
}

/// What the reports of a store say of where they happened, told apart by what the answer may depend on.
private struct AskedWords {
    struct Question: Hashable {
        var words: PlaceWords
        /// The last day up to the incident's on which boundaries changed: all days from there on have the same.
        var day: Int32
    }

    /// How many incidents ask each.
    private var open: [Question: Int] = [:]
    /// Different labels of reports without coordinates of their own, which say whose names they are.
    private(set) var labels: Set<PlaceWords> = []
    private static let enoughLabels = 5_000

    /// In an order that depends on nothing but themselves.
    var questions: [(key: Question, value: Int)] {
        open.sorted { a, b in
            let (one, other) = (a.key.words, b.key.words)
            return (one.colonia ?? "", one.municipality ?? "", one.place ?? "", a.key.day)
                < (other.colonia ?? "", other.municipality ?? "", other.place ?? "", b.key.day)
        }
    }

    init(of store: any IncidentStore & BoundaryStore) throws {
        let versions = try store.boundaryVersions()
        // Days on which some version begins or ends: between them words mean the same.
        let edges = Set(versions.flatMap { [$0.validity.from, $0.validity.to] }.compactMap { $0?.daysSince1970 })
            .sorted()
        let current = Set(try store.imports().lazy.filter { $0.state == .complete }.map(\.id))
        try store.places { place in
            guard current.contains(place.incident >> 32), !place.method.isCoordinates else { return }
            if labels.count < Self.enoughLabels, let colonia = place.coloniaLabel {
                labels.insert(PlaceWords(colonia: colonia, municipality: place.municipalityLabel))
            }
            guard PlacementMethod.open.contains(place.method), place.coloniaLabel != nil || place.placeText != nil
            else {
                return
            }
            let words = PlaceWords(
                colonia: place.coloniaLabel, municipality: place.municipalityLabel, place: place.placeText)
            let day = edges.last { $0 <= place.localDay } ?? Int32.min
            open[Question(words: words, day: max(day, Self.firstDay)), default: 0] += 1
        }
    }

    /// Before any boundary: the first day of the calendar.
    private static let firstDay: Int32 = -719_162
}
