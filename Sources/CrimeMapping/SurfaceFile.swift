import Bytes
public import Files
import Geodesy
public import Grids
public import SimpleFeatures

/// Writes a surface in the format its file's name asks for, with method and provenance wherever the format has room.
public struct SurfaceFile {
    /// The formats of a surface, by the suffix of the file.
    public enum Format: String, SuffixFormat {
        case geoJSON = "geojson"
        case csv
        case asciiGrid = "asc"
        case png

        public static let subject = "a surface"
    }

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

    /// One polygon a cell, in longitude and latitude, row by row from the south-west corner; cells outside the study
    /// area are left out.
    ///
    /// `x` and `y` are the cell's centre in the working CRS.
    /// - Complexity: O(cells); memory does not grow with them.
    public func writeGeoJSON(to file: AtomicFile, control: JobControl) throws {
        let grid = surface.grid
        let plane = try ProjectedTransformation(grid.crs)
        var writer = GeoJSONWriter(.collection, members: members)
        var buffer = ByteWriter(capacity: 1 << 20)
        try writer.begin(into: &buffer)
        var south = corners(row: 0, plane)
        for row in 0..<grid.rows {
            let north = corners(row: row + 1, plane)
            for column in 0..<grid.columns {
                let value = surface.values[row * grid.columns + column]
                guard !value.isNaN else { continue }
                guard let southWest = south[column], let southEast = south[column + 1],
                    let northEast = north[column + 1],
                    let northWest = north[column]
                else { continue }
                let ring = [southWest, southEast, northEast, northWest, southWest]
                let centre = grid.centre(column: column, row: row)
                try writer.feature(
                    Feature(
                        id: String(row * grid.columns + column), geometry: .polygon(Polygon(exterior: ring)),
                        properties: [
                            Property("x", .number(centre.x)), Property("y", .number(centre.y)),
                            Property(valueName, .number(Self.rounded(value))),
                        ]), into: &buffer)
            }
            south = north
            try drain(&buffer, to: file, control: control, row: row)
        }
        writer.end(into: &buffer)
        try file.write(buffer.bytes)
    }

    /// `x,y,density` with the cell's centre in the working CRS; cells outside the study area are left out.
    public func writeCSV(to file: AtomicFile, control: JobControl) throws {
        let grid = surface.grid
        var buffer = ByteWriter(capacity: 1 << 20)
        buffer.text("x,y,\(valueName)\n")
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let value = surface.values[row * grid.columns + column]
                guard !value.isNaN else { continue }
                let centre = grid.centre(column: column, row: row)
                buffer.fixed(centre.x, decimals: 3)
                buffer.byte(UInt8(ascii: ","))
                buffer.fixed(centre.y, decimals: 3)
                buffer.byte(UInt8(ascii: ","))
                buffer.shortest(Self.rounded(value))
                buffer.byte(UInt8(ascii: "\n"))
            }
            try drain(&buffer, to: file, control: control, row: row)
        }
        try file.write(buffer.bytes)
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
