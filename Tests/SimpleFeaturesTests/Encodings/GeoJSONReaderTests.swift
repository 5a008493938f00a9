import SimpleFeatures
import TestSupport
import Testing

private typealias Read = (features: [Feature<FilePosition>], notes: GeoJSONReader.Notes, crs: CRS?)

private func read(_ json: String) throws -> Read { try read([UInt8](json.utf8)) }

private func read(_ bytes: [UInt8]) throws -> Read {
    let reader = try GeoJSONReader(bytes)
    var features: [Feature<FilePosition>] = []
    let notes = try reader.features { features.append($0) }
    return (features, notes, reader.declaredCRS)
}

/// A collection of one feature with this geometry.
private func collection(_ geometry: String) -> String {
    #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":\#(geometry)}]}"#
}

private func geometry(_ json: String) throws -> (geometry: Geometry<FilePosition>?, notes: GeoJSONReader.Notes) {
    let result = try read(collection(json))
    #expect(result.features.count == 1)
    return (result.features.first?.geometry, result.notes)
}

private func at(_ x: Double, _ y: Double) -> FilePosition { FilePosition(x: x, y: y) }

private let square = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)]
private let squareText = "[[0,0],[1,0],[1,1],[0,1],[0,0]]"

@Suite struct GeoJSONReaderTests {
    // MARK: Geometries

    @Test func `Every type of geometry is read`() throws {
        #expect(try geometry(#"{"type":"Point","coordinates":[-99.5,19.25]}"#).geometry == .point(at(-99.5, 19.25)))
        #expect(
            try geometry(#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#).geometry
                == .multiPoint([at(1, 2), at(3, 4)]))
        #expect(
            try geometry(#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#).geometry
                == .lineString([at(1, 2), at(3, 4)]))
        #expect(
            try geometry(#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#).geometry
                == .multiLineString([[at(1, 2), at(3, 4)]]))
        #expect(
            try geometry(#"{"type":"Polygon","coordinates":[\#(squareText),\#(squareText)]}"#).geometry
                == .polygon(Polygon(exterior: square, holes: [square])))
        #expect(
            try geometry(#"{"type":"MultiPolygon","coordinates":[[\#(squareText)],[\#(squareText)]]}"#).geometry
                == .multiPolygon(MultiPolygon([Polygon(exterior: square), Polygon(exterior: square)])))
        #expect(
            try geometry(
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},"#
                    + #"{"coordinates":[[1,2],[3,4]],"type":"LineString"}]}"#
            ).geometry == .collection([.point(at(1, 2)), .lineString([at(1, 2), at(3, 4)])]))
    }

    @Test func `Members come in any order`() throws {
        let result = try read(
            #"{"features":[{"properties":{"a":1},"geometry":{"coordinates":[[[0,0],[1,0],[1,1],[0,0]]],"type":"Polygon"},"#
                + #""id":7,"type":"Feature"}],"name":"x","type":"FeatureCollection"}"#)
        #expect(
            result.features == [
                Feature(
                    id: "7", geometry: .polygon(Polygon(exterior: [at(0, 0), at(1, 0), at(1, 1), at(0, 0)])),
                    properties: [Property("a", .integer(1))])
            ])
        #expect(result.notes.foreignMembers == 1)
    }

    @Test func `Coordinates beyond the second are dropped and counted`() throws {
        let (line, notes) = try geometry(#"{"type":"LineString","coordinates":[[1,2,3],[3,4],[5,6,7,8]]}"#)
        #expect(line == .lineString([at(1, 2), at(3, 4), at(5, 6)]))
        #expect(notes.positionsWithExtraCoordinates == 2)
    }

    @Test func `An open ring is closed and counted`() throws {
        let (polygon, notes) = try geometry(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#)
        #expect(polygon == .polygon(Polygon(exterior: [at(0, 0), at(1, 0), at(1, 1), at(0, 0)])))
        #expect(notes.closedRings == 1)
    }

    @Test func `A ring that encloses nothing is left out with its holes and counted`() throws {
        let flat = "[[0,0],[1,0],[0,0]]"
        let (one, notes) = try geometry(#"{"type":"Polygon","coordinates":[\#(squareText),\#(flat)]}"#)
        #expect(one == .polygon(Polygon(exterior: square)))
        #expect(notes.degenerateParts == 1)

        let (none, ownNotes) = try geometry(#"{"type":"Polygon","coordinates":[\#(flat),\#(squareText)]}"#)
        #expect(none == nil)
        #expect(ownNotes.degenerateParts == 1)
        #expect(ownNotes.emptyGeometries == 1)
    }

    @Test(arguments: [
        #"{"type":"Point","coordinates":[]}"#, #"{"type":"MultiPoint","coordinates":[]}"#,
        #"{"type":"Polygon","coordinates":[]}"#,
        #"{"type":"MultiPolygon","coordinates":[[]]}"#, #"{"type":"LineString","coordinates":[[1,2]]}"#,
        #"{"type":"GeometryCollection","geometries":[]}"#,
    ])
    func `A geometry without content is nil and counted`(json: String) throws {
        let (none, notes) = try geometry(json)
        #expect(none == nil)
        #expect(notes.emptyGeometries == 1)
    }

    @Test func `A null or missing geometry is nil and counted`() throws {
        let result = try read(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null},{"type":"Feature"}]}"#)
        #expect(result.features == [Feature(geometry: nil), Feature(geometry: nil)])
        #expect(result.notes.nullGeometries == 2)
    }

    @Test(arguments: [
        #"{"type":"Point","coordinates":[1]}"#, #"{"type":"Point","coordinates":["1","2"]}"#,
        #"{"type":"Point","coordinates":[1,null]}"#, #"{"type":"Point","coordinates":[[1,2]]}"#,
        #"{"type":"Point","coordinates":[1,2,"z"]}"#, #"{"type":"Point","coordinates":{"x":1}}"#,
        #"{"type":"Point","coordinates":[1e999,2]}"#, #"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#,
        #"{"type":"LineString","coordinates":[[1,2],[]]}"#, #"{"type":"LineString","coordinates":[[1,2],[3,4],7]}"#,
        #"{"type":"Point"}"#, #"{"coordinates":[1,2]}"#, "[1,2]", "7", #""POINT (1 2)""#,
    ])
    func `A malformed geometry is nil, counted, and spoils nothing else`(json: String) throws {
        let result = try read(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":\#(json),"properties":{"a":1}},"#
                + #"{"type":"Feature","geometry":{"type":"Point","coordinates":[5,6]}}]}"#)
        #expect(
            result.features == [
                Feature(geometry: nil, properties: [Property("a", .integer(1))]), Feature(geometry: .point(at(5, 6))),
            ])
        #expect(result.notes.malformedGeometries == 1)
        #expect(result.notes.firstMalformed?.line == 1)
    }

    @Test func `An unknown type of geometry is nil and counted by its name`() throws {
        let (none, notes) = try geometry(#"{"type":"CircularString","coordinates":[[1,2],[3,4]]}"#)
        #expect(none == nil)
        #expect(notes.unknownGeometryTypes == ["CircularString": 1])
    }

    @Test func `The largest floats are coordinates like others`() throws {
        #expect(try geometry(#"{"type":"Point","coordinates":[1e308,-1e308]}"#).geometry == .point(at(1e308, -1e308)))
    }

    // MARK: Features

    @Test func `Properties keep their order and type`() throws {
        let result = try read(
            #"{"type":"Feature","geometry":null,"properties":{"t":"Peñón \u00d1","i":-12,"n":1.50,"e":1e3,"b":true,"#
                + #""z":null,"o":{"a": [1]},"l":[1, 2],"big":12345678901234567890,"huge":1e999,"code":"09015"}}"#)
        #expect(
            result.features.first?.properties == [
                Property("t", .text("Peñón Ñ")), Property("i", .integer(-12)), Property("n", .number(1.5)),
                Property("e", .number(1000)), Property("b", .bool(true)), Property("z", .null),
                Property("o", .json(#"{"a": [1]}"#)), Property("l", .json("[1, 2]")),
                Property("big", .number(12_345_678_901_234_567_168)), Property("huge", .json("1e999")),
                Property("code", .text("09015")),
            ])
    }

    @Test func `Features with other properties than the one before are read as they stand`() throws {
        let bodies = [
            #""a":1,"b":2"#, #""a":3,"b":4"#, #""b":5,"a":6"#, #""a":7"#, "", #""a":8,"c":9,"b":10"#, #""a":1,"b":2"#,
        ]
        let json = bodies.map { #"{"type":"Feature","geometry":null,"properties":{\#($0)}}"# }.joined(separator: "\n")
        let names = try read(json).features.map { feature in
            feature.properties.map { "\($0.name)=\($0.value.keyText ?? "")" }
        }
        #expect(
            names == [
                ["a=1", "b=2"], ["a=3", "b=4"], ["b=5", "a=6"], ["a=7"], [], ["a=8", "c=9", "b=10"], ["a=1", "b=2"],
            ])
    }

    @Test func `A repeated property replaces the earlier one and is counted`() throws {
        let json = #"{"type":"Feature","geometry":null,"properties":{"a":1,"b":2,"\u0061":3}}"#
        let result = try read(json + "\n" + json)
        for feature in result.features {
            #expect(feature.properties == [Property("a", .integer(3)), Property("b", .integer(2))])
        }
        #expect(result.notes.repeatedProperties == 2)
    }

    @Test func `An id is text, and PHP's empty list of properties is none`() throws {
        let result = try read(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a\n","geometry":null,"properties":[]},"#
                + #"{"type":"Feature","id":12.0,"geometry":null,"properties":null},{"type":"Feature","id":null,"geometry":null}]}"#
        )
        #expect(result.features.map(\.id) == ["a\n", "12.0", nil])
        #expect(result.features.allSatisfy { $0.properties.isEmpty })
    }

    @Test func `Foreign members are counted`() throws {
        let result = try read(
            #"{"type":"FeatureCollection","name":"x","numReg":1,"bbox":[0,0,1,1],"#
                + #""features":[{"type":"Feature","numReg":2,"geometry":{"type":"Point","coordinates":[1,2],"z":3}}]}"#)
        #expect(result.notes.foreignMembers == 4)
        #expect(result.features == [Feature(geometry: .point(at(1, 2)))])
    }

    // MARK: Texts

    @Test func `A feature, a bare geometry, lines and a text sequence are read`() throws {
        let point = #"{"type":"Point","coordinates":[1,2]}"#
        let feature = #"{"type":"Feature","geometry":\#(point)}"#
        let one = [Feature(geometry: .point(at(1, 2)))]
        #expect(try read(point).features == one)
        #expect(try read("\u{FEFF}" + feature).features == one)
        #expect(try read(feature + "\n" + feature + "\r\n\n" + collection(point) + "\n").features == one + one + one)
        #expect(try read("\u{1E}" + feature + "\n\u{1E}" + point + "\n").features == one + one)
        #expect(try read("\u{1E}" + feature + "\u{1E}" + point).features == one + one)
        #expect(try read(feature + "\n" + point).notes.features == 2)
    }

    @Test func `What is not GeoJSON is refused with its place`() {
        func error(_ json: String) -> (any Error)? {
            do {
                _ = try read(json)
                return nil
            } catch { return error }
        }
        #expect(error("") as? GeoJSONError == .empty)
        #expect(error(" \n") as? GeoJSONError == .empty)
        #expect(
            error(#"{"type":"Topology"}"#) as? GeoJSONError == .unknownType("Topology", at: .init(offset: 0, line: 1)))
        #expect(error("\n{}") as? GeoJSONError == .unknownType(nil, at: .init(offset: 1, line: 2)))
        #expect(
            error(#"{"type":"FeatureCollection"}"#) as? GeoJSONError == .missingFeatures(at: .init(offset: 0, line: 1)))
        #expect(
            error(#"{"type":"FeatureCollection","features":[{"type":"Point"}]}"#) as? GeoJSONError
                == .notAFeature("Point", at: .init(offset: 48, line: 1)))
        #expect(
            error(#"{"type":"FeatureCollection","features":[null]}"#) as? GeoJSONError
                == .notAFeature(nil, at: .init(offset: 40, line: 1)))
        #expect(
            error(#"{"type":"Feature","geometry":null,"geometry":null}"#) as? GeoJSONError
                == .repeatedMember("geometry", at: .init(offset: 45, line: 1)))
        #expect(
            error(#"{"type":"Feature","properties":"x"}"#) as? GeoJSONError
                == .propertiesNotObject(at: .init(offset: 31, line: 1)))
        #expect(
            error(#"{"type":"Feature"} {"type":"Feature"}"#) as? GeoJSONError
                == .noSeparator(at: .init(offset: 19, line: 1)))
        #expect(error("[]") as? JSONError == .unexpected(found: 0x5B, expected: .object, at: .init(offset: 0, line: 1)))
        #expect(error(collection("NaN")) is JSONError)
        #expect(error(String(repeating: "[", count: 100_000)) is JSONError)
        #expect(error(collection(String(repeating: "[", count: 100_000))) is JSONError)
        #expect(
            error(collection(#"{"type":"Polygon","coordinates":"# + String(repeating: "[", count: 100_000)))
                is JSONError)
        #expect(
            error(collection(String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 1_000)))
                is JSONError)
    }

    @Test func `An error of the caller ends the reading`() throws {
        struct Enough: Error {}
        let feature = #"{"type":"Feature","geometry":null}"#
        let reader = try GeoJSONReader([UInt8]((feature + "\n" + feature).utf8))
        var count = 0
        #expect(throws: Enough.self) {
            try reader.features { _ in
                count += 1
                throw Enough()
            }
        }
        #expect(count == 1)
    }

    // MARK: Coordinate reference systems

    @Test(arguments: [
        ("EPSG:6365", "EPSG:6365"), ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC::CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::32614", "EPSG:32614"), ("urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/32614", "EPSG:32614"), ("CRS84", "EPSG:4326"),
        ("epsg:6372", "EPSG:6372"),
        ("http://www.opengis.net/gml/srs/epsg.xml#32614", "EPSG:32614"), ("ESRI:102008", "ESRI:102008"),
        ("EPSG:x", "EPSG:x"),
    ])
    func `Declared reference systems are known by their usual names`(declared: String, expected: String) throws {
        let json =
            #"{"type":"FeatureCollection","features":[],"crs":{"type":"name","properties":{"name":"\#(declared)"}}}"#
        #expect(try read(json).crs?.name == expected)
    }

    @Test func `A reference system is found in collection, feature and geometry`() throws {
        let crs = #""crs":{"type":"name","properties":{"name":"EPSG:6365"}}"#
        let inGeometry = try read(collection(#"{"type":"Point","coordinates":[1,2],\#(crs)}"#))
        #expect(inGeometry.crs == CRS("EPSG:6365"))
        #expect(inGeometry.features.count == 1)
        #expect(inGeometry.notes.foreignMembers == 0)
        #expect(try read(#"{"type":"Feature","geometry":null,\#(crs)}"#).crs == CRS("EPSG:6365"))
        #expect(try read(#"{\#(crs),"type":"FeatureCollection","features":[]}"#).crs == CRS("EPSG:6365"))
        #expect(
            try read(
                collection(
                    #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2],\#(crs)}]}"#)
            ).crs
                == CRS("EPSG:6365"))
        #expect(
            try read(#"{"type":"FeatureCollection","features":[],"crs":{"type":"EPSG","properties":{"code":32614}}}"#)
                .crs
                == CRS("EPSG:32614"))
    }

    @Test func `None is declared by null, nor by a property that is called crs`() throws {
        #expect(try read(#"{"type":"FeatureCollection","crs":null,"features":[]}"#).crs == nil)
        #expect(try read(#"{"type":"Feature","geometry":null,"properties":{"crs":"EPSG:6365"}}"#).crs == nil)
        #expect(try read(collection("null")).crs == nil)
    }

    @Test func `Two reference systems in one file are refused`() {
        func named(_ name: String) -> String { #""crs":{"type":"name","properties":{"name":"\#(name)"}}"# }
        #expect(throws: GeoJSONError.conflictingCRS(.wgs84, CRS("EPSG:32614"), at: .init(offset: 187, line: 1))) {
            try read(
                #"{"type":"FeatureCollection",\#(named("urn:ogc:def:crs:OGC:1.3:CRS84")),"features":[{"type":"Feature","#
                    + #""geometry":{"type":"Point","coordinates":[1,2],\#(named("EPSG:32614"))}}]}"#)
        }
        #expect(throws: GeoJSONError.self) {
            try read(
                #"{"type":"Feature","geometry":null,"\u0063rs":{"type":"name","properties":{"name":"EPSG:32614"}}}"#)
        }
    }

    @Test func `A reference system that cannot be read is refused`() {
        #expect(throws: GeoJSONError.self) {
            try read(#"{"type":"FeatureCollection","features":[],"crs":{"type":"link","properties":{"href":"x"}}}"#)
        }
        #expect(throws: GeoJSONError.unreadableCRS("7", at: .init(offset: 48, line: 1))) {
            try read(#"{"type":"FeatureCollection","features":[],"crs":7}"#)
        }
    }

    @Test func `Positions beyond the range of degrees look projected`() throws {
        let metres = try geometry(#"{"type":"Point","coordinates":[485000,2148000]}"#).notes.envelope
        let degrees = try geometry(#"{"type":"Point","coordinates":[-180,90]}"#).notes.envelope
        #expect(GeoJSONReader.looksProjected(metres))
        #expect(!GeoJSONReader.looksProjected(degrees))
        #expect(!GeoJSONReader.looksProjected(.empty))
        #expect(GeoJSONReader.looksProjected(Envelope(minX: 0, minY: -90.1, maxX: 1, maxY: 1)))
    }

    // MARK: Damage

    @Test func `Mutated and truncated files are read or refused`() {
        var generator = SeededGenerator(seed: 13)
        let sources = [
            #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:6365"}},"features":[{"type":"Feature","#
                + #""id":1,"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]],[[0.1,0.1],[0.2,0.1],"#
                + #"[0.2,0.2]]]],"crs":{"type":"name","properties":{"name":"EPSG:6365"}}},"properties":{"a":"é\u00e9","b":[1]}}]}"#,
            #"{"coordinates":[[1,2,3],[4,5]],"type":"LineString"}"# + "\n"
                + #"{"type":"Feature","geometry":{"geometries":[{"coordinates":[1,2],"type":"Point"}],"type":"GeometryCollection"}}"#,
        ].map { [UInt8]($0.utf8) }
        var refused = 0
        for round in 0..<20_000 {
            let source = sources[round % 2]
            var text = source
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let from = Int.random(in: source.indices, using: &generator)
                let at = Int.random(in: text.indices, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: text[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: text.remove(at: at)
                case 2: text[at] = source[from]
                default: text.insert(contentsOf: source[from..<min(source.count, from + 12)], at: at)
                }
            }
            if Int.random(in: 0...3, using: &generator) == 0 {
                text.removeLast(Int.random(in: 0...text.count, using: &generator))
            }
            do { _ = try read(text) } catch { refused += 1 }
        }
        #expect((5_000..<20_000).contains(refused))
    }
}
