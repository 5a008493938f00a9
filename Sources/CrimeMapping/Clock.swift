public import CivilTime
import Foundation
import Incidents

extension UTCText {
    /// This second, as `2024-03-01T12:00:00Z`.
    static var now: String { text(ofInstant: Int64(Date().timeIntervalSince1970)) }
}

extension StoreSnapshot {
    /// The day it is where its incidents happen; by UTC where the zone is not known here.
    public var today: CalendarDate {
        let now = Int64(Date().timeIntervalSince1970)
        guard let zone = try? ZoneRules.zone(settings.timeZone) else {
            return CalendarDate(daysSince1970: Int32(clamping: now / 86_400))
        }
        return .today(in: zone)
    }
}

extension CalendarDate {
    /// The day it is in a zone.
    static func today(in zone: ZoneRules) -> CalendarDate {
        CalendarDate(daysSince1970: zone.local(ofInstant: Int64(Date().timeIntervalSince1970)).day)
    }
}
