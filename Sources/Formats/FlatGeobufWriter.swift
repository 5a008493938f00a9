public import Files
public import SimpleFeatures

/// Writes features as FlatGeobuf: one layer in WGS 84 with a packed Hilbert R-tree, so that readers fetch a part of it
/// without reading the rest.
///
/// Features are stored along a Hilbert curve, so their order is not that of the input, and those at the same place keep
/// theirs. Columns are declared beforehand and typed. What is known about the layer stands in the header: title,
/// description, and members as a JSON object, whose texts GDAL from 3.9 on lists as the layer's metadata.
///
/// ## Features without a place
/// They are kept, behind all others, with a box in the index that no search meets: GDAL lists them, and finds them in
/// no area. An empty geometry counts as none. (GDAL's own writer refuses them where there is an index.) A file of
/// nothing but such features has no index.
///
/// ## Memory
/// Features wait in a file without a name beside the output. About 50 bytes of memory a feature remain (its box, its
/// place in that file, its place on the curve, its share of the tree), up to twice that while the arrays grow, and 16 MB.
///
/// ## Example
/// ```swift
/// let file = try AtomicFile(path: "reports.fgb", overwrite: false)
/// var writer = try FlatGeobufWriter(to: file, layer: "reports", columns: [.init("delito", .text)])
/// for feature in features { try writer.feature(feature) }
/// try writer.end()
/// try file.commit()
/// ```
///
/// ## Source
/// FlatGeobuf 3.0 (flatgeobuf.org), with its schemas `header.fbs` and `feature.fbs`.
public struct FlatGeobufWriter {
    /// A declared attribute.
    public struct Column: Hashable, Sendable {
        /// What a column holds; any of them may have no value.
        public enum Kind: UInt8, Sendable {
            case bool = 2
            case integer = 7
            /// Integers may stand here as well.
            case number = 10
            case text = 11
            case json = 12
            /// Text of the form of ISO 8601, which readers take for a time.
            case dateTime = 13
        }

        public var name: String
        public var kind: Kind

        /// As given; ``FlatGeobufWriter`` refuses two columns of one name.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// How many features there are so far.
    public var count: Int { boxes.count }
    /// How many of them have no place.
    public private(set) var countWithoutPlace = 0

    private let file: AtomicFile
    private let header: FlatGeobufHeader
    private let isMulti: Bool
    private let columnPlaces: [String: Int]
    private let spill: SpillFile
    private var encoder = FlatGeobufEncoder()
    private var boxes: [Envelope<LonLat>] = []
    /// Where each feature begins in the spill.
    private var offsets: [Int64] = []
    private var kinds: Set<UInt8> = []

    /// The curve's place and the feature's number share 64 bits.
    static let mostFeatures = 1 << 31

    /// Begins a layer; nothing is written to the file before ``end()``.
    /// - Parameters:
    ///   - isMulti: whether points, lines and polygons become multipoints, multilines and multipolygons of one, so that
    ///     a layer of both has one type, which QGIS and others ask for.
    ///   - members: what is to be known about the whole layer.
    /// - Throws: ``FlatGeobufError/repeatedColumn(_:)``, ``FlatGeobufError/tooManyColumns(_:)``, ``GeoJSONError`` for a
    ///   member that JSON cannot hold, ``FileError``.
    public init(
        to file: AtomicFile, layer: String, columns: [Column], isMulti: Bool = false, title: String? = nil,
        description: String? = nil, members: [Property] = []
    ) throws {
        guard columns.count <= Int(UInt16.max) else { throw FlatGeobufError.tooManyColumns(columns.count) }
        var places: [String: Int] = [:]
        for (index, column) in columns.enumerated() {
            guard places.updateValue(index, forKey: column.name) == nil else {
                throw FlatGeobufError.repeatedColumn(column.name)
            }
        }
        columnPlaces = places
        let metadata = members.isEmpty ? nil : try GeoJSONWriter.object(of: members)
        header = FlatGeobufHeader(
            layer: layer, columns: columns, title: title, description: description,
            metadata: metadata.map { String(decoding: $0, as: UTF8.self) })
        self.file = file
        self.isMulti = isMulti
        spill = try SpillFile(beside: file.path)
    }

    /// Adds a feature. Its own id has no place in the format; declare a column for it.
    ///
    /// Attributes that it does not have, and those that are null, have no value.
    /// - Throws: ``FlatGeobufError``, ``FileError``; nothing has been added then.
    public mutating func feature(_ feature: Feature<LonLat>) throws {
        guard count < Self.mostFeatures else { throw FlatGeobufError.tooManyFeatures }
        var geometry = feature.geometry
        var box = Envelope<LonLat>.empty
        if let shape = geometry {
            if let number = GeoJSONWriter.firstNotFinite(shape) {
                throw FlatGeobufError.notFinite(number, feature: count + 1)
            }
            box = shape.envelope
            geometry = box.isEmpty ? nil : isMulti ? shape.multi : shape
        }
        encoder.begin()
        for (index, property) in feature.properties.enumerated() {
            try encode(property, at: index)
        }
        encoder.finish(geometry)
        guard encoder.bytes.count <= Int(Int32.max) else { throw FlatGeobufError.featureTooLarge(count + 1) }
        offsets.append(spill.count)
        try spill.append(encoder.bytes)
        boxes.append(box)
        if let geometry { kinds.insert(geometry.flatGeobufKind) } else { countWithoutPlace += 1 }
    }

    private mutating func encode(_ property: Property, at index: Int) throws {
        // Nearly always the attributes stand in the order of the columns.
        let isInOrder = index < header.columns.count && header.columns[index].name == property.name
        guard let place = isInOrder ? index : columnPlaces[property.name] else {
            throw FlatGeobufError.unknownColumn(property.name, feature: count + 1)
        }
        let kind = header.columns[place].kind
        guard encoder.value(property.value, kind: kind, column: place) else {
            throw FlatGeobufError.wrongType(property.value, column: property.name, kind: kind, feature: count + 1)
        }
    }

    /// Writes the whole file; the caller commits it.
    /// - Throws: ``FileError``.
    /// - Complexity: O(*n* log *n*), and every byte read and written once more.
    public func end() throws {
        let extent = boxes.reduce(Envelope.empty) { $0.union($1) }
        let hasIndex = !extent.isEmpty
        let kind = kinds.count == 1 ? kinds.first ?? 0 : 0
        try file.write(header.bytes(kind: kind, extent: hasIndex ? extent : nil, count: count))
        let order = FlatGeobufOrder(boxes: boxes, extent: extent)
        if hasIndex {
            try FlatGeobufTree(boxes: boxes, order: order).write(to: file) { size(of: $0) }
        }
        try copyFeatures(in: order)
    }

    private func size(of feature: Int) -> Int {
        Int((feature + 1 < offsets.count ? offsets[feature + 1] : spill.count) - offsets[feature])
    }

    // MARK: Sorted copy

    /// Features in the order of the curve, a batch at a time: within a batch the spill is read forwards, and what lies
    /// close together at once.
    private func copyFeatures(in order: FlatGeobufOrder) throws(FileError) {
        var batch: [(feature: Int, place: Int)] = []
        var length = 0
        for rank in 0..<count {
            let feature = order.feature(rank)
            batch.append((feature, length))
            length += size(of: feature)
            if length >= 1 << 24 || rank == count - 1 {
                try copy(batch, length: length)
                batch.removeAll(keepingCapacity: true)
                length = 0
            }
        }
    }

    private func copy(_ batch: [(feature: Int, place: Int)], length: Int) throws(FileError) {
        let sorted = batch.sorted { $0.feature < $1.feature }
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 16)
        defer { output.deallocate() }
        var next = 0
        while next < sorted.count {
            let run = run(sorted[next...])
            let start = offsets[sorted[next].feature]
            let last = sorted[run.upperBound - 1].feature
            let count = Int(offsets[last] - start) + size(of: last)
            let input = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
            defer { input.deallocate() }
            try spill.read(at: start, into: input)
            for (feature, place) in sorted[run] {
                let from = Int(offsets[feature] - start)
                let size = size(of: feature)
                UnsafeMutableRawBufferPointer(rebasing: output[place..<(place + size)])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: input[from..<(from + size)]))
            }
            next = run.upperBound
        }
        try file.write(UnsafeRawBufferPointer(output))
    }

    /// The features from the first on that are worth one read: gaps of less than 4 KiB, a megabyte in all.
    private func run(_ sorted: ArraySlice<(feature: Int, place: Int)>) -> Range<Int> {
        var end = sorted.startIndex + 1
        let start = offsets[sorted[sorted.startIndex].feature]
        while end < sorted.endIndex {
            let before = sorted[end - 1].feature
            let gap = offsets[sorted[end].feature] - offsets[before] - Int64(size(of: before))
            guard gap < 4096, offsets[sorted[end].feature] - start < 1 << 20 else { break }
            end += 1
        }
        return sorted.startIndex..<end
    }
}

/// Why features cannot be written as FlatGeobuf.
public enum FlatGeobufError: Error, Hashable, CustomStringConvertible {
    case repeatedColumn(String)
    case tooManyColumns(Int)
    case tooManyFeatures
    /// Features are counted from 1.
    case featureTooLarge(Int)
    case notFinite(Double, feature: Int)
    case unknownColumn(String, feature: Int)
    case wrongType(PropertyValue, column: String, kind: FlatGeobufWriter.Column.Kind, feature: Int)

    /// One sentence: what must hold, what was found, and where.
    public var description: String {
        switch self {
        case .repeatedColumn(let name): "a FlatGeobuf column must have a name of its own, but two are \"\(name)\""
        case .tooManyColumns(let count): "FlatGeobuf must have at most \(UInt16.max) columns, but here are \(count)"
        case .tooManyFeatures:
            "FlatGeobuf must hold at most \(FlatGeobufWriter.mostFeatures) features, but here are more"
        case .featureTooLarge(let feature):
            "a FlatGeobuf feature must have less than 2 GiB, but feature \(feature) has more"
        case .notFinite(let value, let feature):
            "a FlatGeobuf coordinate must be finite, but is \(value) in feature \(feature)"
        case .unknownColumn(let name, let feature):
            "a FlatGeobuf attribute must be declared, but \"\(name)\" of feature \(feature) is not"
        case .wrongType(let value, let name, let kind, let feature):
            "FlatGeobuf column \"\(name)\" must hold \(kind), but feature \(feature) has \(value)"
        }
    }
}
