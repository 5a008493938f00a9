import Boundaries
import PlaceNames

/// One level of a gazetteer: the names of its areas, and what else tells them apart.
final class LevelNames: Sendable {
    let version: BoundaryVersion
    let ids: [String]
    let names: NameIndex
    let membership: Membership
    /// Per area; 0 for unknown.
    let postalCodes: [Int32]
    let byPostalCode: HashedLists
    /// Per area, of its name or else its attributes.
    let types: [UInt8]

    init(
        _ layer: BoundaryLayer, _ attributes: [AreaAttributes], _ municipalities: MunicipalityIndex,
        reader: inout PlaceNameReader
    ) {
        version = layer.version
        ids = layer.areas.map(\.id)
        let attributeTypes = attributes.map(\.settlementType)
        names = NameIndex(names: layer.areas.map(\.name), types: attributeTypes)
        var lists: [[Int32]] = []
        for (area, own) in zip(layer.areas, attributes) {
            lists.append(municipalities.municipalities(of: area, own, reader: &reader))
        }
        membership = Membership(lists)
        postalCodes = attributes.map(\.postalCode)
        byPostalCode = HashedLists(
            postalCodes.enumerated().filter { $1 > 0 }.map { (UInt64($1), Int32(clamping: $0)) })
        var types = attributeTypes
        for form in names.forms where form.kind == .whole { types[Int(form.area)] = form.settlementType }
        self.types = types
    }

    /// The names of the municipalities themselves.
    init(_ layer: BoundaryLayer, names: NameIndex) {
        version = layer.version
        ids = layer.areas.map(\.id)
        self.names = names
        membership = Membership()
        postalCodes = []
        byPostalCode = HashedLists([])
        types = []
    }

    func reference(_ area: Int32) -> AreaReference {
        AreaReference(level: version.level, version: version.number, index: area, id: ids[Int(area)])
    }
}

/// What people write for areas that are called otherwise.
struct AliasTable: Sendable {
    struct Entry: Sendable {
        var text: [UInt8]
        var scope: PlaceScope
        /// −1 where the name is no place.
        var area: Int32
    }

    private var entries: [Entry] = []
    private var byText = HashedLists([])

    init() {}

    init(_ entries: [Entry]) {
        self.entries = entries
        byText = HashedLists(entries.enumerated().map { (HashedLists.hash($1.text), Int32(clamping: $0)) })
    }

    /// The alias of a name: that of the municipality before that of any; the last of several.
    func entry(for name: PlaceName, in scope: PlaceScope) -> Entry? {
        if entries.isEmpty { return nil }
        var best: Entry?
        for index in byText.range(of: HashedLists.hash(name.text)) {
            let entry = entries[Int(byText.values[index])]
            guard entry.text == name.text else { continue }
            let isLocal = !entry.scope.municipalities.isEmpty
            if isLocal, !scope.municipalities.contains(where: { entry.scope.municipalities.contains($0) }) { continue }
            if isLocal || best?.scope.municipalities.isEmpty != false { best = entry }
        }
        return best
    }
}
