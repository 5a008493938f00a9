import CivilTime

extension PublicRelease {
    /// The most rows of an answer.
    public static let rowLimit = 1_000_000

    /// The rows of an answer, zeros included: by area, period and category in the order of the axes, what has none last.
    /// - Throws: ``PrivacyError/notPublic(_:)``, ``PrivacyError/tooManyRows(_:limit:)``.
    /// - Complexity: O(rows · figures summed in each).
    func rows(_ query: PublicQuery) throws(PrivacyError) -> [PublicRow] {
        let periods = try periods(query)
        let places = places(query)
        let categories = query.byCategory ? (query.categories ?? published).map { [$0] } : [query.categories ?? []]
        let lines = places.count.multipliedReportingOverflow(by: periods.count)
        let count = lines.partialValue.multipliedReportingOverflow(by: categories.count)
        guard !lines.overflow, !count.overflow, count.partialValue <= Self.rowLimit else {
            throw .tooManyRows(count.overflow || lines.overflow ? .max : count.partialValue, limit: Self.rowLimit)
        }
        var rows: [PublicRow] = []
        rows.reserveCapacity(count.partialValue)
        for place in places {
            for (label, months) in periods {
                for wanted in categories {
                    var sum = PublicCount()
                    for ground in place.grounds { add(ground, months, wanted, to: &sum) }
                    let name = query.byCategory ? wanted.first.flatMap(label(ofCategory:)) : nil
                    rows.append(PublicRow(area: place.key, period: label, category: name, count: sum))
                }
            }
        }
        return rows
    }

    /// A municipality, or an area of it.
    private struct Ground {
        var municipality: Int32
        var area: Int?
    }

    private struct Place {
        var key: AreaKey?
        var grounds: [Ground]
    }

    private func places(_ query: PublicQuery) -> [Place] {
        let known = (query.municipalities ?? Array(axes.municipalities.indices)).filter(
            axes.municipalities.indices.contains)
        let all = known.map { Int32(clamping: $0) } + (query.municipalities == nil ? [-1] : [])
        switch query.ground {
        case .territory: return [Place(key: nil, grounds: all.map { Ground(municipality: $0) })]
        case .municipalities:
            return all.map { Place(key: key(of: $0), grounds: [Ground(municipality: $0)]) }
        case .areas:
            return known.flatMap { municipality in
                axes.municipalities[municipality].areas.enumerated().map { area, key in
                    Place(key: key, grounds: [Ground(municipality: Int32(clamping: municipality), area: area)])
                }
            }
        }
    }

    private func key(of municipality: Int32) -> AreaKey? {
        axes.municipalities.indices.contains(Int(municipality)) ? axes.municipalities[Int(municipality)].key : nil
    }

    private func label(ofCategory index: Int) -> String? {
        axes.categories.indices.contains(index) ? axes.categories[index].label : nil
    }

    /// The categories that have figures, and after them the incidents that have none.
    private var published: [Int] {
        axes.categories.indices.filter { axes.categories[$0].treatment != .withheld } + [axes.categories.count]
    }

    /// The periods of the answer, each with its months.
    private func periods(_ query: PublicQuery) throws(PrivacyError) -> [(label: Period?, months: ClosedRange<Int32>)] {
        guard let all = months else { return [] }
        let asked = query.months ?? all
        guard asked.lowerBound.length == .month, asked.upperBound.length == .month else {
            throw .notPublic("the days must be whole months")
        }
        let (first, last) = (max(asked.lowerBound, all.lowerBound), min(asked.upperBound, all.upperBound))
        guard first <= last else { return [] }
        if query.ground == .areas { return try years(query, from: first, through: last) }
        guard let length = query.period else { return [(nil, first.index...last.index)] }
        guard length != .day, length != .week else { throw .notPublic("periods are months, quarters or years") }
        let labels = Period(length, containing: first.first).through(Period(length, containing: last.first))
        return labels.map { label in
            let (start, end) = (label.firstMonth, Period(.month, containing: label.last).index)
            return (label, max(start, first.index)...min(end, last.index))
        }
    }

    /// Whole years that are over, which is all there is of areas.
    private func years(
        _ query: PublicQuery, from first: Period, through last: Period
    ) throws(PrivacyError) -> [(label: Period?, months: ClosedRange<Int32>)] {
        guard query.categories == nil, !query.byCategory else {
            throw .notPublic("the finest areas have all ordinary offences together")
        }
        guard query.period == .year || query.period == nil else {
            throw .notPublic("the finest areas have whole years only")
        }
        let labels = Period(.year, containing: first.first).through(Period(.year, containing: last.first))
        let whole = labels.filter { isWhole(year: $0.index) }
        if let asked = query.months {
            let isWhole = labels.allSatisfy {
                $0.firstMonth >= asked.lowerBound.index && $0.firstMonth + 11 <= asked.upperBound.index
            }
            guard isWhole else { throw .notPublic("the finest areas have whole years only") }
        }
        guard query.period == nil else { return whole.map { ($0, $0.firstMonth...($0.firstMonth + 11)) } }
        guard let from = whole.first, let to = whole.last else { return [] }
        return [(nil, from.firstMonth...(to.firstMonth + 11))]
    }

    private func add(_ ground: Ground, _ months: ClosedRange<Int32>, _ categories: [Int], to sum: inout PublicCount) {
        if let area = ground.area {
            for month in stride(from: months.lowerBound, through: months.upperBound, by: 12) {
                let year = Period(.year, containing: Period(.month, index: month).first).index
                sum.add(self.area(area, of: ground.municipality, year: year))
            }
            return
        }
        for month in months {
            for isSensitive in [false, true] {
                let figures = self.month(ground.municipality, month, sensitive: isSensitive)
                guard !categories.isEmpty else {
                    sum.add(figures.total)
                    continue
                }
                for category in categories where belongs(category, sensitive: isSensitive) {
                    guard figures.total != nil else {
                        sum.suppressed += 1
                        continue
                    }
                    sum.add(figures.parts.isEmpty ? 0 : figures.parts[min(category, figures.parts.count - 1)])
                }
            }
        }
    }

    private func belongs(_ category: Int, sensitive: Bool) -> Bool {
        guard axes.categories.indices.contains(category) else { return !sensitive }
        return axes.categories[category].treatment == (sensitive ? .byMunicipalityAndMonth : .ordinary)
    }
}
