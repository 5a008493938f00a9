import Glibc

/// The crimes of a city, and how far those at one place usually keep to a few kinds.
///
/// At an honest place the crimes are alike: shops are robbed at a mall, passengers at a station. The shares there scatter about
/// the city's as a Dirichlet distribution does; its concentration is read from the data, from how much more often than by
/// chance two incidents at one place are of one crime. A default point takes from all crimes alike.
struct CrimeMix {
    /// How many of the city's incidents are of each crime, and how many of these have no hour.
    private let incidents: [Double]
    private let hourless: [Double]
    private let total: Double
    /// Of the Dirichlet distribution of the shares at honest places: large where all places are alike.
    let concentration: Double

    /// A place tells something of its crimes from so many incidents on; below they are mostly one event in several files.
    private static let least = 5
    /// What the mean is drawn to while few places tell: one pair in ten alike beyond chance, as much as twenty places say.
    private static let assumed = (correlation: 0.1, places: 20.0)

    init(_ columns: PlaceColumns, _ places: OccupiedPlaces) {
        let kinds = 2 + Int(places.rows.map { columns.category[Int($0)] }.max() ?? -1)
        var incidents = [Double](repeating: 0, count: max(1, kinds))
        var hourless = incidents
        for row in places.rows {
            incidents[Self.kind(columns, row)] += 1
            hourless[Self.kind(columns, row)] += Self.isHourless(columns, row) ? 1 : 0
        }
        self.incidents = incidents
        self.hourless = hourless
        total = Double(places.rows.count)
        let correlation = Self.correlation(columns, places, incidents)
        concentration = (1 - correlation) / correlation
    }

    /// The chance that two incidents at one place are of one crime, less that for any two, of what it could be more.
    ///
    /// Each place counts once, whatever it holds, so that no artefact settles by what it is measured.
    private static func correlation(_ columns: PlaceColumns, _ places: OccupiedPlaces, _ incidents: [Double]) -> Double {
        let total = incidents.reduce(0, +)
        let anyTwo = total > 1 ? incidents.reduce(0) { $0 + $1 * ($1 - 1) } / (total * (total - 1)) : 1
        guard anyTwo < 1 else { return assumed.correlation }
        var (sum, weight) = (assumed.correlation * assumed.places, assumed.places)
        for place in places.places where place.count >= least {
            let counts = counts(columns, places.rows(of: place)).values
            let pairs = Double(place.count) * Double(place.count - 1)
            let alike = counts.reduce(0) { $0 + Double($1) * Double($1 - 1) } / pairs
            sum += (alike - anyTwo) / (1 - anyTwo)
            weight += 1
        }
        return min(max(sum / weight, 0.001), 0.999)
    }

    private static func counts(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> [Int: Int] {
        rows.reduce(into: [:]) { $0[kind(columns, $1), default: 0] += 1 }
    }

    /// 0 for no crime given, which is a kind as well.
    private static func kind(_ columns: PlaceColumns, _ row: Int32) -> Int { max(0, Int(columns.category[Int(row)]) + 1) }

    /// No time of day, or one of the two that stand for it.
    private static func isHourless(_ columns: PlaceColumns, _ row: Int32) -> Bool {
        let minute = columns.localMinute[Int(row)]
        return minute < 0 || minute == 0 || minute == 12 * 60
    }

    /// By how many e-foldings likelier the crimes of these rows are, if they were drawn from the whole city's than if they are
    /// those of an honest place.
    func logLikelihoodRatio(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> Double {
        let counts = Self.counts(columns, rows).sorted { $0.key < $1.key }
        var ratio = CountTails.logGamma(concentration + Double(rows.count)) - CountTails.logGamma(concentration)
        for (kind, count) in counts {
            let share = incidents[kind] / total
            let prior = concentration * share
            ratio += Double(count) * log(share)
            ratio -= CountTails.logGamma(prior + Double(count)) - CountTails.logGamma(prior)
        }
        return ratio
    }

    /// How many of these rows have no hour, and how many one expects by what they are crimes of.
    func hourless(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> (count: Int, expected: Double) {
        rows.reduce(into: (0, 0.0)) { sum, row in
            let kind = Self.kind(columns, row)
            sum.0 += Self.isHourless(columns, row) ? 1 : 0
            sum.1 += hourless[kind] / incidents[kind]
        }
    }
}
