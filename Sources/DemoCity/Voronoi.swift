import SimpleFeatures

/// Which places are nearest to a site, found by cutting a square with the bisectors of its neighbours.
struct Voronoi {
    /// Three sites whose cells meet in one corner, in ascending order: the corner's name.
    struct Corner: Hashable {
        var a: Int
        var b: Int
        var c: Int

        init(_ sites: Int...) {
            let sorted = sites.sorted()
            (a, b, c) = (sorted[0], sorted[1], sorted[2])
        }
    }

    /// One side of a cell, with the cell on its left.
    struct Side {
        var neighbour: Int
        var start: Corner
        var end: Corner
    }

    let sites: [PlanarPoint]

    /// The sides of a site's cell, counter-clockwise. The cell must be surrounded by others.
    ///
    /// - Complexity: O(*n*) for *n* sites, and a sort of those within `reach`.
    func sides(of site: Int, reach: Double) -> [Side] {
        let centre = sites[site]
        let near = sites.indices.filter { $0 != site && sites[$0].metres(to: centre) < reach }
            .sorted { sites[$0].metres(to: centre) < sites[$1].metres(to: centre) }
        var cell = Self.square(around: centre, reach: reach)
        for other in near {
            let radius = cell.reduce(0) { max($0, $1.point.metres(to: centre)) }
            if sites[other].metres(to: centre) > 2 * radius { break }
            cell = cut(cell, between: centre, and: other)
        }
        return cell.indices.map { index in
            let before = cell[(index + cell.count - 1) % cell.count].neighbour
            let after = cell[(index + 1) % cell.count].neighbour
            let own = cell[index].neighbour
            return Side(neighbour: own, start: Corner(site, before, own), end: Corner(site, own, after))
        }
    }

    /// Where three cells meet: the centre of the circle through their sites.
    func position(of corner: Corner) -> PlanarPoint {
        let (a, b, c) = (sites[corner.a], sites[corner.b], sites[corner.c])
        let (bx, by, cx, cy) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y)
        let twice = 2 * (bx * cy - by * cx)
        let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy)
        return PlanarPoint(x: a.x + (cy * b2 - by * c2) / twice, y: a.y + (bx * c2 - cx * b2) / twice)
    }

    /// A corner of the cell as it is being cut, and the neighbour behind the side that starts there.
    private typealias Cut = (point: PlanarPoint, neighbour: Int)

    private static func square(around centre: PlanarPoint, reach: Double) -> [Cut] {
        [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map {
            (PlanarPoint(x: centre.x + $0.0 * reach, y: centre.y + $0.1 * reach), -1)
        }
    }

    private func cut(_ cell: [Cut], between centre: PlanarPoint, and other: Int) -> [Cut] {
        let site = sites[other]
        let (nx, ny) = (site.x - centre.x, site.y - centre.y)
        let middle = ((centre.x + site.x) * nx + (centre.y + site.y) * ny) / 2
        var kept: [Cut] = []
        for (index, corner) in cell.enumerated() {
            let next = cell[(index + 1) % cell.count]
            let here = corner.point.x * nx + corner.point.y * ny - middle
            let there = next.point.x * nx + next.point.y * ny - middle
            if here <= 0 { kept.append(corner) }
            guard (here <= 0) != (there <= 0) else { continue }
            let share = here / (here - there)
            let crossing = PlanarPoint(
                x: corner.point.x + share * (next.point.x - corner.point.x),
                y: corner.point.y + share * (next.point.y - corner.point.y))
            kept.append((crossing, here <= 0 ? other : corner.neighbour))
        }
        return kept
    }
}
