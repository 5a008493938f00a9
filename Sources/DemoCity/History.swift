import CivilTime
import SimpleFeatures

/// One thing that happened in the city, as it was.
struct Event {
    var crime: Int
    var day: CalendarDate
    /// Of the local day; never 12:00, which the report files use for "unknown".
    var minute: Int
    var crossing: Int
    /// With as many decimals as the year's file prints.
    var place: LonLat
    var point: PlanarPoint
    var colonia: Int
    /// Whether the place is the crossing itself.
    var isAtCorner: Bool
    /// The day and place of an earlier burglary nearby, where this one followed it.
    var follows: Precursor?
    /// Which series of burglaries it belongs to, within its year.
    var series: Int?

    struct Precursor {
        var day: CalendarDate
        var point: PlanarPoint
    }
}

/// What happened in three years, before anybody wrote it down.
struct History {
    static let years = [2021, 2022, 2023]
    static let rowsPerYear = 12_000.0
    /// A burglary that follows another one is this near and this soon.
    static let nearRepeatMetres = 200.0
    static let nearRepeatDays = 14
    /// How many decimals the coordinates of a year have.
    static func decimals(in year: Int) -> Int { year == 2021 ? 5 : year == 2022 ? 6 : 12 }

    let field: CrimeField
    private let locator: ColoniaLocator
    private let defects: Defects

    init(field: CrimeField, locator: ColoniaLocator, defects: Defects) {
        (self.field, self.locator, self.defects) = (field, locator, defects)
    }

    /// The events of a year in order of time, and what the operation did to them.
    func events(in year: Int, seed: UInt64, scale: Double) -> (events: [Event], effect: Operation.Effect) {
        var dice = Dice(seed: seed &+ UInt64(year), stream: "events")
        var events: [Event] = []
        for (index, crime) in Crime.all.enumerated() {
            let growth = (2021..<year).reduce(1.0) { growth, _ in growth * crime.trend }
            let count = Int((Self.rowsPerYear * scale * crime.share * growth).rounded())
            let calendar = CrimeCalendar(of: crime, year: year)
            if index == Crime.burglary {
                events += burglaries(count, calendar, &dice)
            } else {
                for _ in 0..<count { events.append(event(of: index, calendar, &dice)) }
            }
        }
        let (left, effect) = moved(events, by: Operation(), year: year, seed: seed)
        let sorted = left.enumerated().sorted {
            ($0.element.day, $0.element.minute, $0.offset) < ($1.element.day, $1.element.minute, $1.offset)
        }
        return (sorted.map(\.element), effect)
    }

    private func event(of crime: Int, _ calendar: CrimeCalendar, _ dice: inout Dice) -> Event {
        let (day, minute) = calendar.moment(&dice)
        let components = day.components
        while true {
            let crossing = field.crossing(
                for: crime, monthsSinceStart: (components.year - 2021) * 12 + components.month - 1, &dice)
            let isSnapped = components.year < 2023 && crime != Crime.burglary && dice.happens(0.92)
            let corner = field.streets.crossings[crossing]
            let point = isSnapped ? corner.point : besideStreet(crossing, &dice)
            if let (place, colonia) = site(isSnapped ? corner.place : nil, point, year: components.year) {
                return Event(
                    crime: crime, day: day, minute: minute, crossing: crossing, place: place, point: point,
                    colonia: colonia,
                    isAtCorner: isSnapped)
            }
        }
    }

    /// A little less than half are followed up nearby, some of these again.
    private func burglaries(_ count: Int, _ calendar: CrimeCalendar, _ dice: inout Dice) -> [Event] {
        var events: [Event] = []
        while events.count < count {
            if let last = events.last, dice.happens(0.45), var next = followUp(of: last, calendar, &dice) {
                next.series = last.series
                events.append(next)
            } else {
                var first = event(of: Crime.burglary, calendar, &dice)
                first.series = events.count
                events.append(first)
            }
        }
        return events
    }

    /// Another burglary near an earlier one; nil where it would fall outside the year or the city.
    private func followUp(of event: Event, _ calendar: CrimeCalendar, _ dice: inout Dice) -> Event? {
        let wait = 1 + min(dice.below(Self.nearRepeatDays), dice.below(Self.nearRepeatDays))
        guard let day = event.day.adding(days: wait), day.components.year == event.day.components.year else {
            return nil
        }
        let (dx, dy) = (dice.between(-1, 1), dice.between(-1, 1))
        let radius = (dx * dx + dy * dy).squareRoot()
        guard radius > 0.05, radius <= 1 else { return nil }
        // A metre is left over for the rounding of the coordinates.
        let reach = Self.nearRepeatMetres - 2
        let point = PlanarPoint(x: event.point.x + dx * reach, y: event.point.y + dy * reach)
        guard let (place, colonia) = site(nil, point, year: day.components.year) else { return nil }
        return Event(
            crime: event.crime, day: day, minute: calendar.minute(on: day, &dice), crossing: event.crossing,
            place: place,
            point: point, colonia: colonia, isAtCorner: false,
            follows: Event.Precursor(day: event.day, point: event.point))
    }

    /// Somewhere up to half a block along one of the streets of a crossing, a few metres to the side.
    func besideStreet(_ crossing: Int, _ dice: inout Dice) -> PlanarPoint {
        let here = field.streets.crossings[crossing].point
        let next = dice.pick(field.streets.adjacent[crossing]).map { field.streets.crossings[$0].point }
        guard let next else { return PlanarPoint(x: here.x + dice.between(-15, 15), y: here.y + dice.between(-15, 15)) }
        let (dx, dy) = (next.x - here.x, next.y - here.y)
        let length = max(1, (dx * dx + dy * dy).squareRoot())
        let along = dice.between(0.02, 0.5)
        let aside = dice.between(4, 14) * (dice.happens(0.5) ? 1 : -1)
        return PlanarPoint(x: here.x + along * dx - aside * dy / length, y: here.y + along * dy + aside * dx / length)
    }

    /// The place as printed and its colonia; nil where a border or a defect is too near.
    func site(_ place: LonLat?, _ point: PlanarPoint, year: Int) -> (LonLat, Int)? {
        let place = place ?? MapPosition.rounded(MapPosition.place(point), decimals: Self.decimals(in: year))
        guard let colonia = locator.clearColonia(at: point), !defects.isForbidden(place) else { return nil }
        return (place, colonia)
    }
}
