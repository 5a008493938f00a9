import CrimeMapping
import Incidents
import Indicators

/// What OpenAPI says of a parameter: one sentence, and its JSON Schema.
struct ParameterWords {
    var summary: String
    var schema: String
    /// Whether a list repeats the parameter (true) or has commas (false); nil for no list.
    var isList: Bool?
    var isRequired = false

    init(_ summary: String, _ schema: String, isList: Bool? = nil) {
        self.summary = summary
        self.schema = schema
        self.isList = isList
    }

    /// Of a part of a path.
    static func ofPath(_ name: String, _ path: String, _ snapshot: StoreSnapshot) -> ParameterWords {
        switch name {
        case "set": .init("The set of tiles.", choice(Drawing.sets(snapshot)))
        case "z": .init("The zoom.", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":\(Caps().zoom)}")
        case "x": .init("The column, from the west.", "{\"type\":\"integer\",\"minimum\":0}")
        case "y": .init("The row, from the north.", "{\"type\":\"integer\",\"minimum\":0}")
        case "tms": .init("The set of tile matrices.", choice(["WebMercatorQuad"]))
        case "feature": .init("The id of the feature.", text)
        case "import": .init("The number of the import.", #"{"type":"integer","format":"int64","minimum":1}"#)
        case "month": .init("The month.", #"{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}$"}"#)
        case "id": .init("The key of the area.", text)
        default: .init("The name.", text)
        }
    }

    /// Of a query; what a route means by the name goes before what all do.
    static func ofQuery(_ name: String, _ path: String) -> ParameterWords {
        known["\(path) \(name)"] ?? known[name] ?? .init(name, text)
    }

    private static let text = #"{"type":"string"}"#
    private static let texts = #"{"type":"array","items":{"type":"string"}}"#
    /// The bare name says yes.
    private static let flag = #"{"type":"string","enum":["true","false","1","0",""],"default":"false"}"#
    private static let numbers = #"{"type":"string","pattern":"^[0-9.]+(,[0-9.]+){0,63}$"}"#
    private static let day = #"{"type":"string","format":"date"}"#
    private static let degrees = choice([ItemQuery.degrees])

    private static func required(_ summary: String, _ schema: String) -> ParameterWords {
        var words = ParameterWords(summary, schema)
        words.isRequired = true
        return words
    }

    private static func choice(_ values: [String]) -> String {
        "{\"type\":\"string\",\"enum\":[\(values.map { "\"\($0)\"" }.joined(separator: ","))]}"
    }

    private static func number(_ lower: String, _ upper: String, integer: Bool = false) -> String {
        "{\"type\":\"\(integer ? "integer" : "number")\",\"minimum\":\(lower),\"maximum\":\(upper)}"
    }

    static let known: [String: ParameterWords] = [
        "limit": .init(
            "The most features of the page; more than \(Caps().pageFeatures) is read as that many. The answer says how many there "
                + "are, and links to the next page.",
            "{\"type\":\"integer\",\"minimum\":1,\"default\":\(ItemQuery.usualLimit)}"),
        "cursor": .init("Where the page begins: what the link next of the page before has.", text),
        "bbox": .init(
            "Only inside this box: west,south,east,north in degrees, or six numbers with heights. West beyond east is across the "
                + "antimeridian in collections.",
            #"{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":6}"#, isList: false),
        "bbox_crs": .init(
            "The reference system of bbox.", #"{"type":"string","pattern":"^EPSG:[0-9]{4,6}$","default":"EPSG:4326"}"#),
        "bbox-crs": .init("The reference system of bbox: degrees on WGS 84.", degrees),
        "filter-crs": .init("The reference system of shapes in filter: degrees on WGS 84.", degrees),
        "crs": .init("The reference system of the answer: degrees on WGS 84.", degrees),
        "datetime": .init(
            "A local day, an instant, or two of them with a slash between, .. for open: 2024-06-01/2024-06-30. Ends are included.",
            text),
        "filter": .init("A condition in CQL2 text.", text),
        "where": .init("A condition in CQL2 text on the incidents.", text),
        "filter-lang": .init("The language of filter.", choice(["cql2-text"])),
        "category": .init("Only this crime; repeat for several. Case and accents do not matter.", texts, isList: true),
        "modality": .init("Only this modality; repeat for several.", texts, isList: true),
        "from": .init("From this local day on.", day), "to": .init("Up to and including this local day.", day),
        "hours": .init(
            "Only these local hours: 18-23, or 22-4 across midnight.",
            #"{"type":"string","pattern":"^[0-9]{1,2}(-[0-9]{1,2})?$"}"#),
        "days": .init("Only these days of the week: fri,sat or vie,sab.", text),
        "area": .init("Only in this area: LEVEL:ID or LEVEL:ID@VERSION; repeat for several.", texts, isList: true),
        "precision": .init("Only places known this closely, with commas between, or all.", text),
        "include_artefacts": .init("Keep places at which reports pile up for another reason.", flag),
        "study_area": .init("The level whose areas are the study area; none for the whole grid.", text),
        "cell_size": .init("The side of a cell in metres.", number("\(Caps().cellSize)", "1000000")),
        "grid_type": .init("The shape of cells.", choice(CountMap.GridType.allCases.map(\.rawValue))),
        "areas": .init("The level whose areas the sheet compares.", text),
        "keys": .init("Only these areas, by key; a * ends a beginning.", text, isList: true),
        "origin": .init("Where figures come from.", choice(["automatic", "incidents", "published"])),
        "press": .init("Only one page, for the press.", flag),
        "title": .init("What the sheet is of, for its heading.", text),
        "rule": .init("The light rule in place of the catalogue.", flag),
        "by": .init("The level on whose areas is counted.", text),
        "lang": .init("The language of pictures.", choice(["es", "en"])),
        "bandwidth": .init(
            "Metres, or a rule that finds them: esri, mass, spatstat, knn:K, cv-likelihood, cv-least-squares.", text),
        "kernel": .init("The kernel.", text), "edge": .init("What is done at the border of the study area.", text),
        "scale": .init("What values are.", choice(["density", "count", "probability"])),
        "approximate": .init("Values within a thousandth of the highest, sooner.", flag),
        "half_life": .init("Days after which an incident counts half.", number("0.01", "100000")),
        "adaptive": .init("Bandwidths that follow the density: knn:K or abramson.", text),
        "against_category": .init(
            "Compare with the density of this crime; repeat for several.", texts, isList: true),
        "against_population": .init(
            "Compare with a population of the store: colonia:residents or colonia:residents:2022.", text),
        "compare": .init("How the two are compared.", choice(["ratio", "log-ratio", "difference", "sum"])),
        "explain": .init("Say among the members how the method works; for GeoJSON.", flag),
        "corners": .init("Count at exact places, such as street corners, instead of a grid.", flag),
        "level": .init("The level of the area.", text),
        "neighbours": .init(
            "Which cells or areas are neighbours: rook, queen, band:METRES, knn:K, inverse:METRES, kernel:METRES.", text
        ),
        "/hotspots/clusters neighbours": .init("Neighbours of HDBSCAN.", number("1", "1000", integer: true)),
        "row_standardised": .init("Whether the weights of a row add up to one.", flag),
        "permutations": .init(
            "How many random permutations.", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":\(Caps().permutations)}"),
        "seed": .init("The seed of what is random.", #"{"type":"integer","minimum":0,"maximum":9223372036854775807}"#),
        "without_self": .init("Gi in place of Gi*: without the cell itself.", flag),
        "method": .init("How clusters are found.", choice(["dbscan", "hdbscan", "nnh", "stac"])),
        "reach": .init("Metres within which incidents are neighbours.", number("0.1", "100000")),
        "min_incidents": .init("The fewest incidents within reach of a core.", number("1", "1000000", integer: true)),
        "min_size": .init("The fewest incidents of a cluster.", number("2", "1000000", integer: true)),
        "simulations": .init("How many random patterns are compared.", number("0", "99", integer: true)),
        "outline": .init("The outline of a cluster.", text),
        "merge_below": .init(
            "Below this zoom incidents are merged into counts.",
            "{\"type\":\"integer\",\"minimum\":0,\"maximum\":\(Caps().zoom)}"),
        "count_by": .init(
            "Attributes by whose values merged incidents are counted too; repeat for several.", texts, isList: true),
        "pixels": .init("The side of a picture.", number("256", "512", integer: true)),
        "q": .init("Words of a name, by their beginnings.", text),
        "/areas limit": .init("The most areas to find.", number("1", "100", integer: true)),
        "baseline": .init(
            "Compare with the same days of the year before, or with as many days right before.",
            choice(["year", "before"])),
        "population": .init("What counts are divided by; the store's residents unless told otherwise.", text),
        "measure": .init("What a picture is coloured by.", choice(["count", "density", "rate", "change"])),
        "legend_top": .init(
            "Where the legend of a heatmap ends, so that several compare.", number("0.000001", "1000000000000")),
        "embed": .init("Whether the page stands in a frame of another.", text),
        "/summary by": .init("The level whose areas are counted, or none.", text),
        "/imports/{import} limit": .init(
            "The most issues of the answer as JSON; as CSV it has all.", number("0", "10000", integer: true)),
        "reason": .init("Only issues with this reason.", text),
        "profile": .init(
            "How the columns are read: a profile that comes with Faro.", choice(ImportProfile.builtIn.map(\.name))),
        "map": .init("field=column: which column holds a field; repeat for several.", texts, isList: true),
        "/imports crs": .init(
            "The reference system of the coordinates, against what the profile says.",
            #"{"type":"string","pattern":"^EPSG:[0-9]{4,6}$"}"#),
        "code_scheme": .init(
            "Whose numbers the municipality codes of aggregates are.", choice(["inegi", "ine", "none"])),
        "encoding": .init("How the text is encoded.", choice(["auto", "utf-8", "windows-1252"])),
        "source": required(
            "The name under which a later file replaces this one.", #"{"type":"string","minLength":1,"maxLength":200}"#),
        "published": .init("The day on which the file was published; otherwise now.", day),
        "publisher": .init("Who has published the counts: the public sees none that nobody has.", text),
        "data_to": .init("The last day that the file covers; otherwise what its incidents say.", day),
        "/report/{month} as_of": .init("The figures as they were known at the end of a day, or at an instant.", text),
        "/report/{month} since": .init(
            "Flag the figures that have moved since then; otherwise since the last file that replaced another.", text),
        "table": .init("Which table of the sheet the CSV has.", choice(SheetTable.allCases.map(\.rawValue))),
        "/report/{month} rule": .init(
            "The light rule; otherwise the store's.", choice(((try? LightRule.builtIn()) ?? []).map(\.name))),
        "no_assign": .init("Whether incidents are not placed in areas now.", flag),
        "dry_run": .init("Whether rows are only read and counted.", flag),
        "catalogue": .init(
            "Whose names the labels are: the layer's own, another authority's, or what the labels tell.",
            choice(["auto", "same", "other"])),
        "metres": .init("Upper limits of the bands of distance, in metres: 100,200,400.", numbers),
        "within_days": .init("Upper limits of the bands of time, in days: 7,14,28.", numbers),
        "closed_right": .init("Bands hold their upper limit instead of their lower one.", flag),
        "rows": .init(
            "What rows are: bands of distance and time, incidents with their part in a series, or cells with the risk of the next days.",
            choice(NearRepeatSearch.Rows.allCases.map(\.rawValue))),
        "ahead": .init(
            "For rows=risk: how many days after the last one; a column for each, and in a picture a small map.",
            number("1", "\(NearRepeatSearch.greatestDaysAhead)", integer: true)),
        "/hotspots/near-repeat permutations": .init(
            "How often the days are dealt anew.",
            "{\"type\":\"integer\",\"minimum\":1,\"maximum\":\(Caps().permutations)}"),
        "distance": .init(
            "Metres between centres within which cells are neighbours; otherwise the eight cells around.",
            number("0", "1000000")),
        "frames": .init("For a picture: the hot and cold cells of every period side by side.", flag),
        "sporadic_now": .init("Whether a sporadic hot spot must be hot in the last period.", flag),
        "/hotspots/emerging period": .init(
            "The length of periods: a number of days, month, quarter or year; otherwise by the span.",
            #"{"type":"string","pattern":"^([0-9]{1,5}|month|quarter|year)$"}"#),
        "period": .init("The length of periods.", choice(["day", "week", "month", "quarter", "year", "none"])),
        "by_category": .init("Whether every crime is counted apart.", flag),
        "skip_zeros": .init("Whether rows without incidents are left out.", flag),
    ]
}
