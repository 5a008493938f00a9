/// Reads GeoJSON from bytes, one feature at a time.
///
/// Taken are a FeatureCollection, a single Feature, a bare geometry, and any of these one after the other: on lines of
/// their own (`.geojsonl`) or each behind a record separator (RFC 8142). Members may come in any order.
///
/// ## Rules
/// The text must be JSON, and a feature must be a feature: what is not is an error with its place. What is wrong inside
/// one geometry spoils only that geometry, and is counted in ``Notes``:
/// - coordinates beyond the second are dropped;
/// - a ring that is not closed is closed;
/// - a ring with fewer than four positions and a line with fewer than two are left out, with its holes where it is an
///   exterior; a geometry of which nothing is left is nil;
/// - a geometry that is null or missing is nil, and so are empty ones;
/// - a geometry of unknown type, or whose coordinates are not numbers nested as its type asks, is nil;
/// - a property that occurs again in one feature replaces the earlier one, as in GDAL and JavaScript.
///
/// Whole numbers that fit become ``PropertyValue/integer(_:)``, others ``PropertyValue/number(_:)``; nested values, and
/// numbers beyond the largest float, are kept as their text. An `id` is text, also where the file has a number.
///
/// ## Coordinate reference system
/// RFC 7946 knows only degrees on WGS 84. Older files declare another system in a `crs` member of the collection, of a
/// feature or, against every standard, of a geometry: ``declaredCRS`` is found before the first feature is read.
///
/// ## Source
/// RFC 7946; RFC 8142; *The GeoJSON Format Specification* (2008) for `crs`.
public struct GeoJSONReader: Sendable {
    /// What was met while reading, so that nothing is lost in silence.
    public struct Notes: Hashable, Sendable {
        /// Features read, with or without geometry.
        public var features = 0
        /// Features whose geometry is null or missing.
        public var nullGeometries = 0
        /// Geometries without a position, or of which nothing was left; members of collections included.
        public var emptyGeometries = 0
        /// Geometries whose coordinates are not nested numbers as their type asks; see ``firstMalformed``.
        public var malformedGeometries = 0
        /// Where the first malformed geometry is wrong.
        public var firstMalformed: JSONScanner.Place?
        /// Geometries by a type that GeoJSON does not know.
        public var unknownGeometryTypes: [String: Int] = [:]
        /// Rings that were not closed, and now are.
        public var closedRings = 0
        /// Rings with fewer than four positions and lines with fewer than two, left out.
        public var degenerateParts = 0
        /// Positions that had more than two coordinates.
        public var positionsWithExtraCoordinates = 0
        /// Members that GeoJSON does not know, such as `numReg`, left out.
        public var foreignMembers = 0
        /// Properties replaced by a later one of the same name in the same feature.
        public var repeatedProperties = 0
        /// Around all positions that were read.
        public var envelope = Envelope<FilePosition>.empty
    }

    /// The coordinate reference system that the file declares; nil where it declares none, and so is in degrees
    /// on WGS 84, unless ``looksProjected(_:)``.
    public let declaredCRS: CRS?
    private let bytes: [UInt8]

    /// Looks for a declared coordinate reference system.
    /// - Throws: ``GeoJSONError/conflictingCRS(_:_:at:)``, ``GeoJSONError/unreadableCRS(_:at:)``, and ``JSONError``
    ///   where the search meets what is no JSON.
    /// - Complexity: O(bytes).
    public init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        declaredCRS = try bytes.withUnsafeBufferPointer { try GeoJSONDeclaration.find(in: $0) }
    }

    /// Hands every feature to `body`, in the order of the file.
    /// - Returns: what was met on the way.
    /// - Throws: ``JSONError``, ``GeoJSONError``, and what `body` throws, which ends the reading.
    /// - Complexity: O(bytes) time, memory for one feature.
    @discardableResult
    public func features(_ body: (Feature<FilePosition>) throws -> Void) throws -> Notes {
        try bytes.withUnsafeBufferPointer { buffer in
            var parser = GeoJSONParser(buffer, declaredCRS: declaredCRS)
            try parser.texts(body)
            return parser.notes
        }
    }

    /// Whether positions cannot be degrees, since some lie beyond ±180 or ±90.
    ///
    /// A file that declares no reference system and looks projected cannot be read without being told which it is in.
    public static func looksProjected(_ envelope: Envelope<FilePosition>) -> Bool {
        guard !envelope.isEmpty else { return false }
        return envelope.minX < -180 || envelope.maxX > 180 || envelope.minY < -90 || envelope.maxY > 90
    }
}
