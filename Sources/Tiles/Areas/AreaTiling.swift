import Dispatch
import Glibc
import SimpleFeatures
import Synchronization

/// Areas cut into the tiles of some zooms, by whichever layer they are.
struct AreaTiling: Sendable {
    let arcs: SharedArcs
    private let detail: ArcDetail
    private let buffer: Int
    private(set) var zooms: [Int: TileParts] = [:]
    private(set) var account: AreaAccount

    /// - Parameters:
    ///   - order: the rows in the order in which tiles will have them.
    ///   - buffer: 0 to 2048 units; others are taken as the nearest of these.
    ///   - simplifies: whether lines lose what a zoom cannot show, or every corner stays.
    ///   - threads: how many zooms are cut at once.
    init(
        _ areas: [MultiPolygon<LonLat>], order: [Int], zooms: ClosedRange<Int>, buffer: Int, simplifies: Bool,
        threads: Int?
    ) {
        let rings = AreaRings(areas, order: order)
        account = rings.account
        arcs = SharedArcs(rings)
        let finest = GridPoint.shift(zoom: zooms.upperBound)
        detail = simplifies ? ArcDetail(arcs, finest: finest) : ArcDetail(keepingAllOf: arcs)
        self.buffer = max(0, min(2048, buffer))
        account.rowsWithoutPlace = order.indices.filter { arcs.places[$0] == nil }.map { order[$0] }.sorted()
        cut(Array(zooms), threads: threads)
    }

    /// Cuts the deepest zooms first, which take the longest.
    private mutating func cut(_ zooms: [Int], threads: Int?) {
        let cut = Mutex<[Int: (parts: TileParts, squares: Int)]>([:])
        let next = Mutex(zooms.sorted())
        let tiling = self
        let crew = min(zooms.count, max(1, threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        DispatchQueue.concurrentPerform(iterations: crew) { _ in
            while let zoom = next.withLock({ $0.popLast() }) {
                let parts = tiling.parts(zoom: zoom, coarsening: 0)
                cut.withLock { $0[zoom] = parts }
            }
        }
        for (zoom, parts) in cut.withLock({ $0 }) {
            self.zooms[zoom] = parts.parts
            if parts.squares > 0 { account.areasDrawnAsSquares[zoom] = parts.squares }
        }
    }

    /// The parts of one tile, coarsened.
    func parts(of tile: TileID, coarsening: Int) -> TileParts? {
        guard let full = zooms[tile.zoom], coarsening > 0 else { return zooms[tile.zoom] }
        let areas = full.features(in: tile).map { Int($0.area) }
        return parts(zoom: tile.zoom, coarsening: coarsening, only: tile, areas).parts
    }

    private func parts(
        zoom: Int, coarsening: Int, only: TileID? = nil, _ chosen: [Int]? = nil
    ) -> (parts: TileParts, squares: Int) {
        let areas = chosen ?? Array(0..<arcs.areaCount)
        let shift = GridPoint.shift(zoom: zoom)
        var grid = GridArcs(
            arcs, detail, shift: shift, coarsening: coarsening, isWanted: chosen.map { arcs.isUsed(by: $0) })
        let touches = settle(&grid, areas)
        let cutter = AreaCutter(zoom: zoom, buffer: buffer, only: only)
        var collector = TilePartsCollector()
        var squares = 0
        var outline = AreaOutline()
        for (index, area) in areas.enumerated() {
            guard let place = arcs.places[area] else { continue }
            outline.load(area, of: arcs, on: grid)
            for polygon in touches[index] ? OutlineTracing.polygons(of: outline) : outline.polygons {
                cutter.cut(polygon, into: &collector)
            }
            if collector.finish(area: area, isSquare: false) { continue }
            cutter.cut(Self.square(around: GridPoint(place, shift: shift), zoom: zoom), into: &collector)
            if collector.finish(area: area, isSquare: true) { squares += 1 }
        }
        return (TileParts(collector), squares)
    }

    /// How often points are put in where sides cross: each moves lines by less than a unit, which may make a new
    /// crossing.
    private static let rounds = 8

    /// Puts points into the arcs of areas whose sides cross or touch, until they meet at their ends only.
    /// - Returns: of each of the areas, whether its sides meet otherwise than as neighbours in a ring.
    private func settle(_ grid: inout GridArcs, _ areas: [Int]) -> [Bool] {
        var touches = [Bool](repeating: false, count: areas.count)
        var contacts = OutlineContacts()
        var outline = AreaOutline()
        var dirty = Array(areas.indices)
        for _ in 0..<Self.rounds {
            contacts.removeAll()
            for index in dirty {
                outline.load(areas[index], of: arcs, on: grid)
                touches[index] = contacts.find(in: outline)
            }
            if contacts.nodes.isEmpty { break }
            let hasChanged = grid.insert(contacts.nodes)
            dirty = areas.indices.filter { arcs.uses(of: areas[$0]).contains { hasChanged[Int($0 < 0 ? ~$0 : $0)] } }
        }
        return touches
    }

    /// A square of two units around a place, within the world.
    private static func square(around place: GridPoint, zoom: Int) -> GridPolygon {
        let half = Int64(1) << Int64(zoom + GridPoint.tileBits - 1)
        func inside(_ place: Int32) -> Int32 { Int32(clamping: max(1 - half, min(half - 2, Int64(place)))) }
        let (x, y) = (inside(place.x), inside(place.y))
        return GridPolygon(
            exterior: [
                GridPoint(x: x - 1, y: y - 1), GridPoint(x: x + 1, y: y - 1), GridPoint(x: x + 1, y: y + 1),
                GridPoint(x: x - 1, y: y + 1),
            ])
    }
}

extension SharedArcs {
    /// The uses of all rings of an area.
    func uses(of area: Int) -> ArraySlice<Int32> {
        uses[useStarts[areaStarts[area]]..<useStarts[areaStarts[area + 1]]]
    }

    /// Of each arc, whether one of some areas goes along it.
    func isUsed(by areas: [Int]) -> [Bool] {
        var isUsed = [Bool](repeating: false, count: arcCount)
        for area in areas {
            for use in uses(of: area) { isUsed[Int(use < 0 ? ~use : use)] = true }
        }
        return isUsed
    }
}

extension AreaOutline {
    /// The rings as they stand, for an area without contacts: each exterior with the holes that follow it.
    var polygons: [GridPolygon] {
        var polygons: [GridPolygon] = []
        for ring in isHole.indices {
            let points = Array(points[ringStarts[ring]..<ringStarts[ring + 1]])
            guard points.count >= 3 else { continue }
            let runsAsHole = GridTurn.doubleArea(points) < 0
            let turned = runsAsHole == isHole[ring] ? points : points.reversed()
            if !isHole[ring] {
                polygons.append(GridPolygon(exterior: turned))
            } else if !polygons.isEmpty {
                polygons[polygons.count - 1].holes.append(turned)
            }
        }
        return polygons
    }
}
