import CivilTime

/// What `--as-of` says.
enum KnownBy {
    /// A day stands for its last second, in UTC; whatever else it is, the store judges.
    static func instant(_ text: String) -> String { CalendarDate(text) == nil ? text : text + "T23:59:59Z" }
}
