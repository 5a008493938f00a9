import Bytes
public import CivilTime

/// The municipalities of one version of a boundary layer, by code and by name within their state.
///
/// Names are no key of their own: over 200 municipalities share theirs with one in another state, and two pairs inside
/// Oaxaca. Areas whose key is not INEGI's five digits are found by that very key, or by a name that no other area has.
public struct MunicipalityDirectory: Sendable {
    /// The number of the layer's version.
    public let version: Int
    /// The days on which the version holds: from, and up to but not including; nil is open.
    public let from: CalendarDate?
    public let to: CalendarDate?

    private var names: [String: (published: String, folded: String)] = [:]
    private var keys: [String: [String]] = [:]
    private var ownKeys: Set<String> = []

    public init(version: Int, from: CalendarDate?, to: CalendarDate?, areas: [(key: String, name: String)]) {
        self.version = version
        self.from = from
        self.to = to
        for area in areas {
            let folded = LabelFolding.fold(area.name)
            names[area.key] = (area.name, folded)
            guard area.key.utf8.count == 5, AreaCode.municipality(area.key, state: nil) != nil else {
                ownKeys.insert(area.key)
                continue
            }
            keys[Self.joined(String(area.key.prefix(2)), folded), default: []].append(area.key)
        }
        for key in keys.keys { keys[key]?.sort() }
    }

    public var count: Int { names.count }

    /// Whether it is the key of an area that is numbered otherwise than by INEGI.
    func hasOwnKey(_ key: String) -> Bool { ownKeys.contains(key) }

    /// The version that holds on a day; otherwise the next to begin after it, otherwise the last.
    static func holding(on day: CalendarDate, among directories: [MunicipalityDirectory]) -> Int? {
        let holding = directories.lastIndex { directory in
            directory.from.map { $0 <= day } ?? true && directory.to.map { day < $0 } ?? true
        }
        return holding
            ?? directories.indices.filter { directories[$0].from.map { $0 > day } ?? false }
            .min { (directories[$0].from ?? day) < (directories[$1].from ?? day) }
            ?? directories.indices.last
    }

    /// As the layer publishes it.
    func name(of key: String) -> String? { names[key]?.published }

    func foldedName(of key: String) -> String? { names[key]?.folded }

    /// The municipalities of a state that bear a name, which is given folded.
    func keys(named folded: String, in state: String) -> [String] { keys[Self.joined(state, folded)] ?? [] }

    /// The municipalities of any state that bear a name.
    func keys(named folded: String) -> [String] {
        names.filter { $0.value.folded == folded }.map(\.key).sorted()
    }

    /// The municipalities of a state whose name begins with the words given, or is the beginning of them.
    /// - Complexity: O(municipalities).
    func keys(sharingBeginningWith folded: String, in state: String) -> [String] {
        guard !folded.isEmpty else { return [] }
        return names.filter { key, name in
            key.hasPrefix(state) && !name.folded.isEmpty
                && (name.folded.hasPrefix(folded + " ") || folded.hasPrefix(name.folded + " "))
        }.map(\.key).sorted()
    }

    func publishedNames(in state: String) -> [String] {
        names.filter { $0.key.hasPrefix(state) }.map(\.value.published).sorted()
    }

    private static func joined(_ state: String, _ folded: String) -> String { "\(state)/\(folded)" }
}
