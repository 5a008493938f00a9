public import CivilTime
public import Grids

/// The gate through which every answer for the `public` role passes, whatever its format.
///
/// The struct is the parameter record: it is saved beside what it lets through. It alone makes ``Published`` values.
/// `What-the-public-sees` in the documentation has the argument why nothing can be found by combining them.
public struct Gate: Hashable, Sendable {
    public var smallCounts: SmallCounts
    public var lattice: PublicLattice
    public var sensitive: SensitiveCategories

    public init(
        smallCounts: SmallCounts = .standard, lattice: PublicLattice = .standard,
        sensitive: SensitiveCategories = SensitiveCategories()
    ) {
        self.smallCounts = smallCounts
        self.lattice = lattice
        self.sensitive = sensitive
    }

    /// Categories with their treatment: by the taxonomy's flag or by their words.
    public func categories(_ labels: [(label: String, isFlagged: Bool)]) -> [LatticeAxes.Category] {
        labels.map { .init($0.label, sensitive.treatment(of: $0.label, flagged: $0.isFlagged)) }
    }

    /// Decides every public count: once for a revision of the store and a day.
    ///
    /// The columns must hold *all* incidents, as of now: those of an older state beside these would be subtracted from them.
    /// - Parameters:
    ///   - today: the local day; months that ended less than the lattice's delay ago are left out.
    ///   - last: the last month that the sources cover whole, if they say so: never found from incidents, of which single ones
    ///     would decide it.
    /// - Throws: ``PrivacyError/columnsDiffer(_:_:expected:)``.
    public func release(
        of columns: LatticeColumns, on axes: LatticeAxes, today: CalendarDate, through last: Period? = nil
    ) throws(PrivacyError) -> PublicRelease {
        // A caller's mistake must not open a category whose words are plain.
        var axes = axes
        for index in axes.categories.indices where axes.categories[index].treatment == .ordinary {
            axes.categories[index].treatment = sensitive.treatment(of: axes.categories[index].label)
        }
        return try PublicRelease(
            of: columns, on: axes, through: lattice.lastMonth(on: today).map { min($0, last ?? $0) }, rule: smallCounts)
    }

    /// Answers a question of the public.
    /// - Throws: ``PrivacyError/notPublic(_:)``, ``PrivacyError/tooManyRows(_:limit:)``.
    public func counts(_ query: PublicQuery, of release: PublicRelease) throws(PrivacyError) -> Published<[PublicRow]> {
        if query.ground == .areas, lattice.finest == nil {
            throw .notPublic("no level below \(lattice.coarse) is published")
        }
        let rows = try release.rows(query)
        let suppressed = rows.lazy.filter { $0.count.suppressed > 0 }.count
        var reasons: [SuppressionAccount.Reason] = suppressed > 0 ? [.smallCounts] : []
        if query.ground == .areas { reasons.append(.sensitive) }
        if release.withholds { reasons.append(.withheld) }
        reasons.append(.recent)
        return Published(
            rows,
            account: .init(k: smallCounts.k, shown: rows.count - suppressed, suppressed: suppressed, reasons: reasons))
    }

    /// Answers several questions of the public together, with one account of them all.
    /// - Throws: as ``counts(_:of:)-(PublicQuery,_)``.
    public func counts(
        _ queries: [PublicQuery], of release: PublicRelease
    ) throws(PrivacyError) -> Published<[[PublicRow]]> {
        var answers: [[PublicRow]] = []
        var account = SuppressionAccount(k: smallCounts.k)
        var reasons: Set<SuppressionAccount.Reason> = release.withholds ? [.withheld, .recent] : [.recent]
        for query in queries {
            let answer = try counts(query, of: release)
            answers.append(answer.value)
            account.shown += answer.account.shown
            account.suppressed += answer.account.suppressed
            reasons.formUnion(answer.account.reasons)
        }
        account.reasons = SuppressionAccount.Reason.allCases.filter(reasons.contains)
        return Published(answers, account: account)
    }

    /// What everybody knows already: monthly counts that an authority has published, and what is worked out from them.
    /// - Parameter value: no incident of the store may be in it.
    public func alreadyPublic<Value: Sendable>(_ value: Value) -> Published<Value> {
        Published(value, account: SuppressionAccount(k: smallCounts.k))
    }

    /// The public grid of a year: classes of counts of ordinary offences in cells.
    /// - Parameters:
    ///   - columns: those of the release.
    ///   - cells: the cell of each row; −1 is none.
    /// - Throws: ``PrivacyError``.
    public func cells(
        of columns: LatticeColumns, in cells: [Int32], on grid: Grid, year: Period, of release: PublicRelease
    ) throws(PrivacyError) -> Published<CoarseCells> {
        let coarse = try CoarseCells(
            counting: columns, in: cells, on: grid, year: year, lattice: lattice, release: release)
        return Published(coarse, account: account(of: coarse))
    }

    /// A heat surface as the public sees it: classes in those cells whose count is published, doubling from one to the next.
    /// - Parameters:
    ///   - surface: in incidents per square kilometre, of the same year and ordinary offences, on the cells' grid.
    ///   - cells: the published cells, which decide where the surface may be seen.
    /// - Throws: ``PrivacyError/columnsDiffer(_:_:expected:)`` for another grid.
    public func surface(_ surface: Surface, over cells: Published<CoarseCells>) throws(PrivacyError) -> Published<
        CoarseCells
    > {
        guard surface.grid == cells.value.grid else {
            throw .columnsDiffer("surface", surface.grid.cellCount, expected: cells.value.grid.cellCount)
        }
        let coarse = cells.value.classes(of: surface)
        return Published(coarse, account: account(of: coarse))
    }

    /// The areas that can be asked for, by key and name: no incident is in them.
    public func areas(_ list: [PublicArea]) -> Published<[PublicArea]> {
        Published(list, account: SuppressionAccount(k: smallCounts.k))
    }

    private func account(of cells: CoarseCells) -> SuppressionAccount {
        let shown = cells.classes.lazy.filter { $0 > 0 }.count
        return SuppressionAccount(
            k: smallCounts.k, shown: shown, suppressed: cells.classes.count - shown,
            reasons: [.smallCounts, .sensitive, .recent, .coarsened])
    }
}

/// An area by its names.
public struct PublicArea: Hashable, Sendable {
    public var level: String
    public var key: AreaKey
    public var name: String?

    public init(level: String, key: AreaKey, name: String?) {
        self.level = level
        self.key = key
        self.name = name
    }
}
