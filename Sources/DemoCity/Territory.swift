import SimpleFeatures

/// A municipality of the invented metropolis.
struct Municipality {
    var key: String
    /// As the boundary file writes it: `San Telmo del Río`.
    var name: String
}

/// A police district; it lies in one municipality.
struct District {
    var key: String
    var name: String
    var municipality: Int
}

/// A neighbourhood, the smallest area with a name.
struct Colonia {
    var key: String
    /// Upper case, without accents, with Ñ.
    var name: String
    var settlement: String
    var postcode: String
    var municipality: Int
    var district: Int
    var population: Int
    var dwellings: Int
    var squareKilometres: Double
    var centre: PlanarPoint
}

/// The areas of the city: three municipalities, six districts, some 150 colonias, all unions of the same cells.
struct Territory {
    static let municipalities = [
        Municipality(key: "00901", name: "San Telmo del Río"), Municipality(key: "00902", name: "Puerto Candela"),
        Municipality(key: "00903", name: "Villa Almenara"),
    ]
    static let districts = [
        District(key: "01", name: "Distrito 1 Faro", municipality: 0),
        District(key: "02", name: "Distrito 2 Brújula", municipality: 0),
        District(key: "03", name: "Distrito 3 Ancla", municipality: 0),
        District(key: "04", name: "Distrito 4 Candela", municipality: 1),
        District(key: "05", name: "Distrito 5 Goleta", municipality: 1),
        District(key: "06", name: "Distrito 6 Almenara", municipality: 2),
    ]
    static let coloniaCount = 150

    let terrain: Terrain
    let cells: Tessellation
    /// Per cell the position of its colonia in ``colonias``; −1 for the few cells cut off from the city.
    let coloniaOfCell: [Int]
    /// Per colonia its neighbours, in ascending order.
    let neighbours: [[Int]]
    var colonias: [Colonia]

    init(seed: UInt64) {
        terrain = Terrain(seed: seed)
        cells = Tessellation(seed: seed, terrain: terrain)
        var dice = Dice(seed: seed, stream: "territory")
        let grown = Self.growColonias(cells, &dice)
        let graph = Growth.neighbours(ofGroups: grown, count: Self.coloniaCount, nodes: cells.neighbours)
        let centres = Self.centres(of: grown, in: cells)
        let municipality = Self.growMunicipalities(graph, centres)
        let district = Self.growDistricts(graph, centres, municipality)

        // Numbered by municipality, then from the north-west in rows, as clerks do.
        let order = centres.indices.sorted {
            (municipality[$0], -(centres[$0].y / 1500).rounded(), centres[$0].x)
                < (municipality[$1], -(centres[$1].y / 1500).rounded(), centres[$1].x)
        }
        var position = Array(repeating: -1, count: order.count)
        for (new, old) in order.enumerated() { position[old] = new }
        coloniaOfCell = grown.map { $0 < 0 ? -1 : position[$0] }
        neighbours = order.map { graph[$0].map { position[$0] }.sorted() }
        let areas = cells.rings(of: coloniaOfCell, count: order.count).map { rings in
            rings.reduce(0.0) { $0 + Double(Tessellation.doubledArea($1)) / 2 * Self.squareKilometresPerUnit }
        }
        colonias = []
        for (new, old) in order.enumerated() {
            colonias.append(
                Self.settle(
                    at: centres[old], municipality: municipality[old], district: district[old], area: areas[new],
                    number: colonias.count { $0.municipality == municipality[old] } + 1, terrain, &dice))
        }
        ColoniaNames.assign(to: &colonias, neighbours: neighbours, seed: seed)
    }

    /// Per cell the group of a level that its colonia belongs to.
    func groups(_ group: (Colonia) -> Int) -> [Int] { coloniaOfCell.map { $0 < 0 ? -1 : group(colonias[$0]) } }

    /// How many people live in the colonias that satisfy a condition.
    func population(where holds: (Colonia) -> Bool) -> Int {
        colonias.reduce(0) { $0 + (holds($1) ? $1.population : 0) }
    }

    /// One square millionth of a degree at the city's latitude.
    private static let squareKilometresPerUnit = 0.0996 * 0.1108 * 1e-6

    private static func growColonias(_ cells: Tessellation, _ dice: inout Dice) -> [Int] {
        let neighbours = (0..<cells.count).map(cells.neighbours)
        var isTaken = Array(repeating: false, count: cells.count)
        var seeds: [Int] = []
        let order = dice.shuffled(Array(0..<cells.count))
        for cell in order where seeds.count < coloniaCount && !isTaken[cell] && !neighbours[cell].isEmpty {
            seeds.append(cell)
            isTaken[cell] = true
            for neighbour in neighbours[cell] { isTaken[neighbour] = true }
        }
        for cell in order where seeds.count < coloniaCount && !seeds.contains(cell) && !neighbours[cell].isEmpty {
            seeds.append(cell)
        }
        // Each colonia has its own appetite, so that large ones stand beside small ones.
        let appetite = seeds.map { _ in dice.between(0.7, 1.6) }
        let sites = cells.sites
        return Growth.nearestSeed(seeds, neighbours: neighbours) { seed, from, to in
            sites[from].metres(to: sites[to]) * appetite[seed]
        }
    }

    private static func centres(of groups: [Int], in cells: Tessellation) -> [PlanarPoint] {
        var sums = Array(repeating: (x: 0.0, y: 0.0, count: 0.0), count: coloniaCount)
        for cell in groups.indices where groups[cell] >= 0 {
            sums[groups[cell]].x += cells.sites[cell].x
            sums[groups[cell]].y += cells.sites[cell].y
            sums[groups[cell]].count += 1
        }
        return sums.map { PlanarPoint(x: $0.x / max(1, $0.count), y: $0.y / max(1, $0.count)) }
    }

    private static func growMunicipalities(_ graph: [[Int]], _ centres: [PlanarPoint]) -> [Int] {
        let seeds = Terrain.centres.map { nearest(to: $0, among: Array(centres.indices), centres) }
        let weight = [0.75, 1.0, 0.95]
        return Growth.nearestSeed(seeds, neighbours: graph) { seed, from, to in
            centres[from].metres(to: centres[to]) * weight[seed]
        }.map { max(0, $0) }
    }

    /// Within each municipality, first from places far apart, then anew from the middle of each district.
    private static func growDistricts(_ graph: [[Int]], _ centres: [PlanarPoint], _ municipality: [Int]) -> [Int] {
        let inside = graph.indices.map { node in graph[node].filter { municipality[$0] == municipality[node] } }
        func grown(_ seeds: [Int]) -> [Int] {
            Growth.nearestSeed(seeds, neighbours: inside) { _, from, to in centres[from].metres(to: centres[to]) }
                .map { max(0, $0) }
        }
        var district = grown(scatteredSeeds(centres, municipality))
        for _ in 0..<12 {
            let seeds = districts.indices.map { number in
                let members = centres.indices.filter { district[$0] == number }
                let share = 1 / Double(max(1, members.count))
                let middle = members.reduce(PlanarPoint(x: 0, y: 0)) {
                    PlanarPoint(x: $0.x + centres[$1].x * share, y: $0.y + centres[$1].y * share)
                }
                return nearest(to: middle, among: members, centres)
            }
            district = grown(seeds)
        }
        return district
    }

    /// Per district a colonia as far as can be from those of the others in its municipality.
    private static func scatteredSeeds(_ centres: [PlanarPoint], _ municipality: [Int]) -> [Int] {
        var seeds: [Int] = []
        for district in districts {
            let members = centres.indices.filter { municipality[$0] == district.municipality }
            let chosen = seeds.indices.filter { districts[$0].municipality == district.municipality }.map { seeds[$0] }
            func solitude(_ colonia: Int) -> Double {
                chosen.map { centres[$0].metres(to: centres[colonia]) }.min() ?? 0
            }
            seeds.append(
                chosen.isEmpty
                    ? nearest(to: Terrain.centres[district.municipality], among: members, centres)
                    : members.max { solitude($0) < solitude($1) } ?? 0)
        }
        return seeds
    }

    private static func nearest(to point: PlanarPoint, among members: [Int], _ centres: [PlanarPoint]) -> Int {
        members.min { centres[$0].metres(to: point) < centres[$1].metres(to: point) } ?? 0
    }

    private static func settle(
        at centre: PlanarPoint, municipality: Int, district: Int, area: Double, number: Int, _ terrain: Terrain,
        _ dice: inout Dice
    ) -> Colonia {
        let distance = terrain.metresToCentre(centre) / 1000
        let perSquareKilometre = 15_000 / (1 + distance * distance / 9) * dice.between(0.55, 1.45) + 350
        let population = Int((perSquareKilometre * area).rounded())
        let key = municipalities[municipality].key + padded(number, 4)
        let postcode = "00" + String(municipality + 1) + padded((number + 2) / 3, 2)
        return Colonia(
            key: key, name: "", settlement: "", postcode: postcode, municipality: municipality, district: district,
            population: population, dwellings: Int((Double(population) / dice.between(3.0, 4.1)).rounded()),
            squareKilometres: area, centre: centre)
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
