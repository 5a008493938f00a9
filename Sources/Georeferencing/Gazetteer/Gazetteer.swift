public import Boundaries
import PlaceNames

/// Finds the area that a name means, as reports write it: with its reason, or with the areas that it may mean.
///
/// ## Rule
/// A name means an area where both have the same words, numbers, parts, compass points and AMPLIACION once they are
/// normalised, and no other area in question has an equal claim. Articles, the order of the words, the type of the
/// settlement and what stands in brackets may differ, and so may single letters of words that no area's name has; see
/// ``PlaceRule``. A number, a part or a compass point never differs between a name and the area that it is taken for.
/// The municipality narrows the question, the postal code and the settlement type decide between equals. Whatever falls
/// short of this is ambiguous, with candidates, or unmatched.
///
/// An area belongs to the municipality of its parent, to the one in which it lies, and to those that its attributes
/// name: official assignments and polygons differ for areas on a border.
///
/// ## Example
/// ```swift
/// var search = Gazetteer(layers: [municipalities, colonias]).search()
/// let answer = search.find(PlaceQuery("Col. Del Valle 2a Secc", municipality: "San Pedro"))
/// print(answer.status, answer.area?.id ?? "", answer.rule.explanation)
/// ```
///
/// It is built once and never changes; every thread makes a ``search()`` of its own.
public struct Gazetteer: Sendable {
    let municipalities: MunicipalityIndex
    let municipalityMatcher: NameMatcher
    let levels: [LevelNames]
    /// Per level.
    let aliases: [AliasTable]
    /// Aliases whose municipality, level, version or area is not in the layers; they answer nothing.
    public let unusedAliases: [PlaceAlias]

    /// - Parameters:
    ///   - layers: one version of each level, all of which hold at the same time. Of several of one level the last counts.
    ///   - aliases: a later one replaces an earlier one of the same name and municipality.
    /// - Complexity: O(*n* log *n*) in the bytes of all names, and O(vertices) of the municipality layer.
    public init(layers: [BoundaryLayer], aliases: [PlaceAlias] = []) {
        var reader = PlaceNameReader()
        let municipalityLayer = layers.last { $0.version.level == .municipality }
        var others: [BoundaryLayer] = []
        for layer in layers where layer.version.level != .municipality {
            others.removeAll { $0.version.level == layer.version.level }
            others.append(layer)
        }
        let attributes = others.map { layer in layer.areas.map { AreaAttributes($0, reader: &reader) } }
        let municipalities = MunicipalityIndex(
            municipalityLayer, attributes: attributes.flatMap { $0 }, reader: &reader)
        var levels: [LevelNames] = []
        if let municipalityLayer { levels.append(LevelNames(municipalityLayer, names: municipalities.names)) }
        for (layer, own) in zip(others, attributes) {
            levels.append(LevelNames(layer, own, municipalities, reader: &reader))
        }
        self.municipalities = municipalities
        municipalityMatcher = NameMatcher(municipalities.names, Membership())
        var finder = MunicipalityFinder(municipalities, municipalityMatcher)
        (self.aliases, unusedAliases) = Self.tables(aliases, of: levels, &finder, &reader)
        self.levels = levels
    }

    /// - Returns: a table per level, and the aliases that found no place.
    private static func tables(
        _ aliases: [PlaceAlias], of levels: [LevelNames], _ finder: inout MunicipalityFinder,
        _ reader: inout PlaceNameReader
    ) -> ([AliasTable], [PlaceAlias]) {
        var unused: [PlaceAlias] = []
        var entries = [[AliasTable.Entry]](repeating: [], count: levels.count)
        for alias in aliases {
            let level = levels.firstIndex {
                $0.version.level == alias.level && $0.version.number == alias.version
            }
            let area = level.flatMap { level in
                alias.areaID.map { id in levels[level].ids.firstIndex(of: id) } ?? .some(-1)
            }
            let scope = alias.municipality.map { finder.find(Array($0.utf8), state: nil) } ?? []
            guard let level, let area, alias.municipality == nil || !scope.isEmpty else {
                unused.append(alias)
                continue
            }
            entries[level].append(
                AliasTable.Entry(
                    text: reader.read(alias.name).text, scope: PlaceScope(municipalities: scope),
                    area: Int32(clamping: area)))
        }
        return (entries.map { AliasTable($0) }, unused)
    }

    /// A search of its own buffers: one per thread.
    /// - Parameter source: where the names come from that will be looked for.
    public func search(for source: NameSource = .sameCatalogue) -> GazetteerSearch {
        GazetteerSearch(self, source)
    }
}

/// Whose names reports use, which says how much an equal name proves.
public enum NameSource: String, Hashable, Sendable, Codable, CaseIterable {
    /// The layer's own, as people or the same authority write them: the area of exactly this name is meant.
    case sameCatalogue = "same_catalogue"
    /// Those of another authority's division of the ground, as the prosecutor's names against the electoral institute's
    /// areas. There `MIGUEL HIDALGO` may well be the other's `MIGUEL HIDALGO ORIENTE`, so that even an equal name is
    /// ambiguous while the name stands within that of another area.
    case otherCatalogue = "other_catalogue"
}
