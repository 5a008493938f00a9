import Bytes

/// What was planted where and how often: the truth against which an import and an analysis of the city are checked.
public struct Manifest: Hashable, Sendable {
    /// One report file.
    public struct Year: Hashable, Sendable {
        public var year: Int
        public var file: String
        /// `utf-8` or `windows-1252`.
        public var encoding: String
        public var hasByteOrderMark: Bool
        /// `\n` or `\r\n`.
        public var lineEnding: String
        /// Lines before the header.
        public var preambleLines: Int
        /// Rows after the header, duplicates and all; the sum of the three outcomes.
        public var rows = 0
        public var placed = 0
        public var unplaced = 0
        public var rejected = 0
        /// Rows with each kind of dirt. The copy of a row is the duplicate; whatever its original has, it has again.
        public var dirt: [Dirt: Int] = [:]
        /// Placed rows whose true place, printed as it is, is a street corner.
        public var atCorners = 0
        /// Burglaries within 200 m and 14 days after another one that they were made to follow.
        public var nearRepeats = 0
        /// Placed rows whose published colonia is, or is not, the one around the coordinates as an import must read them.
        public var labelsAgreeing = 0
        public var labelsDiffering = 0
        /// Placed rows in two colonias at once, because of a planted overlap.
        public var inTwoColonias = 0
    }

    /// One planted fault between two colonias, by their keys.
    public struct Dispute: Hashable, Sendable {
        public var colonia: String
        public var neighbour: String
    }

    /// A place with more crime than its surroundings.
    public struct HotPlace: Hashable, Sendable {
        public var name: String
        public var longitude: Double
        public var latitude: Double
    }

    public var seed: UInt64
    public var scale: Double
    public var crs = "EPSG:32613"
    public var timeZone = "America/Monterrey"
    public var years: [Year] = []
    public var municipalities = 0
    public var districts = 0
    public var colonias = 0
    public var crossings = 0
    public var population = 0
    /// Overlaps of more than a hectare, first the colonia that takes too much.
    public var overlaps: [Dispute] = []
    /// Overlaps about a metre wide.
    public var slivers: [Dispute] = []
    /// Ground that belongs to no colonia, first the one that takes too little.
    public var gaps: [Dispute] = []
    /// The colonia whose border crosses itself.
    public var bowTie = ""
    /// Names that stand in two or more municipalities.
    public var namesInSeveralMunicipalities: [String] = []
    /// Names that stand twice in one municipality.
    public var namesRepeatedInside: [String] = []
    public var hotStreets: [String] = []
    public var hotCorners: [HotPlace] = []
    /// Where robbery grows from July 2022 on, and where it ends then; each within 550 m.
    public var emerging: [HotPlace] = []
    public var fading: [HotPlace] = []
    /// The coordinates that stand for unknown ones.
    public var defaultPoint = HotPlace(name: "", longitude: 0, latitude: 0)

    init(seed: UInt64, scale: Double) {
        self.seed = seed
        self.scale = scale
    }
}

extension Manifest {
    /// The manifest as a JSON document, keys in a fixed order.
    public var json: [UInt8] {
        var writer = ByteWriter(capacity: 1 << 14)
        let fields: [(String, String)] = [
            ("fictional", "true"), ("place", Self.quoted("Valle del Faro")), ("seed", String(seed)),
            ("scale", Self.number(scale)), ("crs", Self.quoted(crs)), ("time_zone", Self.quoted(timeZone)),
            ("municipalities", String(municipalities)), ("districts", String(districts)),
            ("colonias", String(colonias)),
            ("crossings", String(crossings)), ("population", String(population)),
            ("overlaps", Self.array(overlaps, Self.dispute)), ("slivers", Self.array(slivers, Self.dispute)),
            ("gaps", Self.array(gaps, Self.dispute)), ("bow_tie", Self.quoted(bowTie)),
            ("names_in_several_municipalities", Self.array(namesInSeveralMunicipalities, Self.quoted)),
            ("names_repeated_inside", Self.array(namesRepeatedInside, Self.quoted)),
            ("hot_streets", Self.array(hotStreets, Self.quoted)), ("hot_corners", Self.array(hotCorners, Self.place)),
            ("emerging", Self.array(emerging, Self.place)), ("fading", Self.array(fading, Self.place)),
            ("default_point", Self.place(defaultPoint)), ("years", Self.array(years, Self.year)),
        ]
        writer.text("{\n")
        for (index, field) in fields.enumerated() {
            writer.text("  \"\(field.0)\": \(field.1)\(index + 1 < fields.count ? "," : "")\n")
        }
        writer.text("}\n")
        return writer.bytes
    }

    private static func year(_ year: Year) -> String {
        let dirt = Dirt.allCases.map { "\"\($0.rawValue)\": \(year.dirt[$0] ?? 0)" }.joined(separator: ", ")
        return "\n    {\"year\": \(year.year), \"file\": \(quoted(year.file)), \"encoding\": \(quoted(year.encoding)), "
            + "\"byte_order_mark\": \(year.hasByteOrderMark), \"line_ending\": \(quoted(year.lineEnding)), "
            + "\"preamble_lines\": \(year.preambleLines), \"rows\": \(year.rows), \"placed\": \(year.placed), "
            + "\"unplaced\": \(year.unplaced), \"rejected\": \(year.rejected), \"at_corners\": \(year.atCorners), "
            + "\"near_repeats\": \(year.nearRepeats), \"labels_agreeing\": \(year.labelsAgreeing), "
            + "\"labels_differing\": \(year.labelsDiffering), \"in_two_colonias\": \(year.inTwoColonias),\n"
            + "     \"dirt\": {\(dirt)}}"
    }

    private static func dispute(_ dispute: Dispute) -> String {
        "{\"colonia\": \(quoted(dispute.colonia)), \"neighbour\": \(quoted(dispute.neighbour))}"
    }

    private static func place(_ place: HotPlace) -> String {
        "{\"name\": \(quoted(place.name)), \"longitude\": \(number(place.longitude)), "
            + "\"latitude\": \(number(place.latitude))}"
    }

    private static func array<Element>(_ elements: [Element], _ text: (Element) -> String) -> String {
        "[\(elements.map(text).joined(separator: ", "))]"
    }

    private static func quoted(_ text: String) -> String {
        var writer = ByteWriter()
        writer.jsonString(text)
        return writer.string
    }

    private static func number(_ value: Double) -> String {
        var writer = ByteWriter()
        writer.shortest(value)
        return writer.string
    }
}
