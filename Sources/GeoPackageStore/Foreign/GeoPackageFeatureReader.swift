import GRDB
public import SimpleFeatures

/// Reads the layers of a GeoPackage that another program made.
///
/// Only ordinary tables and stored columns are read: views, virtual tables and generated columns would run what the file
/// says. Columns of blobs are left out, since an attribute can hold none.
public final class GeoPackageFeatureReader {
    /// One layer of points, lines or polygons.
    public struct Layer: Hashable, Sendable {
        /// The table's name.
        public var name: String
        /// What the file calls the layer to people.
        public var title: String
        /// `POINT`, `MULTIPOLYGON`, `GEOMETRY`, as the file states it.
        public var geometryType: String
        /// `EPSG:32614`, or well-known text; nil where the file does not say.
        public var crs: CRS?

        fileprivate var geometryColumn: String
    }

    public let path: String
    /// The layers that can be read, by name.
    public let layers: [Layer]
    private let connection: ForeignConnection

    /// Opens a GeoPackage for reading.
    /// - Throws: a case of ``StoreError`` that says what the file is not or what is wrong with it.
    public init(path: String) throws {
        try Self.checkHeader(path)
        self.path = path
        do {
            (connection, layers) = try StoreError.translating(path) {
                let connection = try ForeignConnection(path: path)
                return (connection, try Self.layers(connection))
            }
        } catch StoreError.readOnly {
            // What a killed writer left half done can only be undone by writing.
            throw StoreError.io(path: path, detail: "the program that wrote it was interrupted; open it there once")
        }
    }

    /// Visits the features of a layer in the order of their keys. A feature's `id` is its row's key; attributes stand in
    /// the order of the columns.
    /// - Throws: ``StoreError/unknownLayer(path:layer:)``,
    ///   ``StoreError/unreadableGeometry(path:layer:feature:reason:)``.
    public func features(of layer: String, each body: (Feature<FilePosition>) throws -> Void) throws {
        guard let layer = layers.first(where: { $0.name == layer }) else {
            throw StoreError.unknownLayer(path: path, layer: layer)
        }
        try StoreError.translating(path) {
            let columns = try self.columns(of: layer)
            let names = ["rowid", layer.geometryColumn] + columns.map(\.name)
            let statement = try connection.prepare(
                "SELECT \(names.map(SQLText.name).joined(separator: ", ")) FROM \(SQLText.name(layer.name)) ORDER BY rowid"
            )
            while try connection.step(statement) { try body(feature(statement, layer, columns)) }
        }
    }
}

// MARK: - The catalogue

extension GeoPackageFeatureReader {
    private struct Column {
        var name: String
        var isBoolean: Bool
    }

    private static func checkHeader(_ path: String) throws(StoreError) {
        let header = try FileHeader.read(path)
        guard header.count == 100, header.starts(with: FileHeader.magic) else { throw .notSQLite(path) }
        // "GPKG", and the marks of versions 1.0 and 1.1.
        guard ["GPKG", "GP10", "GP11"].contains(String(decoding: header[68..<72], as: UTF8.self)) else {
            throw .notGeoPackage(path)
        }
    }

    private static func layers(_ connection: ForeignConnection) throws -> [Layer] {
        let statement = try connection.prepare(
            """
            SELECT c.table_name, c.identifier, g.column_name, g.geometry_type_name, g.srs_id
            FROM gpkg_contents c JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
            JOIN sqlite_master m ON lower(m.name) = lower(c.table_name)
            WHERE c.data_type = 'features' AND m.type = 'table' AND m.sql NOT LIKE 'create virtual%'
            ORDER BY c.table_name
            """)
        var layers: [Layer] = []
        while try connection.step(statement) {
            guard let name = statement.text(0), let column = statement.text(2) else { continue }
            layers.append(
                Layer(
                    name: name, title: statement.text(1) ?? name,
                    geometryType: (statement.text(3) ?? "GEOMETRY").uppercased(),
                    crs: try crs(connection, statement.integer(4)), geometryColumn: column))
        }
        return layers
    }

    private static func crs(_ connection: ForeignConnection, _ id: Int64) throws -> CRS? {
        guard id != 0, id != -1 else { return nil }
        let statement = try connection.prepare(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?")
        statement.bind(id, at: 1)
        guard try connection.step(statement) else { return nil }
        if statement.text(0)?.uppercased() == "EPSG" { return CRS("EPSG:\(statement.integer(1))") }
        guard let definition = statement.text(2), !definition.isEmpty, definition != "undefined" else { return nil }
        return CRS(definition)
    }

    /// The attribute columns: all but the row's key, the geometry and blobs. Generated columns are not in this list of SQLite's.
    private func columns(of layer: Layer) throws -> [Column] {
        let statement = try connection.prepare("SELECT name, upper(type), pk FROM pragma_table_info(?)")
        statement.bind(layer.name, at: 1)
        var columns: [Column] = []
        while try connection.step(statement) {
            let (name, type) = (statement.text(0) ?? "", statement.text(1) ?? "")
            let isKey = statement.integer(2) > 0 && type == "INTEGER"
            guard !isKey, name.lowercased() != layer.geometryColumn.lowercased(), !type.hasPrefix("BLOB") else {
                continue
            }
            columns.append(Column(name: name, isBoolean: type == "BOOLEAN"))
        }
        return columns
    }
}

// MARK: - A row

extension GeoPackageFeatureReader {
    private func feature(_ row: PreparedStatement, _ layer: Layer, _ columns: [Column]) throws -> Feature<FilePosition>
    {
        let id = row.integer(0)
        var geometry: Geometry<FilePosition>?
        if let blob = row.blob(1) {
            do {
                geometry = try GeoPackageGeometry.decode(blob)
            } catch {
                throw StoreError.unreadableGeometry(path: path, layer: layer.name, feature: id, reason: "\(error)")
            }
        }
        let properties = columns.enumerated().map { index, column in
            Property(column.name, value(row, Int32(truncatingIfNeeded: index) + 2, isBoolean: column.isBoolean))
        }
        return Feature(id: String(id), geometry: geometry, properties: properties)
    }

    private func value(_ row: PreparedStatement, _ column: Int32, isBoolean: Bool) -> PropertyValue {
        switch row.kind(column) {
        case .integer: isBoolean ? .bool(row.integer(column) != 0) : .integer(row.integer(column))
        case .number: .number(row.double(column))
        case .text: .text(row.text(column) ?? "")
        case .blob, .null: .null
        }
    }
}
