import Boundaries
import PlaceNames
import SimpleFeatures

/// The municipalities by name and code: those of the municipality layer, and those that only areas' attributes name.
struct MunicipalityIndex: Sendable {
    struct Entry: Sendable {
        /// Its position in the municipality layer, or −1.
        var area: Int32
        /// INEGI's code of state and municipality, or 0.
        var code: Int
        /// INEGI's code of the state, or 0.
        var state: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var names: NameIndex
    private var byCode: HashedLists
    private var byID: [String: Int32] = [:]
    private let locator: PointLocator?

    /// - Parameter attributes: of the areas of other levels, whose municipalities the layer may not have.
    init(_ layer: BoundaryLayer?, attributes: [AreaAttributes], reader: inout PlaceNameReader) {
        var texts: [String] = []
        for (number, area) in (layer?.areas ?? []).enumerated() {
            let own = AreaAttributes(area, reader: &reader)
            let code = area.id.utf8.count == 5 ? AreaAttributes.number(area.id) ?? 0 : 0
            let state = code > 0 ? code / 1000 : Self.state(of: area) ?? own.state
            let local = own.municipalityCodes.first { $0 < 1000 } ?? AreaAttributes.number(area.id).map { $0 % 1000 }
            entries.append(
                Entry(
                    area: Int32(clamping: number), code: code > 0 ? code : state > 0 ? state * 1000 + (local ?? 0) : 0,
                    state: state))
            texts.append(area.name)
            byID[area.id] = Int32(clamping: number)
        }
        locator = layer.map { PointLocator($0.areas) }
        var index = NameIndex(names: texts, types: [])
        for text in Set(attributes.flatMap(\.municipalityNames)).sorted() {
            let name = reader.read(text)
            let key = HashedLists.hash(name.text)
            if index.byText.range(of: key).isEmpty {
                entries.append(Entry(area: -1, code: 0, state: 0))
                texts.append(text)
                index = NameIndex(names: texts, types: [])
            }
        }
        names = index
        var codes: [(key: UInt64, value: Int32)] = []
        for (number, entry) in entries.enumerated() where entry.code > 0 {
            codes.append((UInt64(entry.code), Int32(clamping: number)))
            codes.append((Self.local(entry.code), Int32(clamping: number)))
        }
        byCode = HashedLists(codes)
    }

    private static func local(_ code: Int) -> UInt64 { 1_000_000 + UInt64(clamping: code % 1000) }

    private static func state(of area: Area) -> Int? {
        var reader = PlaceNameReader()
        for property in area.properties {
            guard ["nom_ent", "estado", "d_estado", "nom_edo"].contains(property.name.lowercased()),
                let text = property.value.keyText
            else { continue }
            // Read behind another word, so that the reader takes it for the state.
            if let state = reader.read("X, " + text).state { return Int(state.code) }
        }
        return nil
    }

    /// The municipalities of a code: of 4 or 5 digits with the state's, else in any state.
    func entries(ofCode code: Int) -> ArraySlice<Int32> {
        let range = byCode.range(of: code >= 1000 ? UInt64(clamping: code) : Self.local(code))
        return byCode.values[range]
    }

    /// The municipalities to which an area belongs: by its parent, by its place, by its attributes. On a border several.
    func municipalities(of area: Area, _ attributes: AreaAttributes, reader: inout PlaceNameReader) -> [Int32] {
        var found: Set<Int32> = []
        if let parent = area.parentID, let entry = byID[parent] { found.insert(entry) }
        if let locator, let point = area.geometry.interiorPoint {
            let index = locator.locate(point).index
            if index >= 0 { found.insert(index) }
        }
        let states = Set(found.map { entries[Int($0)].state }).union(attributes.state > 0 ? [attributes.state] : [])
        func isPossible(_ entry: Int32) -> Bool {
            states.isEmpty || entries[Int(entry)].state == 0 || states.contains(entries[Int(entry)].state)
        }
        for code in attributes.municipalityCodes {
            let named = entries(ofCode: code).filter(isPossible)
            if named.count == 1 { found.formUnion(named) }
        }
        for text in attributes.municipalityNames {
            let name = reader.read(text)
            for form in names.byText.values[names.byText.range(of: HashedLists.hash(name.text))] {
                let entry = names.forms[Int(form)].area
                if names.text(of: form) == name.text[...], isPossible(entry) { found.insert(entry) }
            }
        }
        return found.sorted()
    }
}
