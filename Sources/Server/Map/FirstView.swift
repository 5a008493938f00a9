import Boundaries
import CrimeMapping
import HTTPTypes
import Privacy

extension FaroServer {
    /// Begins to prepare the first view, and returns when it is ready, or after a moment: a city's areas take less, and nobody is
    /// to wait half a minute for a whole country's before the server answers at all.
    func beginFirstView() async {
        let ready = AsyncStream<Void>.makeStream()
        Task {
            await prepareFirstView()
            ready.continuation.finish()
        }
        Task {
            try? await Task.sleep(for: .seconds(1))
            ready.continuation.finish()
        }
        for await _ in ready.stream {}
    }

    /// Prepares the areas' tiles for whoever opens the map first: no other part of a first view takes as long.
    private func prepareFirstView() async {
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
