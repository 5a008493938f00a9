package import Bytes
package import SimpleFeatures

// What TileJSON, the metadata of PMTiles and those of MBTiles have in common.

extension TileSet {
    /// The square of web mercator.
    package static let wholeWorld = Envelope<LonLat>(
        minX: -180, minY: -MercatorPosition.northernmost, maxX: 180, maxY: MercatorPosition.northernmost)

    /// The bounds as archives store them: within the square of web mercator; the world where nothing is bounded.
    package var storedBounds: Envelope<LonLat> {
        let limit = MercatorPosition.northernmost
        guard bounds.minX <= bounds.maxX, bounds.minY <= bounds.maxY else { return Self.wholeWorld }
        func clamp(_ value: Double, _ limit: Double) -> Double { max(-limit, min(limit, value)) }
        return Envelope(
            minX: clamp(bounds.minX, 180), minY: clamp(bounds.minY, limit), maxX: clamp(bounds.maxX, 180),
            maxY: clamp(bounds.maxY, limit))
    }

    /// Where a map should open: the middle, at the deepest zoom whose tile is still as wide and high as the bounds.
    package var center: (place: LonLat, zoom: Int) {
        let bounds = storedBounds
        let northWest = MercatorPosition.square(LonLat(longitude: bounds.minX, latitude: bounds.maxY))
        let southEast = MercatorPosition.square(LonLat(longitude: bounds.maxX, latitude: bounds.minY))
        let extent = max(southEast.x - northWest.x, southEast.y - northWest.y)
        var zoom = zooms.lowerBound
        while zoom < zooms.upperBound, extent * Double(UInt64(2) << UInt64(zoom)) <= 4_294_967_296 { zoom += 1 }
        return (bounds.middle, zoom)
    }

    /// Appends `"name":…` and what else every format has: name, description, attribution, size of pictures, layers, and
    /// the provenance as `faro`.
    /// - Throws: ``TileArchiveError/memberNotJSON(name:_:)``.
    package func writeCommonMembers(into buffer: inout ByteWriter) throws(TileArchiveError) {
        buffer.text("\"name\":" as StaticString)
        buffer.jsonString(name)
        buffer.text(",\"description\":" as StaticString)
        buffer.jsonString(summary)
        if !attribution.isEmpty {
            buffer.text(",\"attribution\":" as StaticString)
            buffer.jsonString(attribution)
        }
        if let pixels {
            buffer.text(",\"tileSize\":" as StaticString)
            buffer.integer(pixels)
        }
        if format == .vector {
            buffer.byte(UInt8(ascii: ","))
            writeLayers(into: &buffer)
        }
        if !members.isEmpty {
            buffer.text(",\"faro\":" as StaticString)
            try writeProvenance(into: &buffer)
        }
    }

    /// Appends `"vector_layers":[…],"tilestats":{…}`. The second holds what the first has no place for: the kind of
    /// geometry, which GDAL takes from there.
    package func writeLayers(into buffer: inout ByteWriter) {
        buffer.text("\"vector_layers\":[" as StaticString)
        for (index, layer) in layers.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            layer.write(into: &buffer)
        }
        buffer.text("],\"tilestats\":{\"layerCount\":" as StaticString)
        buffer.integer(layers.count)
        buffer.text(",\"layers\":[" as StaticString)
        for (index, layer) in layers.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            layer.writeStatistics(into: &buffer)
        }
        buffer.text("]}" as StaticString)
    }

    /// Appends the provenance as an object.
    /// - Throws: ``TileArchiveError/memberNotJSON(name:_:)``.
    package func writeProvenance(into buffer: inout ByteWriter) throws(TileArchiveError) {
        buffer.byte(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.jsonString(member.name)
            buffer.byte(UInt8(ascii: ":"))
            try member.writeValue(into: &buffer)
        }
        buffer.byte(UInt8(ascii: "}"))
    }
}

extension TileLayer {
    fileprivate func write(into buffer: inout ByteWriter) {
        buffer.text("{\"id\":" as StaticString)
        buffer.jsonString(id)
        buffer.text(",\"description\":" as StaticString)
        buffer.jsonString(summary)
        buffer.text(",\"minzoom\":" as StaticString)
        buffer.integer(zooms.lowerBound)
        buffer.text(",\"maxzoom\":" as StaticString)
        buffer.integer(zooms.upperBound)
        buffer.text(",\"fields\":{" as StaticString)
        for (index, field) in fields.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.jsonString(field.name)
            buffer.byte(UInt8(ascii: ":"))
            buffer.jsonString(field.kind.rawValue)
        }
        buffer.text("}}" as StaticString)
    }

    fileprivate func writeStatistics(into buffer: inout ByteWriter) {
        buffer.text("{\"layer\":" as StaticString)
        buffer.jsonString(id)
        buffer.text(",\"geometry\":" as StaticString)
        buffer.jsonString(shape.rawValue)
        buffer.text(",\"attributeCount\":" as StaticString)
        buffer.integer(fields.count)
        buffer.text(",\"attributes\":[" as StaticString)
        for (index, field) in fields.enumerated() {
            buffer.text(index > 0 ? ",{\"attribute\":" : "{\"attribute\":")
            buffer.jsonString(field.name)
            buffer.text(",\"type\":" as StaticString)
            buffer.jsonString(field.kind.rawValue.lowercased())
            buffer.byte(UInt8(ascii: "}"))
        }
        buffer.text("]}" as StaticString)
    }
}

extension Property {
    /// Appends the value; a number that JSON cannot hold becomes `null`.
    fileprivate func writeValue(into buffer: inout ByteWriter) throws(TileArchiveError) {
        switch value {
        case .null: buffer.text("null" as StaticString)
        case .bool(let flag): buffer.text(flag ? "true" : "false")
        case .integer(let integer): buffer.integer(integer)
        case .number(let number): if number.isFinite { buffer.shortest(number) } else { buffer.text("null") }
        case .text(let text): buffer.jsonString(text)
        case .json(let text):
            if let fault = Self.fault(inJSON: text) { throw .memberNotJSON(name: name, fault) }
            buffer.text(text)
        }
    }

    private static func fault(inJSON text: String) -> JSONError? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            do throws(JSONError) {
                try scanner.skipValue()
                try scanner.finish()
                return nil
            } catch {
                return error
            }
        }
    }
}
