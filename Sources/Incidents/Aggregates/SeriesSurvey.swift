public import Bytes

/// Looks through a file of aggregates before it is imported: are its codes INEGI's, and is it of the year the profile says?
///
/// ## Codes
/// Of the distinct codes that the municipality layer has, at least 90 in 100 must bear the name that the layer has for
/// them, without regard to case, accents and punctuation. Where fewer do, and at least three codes do not, the file is
/// refused: joined by its codes it would be wrong and look right. One or two that differ are judged row by row.
public struct SeriesSurvey {
    private let columns: SeriesColumns
    private let layout: SeriesLayout
    private let directory: MunicipalityDirectory?
    private let comparesNames: Bool
    private let pseudoPlaces: Set<String>
    private var seen: Set<[UInt8]> = []
    private var compared: [String: (agrees: Bool, example: String, isAnothers: Bool)] = [:]
    private var otherYear: (year: Int, text: String)?
    private var namesYear = false

    /// - Parameters:
    ///   - scheme: what the user says of the codes; nil leaves it to the profile and to the names.
    ///   - directories: the versions of the store's municipality layer; the last is compared with.
    /// - Throws: ``SeriesError/electoralCodes(found:)``, ``SeriesError/needsLayer``.
    public init(
        columns: SeriesColumns, profile: ImportProfile, scheme: CodeScheme?, directories: [MunicipalityDirectory]
    ) throws(SeriesError) {
        self.columns = columns
        layout = profile.series ?? SeriesLayout(columns: [:])
        directory = directories.last { $0.count > 0 }
        pseudoPlaces = Set(profile.pseudoPlaces.map(LabelFolding.fold))
        let hasNames = columns.index[.municipality] != nil
        let hasCodes = columns.index[.municipalityCode] != nil
        let joinsByCode = (scheme ?? profile.codeScheme) == .inegi && hasCodes
        if scheme == nil, joinsByCode, !hasNames, CodeScheme.looksElectoral(columns.header) {
            throw .electoralCodes(
                found: columns.header.filter { !["ENTIDAD", "MUNICIPIO"].contains(LabelFolding.headerKey($0)) })
        }
        if !joinsByCode, !hasNames {
            throw .missingColumn(
                what: "municipality", accepted: layout.columns[.municipality] ?? [], found: columns.header)
        }
        if !joinsByCode, directory == nil { throw .needsLayer }
        comparesNames = scheme == nil && joinsByCode && hasNames && directory != nil
    }

    /// Takes in one row.
    /// - Complexity: O(length).
    public mutating func look(at row: FieldRow) {
        guard columns.fieldCounts.contains(row.count) else { return lookForYear(row) }
        guard comparesNames else { return }
        let text = SeriesMapper.placeText(row, columns)
        var key = Array(text.code.utf8)
        key.append(0)
        key.append(contentsOf: text.stateCode.utf8)
        key.append(0)
        key.append(contentsOf: text.name.utf8)
        if seen.insert(key).inserted { compare(text) }
    }

    private mutating func compare(_ text: SeriesPlaceText) {
        var (code, state) = (text.code, text.stateCode)
        let name = LabelFolding.fold(text.name)
        let stateKey = state.withUTF8 { AreaCode.digits($0) }.flatMap(AreaCode.state) ?? StateNames.code(of: text.state)
        guard let directory, !name.isEmpty, !pseudoPlaces.contains(name),
            let key = code.withUTF8({ AreaCode.digits($0) }).flatMap({ AreaCode.municipality($0, state: stateKey) }),
            let known = directory.foldedName(of: key)
        else { return }
        let agrees = known == name || compared[key]?.agrees == true
        compared[key] = (
            agrees,
            "code \(key.prefix(2))-\(key.suffix(3)) is \(text.name) in the file and \(directory.name(of: key) ?? "") in the layer",
            !directory.keys(named: name, in: String(key.prefix(2))).isEmpty
        )
    }

    /// A title or a source line that names years, none of them the profile's.
    private mutating func lookForYear(_ row: FieldRow) {
        guard let expected = layout.year, row.count == 1 else { return }
        let text = String(decoding: row[0], as: UTF8.self)
        let years = text.split { !$0.isASCII || !$0.isNumber }.filter { $0.utf8.count == 4 }.compactMap { Int($0) }
            .filter(SeriesMapper.years.contains)
        if years.contains(expected) { namesYear = true } else if let year = years.first { otherYear = (year, text) }
    }

    /// - Throws: ``SeriesError/foreignCodes(compared:agreeing:examples:)``, ``SeriesError/otherYear(expected:found:text:)``.
    public func check() throws(SeriesError) {
        if let expected = layout.year, let otherYear, !namesYear {
            throw .otherYear(expected: expected, found: otherYear.year, text: String(otherYear.text.prefix(120)))
        }
        let differing = compared.filter { !$0.value.agrees }
        let agreeing = compared.count - differing.count
        guard differing.count >= 3, agreeing * 10 < compared.count * 9 else { return }
        let examples = differing.sorted {
            ($1.value.isAnothers ? 1 : 0, $0.key) < ($0.value.isAnothers ? 1 : 0, $1.key)
        }
        throw .foreignCodes(
            compared: compared.count, agreeing: agreeing, examples: examples.prefix(3).map(\.value.example))
    }
}
