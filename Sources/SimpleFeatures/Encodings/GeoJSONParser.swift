/// Reads the texts, collections and features of a GeoJSON buffer. Geometries have their own file.
struct GeoJSONParser {
    var scanner: JSONScanner
    var notes = GeoJSONReader.Notes()
    private let declaredCRS: CRS?
    private var layout = PropertyLayout()

    init(_ bytes: UnsafeBufferPointer<UInt8>, declaredCRS: CRS?) {
        scanner = JSONScanner(bytes)
        self.declaredCRS = declaredCRS
    }

    /// Every feature of every text in the buffer.
    mutating func texts(_ body: (Feature<FilePosition>) throws -> Void) throws {
        while try scanner.nextText() {
            let start = scanner.offset
            let type = try typeOfObject()
            scanner.seek(start)
            switch type {
            case "FeatureCollection"?: try collection(body)
            case "Feature"?: try body(feature())
            case let type? where GeoJSONGeometryType(rawValue: type) != nil:
                notes.features += 1
                try body(Feature(geometry: geometry()))
            default: throw GeoJSONError.unknownType(type, at: scanner.place(start))
            }
        }
    }

    /// The `type` of the object that comes next, wherever it stands among the members; nil where there is none.
    private mutating func typeOfObject() throws -> String? {
        let start = scanner
        defer { scanner = start }
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            guard scanner.text(name, equals: "type"), try scanner.kind() == .string else {
                try scanner.skipValue()
                continue
            }
            return scanner.string(try scanner.string())
        }
        return nil
    }

    private mutating func collection(_ body: (Feature<FilePosition>) throws -> Void) throws {
        let start = scanner.offset
        var hasFeatures = false
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            if scanner.text(name, equals: "features") {
                guard !hasFeatures, try scanner.kind() == .array else {
                    throw GeoJSONError.missingFeatures(at: scanner.place(scanner.offset))
                }
                hasFeatures = true
                try scanner.beginArray()
                while try scanner.nextElement() { try body(feature()) }
            } else if scanner.text(name, equals: "type") || scanner.text(name, equals: "bbox") {
                try scanner.skipValue()
            } else {
                try otherMember(name)
            }
        }
        guard hasFeatures else { throw GeoJSONError.missingFeatures(at: scanner.place(start)) }
    }

    private mutating func feature() throws -> Feature<FilePosition> {
        guard try scanner.kind() == .object else {
            throw GeoJSONError.notAFeature(nil, at: scanner.place(scanner.offset))
        }
        let start = scanner.offset
        var seen = (type: false, geometry: false, properties: false, id: false)
        var feature = Feature<FilePosition>(geometry: nil)
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            if scanner.text(name, equals: "type") {
                try once(&seen.type, "type")
                try featureType()
            } else if scanner.text(name, equals: "geometry") {
                try once(&seen.geometry, "geometry")
                feature.geometry = try geometry()
            } else if scanner.text(name, equals: "properties") {
                try once(&seen.properties, "properties")
                feature.properties = try properties()
            } else if scanner.text(name, equals: "id") {
                try once(&seen.id, "id")
                feature.id = try identifier()
            } else if scanner.text(name, equals: "bbox") {
                try scanner.skipValue()
            } else {
                try otherMember(name)
            }
        }
        guard seen.type else { throw GeoJSONError.notAFeature(nil, at: scanner.place(start)) }
        notes.features += 1
        if !seen.geometry { notes.nullGeometries += 1 }
        return feature
    }

    private mutating func featureType() throws {
        guard try scanner.kind() == .string else {
            throw GeoJSONError.notAFeature(nil, at: scanner.place(scanner.offset))
        }
        let start = scanner.offset
        let type = try scanner.string()
        guard scanner.text(type, equals: "Feature") else {
            throw GeoJSONError.notAFeature(scanner.string(type), at: scanner.place(start))
        }
    }

    /// A text, or the text of a number; nil for anything else, which is counted as foreign unless it is null.
    private mutating func identifier() throws -> String? {
        switch try scanner.kind() {
        case .string: return scanner.string(try scanner.string())
        case .number: return scanner.rawText(try scanner.skipValue())
        case .null: try scanner.null()
        default:
            notes.foreignMembers += 1
            try scanner.skipValue()
        }
        return nil
    }

    /// A member that is no GeoJSON of today: a declared reference system, or a foreign one.
    mutating func otherMember(_ name: JSONScanner.Text) throws {
        guard scanner.text(name, equals: "crs") else {
            notes.foreignMembers += 1
            try scanner.skipValue()
            return
        }
        let start = scanner.offset
        guard let crs = try GeoJSONDeclaration.value(&scanner), crs != declaredCRS else { return }
        // Only a name spelled with escapes can have been passed over by the search for declarations.
        throw GeoJSONError.conflictingCRS(declaredCRS ?? .wgs84, crs, at: scanner.place(start))
    }

    func once(_ seen: inout Bool, _ name: String) throws {
        guard !seen else { throw GeoJSONError.repeatedMember(name, at: scanner.place(scanner.offset)) }
        seen = true
    }

    // MARK: Properties

    private mutating func properties() throws -> [Property] {
        switch try scanner.kind() {
        case .null:
            try scanner.null()
            return []
        case .object: break
        case .array:
            // PHP writes an object without members as an empty array.
            let start = scanner.offset
            try scanner.beginArray()
            guard try !scanner.nextElement() else { throw GeoJSONError.propertiesNotObject(at: scanner.place(start)) }
            return []
        default: throw GeoJSONError.propertiesNotObject(at: scanner.place(scanner.offset))
        }
        try scanner.beginObject()
        layout.begin()
        var properties: [Property] = []
        properties.reserveCapacity(layout.count)
        while let name = try scanner.nextName() {
            let (text, earlier) = layout.next(name, scanner)
            let value = try propertyValue()
            if let earlier {
                notes.repeatedProperties += 1
                properties[earlier].value = value
            } else {
                properties.append(Property(text, value))
            }
        }
        layout.end()
        return properties
    }

    private mutating func propertyValue() throws -> PropertyValue {
        switch try scanner.kind() {
        case .null:
            try scanner.null()
            return .null
        case .bool: return .bool(try scanner.bool())
        case .string: return .text(scanner.string(try scanner.string()))
        case .number:
            let number = try scanner.numberExtent()
            if let integer = scanner.integer(number) { return .integer(integer) }
            if let double = scanner.double(number) { return .number(double) }
            return .json(scanner.rawText(number.range))
        case .object, .array: return .json(scanner.rawText(try scanner.skipValue()))
        }
    }
}

/// The names of the properties of the last feature, since nearly always the next feature has the same in the same order.
///
/// A name found at its place costs one comparison of bytes, and cannot be a repetition. From the first name that is
/// elsewhere on, a feature's names are looked up in a table.
private struct PropertyLayout {
    private var known: [(range: Range<Int>, name: String)] = []
    private var own: [(range: Range<Int>, name: String)] = []
    private var positions: [String: Int] = [:]
    /// How many names of this feature stood where the last one had them.
    private var matched = 0
    private var follows = true

    var count: Int { known.count }

    mutating func begin() {
        own.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        matched = 0
        follows = true
    }

    /// The text of a name, and the index of the feature's earlier property of the same name, if there is one.
    mutating func next(_ name: JSONScanner.Text, _ scanner: JSONScanner) -> (name: String, earlier: Int?) {
        if follows, matched < known.count,
            JSONScanner.equal(scanner.slice(known[matched].range), scanner.slice(name.range))
        {
            matched += 1
            return (known[matched - 1].name, nil)
        }
        if follows { leaveKnown() }
        let text = scanner.string(name)
        if let earlier = positions[text] { return (text, earlier) }
        positions[text] = own.count
        own.append((name.range, text))
        return (text, nil)
    }

    mutating func end() {
        if !follows { swap(&known, &own) }
    }

    private mutating func leaveKnown() {
        follows = false
        own.append(contentsOf: known[..<matched])
        for (index, property) in own.enumerated() { positions[property.name] = index }
    }
}
