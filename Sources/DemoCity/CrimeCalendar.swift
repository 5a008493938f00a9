import CivilTime

/// The moments at which one kind of crime happens in one year.
struct CrimeCalendar {
    private let days: [CalendarDate]
    private let dayChoices: Choices
    private let weekday: Choices
    private let weekend: Choices

    init(of crime: Crime, year: Int) {
        let weights = (crime.days.utf8.map(Self.weight), crime.months.utf8.map(Self.weight))
        days = (1...12).flatMap { month in
            (1...CalendarDate.length(ofMonth: month, in: year)).compactMap {
                CalendarDate(year: year, month: month, day: $0)
            }
        }
        dayChoices = Choices(weights: days.map { weights.0[$0.isoWeekday - 1] * weights.1[$0.components.month - 1] })
        weekday = Choices(weights: crime.weekdayHours.utf8.map(Self.weight))
        weekend = Choices(weights: crime.weekendHours.utf8.map(Self.weight))
    }

    func moment(_ dice: inout Dice) -> (CalendarDate, minute: Int) {
        let day = days[dice.index(in: dayChoices)]
        return (day, minute(on: day, &dice))
    }

    /// Most reports round to the half or quarter hour.
    func minute(on day: CalendarDate, _ dice: inout Dice) -> Int {
        let hour = dice.index(in: day.isoWeekday >= 6 ? weekend : weekday)
        let minute = dice.happens(0.4) ? 0 : dice.happens(0.55) ? 15 * (1 + dice.below(3)) : dice.below(60)
        return hour == 12 && minute == 0 ? 12 * 60 + 5 : hour * 60 + minute
    }

    private static func weight(_ digit: UInt8) -> Double { Double(Int(digit) - 48) }
}
