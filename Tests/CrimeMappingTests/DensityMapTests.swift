import CrimeMapping
import Files
import Foundation
import Formats
import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct DensityMapTests {
    /// CrimeStat IV, chapter 10: a quartic kernel of 500 m is 3/(π·0.25) = 3.8197 per km² at its centre; the gaussian of
    /// 500 m is 1/(2π·0.25) = 0.6366.
    @Test(arguments: [
        (Kernel.quartic, 3.8197), (.gaussian, 0.6366), (.epanechnikov, 2.5465), (.triangular, 3.8197),
        (.uniform, 1.2732),
    ])
    func `A single point of a plain file has the published density at its centre`(kernel: Kernel, density: Double)
        throws
    {
        let folder = try TemporaryFolder()
        let file = try folder.write("p.csv", "x,y\n480005,2140005\n")
        let points = try PointFile(path: file, crs: CRS("EPSG:32614")).points()
        let result = try DensityMap(kernel: kernel, bandwidth: .fixed(.metres(500)), cellSize: .metres(10)).run(
            on: points.pattern)
        let greatest = try #require(result.surface.range?.upperBound)
        #expect(abs(greatest - density) < 5e-5 * max(1, density))
    }

    @Test func `Degrees are analysed in the zone in which they lie, and rows without a place are counted`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("p.csv", "id,lon,lat\n1,-99.13,19.43\n2,,\n3,-99.14,x\n4,-99.12,19.44\n")
        let points = try PointFile(path: file).points()
        #expect(points.pattern.crs == CRS("EPSG:32614"))
        #expect(points.read == 4 && points.withoutPlace == 2 && points.pattern.count == 2)
    }

    @Test func `Weights of a GeoJSON file scale the surface`() throws {
        let folder = try TemporaryFolder()
        let feature =
            "{\"type\":\"Feature\",\"properties\":{\"n\":5},\"geometry\":{\"type\":\"Point\",\"coordinates\":[-99.13,19.43]}}"
        let file = try folder.write("p.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(feature)]}")
        let points = try PointFile(path: file, weights: "n").points()
        let result = try DensityMap(bandwidth: .fixed(.metres(500)), cellSize: .metres(20)).run(on: points.pattern)
        #expect(abs(result.surface.mass - 5) < 5e-3)
    }

    @Test func `Degrees cannot be the system of an analysis`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("p.csv", "x,y\n-99.13,19.43\n")
        #expect(throws: (any Error).self) { try PointFile(path: file, crs: .wgs84).points(in: .wgs84) }
    }

    @Test func `Every format of a surface reads back to the same numbers`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("p.csv", "x,y\n480005,2140005\n480300,2140100\n")
        let points = try PointFile(path: file, crs: CRS("EPSG:32614")).points()
        let result = try DensityMap(bandwidth: .fixed(.metres(300)), cellSize: .metres(50)).run(on: points.pattern)
        let surface = result.surface
        let output = SurfaceFile(surface: surface, valueName: "density", members: result.members)

        try output.write(to: FeatureTextFile(csv: folder.file("d.csv"), overwrite: false), control: .silent)
        let lines = try String(contentsOfFile: folder.file("d.csv"), encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "x,y,density")
        #expect(lines.count == surface.grid.cellCount + 1)
        for (line, value) in zip(lines.dropFirst(), surface.values) {
            let read = try #require(Double(line.split(separator: ",")[2]))
            #expect(abs(read - value) <= 1e-8 * max(value, 1e-300))
        }

        let ascii = try AtomicFile(path: folder.file("d.asc"), overwrite: false)
        try output.writeASCIIGrid(to: ascii, control: .silent)
        try ascii.commit()
        let grid = try String(contentsOfFile: folder.file("d.asc"), encoding: .utf8).split(separator: "\n")
        #expect(grid[0] == "ncols \(surface.grid.columns)" && grid[4] == "cellsize 50")
        let southRow = try #require(grid.last).split(separator: " ").compactMap { Double($0) }
        #expect(southRow.count == surface.grid.columns)
        for (read, value) in zip(southRow, surface.values) { #expect(abs(read - value) <= 1e-8 * max(value, 1e-300)) }

        let tiff = try AtomicFile(path: folder.file("d.tif"), overwrite: false)
        try output.writeGeoTIFF(to: tiff, control: .silent)
        try tiff.commit()
        let image = try GeoTIFFReader(path: folder.file("d.tif"))
        #expect(image.grid == surface.grid)
        for (read, value) in zip(try image.surface().values, surface.values) { #expect(Float(read) == Float(value)) }

        let geoJSON = try FeatureTextFile(.collection, path: folder.file("d.geojson"), overwrite: false)
        try output.write(to: geoJSON, control: .silent)
        #expect(try GeoJSONValidation(path: folder.file("d.geojson")).findings().isEmpty)
        var read: [Double] = []
        try GeoJSONReader(try ByteSource.readAll(path: folder.file("d.geojson"), limit: 1 << 24)).features { feature in
            switch feature["density"] {
            case .number(let value)?: read.append(value)
            case .integer(let value)?: read.append(Double(value))
            default: Issue.record("a cell has no density")
            }
        }
        #expect(read.count == surface.values.count)
        for (read, value) in zip(read, surface.values) { #expect(abs(read - value) <= 1e-8 * max(value, 1e-300)) }
    }

    @Test func `An interrupted write leaves no file`() throws {
        let folder = try TemporaryFolder()
        let points = try PointFile(path: try folder.write("p.csv", "x,y\n480005,2140005\n"), crs: CRS("EPSG:32614"))
            .points()
        let result = try DensityMap(bandwidth: .fixed(.metres(5000)), cellSize: .metres(20)).run(on: points.pattern)
        do {
            let file = try FeatureTextFile(.collection, path: folder.file("d.geojson"), overwrite: false)
            try SurfaceFile(surface: result.surface, valueName: "density", members: [])
                .write(to: file, control: JobControl(isCancelled: { true }))
            Issue.record("the write was not interrupted")
        } catch { #expect(error is JobError) }
        #expect(folder.names == ["p.csv"])
    }
}
