import CivilTime

/// What `--as-of` and `as_of` say.
public enum KnownBy {
    /// A day stands for its last second, in UTC; whatever else it is, the store judges.
    public static func instant(_ text: String) -> String { CalendarDate(text) == nil ? text : text + "T23:59:59Z" }
}
