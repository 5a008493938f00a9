public import Bytes
public import SimpleFeatures

/// Reads a shapefile from the bytes of its parts, one feature at a time, in the order of its records.
///
/// Points, multipoints, lines and polygons are read, with or without Z and M, which are dropped. The index (`.shx`) is
/// not needed. Attributes of type C, N, F, L, D and I become properties: texts without the blanks behind them, dates as
/// `2024-03-01`, numbers without a fraction as integers.
///
/// ## Rules
/// Files that are cut off, counts that do not fit and files that do not belong together are a ``ShapefileError``.
/// The rest is mended or left out, and counted in ``Notes``:
/// - rings that are not closed are closed; rings with fewer than four positions and lines with fewer than two are left
///   out; a shape of which nothing is left, or with a coordinate that is not finite, is nil;
/// - exteriors go clockwise and holes counter-clockwise in this format, but a ring wound the wrong way is taken for
///   what its place says: see ``ShapefileRings``;
/// - records marked as deleted in the table are passed over with their shapes;
/// - memo fields and other types that are not in the table itself are left out;
/// - a value that is not what its field's type asks is kept as text.
///
/// ## Text
/// The encoding is the one asked for, else the `.cpg` file's, else UTF-8 where all texts are valid UTF-8, else
/// windows-1252. Latin-1 is read as windows-1252.
///
/// ## Source
/// *ESRI Shapefile Technical Description* (1998); *dBase File Format* (Borland, 1993).
public struct ShapefileReader: Sendable {
    /// What was met while reading, so that nothing is lost in silence.
    public struct Notes: Hashable, Sendable {
        /// Features read, with or without geometry.
        public var features = 0
        /// Null shapes: features without geometry.
        public var nullShapes = 0
        /// Records marked as deleted, passed over.
        public var deletedRecords = 0
        /// Shapes without a position, or of which nothing was left.
        public var emptyGeometries = 0
        /// Shapes with a coordinate that is not finite; their features have no geometry.
        public var notFiniteGeometries = 0
        /// Shapes whose third or fourth coordinates were dropped.
        public var shapesWithExtraCoordinates = 0
        /// Rings that were not closed, and now are.
        public var closedRings = 0
        /// Rings with fewer than four positions and lines with fewer than two, left out.
        public var degenerateParts = 0
        /// Rings wound against the format's rule.
        public var misorientedRings = 0
        /// Values kept as text since they are not what their field's type asks.
        public var unreadableValues = 0
        /// Bytes behind the end of the `.shp` file that its header gives.
        public var trailingBytes = 0
        /// Around all positions that were read.
        public var envelope = Envelope<FilePosition>.empty
    }

    /// The reference system as the `.prj` file says it (WKT); nil where there is none, so that it must be asked for.
    public let prj: String?
    /// How many records there are, deleted ones included.
    public let recordCount: Int
    /// How the texts of the table are encoded; nil without a table.
    public var encoding: TextEncoding? { table?.encoding }
    /// The names of the attributes that are read, in the order of the table.
    public var fieldNames: [String] { table?.fields.filter(\.isReadable).map(\.name) ?? [] }
    /// The names of the attributes whose type cannot be read, such as memos.
    public var skippedFieldNames: [String] { table?.fields.filter { !$0.isReadable }.map(\.name) ?? [] }

    private let shapes: ShapefileShapes
    private let table: DBFTable?

    /// Opens a shapefile.
    /// - Parameters:
    ///   - shp: the shapes.
    ///   - dbf: the attributes; nil where there is no such file, and features have no properties.
    ///   - prj: the text of the `.prj` file.
    ///   - cpg: the text of the `.cpg` file, which names the encoding.
    ///   - encoding: the encoding to use, whatever the files say.
    /// - Throws: ``ShapefileError``.
    /// - Complexity: O(records), and O(bytes of `dbf`) where no encoding is named.
    public init(
        shp: [UInt8], dbf: [UInt8]?, prj: String? = nil, cpg: String? = nil, encoding: TextEncoding? = nil
    ) throws(ShapefileError) {
        shapes = try ShapefileShapes(shp)
        recordCount = shapes.count
        if let dbf {
            let table = try DBFTable(dbf, declared: cpg, forced: encoding)
            guard table.recordCount == shapes.count else {
                throw .recordCountMismatch(shapes: shapes.count, rows: table.recordCount)
            }
            self.table = table
        } else {
            table = nil
        }
        self.prj = prj.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// Hands every feature to `body`, in the order of the records.
    /// - Returns: what was met on the way.
    /// - Throws: ``ShapefileError``, and what `body` throws, which ends the reading.
    /// - Complexity: O(bytes) time but for polygons of many rings, which are compared with one another; memory for one
    ///   feature.
    @discardableResult
    public func features(_ body: (Feature<FilePosition>) throws -> Void) throws -> Notes {
        var notes = Notes()
        notes.trailingBytes = shapes.trailingBytes
        try shapes.forEach { (record: Int, content: UnsafeRawBufferPointer) in
            if let table, table.isDeleted(record) {
                notes.deletedRecords += 1
                return
            }
            var shape = ShapefileShape(content: content, record: record + 1, notes: notes)
            let geometry = try shape.geometry()
            notes = shape.notes
            notes.features += 1
            try body(Feature(geometry: geometry, properties: properties(record, &notes)))
        }
        return notes
    }

    private func properties(_ record: Int, _ notes: inout Notes) -> [Property] {
        guard let table else { return [] }
        var properties: [Property] = []
        properties.reserveCapacity(table.fields.count)
        for field in table.fields where field.isReadable {
            let value = table.withCell(field, record: record) { cell in
                if let value = DBFValue.value(cell, type: field.type, encoding: table.encoding) { return value }
                notes.unreadableValues += 1
                return .text(DBFText.string(cell, table.encoding, fillsField: false))
            }
            properties.append(Property(field.name, value))
        }
        return properties
    }
}
