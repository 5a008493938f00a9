public import Boundaries
import Bytes
import SimpleFeatures

/// Finds areas by what people write: accents and capitals aside, words by their beginnings.
public struct AreaSearch: Sendable {
    /// What is looked for: `col. del valle`.
    public var words: String
    /// nil for all levels.
    public var level: Level?
    /// The most areas to find.
    public var limit: Int

    public init(_ words: String, level: Level? = nil, limit: Int = 10) {
        self.words = words
        self.level = level
        self.limit = limit
    }

    /// An area that was found.
    public struct Hit: Hashable, Sendable, Encodable {
        public var level: String
        public var areaID: String
        public var areaName: String
        /// The area of the parent level that holds it, where that is known.
        public var parentName: String?
        /// West, south, east and north, in degrees.
        public var box: [Double]

        private enum CodingKeys: String, CodingKey {
            case level, box
            case areaID = "area_id"
            case areaName = "area_name"
            case parentName = "parent_name"
        }
    }

    /// Names that begin with the words come first, then those with words that do; short ones before long ones.
    /// - Throws: the store's errors.
    /// - Complexity: O(areas).
    public func run(in store: any BoundarySource) throws -> [Hit] {
        let wanted = LabelFolding.fold(words)
        let parts = wanted.split(separator: " ")
        guard !parts.isEmpty, limit > 0 else { return [] }
        var found: [(rank: Int, length: Int, hit: Hit)] = []
        let names = Set(try store.boundaryVersions().map(\.level.name)).sorted()
        for name in names where level == nil || level?.name == name {
            guard let version = try store.boundaryVersions().filter({ $0.level.name == name }).last else { continue }
            let parents = try Self.names(of: version.parentLevel, in: store)
            for area in try store.boundaryLayer(version.level, number: version.number).areas {
                let folded = LabelFolding.fold(area.name)
                guard let rank = Self.rank(folded, area.id, wanted, parts) else { continue }
                let box = area.geometry.envelope
                found.append(
                    (
                        rank, folded.utf8.count,
                        Hit(
                            level: name, areaID: area.id, areaName: area.name,
                            parentName: area.parentID.flatMap { parents[$0] },
                            box: [box.minX, box.minY, box.maxX, box.maxY])
                    ))
            }
        }
        return found.sorted {
            ($0.rank, $0.length, $0.hit.areaName, $0.hit.areaID) < ($1.rank, $1.length, $1.hit.areaName, $1.hit.areaID)
        }.prefix(limit).map(\.hit)
    }

    /// The lower the better; nil for none.
    private static func rank(_ name: String, _ id: String, _ wanted: String, _ parts: [Substring]) -> Int? {
        if name == wanted || LabelFolding.fold(id) == wanted { return 0 }
        if name.hasPrefix(wanted) { return 1 }
        let words = name.split(separator: " ")
        return parts.allSatisfy { part in words.contains { $0.hasPrefix(part) } } ? 2 : nil
    }

    static func names(of level: Level?, in store: any BoundarySource) throws -> [String: String] {
        guard let level, let version = try store.boundaryVersions().filter({ $0.level == level }).last else {
            return [:]
        }
        let areas = try store.boundaryLayer(level, number: version.number).areas
        return Dictionary(areas.map { ($0.id, $0.name) }) { first, _ in first }
    }
}
