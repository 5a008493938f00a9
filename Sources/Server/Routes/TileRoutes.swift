import CrimeMapping
import HTTPTypes
import Privacy
import Tiles

/// Tiles on request, with every filter in their address, and what describes them.
enum TileRoutes {
    static var all: [Route] {
        [description, vectorTile, pictureTile].map { $0.holding { resource(ofSet: $0["set"]) } }
    }

    /// Cells can be as fine as one likes; areas cannot.
    static func resource(ofSet set: String?) -> Resource {
        switch set {
        case "incidents"?: .incidentTiles
        case "city"?: .cityTiles
        case "grid"?: .surfaces
        case "heat"?: .heatTiles
        default: .areaTiles
        }
    }

    private static let description = Route(
        "/tiles/{set}.json", of: .areaTiles, parameters: Drawing.parameters, media: [.json], namesItself: true
    ) { try await described($0, nil) }.publishing(described)

    @Sendable private static func described(_ ask: Ask, _ city: PublicCity?) async throws -> Answer {
        let set = ask.part("set")
        let drawing = try await Drawing.shared(set, ask, city)
        let query = ask.query.items.filter { $0.name != "f" }.map {
            "\(Links.encoded($0.name))=\(Links.encoded($0.value))"
        }
        let suffix = query.isEmpty ? "" : "?" + query.joined(separator: "&")
        let base = try ask.baseAddress() + "/tiles/\(Links.encoded(set))/{z}/{x}/{y}"
        switch drawing {
        case .vector(let result, _):
            return Answer(.json, try TileJSON(result.tileSet(), addresses: [base + ".mvt" + suffix]).bytes())
        case .heat(let tiles, let members, _):
            let set = tiles.tileSet(name: ask.server.options.name, members: members)
            return Answer(.json, try TileJSON(set, addresses: [base + ".png" + suffix]).bytes())
        }
    }

    static let vectorTile = Route(
        "/tiles/{set}/{z}/{x}/{y}.mvt", of: .areaTiles, parameters: Drawing.parameters, media: [.mvt]
    ) { try await vector($0, nil) }.publishing(vector)

    @Sendable static func vector(_ ask: Ask, _ city: PublicCity?) async throws -> Answer {
        let tile = try tile(ask)
        guard case .vector(let result, _) = try await Drawing.shared(ask.part("set"), ask, city) else {
            throw Problem.notFound("the set \(ask.part("set")) has pictures: ask for .png")
        }
        return try await ask.draw { _ in
            let drawn = ask.takesGzip ? try result.pyramid.tile(tile) : try result.pyramid.message(tile)
            guard let drawn else { return Answer.empty(.mvt) }
            var answer = Answer(.mvt, drawn)
            answer.isGzipped = ask.takesGzip
            return answer
        }
    }

    private static let pictureTile = Route(
        "/tiles/{set}/{z}/{x}/{y}.png", of: .heatTiles, parameters: Drawing.parameters, media: [.png]
    ) { try await picture($0, nil) }.publishing(picture)

    @Sendable private static func picture(_ ask: Ask, _ city: PublicCity?) async throws -> Answer {
        let tile = try tile(ask)
        guard case .heat(let tiles, _, _) = try await Drawing.shared(ask.part("set"), ask, city) else {
            throw Problem.notFound("the set \(ask.part("set")) has vector tiles: ask for .mvt, or for the set heat")
        }
        return try await ask.draw { _ in
            guard let bytes = try tiles.painter().png(tile, level: 1) else { return Answer.empty(.png) }
            return Answer(.png, bytes)
        }
    }

    /// - Throws: ``Problem`` 400 for what is no number or beyond the cap, 404 for a column or row that the zoom has not.
    private static func tile(_ ask: Ask) throws -> TileID {
        guard let zoom = Int(ask.part("z")), let x = Int(ask.part("x")), let y = Int(ask.part("y")) else {
            throw Problem.badParameter("the tile", "must be three whole numbers, zoom, column and row")
        }
        guard (0...ask.caps.zoom).contains(zoom) else {
            throw Problem(
                .badRequest, "cap-zoom", "zoom must be 0 to \(ask.caps.zoom), but is \(zoom); enlarge tiles beyond it")
        }
        guard let tile = TileID(zoom: zoom, x: x, y: y) else {
            throw Problem.notFound("zoom \(zoom) has columns and rows 0 to \((1 << zoom) - 1), but not \(x)/\(y)")
        }
        return tile
    }
}
