import Bytes

/// Which column of one file holds which field, and which columns are not kept.
public struct ResolvedColumns: Hashable, Sendable {
    /// The header as it stands in the file.
    public let header: [String]
    /// Index into ``header`` per field that was found.
    public let index: [ReportField: Int]
    /// Headers of the columns that hold no field, in the file's order.
    public let notKept: [String]

    /// The header of a field's column; nil where the file has none.
    public func name(of field: ReportField) -> String? { index[field].map { header[$0] } }

    /// Field and header of every kept column, in the order of the fields: what an import record states.
    public var mapping: [(field: ReportField, column: String)] {
        ReportField.allCases.compactMap { field in name(of: field).map { (field, $0) } }
    }
}

extension ImportProfile {
    /// Finds the profile's fields in a file's header.
    ///
    /// The first accepted spelling that the header has wins; of equal headers the first column. A column holds one
    /// field, unless it was named by hand for several. Where a file has both degrees and `x`/`y`, degrees are read.
    /// - Throws: ``ProfileError/missingColumn(field:accepted:found:)``, ``ProfileError/missingDate(accepted:found:)``,
    ///   ``ProfileError/halfAPlace(given:missing:found:)``.
    public func resolve(header: [String]) throws(ProfileError) -> ResolvedColumns {
        let keys = header.map(LabelFolding.headerKey)
        var index: [ReportField: Int] = [:]
        let fields = ReportField.allCases
        for field in fields.filter(explicit.contains) + fields.filter({ !explicit.contains($0) }) {
            let mayShare = explicit.contains(field)
            for spelling in (columns[field] ?? []).map(LabelFolding.headerKey) {
                guard
                    let found = keys.indices.first(where: {
                        keys[$0] == spelling && (mayShare || !index.values.contains($0))
                    })
                else { continue }
                index[field] = found
                break
            }
        }
        keepOnePair(&index)
        try check(index, header: header)
        let kept = Set(index.values)
        let notKept = header.indices.filter { !kept.contains($0) }.map { header[$0] }
        return ResolvedColumns(header: header, index: index, notKept: notKept)
    }

    /// Degrees before metres, unless the user named the metres; and a lone `x` or `y` is just a column of that name.
    private func keepOnePair(_ index: inout [ReportField: Int]) {
        let hasMetres = index[.x] != nil && index[.y] != nil
        if hasMetres, !explicit.isDisjoint(with: [.x, .y]) {
            (index[.longitude], index[.latitude]) = (nil, nil)
        } else if explicit.isDisjoint(with: [.x, .y]),
            !hasMetres || (index[.longitude] != nil && index[.latitude] != nil)
        {
            (index[.x], index[.y]) = (nil, nil)
        }
    }

    private func check(_ index: [ReportField: Int], header: [String]) throws(ProfileError) {
        for field in ReportField.allCases
        where index[field] == nil && (required.contains(field) || explicit.contains(field)) {
            throw .missingColumn(field: field, accepted: columns[field] ?? [], found: header)
        }
        if index[.date] == nil, index[.occurredAt] == nil {
            throw .missingDate(accepted: (columns[.date] ?? []) + (columns[.occurredAt] ?? []), found: header)
        }
        for (a, b) in [(ReportField.longitude, ReportField.latitude), (.latitude, .longitude), (.x, .y), (.y, .x)]
        where index[a] != nil && index[b] == nil {
            throw .halfAPlace(given: a, missing: b, found: header)
        }
    }
}
