public import Boundaries
import Bytes
public import CivilTime
import Incidents
public import Privacy

/// What whoever has no token may know of one state of a store: decided once, asked any number of times.
///
/// Everything public is taken from the ``release`` of a gate, and comes as `Published`; the incidents themselves stay inside.
/// Places come from the store's boundaries and offences from its taxonomy, never from its incidents: offences that no rule
/// knows are counted in totals only, those whose words are sensitive with the sensitive ones.
public struct PublicCity: Sendable {
    public let gate: Gate
    /// Every public figure.
    public let release: PublicRelease
    let snapshot: StoreSnapshot
    let columns: LatticeColumns

    /// - Parameters:
    ///   - snapshot: whole, and as of now.
    ///   - gate: of whose lattice a finest level that the store has not is left out.
    ///   - today: the local day.
    /// - Throws: `TaxonomyError` where the store's rules name what is not there.
    /// - Complexity: O(incidents + areas · months); 16 bytes an incident stay in memory.
    public init(of snapshot: StoreSnapshot, gate: Gate = Gate(), today: CalendarDate) throws {
        var gate = gate
        let levels = Set(snapshot.layers.map(\.version.level))
        if let finest = gate.lattice.finest, !levels.contains(finest) { gate.lattice.finest = nil }
        let axes = LatticeAxes(
            municipalities: Self.municipalities(of: snapshot, gate.lattice),
            categories: try Self.categories(of: snapshot, gate))
        self.gate = gate
        self.snapshot = snapshot
        columns = LatticeColumns(of: snapshot.table, on: axes, gate)
        release = try gate.release(
            of: columns, on: axes, today: today,
            through: WholeMonths.publicEnd(of: snapshot.table, snapshot.imports()).flatMap(WholeMonths.last(through:)))
    }

    /// The levels by which there are counts, the coarse one first.
    public var levels: [Level] {
        [gate.lattice.coarse, gate.lattice.finest].compactMap(\.self).filter { level in
            snapshot.layers.contains { $0.version.level == level }
        }
    }

    /// The labels that can be asked for.
    public var categories: [String] {
        release.axes.categories.filter { $0.treatment != .withheld }.map(\.label)
    }

    /// Offences of which no rule knows the label, but whose words are sensitive, or withheld.
    static let furtherSensitive = "otros delitos sensibles"
    static let furtherWithheld = "delitos reservados"

    private static func municipalities(of snapshot: StoreSnapshot, _ lattice: PublicLattice) -> [LatticeAxes
        .Municipality]
    {
        var areas: [String: [AreaKey]] = [:]
        for layer in snapshot.layers
        where layer.version.level == lattice.finest && layer.version.parentLevel == lattice.coarse {
            for area in layer.areas {
                guard let parent = area.parentID else { continue }
                areas[parent, default: []].append(AreaKey(area.id, version: layer.version.number))
            }
        }
        return snapshot.layers.filter { $0.version.level == lattice.coarse }.flatMap { layer in
            layer.areas.map {
                .init(AreaKey($0.id, version: layer.version.number), areas: areas[$0.id] ?? [])
            }
        }
    }

    static func categories(of snapshot: StoreSnapshot, _ gate: Gate) throws -> [LatticeAxes.Category] {
        let mapping = try TaxonomyCatalogue(of: snapshot).mapping
        var labels: [String: (label: String, isFlagged: Bool)] = [:]
        for record in snapshot.imports() {
            let profile = SourceLabel.profileName(record.profile)
            for known in mapping.knownLabels(profile: profile, source: record.source) {
                let folded = LabelFolding.fold(known.label)
                let before = labels[folded]
                labels[folded] = (before?.label ?? known.label, known.isSensitive || before?.isFlagged ?? false)
            }
        }
        return gate.categories(labels.values.sorted { $0.label < $1.label })
            + [.init(furtherSensitive, .byMunicipalityAndMonth), .init(furtherWithheld, .withheld)]
    }
}

extension LatticeColumns {
    /// Every incident of a table as the gate needs it.
    /// - Complexity: O(incidents).
    fileprivate init(of table: IncidentTable, on axes: LatticeAxes, _ gate: Gate) {
        self.init()
        let municipalities = Self.places(of: table.areas(of: gate.lattice.coarse.name), axes)
        let areas = gate.lattice.finest.flatMap { table.areas(of: $0.name) }
        let members = Self.members(of: areas, axes)
        let categories = Self.categories(of: table.categories, axes, gate.sensitive)
        var months: [Int32: Int32] = [:]
        municipality.reserveCapacity(table.count)
        area.reserveCapacity(table.count)
        category.reserveCapacity(table.count)
        month.reserveCapacity(table.count)
        for row in 0..<table.count {
            let place = municipalities(row)
            municipality.append(place)
            let key = areas.map { Int($0.index[row]) } ?? -1
            area.append(members.indices.contains(key) ? members[key][place] ?? -1 : -1)
            let label = Int(table.category[row])
            category.append(categories.indices.contains(label) ? categories[label] : -1)
            let day = table.localDay[row]
            if let known = months[day] {
                month.append(known)
            } else {
                let index = Period(.month, containing: CalendarDate(daysSince1970: day)).index
                months[day] = index
                month.append(index)
            }
        }
    }

    /// Per row the municipality among the axes, −1 for none.
    private static func places(of column: AreaColumn?, _ axes: LatticeAxes) -> (Int) -> Int32 {
        guard let column else { return { _ in -1 } }
        let known = Dictionary(
            axes.municipalities.enumerated().map { ($1.key, Int32(clamping: $0)) }, uniquingKeysWith: { $1 })
        let places = zip(column.keys, column.versions).map { known[AreaKey($0, version: $1)] ?? -1 }
        return { row in
            let key = Int(column.index[row])
            return places.indices.contains(key) ? places[key] : -1
        }
    }

    /// Per key of the finest level where its area stands in each municipality that has it.
    private static func members(of column: AreaColumn?, _ axes: LatticeAxes) -> [[Int32: Int32]] {
        guard let column else { return [] }
        var known: [AreaKey: [Int32: Int32]] = [:]
        for (place, municipality) in axes.municipalities.enumerated() {
            for (index, key) in municipality.areas.enumerated() {
                known[key, default: [:]][Int32(clamping: place)] = Int32(clamping: index)
            }
        }
        return zip(column.keys, column.versions).map { known[AreaKey($0, version: $1)] ?? [:] }
    }

    private static func categories(
        of labels: [String], _ axes: LatticeAxes, _ sensitive: SensitiveCategories
    ) -> [Int32] {
        let known = Dictionary(
            axes.categories.enumerated().map { (LabelFolding.fold($1.label), Int32(clamping: $0)) },
            uniquingKeysWith: { $1 })
        return labels.map { label in
            if let place = known[LabelFolding.fold(label)] { return place }
            switch sensitive.treatment(of: label) {
            case .ordinary: return -1
            case .byMunicipalityAndMonth: return known[LabelFolding.fold(PublicCity.furtherSensitive)] ?? -1
            case .withheld: return known[LabelFolding.fold(PublicCity.furtherWithheld)] ?? -1
            }
        }
    }
}
