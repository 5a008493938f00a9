import CivilTime
public import Incidents

/// Hit rates of incidents, all together and by group.
///
/// The groups of one axis never share an incident, and **their incidents always sum to those given**: those without a crime,
/// or in no area that is known, are a group of their own.
public struct HitRates: Sendable {
    private let table: IncidentTable
    private let rows: [Int]

    /// Along what incidents are told apart.
    public enum Axis: Hashable, Sendable {
        case crime
        /// The areas of a level. An incident without coordinates lies in the area that its words name, if any.
        case area(level: String)
        /// Months of local time.
        case month
        /// How the place was found, or why not.
        case method
    }

    /// - Parameter rows: which incidents of the table; nil for all.
    /// - Throws: ``IndicatorError/rowBeyondTable(_:count:)``.
    public init(of table: IncidentTable, rows: [Int]? = nil) throws(IndicatorError) {
        if let row = rows?.first(where: { !table.id.indices.contains($0) }) {
            throw .rowBeyondTable(row, count: table.count)
        }
        self.table = table
        self.rows = rows ?? Array(table.id.indices)
    }

    public var overall: HitRate {
        var rate = HitRate()
        for row in rows { rate.count(isHit: isHit(row)) }
        return rate
    }

    /// - Returns: months in their order; other groups by incidents, most first, ties by key, and the group without a key last.
    /// - Throws: ``IndicatorError/unknownLevel(_:known:)``.
    /// - Complexity: O(rows), and O(groups · log groups).
    public func groups(by axis: Axis) throws(IndicatorError) -> [HitRateGroup] {
        switch axis {
        case .crime:
            return byCode(count: table.categories.count, { Self.code(table.category, $0) }) {
                HitRateGroup(key: table.categories[$0])
            }
        case .area(let level):
            guard let column = table.areas(of: level) else {
                throw .unknownLevel(level, known: table.areas.map(\.level))
            }
            return byCode(count: column.keys.count, { Self.code(column.index, $0) }) {
                HitRateGroup(key: column.keys[$0], boundaryVersion: column.versions[$0])
            }
        case .method:
            let names = PlacementMethod.allCases.sorted { $0.rawValue < $1.rawValue }
            let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
            return byCode(
                count: names.count, { table.method.indices.contains($0) ? places[table.method[$0]] ?? -1 : -1 }
            ) {
                HitRateGroup(key: names[$0].name)
            }
        case .month: return byMonth()
        }
    }

    /// - Parameter code: of a row, −1 for none.
    private func byCode(count: Int, _ code: (Int) -> Int, _ group: (Int) -> HitRateGroup) -> [HitRateGroup] {
        var rates = [HitRate](repeating: HitRate(), count: count + 1)
        for row in rows {
            let place = code(row)
            rates[0..<count ~= place ? place : count].count(isHit: isHit(row))
        }
        var groups = (0..<count).filter { rates[$0].incidents > 0 }.map { place in
            var group = group(place)
            group.rate = rates[place]
            return group
        }
        groups.sort {
            ($1.rate.incidents, $0.key ?? "", $0.boundaryVersion ?? 0)
                < ($0.rate.incidents, $1.key ?? "", $1.boundaryVersion ?? 0)
        }
        if rates[count].incidents > 0 { groups.append(HitRateGroup(key: nil, rate: rates[count])) }
        return groups
    }

    private func byMonth() -> [HitRateGroup] {
        var rates: [Int32: HitRate] = [:]
        var last: (day: Int32, month: Int32)?
        for row in rows where table.localDay.indices.contains(row) {
            let day = table.localDay[row]
            let month =
                last.flatMap { $0.day == day ? $0.month : nil }
                ?? Period(.month, containing: CalendarDate(daysSince1970: day)).index
            last = (day, month)
            rates[month, default: HitRate()].count(isHit: isHit(row))
        }
        return rates.sorted { $0.key < $1.key }.map {
            HitRateGroup(key: Period(.month, index: $0.key).description, rate: $0.value)
        }
    }

    private func isHit(_ row: Int) -> Bool { table.grade.indices.contains(row) && table.grade[row].isHit }

    private static func code(_ column: [Int32], _ row: Int) -> Int {
        column.indices.contains(row) ? Int(column[row]) : -1
    }
}

/// The incidents that share a crime, an area, a month or a method.
public struct HitRateGroup: Hashable, Sendable {
    /// The crime, the area's key, `2024-03`, or the method's word; nil for incidents without one.
    public var key: String?
    /// For people; nil where the key says it, or nobody knows.
    public var name: String?
    /// In which version of the level's boundaries the key means an area; nil for other axes.
    public var boundaryVersion: Int?
    public var rate: HitRate

    /// All fields as given; nothing is checked.
    public init(key: String?, name: String? = nil, boundaryVersion: Int? = nil, rate: HitRate = HitRate()) {
        self.key = key
        self.name = name
        self.boundaryVersion = boundaryVersion
        self.rate = rate
    }
}

extension HitRateGroup: Encodable {
    private enum Key: String, CodingKey {
        case key, name
        case boundaryVersion = "boundary_version"
    }

    /// The members of the rate stand beside those of the group.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(key, forKey: .key)
        try container.encode(name, forKey: .name)
        try container.encode(boundaryVersion, forKey: .boundaryVersion)
        try rate.encode(to: encoder)
    }
}
