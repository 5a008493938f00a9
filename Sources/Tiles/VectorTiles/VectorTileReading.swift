import SimpleFeatures

/// Reads a tile layer by layer and notes what departs from the specification.
struct VectorTileReading {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var layers: [VectorTile.Layer] = []
    private(set) var findings: [VectorTile.Finding] = []
    /// What is being read, for the sentences.
    private var site = "the tile"

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func tile() {
        var fields = ProtobufFields(bytes, 0..<bytes.count)
        var names: Set<String> = []
        while let field = fields.next() {
            guard field.number == 3, case .bytes(let range) = field.value else {
                error("a tile holds layers (field 3), but has a field \(field.number) (4)")
                continue
            }
            site = "layer \(layers.count + 1)"
            let layer = layer(range)
            if !names.insert(layer.name).inserted { error("layers must have names of their own (4.1)") }
            layers.append(layer)
        }
        site = "the tile"
        checkEnd(fields)
        if layers.isEmpty { warning("a tile should have a layer (4)") }
    }

    private mutating func layer(_ range: Range<Int>) -> VectorTile.Layer {
        var layer = VectorTile.Layer()
        var features: [Range<Int>] = []
        var found: Set<UInt64> = []
        var fields = ProtobufFields(bytes, range)
        while let field = fields.next() {
            found.insert(field.number)
            switch (field.number, field.value) {
            case (1, .bytes(let range)):
                layer.name = text(range)
                site = "layer \(layers.count + 1) (\(layer.name))"
            case (2, .bytes(let range)): features.append(range)
            case (3, .bytes(let range)): layer.keys.append(text(range))
            case (4, .bytes(let range)): layer.values.append(value(range))
            case (5, .varint(let extent)): layer.extent = extent
            case (15, .varint(let version)): layer.version = version
            default: error("a layer has fields 1 to 5 and 15, but here is another or of another type: \(field.number)")
            }
        }
        checkEnd(fields)
        check(layer, found)
        if features.isEmpty { warning("a layer should have a feature (4.1)") }
        read(features, into: &layer)
        return layer
    }

    private mutating func check(_ layer: VectorTile.Layer, _ found: Set<UInt64>) {
        if !found.contains(1) || layer.name.isEmpty { error("a layer must have a name (4.1)") }
        if !found.contains(15) { error("a layer must state its version (4.1)") }
        if found.contains(15), layer.version != 2 { error("the version must be 2, but is \(layer.version) (4.1)") }
        if !found.contains(5) { error("a layer must state its extent (4.1)") }
        if !(1...UInt64(UInt32.max)).contains(layer.extent) {
            error("the extent must be from 1 to \(UInt32.max), but is \(layer.extent) (4.1)")
        }
        if Set(layer.keys).count < layer.keys.count { warning("no key should stand twice (4.1)") }
        if Set(layer.values).count < layer.values.count { warning("no value should stand twice (4.1)") }
    }

    private mutating func read(_ ranges: [Range<Int>], into layer: inout VectorTile.Layer) {
        let layerSite = site
        var ids: Set<UInt64> = []
        for (index, range) in ranges.enumerated() {
            site = "feature \(index + 1) of \(layerSite)"
            let feature = feature(range, of: layer)
            if let id = feature.id, !ids.insert(id).inserted {
                warning("ids should differ, but \(id) stands twice (4.2)")
            }
            layer.features.append(feature)
        }
        site = layerSite
    }

    private mutating func feature(_ range: Range<Int>, of layer: VectorTile.Layer) -> VectorTile.Feature {
        var feature = VectorTile.Feature()
        var geometry: Range<Int>?
        var hasShape = false
        var fields = ProtobufFields(bytes, range)
        while let field = fields.next() {
            switch (field.number, field.value) {
            case (1, .varint(let id)): feature.id = id
            case (2, .bytes(let range)): feature.properties += properties(range, of: layer)
            case (3, .varint(let number)):
                hasShape = true
                if let shape = VectorTile.Shape(rawValue: number) {
                    feature.shape = shape
                } else {
                    error("a geometry's type must be from 0 to 3, but is \(number) (4.3.4)")
                }
            case (4, .bytes(let range)): geometry = range
            default: error("a feature has fields 1 to 4, but here is another or of another type: \(field.number)")
            }
        }
        checkEnd(fields)
        if !hasShape { error("a feature must have a type (4.2)") }
        guard let geometry else {
            error("a feature must have a geometry (4.2)")
            return feature
        }
        var reading = TileGeometryReading(shape: feature.shape)
        reading.read(ProtobufFields(bytes, geometry))
        feature.parts = reading.parts
        for finding in reading.findings { note(finding.severity, finding.description) }
        return feature
    }

    private mutating func properties(_ range: Range<Int>, of layer: VectorTile.Layer) -> [Property] {
        var properties: [Property] = []
        var keys: Set<UInt64> = []
        var numbers = ProtobufFields(bytes, range)
        while let key = numbers.packed() {
            guard let value = numbers.packed() else {
                error("tags must come in pairs, but the last key has no value (4.4)")
                break
            }
            guard key < UInt64(layer.keys.count), value < UInt64(layer.values.count) else {
                error(
                    "tags must point to the \(layer.keys.count) keys and \(layer.values.count) values of the layer, but "
                        + "one is key \(key), value \(value) (4.4)")
                continue
            }
            if !keys.insert(key).inserted { error("no key may stand twice in a feature, but \(key) does (4.4)") }
            properties.append(Property(layer.keys[Int(key)], layer.values[Int(value)]))
        }
        checkEnd(numbers)
        return properties
    }

    private mutating func value(_ range: Range<Int>) -> PropertyValue {
        var fields = ProtobufFields(bytes, range)
        var values: [PropertyValue] = []
        while let field = fields.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let range)): values.append(.text(text(range)))
            case (2, .fixed32(let bits)): values.append(.number(Double(Float(bitPattern: bits))))
            case (3, .fixed64(let bits)): values.append(.number(Double(bitPattern: bits)))
            case (4, .varint(let bits)): values.append(.integer(Int64(bitPattern: bits)))
            case (5, .varint(let value)):
                values.append(Int64(exactly: value).map(PropertyValue.integer) ?? .number(Double(value)))
            case (6, .varint(let bits)):
                values.append(.integer(Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)))
            case (7, .varint(let flag)): values.append(.bool(flag != 0))
            default: error("a value has fields 1 to 7, but here is another or of another type: \(field.number) (4.1)")
            }
        }
        checkEnd(fields)
        guard values.count == 1 else {
            error("a value must be of exactly one type, but is of \(values.count) (4.1)")
            return .null
        }
        return values[0]
    }

    private mutating func text(_ range: Range<Int>) -> String {
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        if let valid = String(validating: text, as: UTF8.self) { return valid }
        error("texts must be UTF-8")
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func checkEnd(_ fields: ProtobufFields) {
        if fields.isDamaged {
            error("the bytes must be a Protocol Buffers message, but are none from byte \(fields.place) on")
        }
    }

    private mutating func error(_ sentence: String) { note(.error, sentence) }
    private mutating func warning(_ sentence: String) { note(.warning, sentence) }

    private mutating func note(_ severity: VectorTile.Finding.Severity, _ sentence: String) {
        guard findings.count < VectorTile.mostFindings else {
            // What counts is whether there is an error at all: the last place is kept for one.
            if severity == .error, !findings.contains(where: { $0.severity == .error }) {
                findings[findings.count - 1] = VectorTile.Finding(severity: .error, description: "\(site): \(sentence)")
            }
            return
        }
        findings.append(VectorTile.Finding(severity: severity, description: "\(site): \(sentence)"))
    }
}
