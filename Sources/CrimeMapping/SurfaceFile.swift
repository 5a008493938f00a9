import Bytes
public import Files
import Formats
import Geodesy
public import Grids
public import SimpleFeatures

/// Writes a surface in the format its file's name asks for, with method and provenance wherever the format has room.
public struct SurfaceFile {
    /// What is written; NaN stands for no value.
    public var surface: Surface
    /// Name of the value's column: `density`.
    public var valueName: String
    /// What is known about the surface, in order.
    public var members: [Property]

    /// All fields as given; nothing is checked.
    public init(surface: Surface, valueName: String, members: [Property]) {
        self.surface = surface
        self.valueName = valueName
        self.members = members
    }

    /// One feature a cell, row by row from the south-west corner: its outline in longitude and latitude, its centre `x`, `y`
    /// in the working CRS, and the value. Cells outside the study area are left out.
    ///
    /// - Throws: the sink's errors, ``JobError/interrupted(_:)``, `GeodesyError`.
    /// - Complexity: O(cells); memory does not grow with them.
    public func write(to sink: any FeatureSink, control: JobControl) throws {
        let grid = surface.grid
        let plane = sink.wantsGeometry ? try ProjectedTransformation(grid.crs) : nil
        try sink.begin(
            FeatureSchema(
                layer: "cells", columns: [.init("x", .number), .init("y", .number), .init(valueName, .number)],
                members: members))
        var south = plane.map { corners(row: 0, $0) }
        for row in 0..<grid.rows {
            let north = plane.map { corners(row: row + 1, $0) }
            for column in 0..<grid.columns {
                let value = surface.values[row * grid.columns + column]
                guard !value.isNaN else { continue }
                let centre = grid.centre(column: column, row: row)
                try sink.append(
                    Feature(
                        id: String(row * grid.columns + column), geometry: Self.outline(column, south, north),
                        properties: [
                            Property("x", .number(centre.x)), Property("y", .number(centre.y)),
                            Property(valueName, .number(Self.rounded(value))),
                        ]))
            }
            south = north
            control.progress("writing", fraction: Double(row + 1) / Double(grid.rows))
            try control.stopIfCancelled("nothing was written")
        }
        try sink.finish()
    }

    /// nil where nobody asks for it, or a corner has no place on Earth.
    private static func outline(_ column: Int, _ south: [LonLat?]?, _ north: [LonLat?]?) -> Geometry<LonLat>? {
        guard let south, let north, let southWest = south[column], let southEast = south[column + 1],
            let northEast = north[column + 1], let northWest = north[column]
        else { return nil }
        return .polygon(Polygon(exterior: [southWest, southEast, northEast, northWest, southWest]))
    }

    /// ESRI's ASCII grid, from the north-west corner, −9999 outside the study area.
    ///
    /// ## Source
    /// Esri, *ASCII raster format*: `ncols`, `nrows`, `xllcorner`, `yllcorner`, `cellsize`, `NODATA_value`.
    public func writeASCIIGrid(to file: AtomicFile, control: JobControl) throws {
        let grid = surface.grid
        var buffer = ByteWriter(capacity: 1 << 20)
        buffer.text("ncols \(grid.columns)\nnrows \(grid.rows)\n")
        for (name, value) in [
            ("xllcorner", grid.origin.x), ("yllcorner", grid.origin.y), ("cellsize", grid.cellSize.metres),
        ] {
            buffer.text("\(name) ")
            buffer.shortest(value)
            buffer.byte(UInt8(ascii: "\n"))
        }
        buffer.text("NODATA_value -9999\n")
        for row in (0..<grid.rows).reversed() {
            for column in 0..<grid.columns {
                if column > 0 { buffer.byte(UInt8(ascii: " ")) }
                let value = surface.values[row * grid.columns + column]
                if value.isNaN { buffer.text("-9999") } else { buffer.shortest(Self.rounded(value)) }
            }
            buffer.byte(UInt8(ascii: "\n"))
            try drain(&buffer, to: file, control: control, row: grid.rows - 1 - row)
        }
        try file.write(buffer.bytes)
    }

    /// 32-bit floating point with EPSG code, compressed, and with overviews where it is large.
    public func writeGeoTIFF(to file: AtomicFile, control: JobControl) throws {
        try GeoTIFF(surface: surface, valueName: valueName, title: valueName, members: members).write(to: file) {
            done in
            control.progress("writing \(file.path)", fraction: done)
            try control.stopIfCancelled("nothing was written")
        }
    }

    /// The same in memory.
    public func geoTIFF(control: JobControl) throws -> [UInt8] {
        try GeoTIFF(surface: surface, valueName: valueName, title: valueName, members: members).bytes { done in
            control.progress("writing GeoTIFF", fraction: done)
            try control.stopIfCancelled("nothing was written")
        }
    }

    /// Nine significant digits: more than any bandwidth justifies, and the last bits of a sum are no information.
    static func rounded(_ value: Double) -> Double {
        guard value.isFinite else { return value }
        guard value.magnitude > 1e-200 else { return 0 }  // no density, and scaling it would overflow
        var scale = 1.0
        var exponent = value.magnitude
        while exponent >= 1e9 { (exponent, scale) = (exponent / 10, scale / 10) }
        while exponent < 1e8 { (exponent, scale) = (exponent * 10, scale * 10) }
        return scale >= 1 ? (value * scale).rounded() / scale : (value * scale).rounded() * (1 / scale)
    }

    /// The cell corners along the southern border of a row of cells.
    private func corners(row: Int, _ plane: ProjectedTransformation) -> [LonLat?] {
        let grid = surface.grid
        return (0...grid.columns).map { column in
            plane.inverse(
                PlanarPoint(
                    x: grid.origin.x + Double(column) * grid.cellSize.metres,
                    y: grid.origin.y + Double(row) * grid.cellSize.metres))
        }
    }

    private func drain(_ buffer: inout ByteWriter, to file: AtomicFile, control: JobControl, row: Int) throws {
        guard buffer.count > 1 << 20 else { return }
        try file.write(buffer.bytes)
        buffer.removeAll()
        control.progress("writing \(file.path)", fraction: Double(row + 1) / Double(surface.grid.rows))
        try control.stopIfCancelled("nothing was written")
    }
}
