import Bytes

/// How the rows of a file of aggregates are built: which columns say what is counted, and which hold figures.
///
/// A spelling `#3` means the third column, for files whose header names nothing.
public struct SeriesLayout: Hashable, Sendable {
    /// One column of figures, and what its header says of them.
    public struct Value: Hashable, Sendable, Codable {
        /// Accepted header spellings, the preferred first.
        public var column: [String]
        /// 1 to 12, where the column is a month.
        public var month: Int?
        /// Where the column is a class of offence; what it states holds before what the row says.
        public var legalGood: String?
        public var type: String?
        public var subtype: String?
        public var modality: String?
        /// The kind of population: `population`, `women`, `men`.
        public var population: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case column, month
            case legalGood = "legal_good"
            case type, subtype, modality, population
        }

        public init(
            column: [String], month: Int? = nil, legalGood: String? = nil, type: String? = nil, subtype: String? = nil,
            modality: String? = nil, population: String? = nil
        ) {
            self.column = column
            self.month = month
            self.legalGood = legalGood
            self.type = type
            self.subtype = subtype
            self.modality = modality
            self.population = population
        }
    }

    public var columns: [SeriesField: [String]]
    public var values: [Value]
    /// The year of every row, where the file has no column for it.
    public var year: Int?
    /// The state's code of every row, where the file is of one state and does not say so.
    public var state: String?
    /// Names under which rows hold the total of others: `Total`.
    public var totalLabels: [String]
    /// Fields whose column the user named; these must exist.
    public internal(set) var explicit: Set<SeriesField> = []

    public init(
        columns: [SeriesField: [String]], values: [Value] = [], year: Int? = nil, state: String? = nil,
        totalLabels: [String] = []
    ) {
        self.columns = columns
        self.values = values
        self.year = year
        self.state = state
        self.totalLabels = totalLabels
    }

    /// Twelve columns named after the months in Spanish.
    public static let monthColumns: [Value] = MonthName.spanish.enumerated().map {
        Value(column: [$0.element], month: $0.offset + 1)
    }

    /// Finds the layout's columns in a file's header, which are compared without case, accents, blanks and punctuation.
    /// - Throws: ``SeriesError/missingColumn(what:accepted:found:)``.
    public func resolve(header: [String], kind: ImportProfile.Kind) throws(SeriesError) -> SeriesColumns {
        let keys = header.map(LabelFolding.headerKey)
        var taken: Set<Int> = []
        func find(_ spellings: [String]) -> Int? {
            for spelling in spellings {
                let found =
                    Self.position(spelling)
                    ?? keys.firstIndex { $0 == LabelFolding.headerKey(spelling) && !$0.isEmpty }
                if let found, header.indices.contains(found), taken.insert(found).inserted { return found }
            }
            return nil
        }
        var index: [SeriesField: Int] = [:]
        for field in SeriesField.allCases where field != .count { index[field] = columns[field].flatMap(find) }
        var figures: [SeriesColumns.Figure] = []
        for value in values {
            if let column = find(value.column) { figures.append(.init(column: column, value: value)) }
        }
        if figures.isEmpty, let count = columns[.count].flatMap(find) {
            index[.count] = count
            figures = [.init(column: count, value: Value(column: []))]
        }
        for field in SeriesField.allCases where explicit.contains(field) && index[field] == nil {
            throw .missingColumn(what: field.rawValue, accepted: columns[field] ?? [], found: header)
        }
        let found = SeriesColumns(header: header, index: index, figures: figures, taken: taken)
        try check(found, kind: kind)
        return found
    }

    private static func position(_ spelling: String) -> Int? {
        guard spelling.hasPrefix("#"), let number = Int(spelling.dropFirst()), number > 0 else { return nil }
        return number - 1
    }

    private func check(_ found: SeriesColumns, kind: ImportProfile.Kind) throws(SeriesError) {
        func missing(_ what: String, _ accepted: [String]) -> SeriesError {
            .missingColumn(what: what, accepted: accepted, found: found.header)
        }
        guard !found.figures.isEmpty else {
            throw missing("figures", values.compactMap(\.column.first) + (columns[.count] ?? []))
        }
        // A month may have its year with it.
        if year == nil, found.index[.year] == nil, found.index[.month] == nil {
            throw missing("year", columns[.year] ?? [])
        }
        if found.index[.municipalityCode] == nil, found.index[.municipality] == nil {
            throw missing("municipality", (columns[.municipalityCode] ?? []) + (columns[.municipality] ?? []))
        }
        if let label = columns[.subtype], values.isEmpty,
            SeriesField.classes.allSatisfy({ found.index[$0] == nil })
        {
            throw missing("offence", label)
        }
        if kind == .monthlyCounts, found.index[.month] == nil, found.figures.contains(where: { $0.value.month == nil })
        {
            throw missing("month", columns[.month] ?? [])
        }
    }
}

/// Which column of one file holds what.
public struct SeriesColumns: Hashable, Sendable {
    public struct Figure: Hashable, Sendable {
        public var column: Int
        public var value: SeriesLayout.Value
    }

    /// The header as it stands in the file.
    public let header: [String]
    public let index: [SeriesField: Int]
    public let figures: [Figure]
    /// Headers of columns that nothing is read from; columns without a name are not listed.
    public let notKept: [String]
    /// How many fields a row may have: from the last column with a name or a reader, to all of the header's.
    public let fieldCounts: ClosedRange<Int>

    init(header: [String], index: [SeriesField: Int], figures: [Figure], taken: Set<Int>) {
        self.header = header
        self.index = index
        self.figures = figures
        notKept = header.indices.filter { !taken.contains($0) && !header[$0].isEmpty }.map { header[$0] }
        let last = header.indices.last { taken.contains($0) || !header[$0].isEmpty } ?? 0
        fieldCounts = min(last + 1, max(1, header.count))...max(1, header.count)
    }

    /// The header of a field's column; nil where the file has none.
    public func name(of field: SeriesField) -> String? { index[field].map { header[$0] } }
}
