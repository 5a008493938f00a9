/// What Faro keeps of a report. A profile says which column of a file holds which.
public enum ReportField: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// The publisher's own key.
    case recordID = "record_id"
    /// The offence.
    case category
    /// How it was done, or a second classification.
    case modality
    /// The day; midnight beside it is no time of day.
    case date
    /// The time of day, in a column of its own.
    case time
    /// Day and time in one; midnight is midnight.
    case occurredAt = "occurred_at"
    case longitude
    case latitude
    /// Easting and northing in the profile's CRS.
    case x
    case y
    case colonia
    case municipality
    /// Any other words that say where: street, crossing, highway kilometre.
    case place
    /// The street that crosses the one in `place`.
    case crossStreet = "cross_street"
    case houseNumber = "house_number"
    /// The first of the two streets between which the place lies, or both in one text.
    case betweenStreet = "between_street"
    /// The second of them.
    case andStreet = "and_street"
    case postalCode = "postal_code"
    /// What the place is near to, in words: `FRENTE AL MERCADO`.
    case landmark
    /// How many incidents the row stands for; 1 where there is no such column.
    case weight

    /// Fields whose text is kept as it stands.
    static let texts: [ReportField] = [.recordID, .category, .modality, .colonia, .municipality, .place]
    /// Fields that become part of the place's words; see ``PlaceWords``.
    static let placeParts: [ReportField] = [
        .crossStreet, .houseNumber, .betweenStreet, .andStreet, .postalCode, .landmark,
    ]
}
