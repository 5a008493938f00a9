import SimpleFeatures
import TestSupport
import Testing

@testable import Tiles

@Suite struct TileJSONTests {
    @Test func `The document has the bytes worked out by hand`() throws {
        let set = TileSet(
            name: "A \"map\"", summary: "", attribution: "Nobody", format: .vector, zooms: 2...5,
            bounds: Envelope(minX: -99.5, minY: 19, maxX: -98.5, maxY: 19.75),
            layers: [TileLayer(id: "p", summary: "s", shape: .point, zooms: 3...5, fields: [.init("n", .number)])],
            members: [Property("seed", .integer(7)), Property("bad", .number(.nan))])
        let legend = TileLegend(
            title: "a < b", entries: [.init(color: "#b5301f", label: "many"), .init(color: "red;", label: "\"few\"")])
        let json = TileJSON(set, addresses: ["{z}/{x}/{y}.pbf"], legend: legend)
        #expect(
            String(decoding: try json.bytes(), as: UTF8.self)
                == #"{"tilejson":"3.0.0","generator":"faro","scheme":"xyz","tiles":["{z}/{x}/{y}.pbf"],"format":"pbf","#
                + #""minzoom":2,"maxzoom":5,"bounds":[-99.5,19,-98.5,19.75],"center":[-99,19.375,5],"#
                + #""legend":"<b>a &lt; b</b><br><span style=\"display:inline-block;width:1em;height:1em;"#
                + #"background:#b5301f\"></span> many<br><span style=\"display:inline-block;width:1em;height:1em;"#
                + #"background:transparent\"></span> &quot;few&quot;","name":"A \"map\"","description":"","#
                + #""attribution":"Nobody","vector_layers":[{"id":"p","description":"s","minzoom":3,"maxzoom":5,"#
                + #""fields":{"n":"Number"}}],"tilestats":{"layerCount":1,"layers":[{"layer":"p","geometry":"Point","#
                + #""attributeCount":1,"attributes":[{"attribute":"n","type":"number"}]}]},"faro":{"seed":7,"bad":null}}"#
                + "\n")
    }

    @Test func `A map opens where its bounds fill about one tile`() {
        func zoom(_ width: Double, _ zooms: ClosedRange<Int> = 0...14) -> Int {
            let bounds = Envelope<LonLat>(minX: -width / 2, minY: 0, maxX: width / 2, maxY: width / 10)
            return TileFixture.set(zooms: zooms, bounds: bounds).center.zoom
        }
        #expect(zoom(360) == 0 && zoom(180) == 1 && zoom(179) == 1 && zoom(90) == 2 && zoom(0.3) == 10)
        #expect(zoom(0) == 14 && zoom(360, 3...5) == 3)
        #expect(TileFixture.set(zooms: 0...3, bounds: .empty).center.zoom == 0)
    }

    @Test func `Members of other types than expected count as not there`() throws {
        var reader = TileSetReader()
        try reader.read(
            Array(
                """
                {"name":7,"vector_layers":[5,{"id":"a","fields":{"x":3}},{"id":null}],"tilestats":{"layers":3},
                "bounds":[1,"2",3],"minzoom":1.5,"faro":[],"tileSize":"x","attribution":null}
                """.utf8))
        #expect(reader.name == "" && reader.minZoom == nil && reader.bounds == nil && reader.members == [])
        #expect(reader.layers.map(\.id) == ["a", ""] && reader.layers.allSatisfy { $0.shape == .unknown })
        for text in ["", "[]", "{\"a\":}", "{} x"] {
            #expect(throws: JSONError.self) { try reader.read(Array(text.utf8)) }
        }
    }
}
