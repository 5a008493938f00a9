import Glibc
import Statistics

/// The crimes of a city, and how far those at one place keep to a few kinds.
///
/// At an honest place the crimes are alike: shops are robbed at a mall, passengers at a station. How much so is the place's
/// *particularity*: the squared distance of its shares from the city's, as a part of the greatest there can be on average;
/// 0 for a sample of the whole city, 1 where all is one crime. It equals the correlation within places of a Dirichlet-multinomial.
/// A default point takes from all crimes alike, and has next to none.
struct CrimeMix {
    /// Shares of the city's incidents by crime.
    private let shares: [Double]
    /// Of the incidents of each crime: the share that has no hour.
    private let hourless: [Double]
    /// The chance that any two incidents are of one crime.
    private let concentration: Double
    /// What nine in ten of the largest places exceed, artefacts among them: what the least particular honest ones still have.
    private(set) var leastParticularity: Double

    /// How many places say what is honest, the largest; the particularity of a place with fewer incidents is mostly chance.
    private static let (judges, least) = (50, 25)
    /// What is taken where fewer than twenty places tell, and never exceeded: 0.05 is a place of which one incident in five is
    /// of a crime of its own.
    private static let (assumed, most) = (0.03, 0.05)

    init(_ columns: PlaceColumns, _ places: OccupiedPlaces) {
        let codes = Set(places.rows.map { columns.category[Int($0)] })
        kinds = Dictionary(uniqueKeysWithValues: zip(codes.sorted(), 0...))
        var incidents = [Double](repeating: 0, count: kinds.count)
        var withoutHour = incidents
        for row in places.rows {
            guard let kind = kinds[columns.category[Int(row)]] else { continue }
            incidents[kind] += 1
            withoutHour[kind] += Self.isHourless(columns, row) ? 1 : 0
        }
        let total = Double(max(1, places.rows.count))
        shares = incidents.map { $0 / total }
        hourless = zip(withoutHour, incidents).map { $0 / max(1, $1) }
        concentration = shares.reduce(0) { $0 + $1 * $1 }
        leastParticularity = Self.assumed
        let known = places.places.filter { $0.count >= Self.least }.sorted { $0.count > $1.count }.prefix(Self.judges)
            .map { particularity(columns, places.rows(of: $0)) }.sorted()
        if known.count >= 20, let least = Quantile.value(at: 0.1, ofSorted: known) {
            leastParticularity = min(max(least, 0.001), Self.most)
        }
    }

    /// A dense number per crime that occurs; "none given" is a crime like the others.
    private let kinds: [Int32: Int]

    /// No time of day, or one of the two that stand for it.
    private static func isHourless(_ columns: PlaceColumns, _ row: Int32) -> Bool {
        let minute = columns.localMinute[Int(row)]
        return minute < 0 || minute == 0 || minute == 12 * 60
    }

    private func counts(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> [(kind: Int, count: Double)] {
        var counts: [Int: Double] = [:]
        for row in rows {
            if let kind = kinds[columns.category[Int(row)]] { counts[kind, default: 0] += 1 }
        }
        return counts.map { (kind: $0.key, count: $0.value) }.sorted { $0.kind < $1.kind }
    }

    /// Estimated without bias, so that it may come out below 0; 0 where the city knows one crime only.
    func particularity(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> Double {
        let count = Double(rows.count)
        guard count > 1, concentration < 1 else { return 0 }
        var (alike, shared) = (0.0, 0.0)
        for (kind, number) in counts(columns, rows) {
            alike += number * (number - 1)
            shared += number * shares[kind]
        }
        return (alike / (count * (count - 1)) - 2 * shared / count + concentration) / (1 - concentration)
    }

    /// Whether these crimes are less particular than those of any honest place, by more than twice the standard error that an
    /// honest place of this size would have.
    func isLessParticular(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> Bool {
        guard concentration < 1 else { return false }
        // Largest where the whole distance lies in one crime, and that the most frequent.
        let distance = (leastParticularity * (1 - concentration)).squareRoot()
        let linear = ((shares.max() ?? 0) + distance) * distance * distance
        let count = Double(rows.count)
        let error = (4 * linear / count + 2 * concentration / (count * count)).squareRoot() / (1 - concentration)
        return particularity(columns, rows) + 2 * error < leastParticularity
    }

    /// By how many e-foldings likelier these crimes are as a sample of the whole city, or nearly so, than as those of any honest
    /// place, however mixed.
    ///
    /// The ratio of Dirichlet-multinomial likelihoods: at most a quarter of the least particularity, against the least and above,
    /// each at its best.
    func logLikelihoodRatio(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> Double {
        let counts = counts(columns, rows)
        let sample = [0, 1.0 / 64, 1.0 / 16, 1.0 / 4].map { logLikelihood(counts, $0 * leastParticularity) }
        let honest = (0...7).map { logLikelihood(counts, min(0.9, leastParticularity * Double(1 << $0))) }
        return (sample.max() ?? 0) - (honest.max() ?? 0)
    }

    /// But for the multinomial coefficient, which no ratio needs.
    private func logLikelihood(_ counts: [(kind: Int, count: Double)], _ particularity: Double) -> Double {
        guard particularity > 0 else { return counts.reduce(0) { $0 + $1.count * log(shares[$1.kind]) } }
        let spread = (1 - particularity) / particularity
        let total = counts.reduce(0) { $0 + $1.count }
        return counts.reduce(CountTails.logGamma(spread) - CountTails.logGamma(spread + total)) { sum, entry in
            let prior = spread * shares[entry.kind]
            return sum + CountTails.logGamma(prior + entry.count) - CountTails.logGamma(prior)
        }
    }

    /// How many of these rows have no hour, and how many one expects by what they are crimes of.
    func hourless(_ columns: PlaceColumns, _ rows: ArraySlice<Int32>) -> (count: Int, expected: Double) {
        rows.reduce(into: (0, 0.0)) { sum, row in
            guard let kind = kinds[columns.category[Int(row)]] else { return }
            sum.0 += Self.isHourless(columns, row) ? 1 : 0
            sum.1 += hourless[kind]
        }
    }
}
