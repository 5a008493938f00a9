import CrimeMapping
import Foundation
import HTTPTypes
import Privacy
import SimpleFeatures
import Testing

@testable import Server

@Suite struct TilesetTests {
    @Test func `A tile by row and column is the tile by column and row`() async throws {
        let server = try TestServer.city.get().server { $0.role = .researcher }
        let (places, row) = (server.live.current.places.degrees, server.live.current.places.firstPlaced)
        let place = (x: places.longitudes[row], y: places.latitudes[row])
        let side = Double(1 << 12)
        let x = Int((place.x + 180) / 360 * side)
        let radians = place.y * .pi / 180
        let y = Int((1 - asinh(tan(radians)) / .pi) / 2 * side)
        for set in ["incidents", "colonia"] {
            let ours = try await server.ask("/tiles/\(set)/12/\(x)/\(y).mvt")
            let theirs = try await server.ask("/collections/\(set)/tiles/WebMercatorQuad/12/\(y)/\(x)")
            #expect(ours.status == 200 && !ours.bytes.isEmpty)
            #expect(ours.bytes == theirs.bytes)
        }
        #expect(try await server.ask("/collections/colonia/tiles/WorldCRS84Quad/0/0/0").status == 404)
        #expect(try await server.ask("/collections/parks/tiles/WebMercatorQuad/0/0/0").status == 404)
    }

    @Test func `From a collection links lead to its tiles and to how they are cut`() async throws {
        let server = try TestServer.city.get().server()
        func json(_ path: String) async throws -> [String: Any] {
            let reply = try await server.ask(path)
            #expect(reply.status == 200)
            return try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
        }
        func link(_ json: [String: Any], _ relation: String) throws -> String {
            let links = try #require(json["links"] as? [[String: Any]])
            let found = try #require(links.first { ($0["rel"] as? String)?.hasSuffix(relation) == true })
            let address = try #require(found["href"] as? String)
            return "/" + address.split(separator: "/").dropFirst(2).joined(separator: "/")
        }
        let list = try await json(try link(json("/collections/colonia"), "tilesets-vector"))
        let sets = try #require(list["tilesets"] as? [[String: Any]])
        let set = try await json(try link(try #require(sets.first), "self"))
        #expect(try link(set, "item").hasSuffix("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"))
        let matrices = try #require(try await json(try link(set, "tiling-scheme"))["tileMatrices"] as? [[String: Any]])
        // Annex D.1 of the standard: its table's row for zoom 14.
        let row = try #require(matrices.first { $0["id"] as? String == "14" })
        #expect(try abs(#require(row["scaleDenominator"] as? Double) - 34123.67334) < 1e-4)
        #expect(try abs(#require(row["cellSize"] as? Double) - 9.554628535647) < 1e-9)
        #expect(row["matrixWidth"] as? Int == 16384)
    }
}
