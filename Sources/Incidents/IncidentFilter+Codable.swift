import CQL2
import CivilTime
import SimpleFeatures

/// In JSON as on the command line: `{"categories": ["ROBO"], "hours": "18-23", "days": "fri,sat",
/// "bbox": [minx, miny, maxx, maxy], "areas": ["municipality:09015"], "precision": ["point"],
/// "where": "local_hour > 18"}`. What asks nothing is left
/// out.
extension IncidentFilter: Codable {
    private enum Key: String, CodingKey {
        case categories, modalities, from, to, hours, days, areas
        case box = "bbox"
        case placedOnly = "placed_only"
        case grades = "precision"
        case includesArtefacts = "include_artefacts"
        case condition = "where"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init()
        categories = try container.decodeIfPresent([String].self, forKey: .categories) ?? []
        modalities = try container.decodeIfPresent([String].self, forKey: .modalities) ?? []
        from = try container.decodeIfPresent(CalendarDate.self, forKey: .from)
        to = try container.decodeIfPresent(CalendarDate.self, forKey: .to)
        hours = try container.decodeIfPresent(String.self, forKey: .hours).map { try HourRange($0) }
        days = try container.decodeIfPresent(String.self, forKey: .days).map { try WeekdaySet($0) }
        areas = try (container.decodeIfPresent([String].self, forKey: .areas) ?? []).map { try AreaSelector($0) }
        placedOnly = try container.decodeIfPresent(Bool.self, forKey: .placedOnly) ?? false
        grades = try container.decodeIfPresent([String].self, forKey: .grades).map {
            try PrecisionGrade.set($0.joined(separator: ","))
        }
        includesArtefacts = try container.decodeIfPresent(Bool.self, forKey: .includesArtefacts) ?? false
        condition = try container.decodeIfPresent(CQL2Filter.self, forKey: .condition)
        if let numbers = try container.decodeIfPresent([Double].self, forKey: .box) {
            let text = numbers.map(\.description).joined(separator: ",")
            let box = try BoxText.envelope(text)
            self.box = Envelope(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !categories.isEmpty { try container.encode(categories, forKey: .categories) }
        if !modalities.isEmpty { try container.encode(modalities, forKey: .modalities) }
        try container.encodeIfPresent(from, forKey: .from)
        try container.encodeIfPresent(to, forKey: .to)
        try container.encodeIfPresent(hours?.description, forKey: .hours)
        try container.encodeIfPresent(days?.description, forKey: .days)
        try container.encodeIfPresent(box.map { [$0.minX, $0.minY, $0.maxX, $0.maxY] }, forKey: .box)
        if !areas.isEmpty { try container.encode(areas.map(\.description), forKey: .areas) }
        if placedOnly { try container.encode(true, forKey: .placedOnly) }
        try container.encodeIfPresent(grades?.sorted().map(\.name), forKey: .grades)
        if includesArtefacts { try container.encode(true, forKey: .includesArtefacts) }
        try container.encodeIfPresent(condition, forKey: .condition)
    }
}
