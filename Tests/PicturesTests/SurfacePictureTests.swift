import Foundation
import Grids
import SimpleFeatures
import Testing

@testable import Pictures

@Suite struct SurfacePictureTests {
    static func surface(columns: Int, rows: Int, cellSize: Double = 100, _ values: [Double]) throws -> Surface {
        Surface(
            grid: try Grid(
                crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 360_000, y: 2_840_000), cellSize: .metres(cellSize),
                columns: columns, rows: rows), values: values)
    }

    /// Small enough that a debug build draws it at once.
    static func picture(_ title: String) -> SurfacePicture {
        var picture = SurfacePicture(title: title)
        picture.width = 400
        return picture
    }

    /// Width and height as they stand in a PNG's first chunk, after its signature.
    static func size(of png: [UInt8]) throws -> (width: Int, height: Int) {
        try #require(png.count > 33)
        #expect(Array(png[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(Array(png[12..<16]) == Array("IHDR".utf8))
        func number(at start: Int) -> Int { png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(Array(png[(png.count - 8)..<(png.count - 4)]) == Array("IEND".utf8))
        return (number(at: 16), number(at: 20))
    }

    @Test func `The example of SurfacePicture runs`() throws {
        let surface = try Self.surface(columns: 20, rows: 10, (0..<200).map(Double.init))

        var picture = SurfacePicture(title: "Robo a casa habitación")
        picture.subtitles = ["Monterrey, enero a marzo de 2024"]
        let png = try picture.png(of: surface)

        #expect(try Self.size(of: png).width == 1600)
    }

    @Test func `A picture is a PNG as wide as asked for`() throws {
        var picture = Self.picture("Robo a casa habitación")
        picture.subtitles = ["Monterrey, enero de 2024"]
        picture.width = 640
        let png = try picture.png(of: Self.surface(columns: 20, rows: 10, (0..<200).map(Double.init)))
        let size = try Self.size(of: png)
        #expect(size.width == 640)
        #expect(size.height > 200 && size.height < 640)
    }

    /// The pixel in the middle of a cell.
    private func pixel(column: Int, row: Int, of picture: SurfacePicture, _ surface: Surface) throws -> UInt32 {
        try MapPictureTests.pixel(at: surface.grid.centre(column: column, row: row), of: picture.map(of: surface))
    }

    @Test(arguments: [SurfacePicture.Cells.crisp, .smooth])
    func `A cell has the colour of its class, and lies where it belongs`(cells: SurfacePicture.Cells) throws {
        // South-west 5, south-east 15; north-west no value, north-east 25.
        let surface = try Self.surface(columns: 2, rows: 2, [5, 15, .nan, 25])
        var picture = Self.picture("Clases")
        picture.breaks = [0, 10, 20, 30]
        picture.cells = cells
        let colours = picture.ramp.colours(count: 3).map(\.pixel)
        #expect(try pixel(column: 0, row: 0, of: picture, surface) == colours[0])
        #expect(try pixel(column: 1, row: 0, of: picture, surface) == colours[1])
        #expect(try pixel(column: 1, row: 1, of: picture, surface) == colours[2])
        #expect(try pixel(column: 0, row: 1, of: picture, surface) == Palette.ground.pixel)
    }

    @Test func `Borders belong to the class above, the greatest values to the last, and less than the first to none`()
        throws
    {
        let surface = try Self.surface(columns: 5, rows: 1, [0, 4.999, 5, 10, 99])
        var picture = Self.picture("Bordes")
        picture.breaks = [5, 10, 20]
        let colours = picture.ramp.colours(count: 2).map(\.pixel)
        let found = try (0..<5).map { try pixel(column: $0, row: 0, of: picture, surface) }
        #expect(found == [Palette.none.pixel, Palette.ground.pixel, colours[0], colours[1], colours[1]])
    }

    @Test func `A transparent picture is empty where nothing is drawn`() throws {
        let surface = try Self.surface(columns: 3, rows: 1, [0, 7, .nan])
        var picture = Self.picture("")
        picture.background = .transparent
        let last = try #require(picture.ramp.colours(count: 7).last?.pixel)
        let found = try (0..<3).map { try pixel(column: $0, row: 0, of: picture, surface) }
        #expect(found == [0, last, 0])
        #expect(try picture.map(of: surface).canvas().pixel(x: 0, y: 0) == 0)
    }

    @Test func `Lines are drawn over the cells and water under them`() throws {
        let surface = try Self.surface(columns: 4, rows: 1, [3, 3, .nan, .nan])
        let plain = Self.picture("Líneas")
        var picture = plain
        let middle = PlanarPoint(x: 360_050, y: 2_840_050)
        picture.studyArea = [[PlanarPoint(x: 360_050, y: 2_839_000), middle, PlanarPoint(x: 360_050, y: 2_841_000)]]
        picture.water = [
            [(360_100, 0), (370_000, 0), (370_000, 9e6), (360_100, 9e6)].map { PlanarPoint(x: $0.0, y: $0.1) }
        ]
        #expect(try pixel(column: 0, row: 0, of: picture, surface) != pixel(column: 0, row: 0, of: plain, surface))
        #expect(try pixel(column: 1, row: 0, of: picture, surface) == pixel(column: 1, row: 0, of: plain, surface))
        #expect(try pixel(column: 2, row: 0, of: picture, surface) == Palette.water.pixel)
    }

    @Test func `Where cells are smaller than pixels a pixel shows their mean, and leaves out cells without a value`()
        throws
    {
        let values: [Double] = [1, 3, .nan, 8, 5, 7, .nan, .nan]
        let raster = SurfaceRaster(
            surface: try Self.surface(columns: 4, rows: 2, values), breaks: try ClassBreaks([0, 4, 8, 100]),
            colours: [Colour(1), Colour(2), Colour(3)], none: nil)
        let across = PixelAxis(pixels: 0..<2, cells: 4, start: 0, pixelsPerCell: 0.5)
        let down = PixelAxis(pixels: 0..<1, cells: 2, start: 0, pixelsPerCell: 0.5)
        for isSmooth in [false, true] {
            let found = raster.pixels(across: across, down: down, isSmooth: isSmooth)
            #expect(found == [Colour(2).pixel, Colour(3).pixel])
        }
    }

    @Test func `Between two cell centres a smooth surface rises evenly`() throws {
        let raster = SurfaceRaster(
            surface: try Self.surface(columns: 2, rows: 1, [0.5, 8.5]),
            breaks: try ClassBreaks([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), colours: (0..<9).map { Colour($0) }, none: nil)
        // Eight pixels to a cell: pixel i has its centre at (i + ½) / 8 cells, the cells theirs at ½ and 1½. From pixel
        // 4 to 11 the value is ½ + 8 · ((i + ½) / 8 − ½) = i − 3; before it is 0.5, after it 8.5.
        let across = PixelAxis(pixels: 0..<16, cells: 2, start: 0, pixelsPerCell: 8)
        let down = PixelAxis(pixels: 0..<1, cells: 1, start: 0, pixelsPerCell: 1)
        let classes = raster.pixels(across: across, down: down, isSmooth: true).map { $0 & 0xFF }
        #expect(classes == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8].map { UInt32($0) })
    }

    private static let oddValues: [[Double]] = [
        [], [.nan, .nan, .nan, .nan], [0, 0, 0, 0], [.infinity, 1, 2, 3], [-1, -2, -3, -4],
        [.leastNonzeroMagnitude, 0, 0, 0],
    ]

    @Test(arguments: oddValues)
    func `A surface with nothing to show, or with odd values, is still a picture`(values: [Double]) throws {
        let surface = try Self.surface(columns: 2, rows: 2, values)
        _ = try Self.size(of: Self.picture("Vacío").png(of: surface))
    }

    @Test(arguments: [(1, 1, 100), (4000, 1, 100), (1, 4000, 100), (2, 2, 1e-6), (2, 2, 4e6), (3, 2, 1e6)])
    func `One cell and grids of any shape and size fit the frame`(columns: Int, rows: Int, cellSize: Double) throws {
        let values = (0..<(columns * rows)).map { Double($0 % 7) }
        let surface = try Self.surface(columns: columns, rows: rows, cellSize: cellSize, values)
        var picture = Self.picture("Forma")
        picture.width = 500
        picture.outlines = [[surface.grid.origin, PlanarPoint(x: 1e9, y: -1e9), PlanarPoint(x: .nan, y: 0)]]
        let size = try Self.size(of: picture.png(of: surface))
        #expect(size.width == 500 && size.height >= 200 && size.height <= 900)
    }

    @Test func `A value more or less than the grid has cells does no harm`() throws {
        var surface = try Self.surface(columns: 3, rows: 3, [1, 2, 3])
        surface.values = [1]
        _ = try Self.picture("Corto").png(of: surface)
        surface.values = Array(repeating: 1, count: 50)
        _ = try Self.picture("Largo").png(of: surface)
    }

    @Test func `The same picture has the same bytes`() throws {
        var picture = Self.picture("Determinista")
        picture.width = 400
        let surface = try Self.surface(columns: 9, rows: 7, (0..<63).map(Double.init))
        #expect(try picture.png(of: surface) == picture.png(of: surface))
    }

    @Test func `Texts of any kind and length are drawn within the picture`() throws {
        var picture = Self.picture(String(repeating: "palabra ", count: 300))
        picture.subtitles = [String(repeating: "x", count: 5000), "", "línea\nrota\u{0}por dentro"]
        picture.footer = ["日本語 🗼", String(repeating: "y ", count: 3000)]
        picture.unit = "delitos por cada cien mil habitantes y kilómetro cuadrado, ponderados por su gravedad"
        picture.width = 320
        let size = try Self.size(of: picture.png(of: Self.surface(columns: 2, rows: 2, [1, 2, 3, 4])))
        #expect(size.height < 1500)
    }

    @Test(arguments: [0, 319, 8001, -5, .max])
    func `A width beyond the bounds is refused`(width: Int) throws {
        var picture = Self.picture("")
        picture.width = width
        let surface = try Self.surface(columns: 1, rows: 1, [1])
        #expect(throws: PictureError.widthOutOfRange(width)) { try picture.png(of: surface) }
    }

    @Test func `The sentence on a width names both bounds`() {
        #expect(
            PictureError.widthOutOfRange(9).description
                == "a picture must be 320 to 8000 pixels wide, but 9 were asked for")
    }

    @Test func `Class borders that do not rise are refused`() throws {
        let surface = try Self.surface(columns: 1, rows: 1, [1])
        func error(_ breaks: [Double]) throws -> PictureError? {
            var picture = Self.picture("")
            picture.breaks = breaks
            do throws(PictureError) { _ = try picture.png(of: surface) } catch { return error }
            return nil
        }
        #expect(try error([1]) == .tooFewBreaks(1))
        #expect(try error([1, 1]) == .breaksNotRising(position: 1))
        #expect(try error([0, 2, .nan]) == .breaksNotRising(position: 2))
        #expect(try error([0, 2]) == nil)
    }
}
