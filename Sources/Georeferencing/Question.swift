import Boundaries
import Incidents
import PlaceNames
import SimpleFeatures

/// The words of one report on their way to a finding: asked from the closest place to the widest.
struct Question {
    private let words: PlaceWords
    private let edition: Edition
    private let streets: StreetIndex?
    private let readings: [Address]
    private var finding = PlaceFinding()

    init(words: PlaceWords, edition: Edition, streets: StreetIndex?) {
        self.words = words
        self.edition = edition
        self.streets = streets
        readings = words.place.map { AddressParser().readings(of: $0) } ?? []
    }

    mutating func finding() -> PlaceFinding {
        finding.address = readings.first
        let municipality = askMunicipality()
        askStreets(in: municipality?.id)
        if finding.outcome == .placed { return finding }
        askColonia()
        if finding.outcome != .unplaced { return finding }
        guard let municipality else {
            finding.method = reasonForNothing
            return finding
        }
        settle(.municipalityName, .municipality, [municipality])
        return finding
    }

    // MARK: The municipality

    private var municipalityText: String? { words.municipality ?? readings.first?.municipality?.text }

    private mutating func askMunicipality() -> AreaReference? {
        guard let text = municipalityText else { return nil }
        let answer = edition.findMunicipality(text)
        finding.municipality = answer
        return answer.area
    }

    // MARK: The street

    /// Every reading is asked until the table knows the place of one; a crossing that it knows in several places is kept in mind.
    private mutating func askStreets(in municipality: String?) {
        guard let streets else { return }
        for reading in readings {
            let answer = streets.find(reading, municipality: municipality)
            if answer.status == .unmatched { continue }
            if finding.street == nil || answer.status == .match {
                finding.street = answer
                finding.address = reading
            }
            guard answer.status == .match, let place = answer.place else { continue }
            finding.outcome = .placed
            finding.method = answer.method
            finding.grade = answer.grade
            finding.place = place
            finding.uncertainty = answer.uncertainty.metres
            finding.areas = edition.areas(around: place)
            return
        }
    }

    // MARK: The colonia

    private mutating func askColonia() {
        let postalCode = readings.first?.postalCode?.text
        guard let name = coloniaText ?? postalCode.map({ _ in "" }) else { return }
        let answer = edition.find(
            PlaceQuery(name, municipality: municipalityText, postalCode: postalCode, level: .colonia))
        finding.colonia = answer
        switch answer.status {
        case .match:
            guard let area = answer.area else { return }
            settle(answer.method, .colonia, [area])
            addMunicipality(of: area, answer.municipality)
        case .ambiguous where answer.rule == .postalCode:
            // The code alone names a circle around its colonias, not one of them.
            settle(.postalCode, .postalCode, answer.candidates.map(\.area))
            finding.areas = answer.municipality.map { [$0] } ?? []
        case .ambiguous:
            finding.outcome = .ambiguous
            finding.method = .severalPlaces
            finding.areas = (answer.municipality ?? commonMunicipality(of: answer.candidates)).map { [$0] } ?? []
        case .unmatched:
            finding.method = answer.method
        }
    }

    /// The label, else what the address calls a colonia, else all of a text that names no street.
    private var coloniaText: String? {
        if let colonia = words.colonia { return colonia }
        guard let reading = readings.first else { return nil }
        if let colonia = reading.colonia { return colonia.text }
        return reading.street == nil && reading.kilometre == nil ? words.place : nil
    }

    /// The municipality that was asked for where the colonia lies in it, else the one around the colonia's own place.
    private mutating func addMunicipality(of area: AreaReference, _ asked: AreaReference?) {
        if let asked { return finding.areas.append(asked) }
        guard let place = finding.place else { return }
        finding.areas += edition.areas(around: place).filter { $0.level == .municipality }
    }

    private func commonMunicipality(of candidates: [PlaceCandidate]) -> AreaReference? {
        var common: AreaReference?
        for candidate in candidates {
            guard let place = edition.circle(of: candidate.area)?.place,
                let here = edition.areas(around: place).first(where: { $0.level == .municipality }),
                common == nil || common == here
            else { return nil }
            common = here
        }
        return common
    }

    // MARK: The end

    private mutating func settle(_ method: PlacementMethod, _ grade: PrecisionGrade, _ areas: [AreaReference]) {
        guard let circle = edition.circle(of: areas) else { return }
        finding.outcome = .placed
        finding.method = method
        finding.grade = grade
        finding.place = circle.place
        finding.uncertainty = circle.radius.metres
        finding.areas = areas.count == 1 ? areas : []
    }

    /// Words that say that nothing is known, or words that nobody knows.
    private var reasonForNothing: PlacementMethod {
        let answers = [finding.colonia, finding.municipality].compactMap { $0 }
        return answers.contains { $0.unknown != nil } ? .pseudoPlace : .unknownPlace
    }
}
