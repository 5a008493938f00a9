import Statistics

/// Rates less the overall rate, in units of what the variance between areas and chance in each would make them.
///
/// ## Source
/// Assunção & Reis (1999), as in ``LocalMoran``; the variance between areas by moments, Marshall (1991).
struct StandardisedRates {
    let values: [Double]

    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/noVariation(_:)`` where nothing has happened anywhere.
    init(events: [Double], populations: [Double]) throws(HotspotError) {
        guard events.count == populations.count else {
            throw .valuesDiffer(units: populations.count, values: events.count)
        }
        for (unit, number) in events.enumerated() where !(number >= 0 && number <= CentredValues.greatest) {
            throw .valueNotUsable(unit: unit, value: number, needed: "events, 0 or more")
        }
        for (unit, number) in populations.enumerated() where !(number > 0 && number <= CentredValues.greatest) {
            throw .valueNotUsable(unit: unit, value: number, needed: "populations greater than 0")
        }
        var (allEvents, everyone, squares) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for number in events { allEvents.add(number) }
        for number in populations { everyone.add(number) }
        let overall = everyone.value > 0 ? allEvents.value / everyone.value : 0
        guard overall > 0 else { throw .noVariation(0) }
        for (events, population) in zip(events, populations) {
            let difference = events / population - overall
            squares.add(population * difference * difference)
        }
        let chance = overall * Double(populations.count) / everyone.value
        let between = max(0, squares.value / everyone.value - chance)
        values = zip(events, populations).map { ($0 / $1 - overall) / (between + overall / $1).squareRoot() }
    }
}
