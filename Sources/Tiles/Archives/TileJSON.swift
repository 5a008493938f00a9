import Bytes
import SimpleFeatures

extension TileSet {
    /// The description of tiles that are asked for one by one.
    ///
    /// ## Source
    /// TileJSON 3.0.0.
    /// - Parameter addresses: of the tiles, each with `{z}`, `{x}` and `{y}`.
    /// - Throws: ``TileArchiveError/memberNotJSON(name:_:)``.
    public func tileJSON(addresses: [String]) throws(TileArchiveError) -> [UInt8] {
        var buffer = ByteWriter(capacity: 1 << 12)
        buffer.text("{\"tilejson\":\"3.0.0\",\"tiles\":[" as StaticString)
        for (index, address) in addresses.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.jsonString(address)
        }
        buffer.text("],\"minzoom\":\(zooms.lowerBound),\"maxzoom\":\(zooms.upperBound),\"bounds\":[")
        let bounds = storedBounds
        for (index, degree) in [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY].enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.fixed(degree, decimals: 7)
        }
        let center = center
        buffer.text("],\"center\":[" as StaticString)
        buffer.fixed(center.place.longitude, decimals: 7)
        buffer.byte(UInt8(ascii: ","))
        buffer.fixed(center.place.latitude, decimals: 7)
        buffer.text(",\(center.zoom)],")
        try writeCommonMembers(into: &buffer)
        buffer.byte(UInt8(ascii: "}"))
        return buffer.bytes
    }
}
