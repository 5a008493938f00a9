import Grids
import SimpleFeatures
import Testing

@testable import Pictures

@Suite struct MapPictureTests {
    /// The pixel at a place of the plane.
    static func pixel(at point: PlanarPoint, of picture: MapPicture) throws -> UInt32 {
        let place = try layout(of: picture).place(point)
        return try #require(try picture.canvas().pixel(x: Int(place.x), y: Int(place.y)))
    }

    static func layout(of picture: MapPicture) throws -> MapLayout {
        try MapLayout(picture: picture, sections: picture.layers.compactMap { try LegendSection($0, of: picture) })
    }

    static func map(_ layers: [MapLayer], width: Int = 400) -> MapPicture {
        var map = MapPicture(title: "Prueba", crs: CRS("EPSG:32614"))
        map.width = width
        map.layers = layers
        return map
    }

    static func square(_ x: Double, _ y: Double, side: Double = 100) -> [PlanarPoint] {
        [(0, 0), (side, 0), (side, side), (0, side), (0, 0)].map { PlanarPoint(x: x + $0.0, y: y + $0.1) }
    }

    /// Four squares in a row, of which the last has no class.
    private static let areas = (0..<4).map {
        MapLayer.AreaLayer.Area(rings: [square(Double($0) * 100, 0)], classIndex: [0, 6, 3, 7][$0])
    }

    private static func middle(_ index: Int) -> PlanarPoint { PlanarPoint(x: Double(index) * 100 + 50, y: 50) }

    @Test(arguments: [1, 2, 5, 12, 60])
    func `Small maps stand side by side at one scale, none on another, each with its own cells`(count: Int) throws {
        var picture = Self.map([.lines(.init([Self.square(0, 0, side: 400)]))], width: 1600)
        let legend = MapLegend.hotSpots(.spanish)
        picture.panels = (0..<count).map { index in
            let area = MapLayer.AreaLayer.Area(
                rings: [Self.square(0, 0, side: 400)], classIndex: index % 2 == 0 ? 0 : 6)
            return .init("\(2000 + index)", layers: [.areas(.init([area], legend: legend))])
        }
        let sections = try ((picture.panels.first?.layers ?? []) + picture.layers).compactMap {
            try LegendSection($0, of: picture)
        }
        let layout = try MapLayout(picture: picture, sections: sections)
        let boxes = layout.panels
        #expect(boxes.count == count && Set(boxes.map { [$0.width, $0.height] }).count == 1)
        for (index, box) in boxes.enumerated() {
            #expect(layout.panel.grown(by: 1).contains(box))
            for other in boxes.dropFirst(index + 1) { #expect(!box.intersects(other)) }
        }
        let canvas = try picture.canvas()
        for (index, box) in boxes.enumerated() {
            let pixel = canvas.pixel(x: Int(box.x + box.width / 2), y: Int(box.y + box.height / 2))
            #expect(pixel == legend.entries[index % 2 == 0 ? 0 : 6].colour.pixel)
        }
        #expect(Double(canvas.height) < 1600 * 1.6)
    }

    @Test func `Frames of one size make a film, others are refused`() throws {
        func frame(_ side: Double) -> MapPicture {
            Self.map([
                .lines(
                    .init([
                        [
                            PlanarPoint(x: 0, y: 0), PlanarPoint(x: 100, y: side),
                        ]
                    ]))
            ])
        }
        let film = try AnimatedPicture(frames: [frame(100), frame(100)]).png()
        #expect(film.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(throws: PictureError.self) { try AnimatedPicture(frames: [frame(1000), frame(40)]).png() }
        #expect(throws: PictureError.nothingToPaint) { try AnimatedPicture(frames: []).png() }
    }

    @Test func `The example of MapPicture runs`() throws {
        let hexagons = try HexGrid(
            covering: Envelope(minX: 0, minY: 0, maxX: 900, maxY: 900), cellSize: .metres(300), crs: CRS("EPSG:32614"))
        let cells = (0..<hexagons.cellCount).map { cell in
            let ring = hexagons.ring(column: cell % hexagons.columns, row: cell / hexagons.columns)
            return MapLayer.AreaLayer.Area(rings: [ring], classIndex: MapLegend.hotSpotIndex(bin: cell % 7 - 3))
        }
        let (colonias, municipality) = ([Self.square(0, 0), Self.square(300, 300)], [Self.square(0, 0, side: 900)])

        var map = MapPicture(title: "Puntos calientes de robo a transeúnte", crs: hexagons.crs)
        map.subtitles = ["Monterrey, enero a marzo de 2024"]
        map.layers = [
            .areas(.init(cells, legend: .hotSpots(.spanish))), .lines(.init(colonias)),
            .lines(.init(municipality, weight: .strong, label: "Límite municipal")),
        ]
        map.attribution = "Fuente: Secretaría de Seguridad"
        let png = try map.png()

        #expect(try SurfacePictureTests.size(of: png).width == 1600)
        for text in ["Title", "robo a transeúnte", "Monterrey, enero a marzo", "Source", "Secretaría de Seguridad"] {
            #expect(png.firstRange(of: Array(text.utf8)) != nil)
        }
    }

    @Test func `An area has the colour of its class, and one without a class is not drawn`() throws {
        let legend = MapLegend.hotSpots(.english)
        let map = Self.map([.areas(.init(Self.areas, legend: legend))])
        let found = try (0..<4).map { try Self.pixel(at: Self.middle($0), of: map) }
        #expect(found == [0, 6, 3].map { legend.entries[$0].colour.pixel } + [Palette.ground.pixel])
    }

    @Test func `A hole of an area shows what lies below, and so does an area that covers half`() throws {
        let ring = MapLayer.AreaLayer.Area(rings: [Self.square(0, 0, side: 300), Self.square(100, 100)], classIndex: 0)
        var layer = MapLayer.AreaLayer([ring], legend: MapLegend(title: "", entries: [.init("a", Colour(0))]))
        let below = Self.square(-50, -50, side: 400)
        let ground = MapLayer.AreaLayer(
            [.init(rings: [below], classIndex: 0)],
            legend: MapLegend(title: "", entries: [.init("b", Colour(0xFF0000))]))
        func colour(_ x: Double) throws -> UInt32 {
            try Self.pixel(at: PlanarPoint(x: x, y: 150), of: Self.map([.areas(ground), .areas(layer)]))
        }
        #expect(try colour(150) == 0xFFFF_0000)
        #expect(try colour(50) == 0xFF00_0000)
        layer.opacity = 0.5
        #expect([0xFF7F_0000, 0xFF80_0000].contains(try colour(50)))
        layer.opacity = -1
        #expect(try colour(50) == 0xFFFF_0000)
    }

    @Test func `Later layers cover earlier ones`() throws {
        let cells = MapLayer.areas(.init(Self.areas, legend: .hotSpots(.english)))
        let dot = MapLayer.points(.init([Self.middle(0)], colour: Colour(0x00FF00), radius: 30, opacity: 1))
        #expect(try Self.pixel(at: Self.middle(0), of: Self.map([cells, dot])) == 0xFF00_FF00)
        #expect(try Self.pixel(at: Self.middle(0), of: Self.map([dot, cells])) != 0xFF00_FF00)
    }

    @Test func `A surface lies where its grid does, also where the map shows more or less of it`() throws {
        let surface = try SurfacePictureTests.surface(columns: 4, rows: 4, (1...16).map { Double($0 / 9 * 15 + 1) })
        let layer = MapLayer.surface(.init(surface, unit: "u", breaks: [0, 10, 20]))
        let colours = ColourRamp.magma.colours(count: 2).map(\.pixel)
        let grid = surface.grid
        for margin in [0.0, 1000, -120] {
            var map = Self.map([layer])
            map.extent = Envelope(
                minX: grid.envelope.minX - margin, minY: grid.envelope.minY - margin,
                maxX: grid.envelope.maxX + margin, maxY: grid.envelope.maxY + margin)
            #expect(try Self.pixel(at: grid.centre(column: 1, row: 1), of: map) == colours[0])
            #expect(try Self.pixel(at: grid.centre(column: 2, row: 2), of: map) == colours[1])
            let beyond = PlanarPoint(x: grid.origin.x - 60, y: grid.origin.y + 60)
            if margin > 0 { #expect(try Self.pixel(at: beyond, of: map) == Palette.ground.pixel) }
        }
    }

    @Test func `Of two names that would overlap the first stays, and none leaves the frame`() throws {
        let cells = MapLayer.areas(.init(Self.areas, legend: .hotSpots(.english)))
        func bytes(_ labels: [(String, PlanarPoint)]) throws -> [UInt8] {
            let map = Self.map([cells, .labels(labels.map { .init($0.0, at: $0.1) })], width: 800)
            return try map.canvas().png(PNGEncoder())
        }
        let plain = try bytes([])
        let one = try bytes([("Centro", Self.middle(1))])
        #expect(one != plain)
        #expect(try bytes([("Centro", Self.middle(1)), ("Otro", PlanarPoint(x: 155, y: 51))]) == one)
        #expect(try bytes([("Centro", Self.middle(1)), ("Otro", Self.middle(3))]) != one)
        for place in [PlanarPoint(x: -10, y: 50), PlanarPoint(x: .nan, y: 0), PlanarPoint(x: 1e300, y: -.infinity)] {
            #expect(try bytes([("Centro", place), ("", Self.middle(0))]) == plain)
        }
    }

    // MARK: Extents

    @Test func `A map without any place is refused`() throws {
        for layers: [MapLayer] in [
            [], [.points(.init([]))], [.points(.init([PlanarPoint(x: .nan, y: .nan)]))],
            [.labels([.init("a", at: PlanarPoint(x: 0, y: 0))])], [.lines(.init([[]]))],
        ] {
            #expect(throws: PictureError.nothingToPaint) { try Self.map(layers).png() }
        }
        var map = Self.map([.points(.init([PlanarPoint(x: 0, y: 0)]))])
        map.extent = Envelope(minX: 5, minY: 0, maxX: 0, maxY: 1)
        #expect(throws: PictureError.nothingToPaint) { try map.png() }
        #expect(
            PictureError.nothingToPaint.description == "a map must show a place, but none of its layers has one")
    }

    @Test func `A single place, a line and places without end are maps`() throws {
        let odd: [[(Double, Double)]] = [
            [(3, 4)], [(0, 0), (0, 5000)], [(0, 0), (9e6, 0)], [(-1e300, 0), (1e300, 1)], [(0, 0), (.infinity, 3)],
            [(1e-9, 0), (2e-9, 1e-9)],
        ]
        for places in odd {
            let points = places.map { PlanarPoint(x: $0.0, y: $0.1) }
            let map = Self.map([.points(.init(points, label: "Lugares")), .lines(.init([points]))])
            let size = try SurfacePictureTests.size(of: map.png())
            #expect(size.width == 400 && size.height > 100 && size.height < 700)
        }
    }

    // MARK: Legends

    @Test func `The lines of a legend do not run into one another, and stay in their column`() throws {
        let long = "Una etiqueta tan larga que no cabe en un renglón ni en dos, y quizá tampoco en tres renglones"
        let legend = MapLegend.kinds(title: long, labels: [long, "corta", long, "", "otra"])
        let map = Self.map(
            [
                .areas(.init(Self.areas, legend: legend)), .lines(.init([Self.square(0, 0)], label: long)),
                .points(.init([Self.middle(0)], label: long)), .areas(.init(Self.areas, legend: .hotSpots(.spanish))),
            ], width: 1600)
        let layout = try Self.layout(of: map)
        let lines = layout.legend.items.flatMap(\.lines)
        #expect(lines.count > 20)
        let ruler = try Canvas(width: 1, height: 1, paper: nil)
        for (upper, lower) in zip(lines, lines.dropFirst()) { #expect(lower.y - upper.y >= lower.font.size) }
        for line in lines { #expect(line.x + ruler.width(of: line.text, font: line.font) <= layout.column.width) }
        let symbols = layout.legend.items.filter { $0.symbol != nil }.map(\.y)
        for (upper, lower) in zip(symbols, symbols.dropFirst()) {
            #expect(lower - upper >= layout.legend.symbolSize.height - 1e-9)
        }
        // North and scale have their place below.
        #expect(layout.panel.height - layout.legend.height >= 150)
    }

    @Test func `A legend counts what it has no room for`() throws {
        let legend = MapLegend.kinds(title: "Grupos", labels: (1...100).map { "Grupo \($0)" })
        #expect(legend.entries[8].colour == legend.entries[0].colour)
        let map = Self.map([.areas(.init(Self.areas, legend: legend))])
        let section = try #require(try LegendSection(map.layers[0], of: map))
        #expect(section.entries.count == 40 && section.remark == "y 60 más")
        #expect(try SurfacePictureTests.size(of: map.png()).height < 900)
    }

    @Test func `Hot and cold spots grow darker from the middle to both ends`() {
        let legend = MapLegend.hotSpots(.spanish)
        #expect(legend.entries.map(\.label).first == "Caliente, 99 %")
        #expect(legend.entries[MapLegend.hotSpotIndex(bin: 0)].label == "No significativo")
        #expect((-4...4).map { MapLegend.hotSpotIndex(bin: $0) } == [6, 6, 5, 4, 3, 2, 1, 0, 0])
        let light = legend.entries.map { entry in
            0.2126 * Double(entry.colour.red) + 0.7152 * Double(entry.colour.green) + 0.0722 * Double(entry.colour.blue)
        }
        #expect(light[0] < light[1] && light[1] < light[2] && light[2] < light[3])
        #expect(light[6] < light[5] && light[5] < light[4] && light[4] < light[3])
        #expect(MapLegend.localAssociation(.english).entries.map(\.label).last == "Not significant")
        #expect(MapLegend.localAssociation(.spanish).entries.count == 5)
    }

    @Test func `A legend of values has the greatest at the top, and says where each value stands`() throws {
        let borders: [Double] = [0, 250, 1000, 2500]
        let legend = try MapLegend(title: "Tasa", borders: borders, ramp: .cividis, isOpen: true)
        #expect(legend.entries.map(\.label) == ["≥ 1,000", "250 – 1,000", "0 – 250"])
        #expect(legend.entries.map(\.colour) == ColourRamp.cividis.colours(count: 3).reversed())
        let values: [Double] = [-1, 0, 250, 999, 1e9, .nan]
        #expect(values.map { MapLegend.index(of: $0, in: borders) } == [nil, 2, 1, 1, 0, nil])
        #expect(MapLegend.index(of: 1, in: [3]) == nil)
        #expect(throws: PictureError.tooFewBreaks(1)) { try MapLegend(title: "", borders: [1]) }
    }

    @Test(arguments: [PictureLanguage.spanish, .english])
    func `Every picture names its projection, and a surface its cells`(language: PictureLanguage) throws {
        var map = Self.map([.points(.init([Self.middle(0)]))])
        map.language = language
        map.attribution = "Fuente: X"
        let texts = try Self.layout(of: map).lines.map(\.text)
        let word = language == .spanish ? "Proyección" : "Projection"
        #expect(texts == ["Prueba", "\(word) EPSG:32614", "Fuente: X"])
        map.layers = [.surface(.init(try SurfacePictureTests.surface(columns: 1, rows: 1, [1]), unit: "u"))]
        #expect(try Self.layout(of: map).lines[1].text.hasSuffix(" 100 m · EPSG:32614"))
    }
}
