import Boundaries
import CrimeMapping

/// A level of the store by its name.
enum LevelQuery {
    /// - Throws: ``Problem`` 404 for a level that the store has not.
    static func level(_ name: String, _ snapshot: StoreSnapshot) throws -> Level {
        let known = Set(snapshot.boundaryVersions().map(\.level.name))
        guard let level = Level(name), known.contains(level.name) else {
            throw Problem.notFound(
                "the level must be one of \(known.sorted().joined(separator: ", ")), but is \"\(name.prefix(40))\"")
        }
        return level
    }
}
