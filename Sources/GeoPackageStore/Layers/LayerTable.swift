import SimpleFeatures

/// The table of a layer while it is written: rows first, then whatever is known only when all of them are there.
final class LayerTable {
    typealias Column = GeoPackageLayerFile.Column

    /// What is settled before the first row.
    struct Definition {
        var name: String
        var columns: [Column]
        var hasFeatureIDs: Bool
        /// JSON.
        var metadata: [UInt8]?
        /// The instant of the last change, as the file gives it.
        var changed: String?
    }

    private(set) var count = 0
    private(set) var countWithoutPlace = 0

    private let definition: Definition
    private let insertion: PreparedStatement
    private let connection: OutputConnection
    private let places: [String: Int]
    private let point = PointBlob()
    private var extent = Envelope<LonLat>.empty
    private var types: Set<String> = []

    init(_ definition: Definition, in connection: OutputConnection) throws {
        self.definition = definition
        self.connection = connection
        places = try Self.places(of: definition)
        try connection.execute(Self.sql(definition, type: Self.anyType))
        let values = [String](repeating: "?", count: definition.columns.count + (definition.hasFeatureIDs ? 2 : 1))
        insertion = try connection.prepare(
            "INSERT INTO \(SQLText.name(definition.name)) VALUES (NULL, \(values.joined(separator: ", ")))")
    }

    deinit { point.deallocate() }

    // MARK: Names

    /// What a layer may be called.
    static func check(layer: String) throws(GeoPackageLayerError) {
        let name = folded(layer).utf8
        let isReserved = ["gpkg_", "rtree_", "sqlite_"].contains { name.starts(with: $0.utf8) }
        guard !name.isEmpty, !isReserved, !name.contains(0) else { throw .layerName(layer) }
    }

    /// Where each attribute stands. To SQLite names are equal that differ in the case of ASCII letters alone.
    private static func places(of definition: Definition) throws(GeoPackageLayerError) -> [String: Int] {
        var places: [String: Int] = [:]
        var taken: Set<String> = definition.hasFeatureIDs ? [idColumn] : []
        for (index, column) in definition.columns.enumerated() {
            let name = folded(column.name)
            guard name != "fid", name != "geom", !name.utf8.contains(0) else { throw .reservedColumn(column.name) }
            guard taken.insert(name).inserted else { throw .repeatedColumn(column.name) }
            places[column.name] = index
        }
        return places
    }

    private static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { (65...90) ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
    }

    private static let idColumn = "feature_id"
    private static let anyType = "GEOMETRY"

    private static func sql(_ definition: Definition, type: String) -> String {
        let id = definition.hasFeatureIDs ? ["\(idColumn) TEXT"] : []
        let columns = definition.columns.map { "\(SQLText.name($0.name)) \($0.kind.sql)" }
        let all = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "geom \(type)"] + id + columns
        return "CREATE TABLE \(SQLText.name(definition.name)) (\(all.joined(separator: ", ")))"
    }

    // MARK: Rows

    func append(_ feature: Feature<LonLat>) throws {
        insertion.clearBindings()
        for (index, property) in feature.properties.enumerated() { try bind(property, at: index) }
        if definition.hasFeatureIDs { insertion.bind(feature.id, at: 2) }
        let box = try bind(feature.geometry)
        try insertion.run()
        count += 1
        if box.isEmpty { countWithoutPlace += 1 }
        extent = extent.union(box)
    }

    private func bind(_ property: Property, at index: Int) throws {
        // Nearly always the attributes stand in the order of the columns.
        let columns = definition.columns
        let isInOrder = index < columns.count && columns[index].name == property.name
        guard let place = isInOrder ? index : places[property.name] else {
            throw GeoPackageLayerError.unknownColumn(property.name, feature: count + 1)
        }
        let parameter = Int32(truncatingIfNeeded: place + (definition.hasFeatureIDs ? 3 : 2))
        guard columns[place].kind.bind(property.value, to: insertion, at: parameter) else {
            throw GeoPackageLayerError.wrongValue(
                property.value, column: property.name, kind: columns[place].kind, feature: count + 1)
        }
    }

    /// - Returns: the geometry's box, empty where there is none.
    private func bind(_ geometry: Geometry<LonLat>?) throws -> Envelope<LonLat> {
        guard let geometry else { return .empty }
        if let number = GeoJSONWriter.firstNotFinite(geometry) {
            throw GeoPackageLayerError.notFinite(number, feature: count + 1)
        }
        let box = geometry.envelope
        if case .point(let place) = geometry, point.write(place.longitude, place.latitude) {
            insertion.bind(staticBlob: point.bytes, count: PointBlob.size, at: 1)
        } else if let blob = GeoPackageGeometry.encode(geometry, envelope: box) {
            insertion.bind(blob: blob, at: 1)
        } else {
            return .empty
        }
        types.insert(geometry.geoPackageType)
        return box
    }

    // MARK: The end

    /// Names the layer in the catalogue and fills its index.
    func finish() throws {
        let type = types.count == 1 ? types.first ?? Self.anyType : Self.anyType
        try settle(type)
        try connection.execute(GeoPackageTables.layerSQL(table: definition.name, type: type, description: ""))
        try widen()
        try connection.execute(RTree.tableSQL(definition.name))
        try PackedRTree(of: definition.name, entries: count - countWithoutPlace, in: connection).fill()
        for trigger in RTree.triggers(of: definition.name) { try connection.execute(trigger.sql) }
        try connection.execute(RTree.registrationSQL(definition.name))
        if let metadata = definition.metadata { try describe(String(decoding: metadata, as: UTF8.self)) }
        if let changed = definition.changed {
            try connection.run("UPDATE gpkg_contents SET last_change = ?", changed)
        }
    }

    /// Writes the type that all geometries turned out to have into the table's declaration, which must agree with the
    /// catalogue. To SQLite the type of a column of blobs means nothing, so rows stay as they are.
    private func settle(_ type: String) throws {
        guard type != Self.anyType else { return }
        try connection.execute("PRAGMA writable_schema = ON")
        try connection.run(
            "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", Self.sql(definition, type: type),
            definition.name)
        try connection.execute("PRAGMA writable_schema = OFF")
    }

    private func widen() throws {
        guard !extent.isEmpty else { return }
        let statement = try connection.prepare(GeoPackageTables.widenSQL)
        for (index, border) in [extent.minX, extent.minY, extent.maxX, extent.maxY].enumerated() {
            statement.bind(border, at: Int32(truncatingIfNeeded: index + 1))
        }
        statement.bind(definition.name, at: 5)
        try statement.run()
    }

    private func describe(_ metadata: String) throws {
        try connection.execute(MetadataTables.sql)
        try connection.run(MetadataTables.documentSQL, metadata)
        try connection.run(MetadataTables.referenceSQL, definition.name)
        if let changed = definition.changed {
            try connection.run("UPDATE gpkg_metadata_reference SET timestamp = ?", changed)
        }
    }
}
