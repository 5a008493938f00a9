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
    /// The text of the place says that none is known.
    private let isUnknown: Bool
    /// The municipality, as written.
    private let municipalityText: String?
    /// The colonia that the text of the place names, where it names one apart from the rest.
    private let namedColonia: String?
    private var found = PlaceFinding()

    init(words: PlaceWords, edition: Edition, streets: StreetIndex?) {
        self.words = words
        self.edition = edition
        self.streets = streets
        var names = PlaceNameReader()
        isUnknown = words.place.map { names.read($0).unknown != nil } ?? false
        // N/A is no crossing of N and A.
        readings = isUnknown ? [] : words.place.map { AddressParser().readings(of: $0) } ?? []
        let named = readings.first?.municipality?.text
        let trailing = readings.first?.unmarkedColonia
        // CENTRO, CUAUHTEMOC: what follows the comma unmarked is the municipality where there is one of that name.
        let isMunicipality =
            named == nil && words.colonia == nil
            && trailing.map { edition.findMunicipality($0).status == .match } ?? false
        municipalityText = words.municipality ?? named ?? (isMunicipality ? trailing : nil)
        namedColonia = isMunicipality ? nil : readings.first?.colonia?.text
    }

    mutating func finding() -> PlaceFinding {
        found.address = readings.first
        let municipality = askMunicipality()
        askStreets(in: municipality?.id)
        if found.outcome == .placed { return found }
        askColonia()
        if found.outcome != .unplaced { return found }
        guard let municipality else {
            found.method = reasonForNothing
            return found
        }
        settle(.municipalityName, .municipality, [municipality])
        return found
    }

    // MARK: The municipality

    private mutating func askMunicipality() -> AreaReference? {
        guard let text = municipalityText else { return nil }
        let answer = edition.findMunicipality(text)
        found.municipality = answer
        return answer.area
    }

    // MARK: The street

    private mutating func askStreets(in municipality: String?) {
        guard let streets, !readings.isEmpty else { return }
        let answer = streets.find(readings, municipality: municipality)
        found.street = answer
        if let reading = answer.reading { found.address = readings[reading] }
        guard answer.verdict == .match, let place = answer.place else { return }
        found.outcome = .placed
        found.method = answer.method
        found.grade = answer.grade
        found.place = place
        found.uncertainty = answer.uncertainty ?? .nan
        found.areas = edition.areas(around: place)
    }

    // MARK: The colonia

    private mutating func askColonia() {
        guard let answer = coloniaAnswer() else { return }
        if isStreetOnly, answer.status != .match, answer.rule != .postalCode { return }
        found.colonia = answer
        switch answer.status {
        case .match:
            guard let area = answer.area else { return }
            settle(answer.method, .colonia, [area])
            addMunicipality(of: area, answer.municipality)
        case .ambiguous where answer.rule == .postalCode:
            // The code alone names a circle around its colonias, not one of them.
            settle(.postalCode, .postalCode, answer.candidates.map(\.area))
            found.areas = answer.municipality.map { [$0] } ?? []
        case .ambiguous:
            found.outcome = .ambiguous
            found.method = .severalPlaces
            found.areas = (answer.municipality ?? commonMunicipality(of: answer.candidates)).map { [$0] } ?? []
        case .unmatched:
            found.method = answer.method
        }
    }

    /// What the label says; without one, what the address calls a colonia or all of the text says as a name, whichever
    /// finds more.
    private func coloniaAnswer() -> PlaceAnswer? {
        if let label = words.colonia { return ask(label) }
        guard let text = words.place else { return nil }
        guard let named = namedColonia else { return ask(text) }
        let answer = ask(named)
        if answer.status == .match { return answer }
        // LEYES DE REFORMA 3A SECCION is a colonia, though it reads as street, number and colonia too.
        let whole = ask(text)
        return whole.status == .match || whole.score > answer.score ? whole : answer
    }

    private func ask(_ name: String) -> PlaceAnswer {
        edition.find(
            PlaceQuery(
                name, municipality: municipalityText, postalCode: readings.first?.postalCode?.text, level: .colonia))
    }

    /// Whether the words speak of streets and of no colonia. Then a colonia of nearly that name is not what they mean.
    private var isStreetOnly: Bool {
        guard words.colonia == nil, namedColonia == nil, let reading = readings.first else { return false }
        return reading.crossing != nil || reading.kilometre != nil || !reading.between.isEmpty
            || reading.exteriorNumber != nil && reading.street?.type != nil
    }

    /// The municipality that was asked for where the colonia lies in it, else the one around the colonia's own place.
    private mutating func addMunicipality(of area: AreaReference, _ asked: AreaReference?) {
        if let asked { return found.areas.append(asked) }
        guard let place = found.place else { return }
        found.areas += edition.areas(around: place).filter { $0.level == .municipality }
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
        found.outcome = .placed
        found.method = method
        found.grade = grade
        found.place = circle.place
        found.uncertainty = circle.radius.metres
        found.areas = areas.count == 1 ? areas : []
    }

    /// Words that say that nothing is known, or words that nobody knows.
    private var reasonForNothing: PlacementMethod {
        let answers = [found.colonia, found.municipality].compactMap { $0 }
        return isUnknown || answers.contains { $0.method == .pseudoPlace } ? .pseudoPlace : .unknownPlace
    }
}

extension Address {
    /// The colonia where no word such as COL. marks it as one, and a street stands before it.
    fileprivate var unmarkedColonia: String? {
        guard let colonia, let street, street.source.upperBound <= colonia.source.lowerBound else { return nil }
        let start = colonia.source.lowerBound
        return markers.contains { $0.upperBound <= start && start - $0.upperBound <= 2 } ? nil : colonia.text
    }
}
