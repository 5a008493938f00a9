import Foundation
import Grids
import SimpleFeatures
import TestSupport
import Testing

@testable import Pictures

@Suite struct HeatmapTests {
    private static func surface(seed: UInt64 = 5, columns: Int = 24, rows: Int = 20) throws -> Surface {
        var random = SeededGenerator(seed: seed)
        let values = (0..<(columns * rows)).map { _ -> Double in
            switch Double.random(in: 0..<1, using: &random) {
            case ..<0.15: return .nan
            case ..<0.4: return 0
            default: return .random(in: 0..<900, using: &random)
            }
        }
        return try SurfacePictureTests.surface(columns: columns, rows: rows, values)
    }

    /// A plane that is turned and bent against the pixels, as a projection's is.
    private static func place(_ x: Double, _ y: Double) -> PlanarPoint {
        PlanarPoint(
            x: 359_950 + 19 * x - 1.5 * y + 0.004 * x * y, y: 2_842_100 - 21 * y - 1.1 * x + 0.003 * x * x)
    }

    private static func legend(_ kind: HeatmapLegend.Kind) throws -> HeatmapLegend {
        try HeatmapLegend(kind: kind, values: [10, 50, 100, 500], ramp: .viridis, unit: "delitos por km²")
    }

    private static func raster(_ kind: HeatmapLegend.Kind, pixel: Double = 20) throws -> HeatmapRaster {
        HeatmapRaster(pyramid: SurfacePyramid(try surface()), legend: try legend(kind), pixelSize: .metres(pixel))
    }

    @Test func `The example of HeatmapRaster runs`() throws {
        func planarPoint(ofTileCorner x: Int, _ y: Int) -> PlanarPoint { Self.place(Double(x), Double(y)) }
        let surface = try Self.surface()
        let nothing = try Self.legend(.classes)

        let legend = HeatmapLegend.automatic(for: surface) ?? nothing
        let raster = HeatmapRaster(pyramid: SurfacePyramid(surface), legend: legend, pixelSize: .metres(38))
        let mesh = try PixelMesh(width: 256, height: 256) { x, y in planarPoint(ofTileCorner: x, y) }
        let png = try raster.png(of: mesh)

        let size = try SurfacePictureTests.size(of: #require(png))
        #expect(size.width == 256 && size.height == 256)
    }

    @Test(arguments: [(HeatmapLegend.Kind.classes, 20.0), (.continuous, 20), (.continuous, 150)])
    func `Neighbouring tiles are the halves of one larger picture, to the byte`(kind: HeatmapLegend.Kind, pixel: Double)
        throws
    {
        let raster = try Self.raster(kind, pixel: pixel)
        func mesh(width: Int, height: Int, left: Int, top: Int) throws -> PixelMesh {
            try PixelMesh(width: width, height: height) { Self.place(Double(left + $0), Double(top + $1)) }
        }
        let whole = raster.pixels(of: try mesh(width: 128, height: 128, left: 0, top: 0))
        for (left, top) in [(0, 0), (64, 0), (0, 64), (64, 64)] {
            let tile = raster.pixels(of: try mesh(width: 64, height: 64, left: left, top: top))
            #expect(tile.isVisible)
            for line in 0..<64 {
                let start = (top + line) * 128 + left
                #expect(tile.indices[(line * 64)..<(line * 64 + 64)] == whole.indices[start..<(start + 64)])
            }
        }
    }

    @Test func `With a node at every pixel each has the colour of the surface at its centre`() throws {
        for kind in [HeatmapLegend.Kind.classes, .continuous] {
            let raster = try Self.raster(kind)
            let surface = try Self.surface()
            // A plane without bend: the mesh is exact but for rounding.
            func place(_ x: Double, _ y: Double) -> PlanarPoint {
                PlanarPoint(x: 359_800 + 23 * x, y: 2_842_300 - 23 * y)
            }
            let mesh = try PixelMesh(width: 96, height: 128, step: 8) { place(Double($0), Double($1)) }
            let found = raster.pixels(of: mesh)
            var agreeing = 0
            for y in 0..<128 {
                for x in 0..<96 {
                    let value = surface.interpolatedValue(at: place(Double(x) + 0.5, Double(y) + 0.5)) ?? .nan
                    if found.indices[y * 96 + x] == slowIndex(of: value, raster.legend) { agreeing += 1 }
                }
            }
            // Rounding may move a value over a border.
            #expect(agreeing >= 96 * 128 - 2)
        }
    }

    private func slowIndex(of value: Double, _ legend: HeatmapLegend) -> UInt8 {
        let values = legend.stops.map(\.value)
        guard let stop = values.lastIndex(where: { value >= $0 }) else { return 0 }
        if legend.kind == .classes { return UInt8(stop + 1) }
        guard stop < values.count - 1 else { return 255 }
        let share = (value - values[stop]) / (values[stop + 1] - values[stop])
        return UInt8(((Double(stop) + share) / Double(values.count - 1) * 254).rounded()) + 1
    }

    @Test func `From afar a pixel shows the mean of what it covers`() throws {
        var values = [Double](repeating: 0, count: 64)
        values[0] = 1600
        let surface = try SurfacePictureTests.surface(columns: 8, rows: 8, values)
        let raster = HeatmapRaster(
            pyramid: SurfacePyramid(surface), legend: try Self.legend(.classes), pixelSize: .metres(800))
        #expect(raster.level == 3)
        let mesh = try PixelMesh(width: 1, height: 1, step: 1) { x, y in
            PlanarPoint(x: 360_000 + 800 * Double(x), y: 2_840_800 - 800 * Double(y))
        }
        // 1600 / 64 = 25, of the first class.
        #expect(raster.pixels(of: mesh).indices == [1])
    }

    @Test func `A tile with nothing to be seen is none`() throws {
        let raster = try Self.raster(.continuous)
        func mesh(_ shift: Double) throws -> PixelMesh {
            try PixelMesh(width: 64, height: 64) { x, y in Self.place(Double(x) + shift, Double(y)) }
        }
        #expect(try raster.png(of: mesh(5000)) == nil && raster.png(of: mesh(-5000)) == nil)
        #expect(try raster.png(of: mesh(0)) != nil)
        for odd in [Double.nan, .infinity, -.infinity, 1e300] {
            #expect(try raster.png(of: PixelMesh(width: 32, height: 32) { _, _ in PlanarPoint(x: odd, y: 0) }) == nil)
            let partly = try PixelMesh(width: 32, height: 32) { x, y in
                x == 16 ? PlanarPoint(x: odd, y: odd) : Self.place(Double(x), Double(y))
            }
            #expect(!raster.pixels(of: partly).isVisible)
        }
        let low = try HeatmapLegend(kind: .classes, values: [1e6], ramp: .magma, unit: "")
        let quiet = HeatmapRaster(
            pyramid: SurfacePyramid(try Self.surface()), legend: low, pixelSize: .metres(20))
        #expect(try quiet.png(of: mesh(0)) == nil)
    }

    @Test func `A mesh that does not fit its picture is refused`() throws {
        func error(_ width: Int, _ height: Int, _ step: Int) -> PictureError? {
            do throws(PictureError) {
                _ = try PixelMesh(width: width, height: height, step: step) { _, _ in PlanarPoint(x: 0, y: 0) }
            } catch { return error }
            return nil
        }
        #expect(error(256, 256, 16) == nil && error(1, 1, 1) == nil)
        for (width, height, step) in [
            (256, 256, 0), (256, 256, -1), (256, 255, 16), (0, 0, 1), (-16, 16, 16), (.max, 1, 1), (1 << 15, 16, 16),
        ] {
            #expect(
                error(width, height, step)
                    == .meshMisshapen(width: width, height: height, step: step, nodes: 0))
        }
        #expect(throws: PictureError.meshMisshapen(width: 16, height: 16, step: 16, nodes: 3)) {
            try PixelMesh(width: 16, height: 16, step: 16, nodes: Array(repeating: PlanarPoint(x: 0, y: 0), count: 3))
        }
    }

    // MARK: Legend

    @Test func `Low values fade, nothing is clear, and the colours rise with the values`() throws {
        let continuous = try Self.legend(.continuous).palette
        #expect(continuous.count == 256 && continuous[0].alpha == 0 && continuous[1].alpha == 0)
        #expect(zip(continuous.dropFirst(), continuous.dropFirst(2)).allSatisfy { $0.alpha <= $1.alpha })
        #expect(continuous[255].colour == ColourRamp.viridis.colours(count: 4)[3] && continuous[255].alpha > 220)
        let classes = try Self.legend(.classes).palette
        #expect(classes.dropFirst().map(\.colour) == ColourRamp.viridis.colours(count: 4))
        #expect(classes[0].alpha == 0 && classes[1].alpha == 102)
        let dark = try HeatmapLegend(kind: .classes, values: [1, 2], ramp: .magma, unit: "", isOnDark: true)
        #expect(dark.stops.map(\.colour) == ColourRamp.magma.colours(count: 2).reversed())
        let single = try HeatmapLegend(kind: .continuous, values: [3], ramp: .magma, unit: "")
        #expect(single.palette.count == 256 && single.labels == ["≥ 3"])
    }

    @Test func `A legend of its own rule says so, in both languages`() throws {
        let surface = try SurfacePictureTests.surface(columns: 2, rows: 1, [417.4, 3])
        let classes = try #require(HeatmapLegend.automatic(for: surface, kind: .classes))
        #expect(
            classes.labels == ["2 – 5", "5 – 10", "10 – 20", "20 – 50", "50 – 100", "100 – 200", "≥ 200"])
        #expect(
            classes.statement(in: .spanish)
                == "Límites de la leyenda en 1, 2 y 5 por potencias de diez (máximo 417); "
                + "los mismos en todas las escalas.")
        #expect(classes.statement(in: .english).contains("(maximum 417); the same at every zoom"))
        #expect(classes.unit == "delitos por km²")
        let continuous = try #require(HeatmapLegend.automatic(for: surface, language: .english))
        #expect(continuous.labels == ["5", "10", "20", "50", "100", "200", "500"])
        #expect(continuous.unit == "crimes per km²")
        #expect(try Self.legend(.continuous).labels == ["10", "50", "100", "≥ 500"])
        #expect(HeatmapLegend.automatic(for: try SurfacePictureTests.surface(columns: 1, rows: 1, [0])) == nil)
        #expect(HeatmapLegend.automatic(for: try SurfacePictureTests.surface(columns: 1, rows: 1, [.nan])) == nil)
    }

    @Test func `Pages and pictures print the legend of the tiles`() throws {
        let legend = try HeatmapLegend(kind: .classes, values: [1, 2.5], ramp: .magma, unit: "por km²")
        let picture = MapLegend(legend)
        #expect(picture.title == "por km²" && picture.entries.map(\.label) == ["≥ 2.5", "1.0 – 2.5"])
        #expect(picture.entries.map(\.colour) == legend.stops.reversed().map(\.colour))
        #expect(Colour(0x0AFC05).hex == "#0AFC05")
    }

    @Test func `Stops that do not rise, none and too many are refused`() {
        func error(_ values: [Double]) -> PictureError? {
            do throws(PictureError) {
                _ = try HeatmapLegend(kind: .classes, values: values, ramp: .magma, unit: "")
            } catch { return error }
            return nil
        }
        #expect(error([]) == .stopCountOutOfRange(0))
        #expect(error((0..<256).map(Double.init)) == .stopCountOutOfRange(256))
        #expect(error((0..<255).map(Double.init)) == nil)
        #expect(error([1, 1]) == .breaksNotRising(position: 1) && error([.nan]) == .breaksNotRising(position: 0))
    }
}
