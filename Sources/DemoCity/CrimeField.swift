import SimpleFeatures

/// Where the crimes happen: the background of each, the hot streets, the hot corners, and two places that change.
struct CrimeField {
    /// A stretch of one street; crossings by position in ``Streets/crossings``.
    struct HotStreet {
        var name: String
        var crossings: [Int]
    }

    /// A place that is hot only before or only after a day.
    struct HotDisc {
        var centre: PlanarPoint
        var crossings: [Int]
    }

    static let hotStreetCount = 5
    static let hotCornerCount = 10
    static let discRadius = 550.0
    /// Robberies here grow from this month of 2022 on, and fade there.
    static let turningMonth = 7
    /// What share of the robberies the two discs take while they are hot.
    static let discShare = 0.09

    let streets: Streets
    let hotStreets: [HotStreet]
    let hotCorners: [Int]
    let emerging: HotDisc
    let fading: HotDisc
    private let background: [Choices]

    init(seed: UInt64, territory: Territory, streets: Streets) {
        var dice = Dice(seed: seed, stream: "hot places")
        self.streets = streets
        hotStreets = Self.findHotStreets(territory, streets, &dice)
        hotCorners = Self.findHotCorners(territory, streets, besides: hotStreets, &dice)
        emerging = Self.disc(around: PlanarPoint(x: 3300, y: -1900), streets)
        fading = Self.disc(around: PlanarPoint(x: -4300, y: 2600), streets)
        let unevenness = streets.crossings.map { _ in dice.between(0.3, 1) * dice.between(0.3, 1) * 2 }
        background = Crime.all.map { crime in
            Choices(
                weights: streets.crossings.enumerated().map { index, crossing in
                    unevenness[index] * Self.weight(of: crossing, crime.setting, territory)
                })
        }
    }

    /// A crossing for one incident. `monthsSinceStart` counts from January 2021.
    func crossing(for crime: Int, monthsSinceStart month: Int, _ dice: inout Dice) -> Int {
        let kind = Crime.all[crime]
        if kind.inHotStreets > 0.3, dice.happens(Self.discShare) {
            let turning = 12 + Self.turningMonth - 1
            if let crossing = dice.pick(month >= turning ? emerging.crossings : fading.crossings) { return crossing }
        }
        let draw = dice.unit()
        if draw < kind.inHotStreets, let street = dice.pick(hotStreets), let crossing = dice.pick(street.crossings) {
            return crossing
        }
        // The first corners are the hottest: the smaller of two draws.
        if !hotCorners.isEmpty, draw >= kind.inHotStreets, draw < kind.inHotStreets + kind.atHotCorners {
            return hotCorners[min(dice.below(hotCorners.count), dice.below(hotCorners.count))]
        }
        return dice.index(in: background[crime])
    }

    private static func weight(of crossing: Crossing, _ setting: Crime.Setting, _ territory: Territory) -> Double {
        let kilometres = territory.terrain.metresToCentre(crossing.point) / 1000
        let colonia = territory.colonias[crossing.colonia]
        let density = Double(colonia.population) / max(0.1, colonia.squareKilometres) / 10_000
        let nearCentre = 1.5 / (1 + kilometres * kilometres * kilometres * kilometres / 4)
        // Far out the lattice is wider, and each crossing stands for more ground.
        let ground = 1 + kilometres * kilometres / 12
        return 0.01 + setting.centre * nearCentre + setting.avenue * Double(crossing.avenues) * 0.5
            + setting.residents * density * ground + setting.periphery * (kilometres > 4.5 ? 0.4 : 0.05)
    }

    /// Stretches of avenues through the middle, and one in each of the smaller towns.
    private static func findHotStreets(_ territory: Territory, _ streets: Streets, _ dice: inout Dice) -> [HotStreet] {
        var found: [HotStreet] = []
        var isUsed = Set<String>()
        for number in 0..<hotStreetCount {
            let middle = Terrain.centres[number < 3 ? 0 : number - 2]
            let onAvenues = streets.crossings.indices.filter { index in
                let crossing = streets.crossings[index]
                return crossing.avenues > 0 && crossing.point.metres(to: middle) < 2600
                    && !isUsed.contains(avenue(crossing))
            }
            guard let start = dice.pick(onAvenues) else { continue }
            let name = avenue(streets.crossings[start])
            isUsed.insert(name)
            let along = streets.crossings.indices.filter { avenue(streets.crossings[$0]) == name }.sorted {
                streets.crossings[$0].point.metres(to: middle) < streets.crossings[$1].point.metres(to: middle)
            }
            found.append(HotStreet(name: name, crossings: Array(along.prefix(12))))
        }
        return found
    }

    private static func avenue(_ crossing: Crossing) -> String {
        StreetNames.avenues.contains(crossing.street) ? crossing.street : crossing.crossStreet
    }

    private static func findHotCorners(
        _ territory: Territory, _ streets: Streets, besides hotStreets: [HotStreet], _ dice: inout Dice
    ) -> [Int] {
        let taken = Set(hotStreets.flatMap(\.crossings))
        var corners: [Int] = []
        for index in dice.shuffled(Array(streets.crossings.indices)) where corners.count < hotCornerCount {
            let point = streets.crossings[index].point
            let isApart = corners.allSatisfy { streets.crossings[$0].point.metres(to: point) > 900 }
            if isApart, !taken.contains(index), territory.terrain.metresToCentre(point) < 5000 { corners.append(index) }
        }
        return corners
    }

    private static func disc(around wish: PlanarPoint, _ streets: Streets) -> HotDisc {
        // Centred on a crossing, so that there is one in it whatever the seed.
        let all = streets.crossings.map(\.point)
        let centre = all.min { $0.metres(to: wish) < $1.metres(to: wish) } ?? wish
        return HotDisc(centre: centre, crossings: all.indices.filter { all[$0].metres(to: centre) <= discRadius })
    }
}
