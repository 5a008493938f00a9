import Bytes

/// What was planted where and how often: the truth against which an import and an analysis of the city are checked.
public struct Manifest: Hashable, Sendable {
    /// One report file.
    public struct Year: Hashable, Sendable {
        /// The year of all its incidents.
        public var year: Int
        /// The file's name in ``DemoCity/files``.
        public var file: String
        /// `utf-8` or `windows-1252`.
        public var encoding: String
        /// Whether EF BB BF stands before the text.
        public var hasByteOrderMark: Bool
        /// `\n` or `\r\n`.
        public var lineEnding: String
        /// Lines before the header.
        public var preambleLines: Int
        /// Rows after the header, duplicates and all; the sum of the three outcomes.
        public var rows = 0
        /// Rows with coordinates that an import can use, as they are or put right.
        public var placed = 0
        /// Incidents without usable coordinates.
        public var unplaced = 0
        /// Rows that are no incident that can be counted.
        public var rejected = 0
        /// Rows with each kind of dirt. The copy of a row is the duplicate; whatever its original has, it has again.
        public var dirt: [Dirt: Int] = [:]
        /// Placed rows whose true place, printed as it is, is a street corner.
        public var atCorners = 0
        /// Burglaries within 200 m and 14 days after another one that they were made to follow.
        public var nearRepeats = 0
        /// Pairs of burglaries of one series, both placed where they happened, within 200 m and 14 days: what a test of near
        /// repeats is to find beyond chance.
        public var nearRepeatPairs = 0
        /// Placed rows whose published colonia is, or is not, the one around the coordinates as an import must read them.
        public var labelsAgreeing = 0
        /// The other placed rows, those outside the city among them.
        public var labelsDiffering = 0
        /// Placed rows in two colonias at once, because of a planted overlap.
        public var inTwoColonias = 0
    }

    /// One planted fault between two colonias, by their keys.
    public struct Dispute: Hashable, Sendable {
        /// The colonia that draws a line of its own.
        public var colonia: String
        /// The colonia on the other side, which draws the true line.
        public var neighbour: String
    }

    /// A place with more crime than its surroundings.
    public struct HotPlace: Hashable, Sendable {
        /// The crossing streets, or what happens there.
        public var name: String
        /// Degrees on WGS 84.
        public var longitude: Double
        /// Degrees on WGS 84.
        public var latitude: Double
    }

    /// With which share an answer of the survey was drawn.
    public struct SurveyShare: Hashable, Sendable {
        public var wave: String
        /// The key of the municipality.
        public var area: String
        public var question: String
        /// Of those who answered the question, 0 to 1.
        public var share: Double
    }

    /// What settled everything that was drawn.
    public var seed: UInt64
    /// 1 for about 12,000 reports a year.
    public var scale: Double
    /// The projected reference system that fits the city.
    public var crs = "EPSG:32613"
    /// The zone in which the reports give their times.
    public var timeZone = "America/Monterrey"
    /// One per report file, in order.
    public var years: [Year] = []
    /// Areas in `municipios.geojson`.
    public var municipalities = 0
    /// Areas in `distritos.geojson`.
    public var districts = 0
    /// Areas in `colonias.geojson`.
    public var colonias = 0
    /// Rows of `calles.csv`.
    public var crossings = 0
    /// Residents in the first year.
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
    /// Avenues with a stretch of twelve crossings where robbers wait.
    public var hotStreets: [String] = []
    /// Street corners, the hottest first.
    public var hotCorners: [HotPlace] = []
    /// Where robbery grows from July 2022 on, within 550 m.
    public var emerging: [HotPlace] = []
    /// Where robbery ends in July 2022.
    public var fading: [HotPlace] = []
    /// Where crime was moved next door, and how much of it.
    public var operation = PlantedOperation(Operation())
    /// What the survey's answers were drawn with.
    public var survey: [SurveyShare] = []
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
            ("operation", operation.json), ("survey", Self.array(survey, Self.share)),
            ("default_point", Self.place(defaultPoint)),
            ("years", Self.array(years, Self.year)),
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
            + "\"near_repeats\": \(year.nearRepeats), \"near_repeat_pairs\": \(year.nearRepeatPairs), \"labels_agreeing\": \(year.labelsAgreeing), "
            + "\"labels_differing\": \(year.labelsDiffering), \"in_two_colonias\": \(year.inTwoColonias),\n"
            + "     \"dirt\": {\(dirt)}}"
    }

    private static func share(_ share: SurveyShare) -> String {
        "\n    {\"wave\": \(quoted(share.wave)), \"area\": \(quoted(share.area)), \"question\": \(quoted(share.question)), "
            + "\"share\": \(number(share.share))}"
    }

    private static func dispute(_ dispute: Dispute) -> String {
        "{\"colonia\": \(quoted(dispute.colonia)), \"neighbour\": \(quoted(dispute.neighbour))}"
    }

    static func place(_ place: HotPlace) -> String {
        "{\"name\": \(quoted(place.name)), \"longitude\": \(number(place.longitude)), "
            + "\"latitude\": \(number(place.latitude))}"
    }

    static func array<Element>(_ elements: [Element], _ text: (Element) -> String) -> String {
        "[\(elements.map(text).joined(separator: ", "))]"
    }

    static func quoted(_ text: String) -> String {
        var writer = ByteWriter()
        writer.jsonString(text)
        return writer.string
    }

    static func number(_ value: Double) -> String {
        var writer = ByteWriter()
        writer.shortest(value)
        return writer.string
    }
}
