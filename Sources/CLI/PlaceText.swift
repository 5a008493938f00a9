import Boundaries
import CrimeMapping
import Foundation
import Georeferencing
import Incidents
import PlaceNames
import SimpleFeatures

/// What was found for words, for a person.
enum PlaceText {
    /// Parse, candidates with scores, decision.
    static func explanation(
        of finding: PlaceFinding, _ report: PlaceReport, _ words: PlaceWords, names: Georeferencer
    ) -> String {
        var lines: [String] = []
        if let address = finding.address { lines += reading(address, of: words.place ?? "") }
        lines.append(row("municipality", municipality(finding, words, names)))
        lines += street(finding)
        lines += colonia(finding, names)
        lines.append(row("decision", decision(finding, report, names)))
        return lines.joined(separator: "\n")
    }

    /// One line of a list: status, score, key, name, words.
    static func line(_ report: PlaceReport, _ words: PlaceWords) -> String {
        let area = report.areaID ?? (report.candidateIDs.isEmpty ? "-" : report.candidateIDs.joined(separator: "|"))
        return [
            report.status.rawValue, score(report.score), report.method, area, report.areaName ?? "-", words.place ?? "",
        ].joined(separator: "\t")
    }

    static func counts(_ counts: [PlaceStatus: Int]) -> String {
        PlaceStatus.allCases.map { "\((counts[$0] ?? 0).grouped) \($0.rawValue)" }.joined(separator: ", ")
    }

    /// What labels said of whose names they are; nil where they are the layer's own.
    static func survey(_ survey: NameSurvey) -> String? {
        guard survey.source == .otherCatalogue else { return nil }
        return
            "\(survey.known.grouped) of \(survey.labels.grouped) different labels are names of the layer, so they are taken for "
            + "another authority's, and an equal name alone proves little; --catalogue same takes it at its word"
    }

    // MARK: What was read

    private static func reading(_ address: Address, of text: String) -> [String] {
        let bytes = Array(text.utf8)
        func source(_ range: Range<Int>) -> String {
            bytes.indices.contains(range.lowerBound) && range.upperBound <= bytes.count
                ? String(decoding: bytes[range], as: UTF8.self) : ""
        }
        var fields: [(String, String, Range<Int>)] = []
        func add(_ name: String, _ field: Address.Field?) {
            if let field { fields.append((name, field.text, field.source)) }
        }
        if let street = address.street { fields.append(("street", street.text, street.source)) }
        if let crossing = address.crossing { fields.append(("crossing", crossing.text, crossing.source)) }
        for street in address.between { fields.append(("between", street.text, street.source)) }
        if let kilometre = address.kilometre {
            fields.append(("kilometre", "\(Double(kilometre.metres) / 1000)", kilometre.source))
        }
        add("number", address.exteriorNumber)
        add("interior", address.interiorNumber)
        add("landmark", address.landmark)
        add("colonia", address.colonia)
        add("postal code", address.postalCode)
        add("locality", address.locality)
        add("municipality", address.municipality)
        add("state", address.state)
        for rest in address.rest { add("not read", rest) }
        return fields.enumerated().map { index, field in
            let span = source(field.2)
            let origin = span == field.1 ? "" : "  from \"\(span)\""
            return row(index == 0 ? "read as" : "", "\(field.0.padded(to: 13))\(field.1)\(origin)")
        }
    }

    private static func municipality(_ finding: PlaceFinding, _ words: PlaceWords, _ names: Georeferencer) -> String {
        let found = finding.colonia?.municipality ?? finding.municipality?.area
        let standing = finding.colonia?.municipalityStanding
        guard let found else {
            guard words.municipality ?? finding.address?.municipality?.text != nil || standing == .unknown else {
                return "not given"
            }
            return "not known"
        }
        let suffix = standing == .contradicted ? ", but the name exists only elsewhere" : ""
        return "\(names.name(of: found)) (\(found.id))\(suffix)"
    }

    private static func street(_ finding: PlaceFinding) -> [String] {
        guard let street = finding.street, street.verdict != .none else { return [] }
        return street.candidates.prefix(8).enumerated().map { index, candidate in
            row(
                index == 0 ? "streets" : "",
                "\(score(candidate.score))  \(candidate.name)\(candidate.municipality.map { " (\($0))" } ?? "")")
        }
    }

    private static func colonia(_ finding: PlaceFinding, _ names: Georeferencer) -> [String] {
        guard let answer = finding.colonia else { return [] }
        if answer.candidates.isEmpty { return [row("candidates", "none: \(lowered(answer.rule.explanation))")] }
        var lines = answer.candidates.enumerated().map { index, candidate in
            row(
                index == 0 ? "candidates" : "",
                "\(score(candidate.score))  \(names.name(of: candidate.area)) (\(candidate.area.id)): "
                    + lowered(candidate.rule.explanation))
        }
        if answer.candidateCount > answer.candidates.count {
            lines.append(row("", "and \((answer.candidateCount - answer.candidates.count).grouped) more"))
        }
        return lines
    }

    // MARK: What was decided

    private static func decision(_ finding: PlaceFinding, _ report: PlaceReport, _ names: Georeferencer) -> String {
        var text = "\(report.status.rawValue), by \(report.method.replacingOccurrences(of: "_", with: " "))"
        if report.status == .match, let id = report.areaID { text += ": \(report.areaName ?? id) (\(id))" }
        if report.status == .ambiguous {
            text +=
                ": \(report.candidateCount == 1 ? "one candidate that nothing confirms" : "\(report.candidateCount) candidates")"
        }
        if let place = finding.place, let radius = report.uncertaintyMetres {
            text +=
                "; \(finding.grade.name.replacingOccurrences(of: "_", with: " ")) within \(Int(clamping: Int64(radius)).grouped) m of "
                + "\(place.longitude.rounded(to: 6)), \(place.latitude.rounded(to: 6))"
        }
        if report.status == .unmatched, let rule = finding.colonia?.rule { text += "; \(lowered(rule.explanation))" }
        if let evidence = finding.colonia?.decidedBy {
            text +=
                " The \(evidence.rawValue.replacingOccurrences(of: "_", with: " ")) told it from others of the name."
        }
        return text
    }

    private static func lowered(_ sentence: String) -> String { sentence.prefix(1).lowercased() + sentence.dropFirst() }

    private static func score(_ score: Double) -> String { String(format: "%.2f", score) }

    private static func row(_ name: String, _ value: String) -> String { "\(name.padded(to: 14))\(value)" }
}

extension String {
    /// With blanks behind it, for columns; at least one.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
