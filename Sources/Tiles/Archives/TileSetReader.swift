package import SimpleFeatures

/// What the JSON of TileJSON or of an archive's metadata says of a set of tiles, as far as it says it.
///
/// Members of other types than expected count as not there: other programs write what they like.
package struct TileSetReader: Sendable {
    package var name = ""
    package var summary = ""
    package var attribution = ""
    package var format: String?
    /// Which program wrote it.
    package var generator: String?
    package var pixels: Int?
    package var minZoom: Int?
    package var maxZoom: Int?
    package var bounds: Envelope<LonLat>?
    package var layers: [TileLayer] = []
    package var members: [Property] = []
    /// Which members were there, in their order.
    package private(set) var names: [String] = []
    /// What `tilestats` says of the layers' geometries.
    private var shapes: [String: TileLayer.Shape] = [:]

    package init() {}

    /// Reads one object; what was known from elsewhere stays where the object says nothing.
    /// - Throws: `JSONError` where the text is no JSON object.
    package mutating func read(_ json: [UInt8]) throws(JSONError) {
        try json.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var scanner = JSONScanner(bytes)
            try scanner.beginObject()
            while let name = try scanner.nextName() {
                let name = scanner.string(name)
                names.append(name)
                try readMember(name, &scanner)
            }
            try scanner.finish()
        }
        for index in layers.indices { layers[index].shape = shapes[layers[index].id] ?? layers[index].shape }
    }

    /// The set, where zooms and format are known.
    package func set(format: TileSet.Format, zooms: ClosedRange<Int>, bounds: Envelope<LonLat>) -> TileSet {
        TileSet(
            name: name, summary: summary, attribution: attribution, format: format, pixels: pixels, zooms: zooms,
            bounds: bounds, layers: layers, members: members)
    }

    /// Reads the provenance.
    package mutating func readProvenance(_ json: [UInt8]) throws(JSONError) {
        try json.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var scanner = JSONScanner(bytes)
            members = try Self.properties(&scanner)
            try scanner.finish()
        }
    }

    // MARK: Members

    private mutating func readMember(_ name: String, _ scanner: inout JSONScanner) throws(JSONError) {
        switch name {
        case "name": self.name = try Self.text(&scanner) ?? self.name
        case "description": summary = try Self.text(&scanner) ?? summary
        case "attribution": attribution = try Self.text(&scanner) ?? attribution
        case "format": format = try Self.text(&scanner) ?? format
        case "generator": generator = try Self.text(&scanner) ?? generator
        case "tileSize": pixels = try Self.integer(&scanner) ?? pixels
        case "minzoom": minZoom = try Self.integer(&scanner) ?? minZoom
        case "maxzoom": maxZoom = try Self.integer(&scanner) ?? maxZoom
        case "bounds": bounds = try Self.envelope(&scanner) ?? bounds
        case "vector_layers": layers = try Self.layers(&scanner)
        case "tilestats": shapes = try Self.shapes(&scanner)
        case "faro": members = try Self.properties(&scanner)
        default: try scanner.skipValue()
        }
    }

    private static func layers(_ scanner: inout JSONScanner) throws(JSONError) -> [TileLayer] {
        var layers: [TileLayer] = []
        try forEachObject(&scanner) { (scanner) throws(JSONError) in
            var layer = TileLayer(id: "", summary: "", shape: .unknown, zooms: 0...TileID.deepestZoom, fields: [])
            var (low, high) = (0, TileID.deepestZoom)
            while let name = try scanner.nextName() {
                switch scanner.string(name) {
                case "id": layer.id = try text(&scanner) ?? ""
                case "description": layer.summary = try text(&scanner) ?? ""
                case "minzoom": low = try integer(&scanner) ?? low
                case "maxzoom": high = try integer(&scanner) ?? high
                case "fields": layer.fields = try fields(&scanner)
                default: try scanner.skipValue()
                }
            }
            if low <= high { layer.zooms = low...high }
            layers.append(layer)
        }
        return layers
    }

    private static func fields(_ scanner: inout JSONScanner) throws(JSONError) -> [TileLayer.Field] {
        try properties(&scanner).map { property in
            // TileJSON 3.0 lets the value be any words; those of MBTiles name the type.
            guard case .text(let text) = property.value else { return TileLayer.Field(property.name, .text) }
            return TileLayer.Field(property.name, TileLayer.Field.Kind(rawValue: text) ?? .text)
        }
    }

    private static func shapes(_ scanner: inout JSONScanner) throws(JSONError) -> [String: TileLayer.Shape] {
        var shapes: [String: TileLayer.Shape] = [:]
        guard try scanner.kind() == .object else {
            try scanner.skipValue()
            return shapes
        }
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            guard scanner.text(name, equals: "layers") else {
                try scanner.skipValue()
                continue
            }
            try forEachObject(&scanner) { (scanner) throws(JSONError) in
                var (id, shape) = ("", TileLayer.Shape?.none)
                while let name = try scanner.nextName() {
                    switch scanner.string(name) {
                    case "layer": id = try text(&scanner) ?? ""
                    case "geometry": shape = try text(&scanner).flatMap(TileLayer.Shape.init(rawValue:))
                    default: try scanner.skipValue()
                    }
                }
                shapes[id] = shape
            }
        }
        return shapes
    }

    // MARK: Values

    /// Goes through the objects of an array; what is no array, and elements that are no objects, are passed over.
    private static func forEachObject(
        _ scanner: inout JSONScanner, _ body: (inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try scanner.kind() == .array else {
            try scanner.skipValue()
            return
        }
        try scanner.beginArray()
        while try scanner.nextElement() {
            guard try scanner.kind() == .object else {
                try scanner.skipValue()
                continue
            }
            try scanner.beginObject()
            try body(&scanner)
        }
    }

    private static func text(_ scanner: inout JSONScanner) throws(JSONError) -> String? {
        guard try scanner.kind() == .string else {
            try scanner.skipValue()
            return nil
        }
        return scanner.string(try scanner.string())
    }

    private static func integer(_ scanner: inout JSONScanner) throws(JSONError) -> Int? {
        guard try scanner.kind() == .number else {
            try scanner.skipValue()
            return nil
        }
        return Int(exactly: try scanner.number())
    }

    private static func envelope(_ scanner: inout JSONScanner) throws(JSONError) -> Envelope<LonLat>? {
        guard try scanner.kind() == .array else {
            try scanner.skipValue()
            return nil
        }
        var numbers: [Double] = []
        try scanner.beginArray()
        while try scanner.nextElement() {
            if try scanner.kind() == .number { numbers.append(try scanner.number()) } else { try scanner.skipValue() }
        }
        guard numbers.count == 4 else { return nil }
        return Envelope(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    }

    private static func properties(_ scanner: inout JSONScanner) throws(JSONError) -> [Property] {
        var properties: [Property] = []
        guard try scanner.kind() == .object else {
            try scanner.skipValue()
            return properties
        }
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            properties.append(Property(scanner.string(name), try value(&scanner)))
        }
        return properties
    }

    private static func value(_ scanner: inout JSONScanner) throws(JSONError) -> PropertyValue {
        switch try scanner.kind() {
        case .string: return .text(scanner.string(try scanner.string()))
        case .bool: return .bool(try scanner.bool())
        case .null:
            try scanner.null()
            return .null
        case .object, .array: return .json(scanner.rawText(try scanner.skipValue()))
        case .number:
            let number = try scanner.numberExtent()
            if let integer = scanner.integer(number) { return .integer(integer) }
            return scanner.double(number).map(PropertyValue.number) ?? .null
        }
    }
}
