import CivilTime
import Foundation
import Incidents

extension UTCText {
    /// This second, as `2024-03-01T12:00:00Z`.
    static var now: String { text(ofInstant: Int64(Date().timeIntervalSince1970)) }
}

extension CalendarDate {
    /// The day it is in a zone.
    static func today(in zone: ZoneRules) -> CalendarDate {
        CalendarDate(daysSince1970: zone.local(ofInstant: Int64(Date().timeIntervalSince1970)).day)
    }
}
