import Bytes
import Glibc
import SimpleFeatures

/// Writes the five GeoJSON files. Coordinates have six decimals, rings are wound as RFC 7946 asks.
struct BoundaryFiles {
    let territory: Territory
    let defects: Defects

    func municipalities() -> [UInt8] {
        let rings = territory.cells.rings(of: territory.groups(\.municipality), count: Territory.municipalities.count)
        return collection(named: "municipios", rings) { index, writer in
            let municipality = Territory.municipalities[index]
            Self.property("cve_mun", municipality.key, &writer)
            Self.property("nombre", municipality.name, &writer)
            Self.property("poblacion", territory.population { $0.municipality == index }, &writer)
        }
    }

    func districts() -> [UInt8] {
        let rings = territory.cells.rings(of: territory.groups(\.district), count: Territory.districts.count)
        return collection(named: "distritos", rings) { index, writer in
            let district = Territory.districts[index]
            Self.property("cve_dis", district.key, &writer)
            Self.property("nombre", district.name, &writer)
            Self.property("cve_mun", Territory.municipalities[district.municipality].key, &writer)
            Self.property("poblacion", territory.population { $0.district == index }, &writer)
        }
    }

    /// The colonias as published, with the planted defects.
    func colonias() -> [UInt8] {
        let rings = territory.cells.rings(
            of: territory.coloniaOfCell, count: territory.colonias.count, altered: defects.line)
        return collection(named: "colonias", rings) { index, writer in
            let colonia = territory.colonias[index]
            Self.property("cve_col", colonia.key, &writer)
            Self.property("nombre", colonia.name, &writer)
            Self.property("tipo", colonia.settlement, &writer)
            Self.property("cp", colonia.postcode, &writer)
            Self.property("cve_mun", Territory.municipalities[colonia.municipality].key, &writer)
            Self.property("municipio", Territory.municipalities[colonia.municipality].name, &writer)
            Self.property("cve_dis", Territory.districts[colonia.district].key, &writer)
            Self.property("poblacion", colonia.population, &writer)
        }
    }

    /// The river: the northern border, vertex by vertex, and its course beyond the city on both sides.
    func river() -> [UInt8] {
        var writer = Self.opened("rio")
        writer.text("{\"type\":\"Feature\",\"properties\":{")
        Self.property("nombre", "Río Almenar", &writer)
        writer.text("\"fictional\":true},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[")
        Self.positions(riverLine(), &writer)
        writer.text("]}}\n]}\n")
        return writer.bytes
    }

    /// The secured zone and the one it is compared with, each with the ring around it, as rings of 96 corners.
    func operation(_ operation: Operation) -> [UInt8] {
        var areas: [(key: String, name: String, rings: [[Vertex]])] = []
        for (key, name, site) in [
            ("zona", "Zona asegurada", operation.treated), ("control", "Zona de control", operation.control),
        ] {
            let zone = Self.circle(site.centre, Operation.zoneRadius)
            let ring = [Self.circle(site.centre, Operation.ringRadius), Array(zone.reversed())]
            areas.append((key, name, [zone]))
            areas.append(("anillo-" + key, "Anillo de la " + name.lowercased(), ring))
        }
        return collection(named: "operativo", areas.map(\.rings)) { index, writer in
            Self.property("clave", areas[index].key, &writer)
            Self.property("nombre", areas[index].name, &writer)
        }
    }

    /// Counterclockwise from the east, closed.
    private static func circle(_ centre: PlanarPoint, _ radius: Double) -> [Vertex] {
        (0...96).map { step in
            let angle = step < 96 ? Double(step) * .pi / 48 : 0
            let point = PlanarPoint(x: centre.x + radius * cos(angle), y: centre.y + radius * sin(angle))
            return Vertex(MapPosition.place(point))
        }
    }

    /// From west to east.
    func riverLine() -> [Vertex] {
        let border = northernBorder()
        guard let west = border.first, let east = border.last else { return [] }
        let beyond = stride(from: -11_500.0, through: 11_500, by: 500).map { x in
            Vertex(MapPosition.place(PlanarPoint(x: x, y: territory.terrain.riverNorthing(at: x))))
        }
        return beyond.filter { $0.longitude < west.longitude - 3000 } + border
            + beyond.filter { $0.longitude > east.longitude + 3000 }
    }

    private func northernBorder() -> [Vertex] {
        let cells = territory.cells
        var line: [Vertex] = []
        let banks = (0..<cells.count).filter { territory.coloniaOfCell[$0] >= 0 }.flatMap { cell in
            cells.sides[cell].filter { $0.neighbour >= cells.count }.map { Tessellation.Pair(cell, $0.neighbour) }
        }.filter { territory.terrain.isNorthOfRiver(cells.sites[$0.second]) }
        // With the city on its left each piece runs to the west.
        let pieces = banks.compactMap { cells.lines[$0]?.vertices().reversed() }.map(Array.init)
        var startingAt: [Vertex: Int] = [:]
        for (index, piece) in pieces.enumerated() where !piece.isEmpty { startingAt[piece[0]] = index }
        let ends = Set(pieces.compactMap(\.last))
        // Where a bay of the outline reaches the river the border has several runs; the river joins them.
        let runs = pieces.indices.filter { pieces[$0].first.map { !ends.contains($0) } ?? false }
            .sorted { pieces[$0][0].longitude < pieces[$1][0].longitude }
        for run in runs {
            var next: Int? = run
            while let index = next {
                for vertex in pieces[index] where vertex != line.last { line.append(vertex) }
                next = line.last.flatMap { startingAt.removeValue(forKey: $0) }
            }
        }
        return line
    }

    private func collection(
        named name: StaticString, _ areas: [[[Vertex]]], properties: (Int, inout ByteWriter) -> Void
    ) -> [UInt8] {
        var writer = Self.opened(name)
        for (index, rings) in areas.enumerated() {
            writer.text(index == 0 ? "" : ",\n")
            writer.text("{\"type\":\"Feature\",\"properties\":{")
            properties(index, &writer)
            writer.text("\"fictional\":true},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[")
            for (position, ring) in rings.enumerated() {
                writer.text(position == 0 ? "[" : ",[")
                Self.positions(ring, &writer)
                writer.text("]")
            }
            writer.text("]}}")
        }
        writer.text("\n]}\n")
        return writer.bytes
    }

    private static func opened(_ name: StaticString) -> ByteWriter {
        var writer = ByteWriter(capacity: 1 << 16)
        writer.text("{\"type\":\"FeatureCollection\",\"name\":\"")
        writer.text(name)
        writer.text("\",\"fictional\":true,\"place\":\"Valle del Faro, ciudad ficticia\",\"features\":[\n")
        return writer
    }

    private static func property(_ name: StaticString, _ text: String, _ writer: inout ByteWriter) {
        writer.text("\"")
        writer.text(name)
        writer.text("\":")
        writer.jsonString(text)
        writer.text(",")
    }

    private static func property(_ name: StaticString, _ number: Int, _ writer: inout ByteWriter) {
        writer.text("\"")
        writer.text(name)
        writer.text("\":")
        writer.integer(number)
        writer.text(",")
    }

    private static func positions(_ vertices: [Vertex], _ writer: inout ByteWriter) {
        for (index, vertex) in vertices.enumerated() {
            writer.text(index == 0 ? "[" : ",[")
            writer.fixed(vertex.place.longitude, decimals: 6)
            writer.text(",")
            writer.fixed(vertex.place.latitude, decimals: 6)
            writer.text("]")
        }
    }
}
