import Boundaries
import CrimeMapping
import HTTPTypes
import Privacy

extension FaroServer {
    /// Prepares the areas' tiles for whoever opens the map first: no other part of a first view takes as long.
    func prepareFirstView() async {
        guard options.mapFiles != nil else { return }
        let snapshot = live.current
        for level in Set(snapshot.boundaryVersions().map(\.level.name)).sorted() {
            let route = TileRoutes.vectorTile
            let parts = ["set": level, "z": "0", "x": "0", "y": "0"]
            let ask = Ask(
                server: self, snapshot: snapshot, role: options.role,
                permission: gate.permits(options.role, TileRoutes.resource(ofSet: level), hasOwnPlaces: false),
                today: today(of: snapshot), query: Query([]), headers: HTTPFields(), authority: nil, media: .mvt,
                takesGzip: true, path: parts, deadline: .now + options.caps.deadline,
                isAbandoned: { Task.isCancelled })
            // Whoever asks for it is told why there is none.
            _ = try? await Endpoint(route: route, server: self).made(ask)
        }
    }
}
