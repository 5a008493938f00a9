import Bytes
import CivilTime
import SimpleFeatures

/// Writes one year's report file from what happened, dirties it, and keeps the accounts.
struct ReportFile {
    let territory: Territory
    let locator: ColoniaLocator
    let defects: Defects
    let streets: Streets
    let labels: Labels
    let office: PlanarPoint

    /// The cards that one row was dealt.
    struct Hand {
        var place: Dirt?
        var time: Dirt?
        var label: Dirt?
        var text: Dirt?
        var isLong = false
        var isTitle = false

        var all: [Dirt] {
            [place, time, label, text].compactMap(\.self) + (isLong ? [.longDate] : []) + (isTitle ? [.titleCase] : [])
        }
    }

    /// A row with what it was made from. `label` is the colonia that it names.
    struct Entry {
        var event: Event
        var hand: Hand
        var label: Int
        var row: ReportRow
    }

    /// The file's bytes, its lines of `verdad.csv`, and its counts.
    func write(_ events: [Event], year: Int, seed: UInt64) -> ReportAccounts {
        var dice = Dice(seed: seed &+ UInt64(year), stream: "dirt")
        let hands = deal(events, year: year, &dice)
        var accounts = ReportAccounts(of: self, style: Self.style(of: year))
        var copies: [Int: [Entry]] = [:]
        for (index, event) in events.enumerated() {
            let folio = "FICTICIO-\(year % 100)-" + Territory.padded(index + 1, 6)
            var entry = entry(event, hands[index], folio: folio, year: year, &dice)
            if entry.hand.place == .duplicate {
                copies[min(events.count - 1, index + 1 + dice.below(40)), default: []].append(entry)
                entry.hand.place = nil
            }
            accounts.add(entry)
            for copy in copies.removeValue(forKey: index) ?? [] { accounts.add(copy) }
        }
        return accounts
    }

    /// How each year's file is written: three ways in which such files come.
    static func style(of year: Int) -> Manifest.Year {
        Manifest.Year(
            year: year, file: "reportes_\(year).csv", encoding: year == 2022 ? "windows-1252" : "utf-8",
            hasByteOrderMark: year == 2021, lineEnding: year == 2022 ? "\r\n" : "\n",
            preambleLines: year == 2022 ? 1 : 0)
    }

    private func deal(_ events: [Event], year: Int, _ dice: inout Dice) -> [Hand] {
        let places = Dirt.deal(Dirt.placeDeck, to: events.count, &dice)
        let times = Dirt.deal(Dirt.timeDeck, to: events.count, &dice)
        let labels = Dirt.deal(Dirt.labelDeck, to: events.count, &dice)
        let texts = Dirt.deal(Dirt.textDeck, to: events.count, &dice)
        return events.indices.map { index in
            var hand = Hand(place: places[index], time: times[index], label: labels[index], text: texts[index])
            // The long dates came with a new system in November 2023; a few were in use before.
            let isLate = year == 2023 && events[index].day.components.month >= 11
            let isLong = dice.happens(isLate ? 0.97 : year == 2023 ? 0.01 : 0)
            hand.isLong = isLong && hand.time != .noHour && hand.time != .impossibleHour
            hand.isTitle = year == 2022 || (year == 2023 && dice.happens(0.5))
            return hand
        }
    }

    /// The colonia that the row will name.
    private func labelled(_ event: Event, _ hand: Hand, _ dice: inout Dice) -> Int {
        guard hand.label == .wrongLabel else { return event.colonia }
        let others = territory.neighbours[event.colonia].filter { !isSameName($0, event.colonia) }
        return dice.pick(others) ?? event.colonia
    }

    func isSameName(_ a: Int, _ b: Int) -> Bool {
        territory.colonias[a].name == territory.colonias[b].name
            && territory.colonias[a].municipality == territory.colonias[b].municipality
    }

    private func entry(_ event: Event, _ hand: Hand, folio: String, year: Int, _ dice: inout Dice) -> Entry {
        let label = labelled(event, hand, &dice)
        let crime = Crime.all[event.crime]
        let crossing = streets.crossings[event.crossing]
        let (colonia, municipality) = labelTexts(label, hand)
        let (latitude, longitude) = coordinates(event, hand, year: year, &dice)
        var row = ReportRow(
            folio: folio, year: year, date: event.day.description, hour: Self.hour(event, hand), offence: crime.offence,
            modality: crime.modality, colonia: colonia, municipality: municipality, street: crossing.street,
            crossStreet: crossing.crossStreet, latitude: latitude, longitude: longitude)
        if hand.place == .impossibleDate {
            row.date = String(year) + (dice.pick(["-02-30", "-06-31", "-13-05", "-04-31"]) ?? "-02-30")
        }
        if hand.isLong {
            row.date += " " + row.hour
            row.hour += ":00"
        }
        if hand.place == .shortRow { row.fieldCount = 5 + dice.below(4) }
        if hand.text == .lineBreak { row.street += "\nESQUINA" }
        if hand.text == .quotes { row.street += " \"LA LOMA\"" }
        return Entry(event: event, hand: hand, label: label, row: row)
    }

    private func labelTexts(_ label: Int, _ hand: Hand) -> (colonia: String, municipality: String) {
        let colonia = territory.colonias[label]
        let (name, municipality) = (labels.colonias[label], labels.municipalities[colonia.municipality])
        let text = hand.isTitle ? name.title : name.upper
        let kind = hand.label == .labelVariant ? Self.abbreviation(of: colonia.settlement, hand.isTitle) + " " : ""
        return (kind + text, hand.isTitle ? municipality.title : municipality.upper)
    }

    private static func hour(_ event: Event, _ hand: Hand) -> String {
        switch hand.time {
        case .noon: "12:00:00"
        case .noHour: ""
        case .impossibleHour: "25:10:00"
        default: clock(event.minute) + ":00"
        }
    }

    static func clock(_ minute: Int) -> String {
        Territory.padded(minute / 60, 2) + ":" + Territory.padded(minute % 60, 2)
    }

    private static func abbreviation(of settlement: String, _ isTitle: Bool) -> String {
        switch settlement {
        case "COLONIA": isTitle ? "Col." : "COL."
        case "FRACCIONAMIENTO": isTitle ? "Fracc." : "FRACC."
        case "UNIDAD HABITACIONAL": isTitle ? "U. Hab." : "U. HAB."
        default: isTitle ? Labels.title(settlement) : settlement
        }
    }

    /// The texts of the two columns.
    private func coordinates(_ event: Event, _ hand: Hand, year: Int, _ dice: inout Dice) -> (String, String) {
        let decimals = History.decimals(in: year)
        let (longitude, latitude) = (event.place.longitude, event.place.latitude)
        func texts(_ latitude: Double, _ longitude: Double, _ decimals: Int) -> (String, String) {
            (decimalText(latitude, decimals: decimals), decimalText(longitude, decimals: decimals))
        }
        switch hand.place {
        case .noCoordinates: return ("", "")
        case .zeroCoordinates: return ("0", "0")
        case .unreadableCoordinates: return ("26°36' N", "103°06' O")
        case .swappedCoordinates: return texts(longitude, latitude, decimals)
        case .signLost: return texts(latitude, -longitude, decimals)
        case .outOfRange: return texts(latitude * 10, longitude, decimals)
        case .outsideCity: return texts(latitude - dice.between(0.3, 1), longitude + dice.between(0.6, 2.5), decimals)
        case .metres:
            let utm = MapPosition.utm(event.point)
            return texts(utm.y, utm.x, 2)
        case .defaultPoint:
            let place = officePlace
            return texts(place.latitude, place.longitude, 5)
        default: return texts(latitude, longitude, decimals)
        }
    }

    /// The prosecutor's office, with the five decimals that every year prints.
    var officePlace: LonLat { MapPosition.rounded(MapPosition.place(office), decimals: 5) }
}
