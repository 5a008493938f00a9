import Bytes
import CivilTime

/// What a row writes of its place.
struct SeriesPlaceText: Hashable {
    var stateCode = ""
    var state = ""
    var code = ""
    var name = ""
}

/// Finds the municipality of a row of aggregates, by its code held against its name, or by its name within its state.
///
/// ## By code (INEGI)
/// The code must be one of the layer's; without a layer a well-formed one is taken as it is. A name that is not the code's in
/// the layer, but another municipality's of the same state, contradicts it: the row is ambiguous and keeps both. A name
/// that nobody in the state bears is another spelling: placed, and said once.
///
/// ## By name (INE, no codes)
/// One municipality of the state must bear exactly this name, folded. Where several do, or several names begin with the
/// same words, the row is ambiguous. A name without a state is never placed.
struct SeriesPlaceReader {
    /// What was found, and what there is to say about it.
    struct Finding {
        enum Place {
            case found(SeriesPlace)
            /// The row is the sum of others: of a state, or where nil of all.
            case total(of: String?)
        }

        var place: Place
        var reason = ""
        var remark = ""

        /// Whether the remark concerns the name, not the row, and is said once.
        var isSaidOnce: Bool { reason == "name_differs" }
    }

    let scheme: CodeScheme
    let directories: [MunicipalityDirectory]
    private let fixedState: String?
    private let pseudoPlaces: Set<String>
    private let totalLabels: Set<String>

    init(profile: ImportProfile, scheme: CodeScheme, directories: [MunicipalityDirectory]) {
        self.scheme = scheme
        self.directories = directories
        fixedState = profile.series?.state.flatMap(AreaCode.state)
        pseudoPlaces = Set(profile.pseudoPlaces.map(LabelFolding.fold))
        totalLabels = Set((profile.series?.totalLabels ?? []).map(LabelFolding.fold))
    }

    /// - Parameter directory: index of the version that holds; nil without a layer.
    func find(_ text: SeriesPlaceText, directory: Int?) -> Finding {
        let name = LabelFolding.fold(text.name)
        let digits = Self.digits(text.code)
        let directory = directory.map { directories[$0] }
        if let directory, directory.hasOwnKey(text.code) { return placed(text, text.code, directory.version) }
        if (digits ?? text.code).isEmpty, totalLabels.contains(name) {
            return Finding(place: .total(of: stateKey(text)))
        }
        if let state = stateOfTotal(text, digits, name) { return Finding(place: .total(of: state)) }
        let states = statesNamed(text, digits)
        let state = states.first
        if pseudoPlaces.contains(name) { return pseudo(text, state) }
        if states.count > 1 { return contradiction(text, digits, name, states, directory) }
        guard scheme == .inegi, !text.code.isEmpty else { return byName(text, name, state, directory) }
        guard let digits, let key = AreaCode.municipality(digits, state: state) else {
            return unplaced(
                text, state, "code_unreadable",
                "\(text.code) is no municipality code\(state == nil ? " without a state" : "")")
        }
        if AreaCode.isPseudo(key) { return pseudo(text, state) }
        return byCode(text, key, name, directory)
    }

    private func contradiction(
        _ text: SeriesPlaceText, _ digits: String?, _ name: String, _ states: [String],
        _ directory: MunicipalityDirectory?
    ) -> Finding {
        let key = scheme == .inegi ? digits.flatMap { AreaCode.municipality($0, state: states.first) } : nil
        let others = states.flatMap { directory?.keys(named: name, in: $0) ?? [] }.filter { $0 != key }
        return ambiguous(
            text, nil, (key.map { [$0] } ?? []) + others, "state_contradicts",
            "the state of \(label(text)) is \(states.map(StateNames.name).joined(separator: " and "))")
    }

    // MARK: By code

    private func byCode(
        _ text: SeriesPlaceText, _ key: String, _ name: String, _ directory: MunicipalityDirectory?
    ) -> Finding {
        let state = String(key.prefix(2))
        guard let directory else { return placed(text, key, nil) }
        let others = name.isEmpty ? [] : directory.keys(named: name, in: state).filter { $0 != key }
        let othersText = others.map { "\($0)" }.joined(separator: ", ")
        guard let known = directory.foldedName(of: key), let published = directory.name(of: key) else {
            if others.isEmpty {
                return unplaced(
                    text, state, "unknown_code", "no municipality of the layer has the code \(key) (\(text.name))")
            }
            return ambiguous(
                text, state, others, "code_name_contradict",
                "no municipality of the layer has the code \(key), and \(text.name) is \(othersText)")
        }
        if name.isEmpty || known == name { return placed(text, key, directory.version) }
        if !others.isEmpty {
            return ambiguous(
                text, state, [key] + others, "code_name_contradict",
                "code \(key) is \(published) in the layer, but \(text.name) is \(othersText)")
        }
        var finding = placed(text, key, directory.version)
        finding.reason = "name_differs"
        finding.remark =
            "\(key) is \(text.name) here and \(published) in the layer; joined by its code, said once for all rows"
        return finding
    }

    // MARK: By name

    private func byName(
        _ text: SeriesPlaceText, _ name: String, _ state: String?, _ directory: MunicipalityDirectory?
    ) -> Finding {
        guard !name.isEmpty else { return unplaced(text, state, "no_municipality", "the row names no municipality") }
        guard let directory else {
            return unplaced(
                text, state, "no_layer", "\(quoted(text)) has no code, and the store has no municipality layer")
        }
        guard let state else {
            let keys = directory.keys(named: name)
            if keys.count == 1, directory.hasOwnKey(keys[0]) { return placed(text, keys[0], directory.version) }
            return keys.isEmpty
                ? unplaced(text, nil, "unknown_municipality", "\(text.name) is no municipality of the layer")
                : ambiguous(
                    text, nil, keys, "state_missing",
                    "\(text.name) stands without its state and may be \(list(keys, directory))")
        }
        let keys = directory.keys(named: name, in: state)
        if keys.count == 1 { return placed(text, keys[0], directory.version) }
        let similar = keys.isEmpty ? directory.keys(sharingBeginningWith: name, in: state) : keys
        if similar.count > 1 {
            return ambiguous(
                text, state, similar, "several_municipalities", "\(quoted(text)) may be \(list(similar, directory))")
        }
        return unplaced(
            text, state, "unknown_municipality",
            "\(quoted(text)) is no municipality of the layer" + hint(text, similar, state, directory))
    }

    private func hint(
        _ text: SeriesPlaceText, _ similar: [String], _ state: String, _ directory: MunicipalityDirectory
    ) -> String {
        if let key = similar.first { return "; near it is \(list([key], directory))" }
        let near = NearNames.of(text.name, among: directory.publishedNames(in: state))
        return near.isEmpty ? "" : "; near it is \(near.joined(separator: ", "))"
    }

    // MARK: States and totals

    private static func digits(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { AreaCode.digits($0) }
    }

    /// The states that the row names in its code of a state, in the municipality's code and in words: one, if all is well.
    private func statesNamed(_ text: SeriesPlaceText, _ digits: String?) -> [String] {
        var states: [String] = []
        let inCode = digits.flatMap { (4...5).contains($0.utf8.count) ? AreaCode.municipality($0, state: nil) : nil }
        for state in [stateKey(text), inCode.map { String($0.prefix(2)) }, StateNames.code(of: text.state)] {
            if let state, !states.contains(state) { states.append(state) }
        }
        return states.isEmpty ? fixedState.map { [$0] } ?? [] : states
    }

    private func stateKey(_ text: SeriesPlaceText) -> String? {
        Self.digits(text.stateCode).flatMap(AreaCode.state) ?? StateNames.code(of: text.state)
    }

    /// A code of two digits, or one that ends in 000, stands for the state; so does a state's code with its name.
    private func stateOfTotal(_ text: SeriesPlaceText, _ digits: String?, _ name: String) -> String? {
        guard scheme == .inegi, let digits else { return nil }
        if text.stateCode.isEmpty, let state = AreaCode.state(digits), StateNames.code(of: name) == state {
            return state
        }
        guard let key = AreaCode.municipality(digits, state: stateKey(text)), AreaCode.isStateTotal(key) else {
            return nil
        }
        return String(key.prefix(2))
    }

    // MARK: Findings

    private func label(_ text: SeriesPlaceText) -> String { text.name.isEmpty ? text.code : text.name }

    private func quoted(_ text: SeriesPlaceText) -> String {
        label(text) + (text.state.isEmpty ? "" : " in \(text.state)")
    }

    private func list(_ keys: [String], _ directory: MunicipalityDirectory) -> String {
        let shown = keys.prefix(4).map { "\($0) \(directory.name(of: $0) ?? "")" }.joined(separator: " or ")
        return shown + (keys.count > 4 ? " or \(keys.count - 4) more" : "")
    }

    private func placed(_ text: SeriesPlaceText, _ key: String, _ version: Int?) -> Finding {
        Finding(
            place: .found(
                SeriesPlace(
                    outcome: .placed, areaKey: key, version: version, state: String(key.prefix(2)), label: label(text)))
        )
    }

    private func pseudo(_ text: SeriesPlaceText, _ state: String?) -> Finding {
        unplaced(text, state, "pseudo_place", "\(quoted(text)) is no municipality")
    }

    private func unplaced(_ text: SeriesPlaceText, _ state: String?, _ reason: String, _ remark: String) -> Finding {
        Finding(
            place: .found(
                SeriesPlace(outcome: .unplaced, areaKey: nil, version: nil, state: state, label: label(text))),
            reason: reason, remark: remark + "; kept without place")
    }

    private func ambiguous(
        _ text: SeriesPlaceText, _ state: String?, _ candidates: [String], _ reason: String, _ remark: String
    ) -> Finding {
        Finding(
            place: .found(
                SeriesPlace(
                    outcome: .ambiguous, areaKey: nil, version: nil, state: state, label: label(text),
                    candidates: candidates)),
            reason: reason, remark: remark + "; kept with its candidates")
    }
}
