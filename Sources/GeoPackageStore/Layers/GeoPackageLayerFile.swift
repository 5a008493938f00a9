import Files
public import SimpleFeatures

/// Writes features as the one layer of a new GeoPackage, which QGIS, R and GDAL open.
///
/// The layer is in WGS 84 (EPSG:4326), with a spatial index. Columns are declared beforehand and typed. What is known about
/// the layer stands beside it as a JSON object, in the tables of GeoPackage's metadata extension.
///
/// Features stand in the order in which they came, numbered from 1 in the column `fid`; geometries are in `geom`. A feature
/// without a place, or with an empty geometry, has none there, and is not in the index. The layer's type is that of all its
/// geometries, or `GEOMETRY` where they differ.
///
/// The file appears under its name when ``finish()`` returns, or not at all.
///
/// ## Memory
/// Some 20 MB, and half a byte a feature for the index. SQLite sorts the index in a file without a name, 40 bytes a
/// feature, in its folder for temporary files.
///
/// ## Example
/// ```swift
/// let file = try GeoPackageLayerFile(path: "reports.gpkg", overwrite: false)
/// try file.begin(layer: "reports", columns: [.init("delito", .text)], members: provenance)
/// for feature in features { try file.append(feature) }
/// try file.finish()
/// ```
///
/// ## Source
/// OGC 12-128r17, *GeoPackage 1.3*.
public final class GeoPackageLayerFile {
    /// A declared attribute.
    public struct Column: Hashable, Sendable {
        /// What a column holds; any of them may have no value.
        public enum Kind: Hashable, Sendable {
            /// `TEXT`.
            case text
            /// `INTEGER`.
            case integer
            /// `REAL`. Integers may stand here as well; NaN is no value.
            case number
            /// `BOOLEAN`.
            case bool
            /// JSON as `TEXT`.
            case json
            /// `DATETIME`: an instant in UTC, as text of the form `2024-03-01T12:00:00Z` or `2024-03-01T12:00:00.000Z`.
            case dateTime
        }

        public var name: String
        public var kind: Kind

        /// As given; ``GeoPackageLayerFile/begin(layer:columns:members:featureIDs:changed:)`` says which names it refuses.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// The file's name, as the caller gave it.
    public var path: String { staged.path }
    /// How many features there are so far.
    public var count: Int { table?.count ?? 0 }
    /// How many of them have no place.
    public var countWithoutPlace: Int { table?.countWithoutPlace ?? 0 }

    // Statements go before their connection, and the file is given up when it is not open any more.
    private var table: LayerTable?
    private var connection: OutputConnection?
    private let staged: StagedOutput

    /// Begins a file, without a layer as yet.
    /// - Throws: `FileError` where the file exists and `overwrite` is false, or cannot be written; ``StoreError``.
    public init(path: String, overwrite: Bool) throws {
        let staged = try StagedOutput.file(path: path, overwrite: overwrite)
        self.staged = staged
        connection = try StoreError.translating(path) {
            let connection = try OutputConnection(path: staged.temporary)
            try connection.execute(GeoPackageTables.sql)
            return connection
        }
    }

    /// Begins the layer. Comes once, before the first feature.
    /// - Parameters:
    ///   - layer: the name of the layer and its table.
    ///   - columns: the attributes, in the order of the table.
    ///   - members: what is to be known about the whole layer: method, parameters, provenance.
    ///   - featureIDs: whether the features' own ids are kept, in a text column `feature_id` before all others.
    ///   - changed: the instant that the file gives as its last change, as `2024-03-01T12:00:00Z`; nil for now. With an
    ///     instant, equal features make equal files.
    /// - Throws: ``GeoPackageLayerError`` for names that cannot be; `GeoJSONError` for a member that JSON cannot hold;
    ///   ``StoreError/invalidInstant(_:)`` and what else SQLite reports.
    public func begin(
        layer: String, columns: [Column], members: [Property] = [], featureIDs: Bool = false, changed: String? = nil
    ) throws {
        guard let connection, table == nil else { throw closed }
        try LayerTable.check(layer: layer)
        let definition = try LayerTable.Definition(
            name: layer, columns: columns, hasFeatureIDs: featureIDs,
            metadata: members.isEmpty ? nil : GeoJSONWriter.object(of: members), changed: changed.map(Instant.stored))
        try working { table = try LayerTable(definition, in: connection) }
    }

    /// Adds a feature. Attributes that it does not have, and those that are null, have no value.
    /// - Throws: ``GeoPackageLayerError``, and nothing has been added then; ``StoreError`` and `FileError`, and the file is
    ///   given up.
    public func append(_ feature: Feature<LonLat>) throws {
        guard let table else { throw closed }
        try working { try table.append(feature) }
    }

    /// Fills the index and the catalogue, writes everything through to the disk and gives the file its name.
    /// - Throws: ``StoreError``, `FileError`. Nothing is left behind then.
    /// - Complexity: O(*n* log *n*).
    public func finish() throws {
        guard let connection, let table else { throw closed }
        try working {
            try table.finish()
            try connection.commit()
        }
        close()
        try staged.commit()
    }

    private var closed: FileError {
        .unwritable(path: path, reason: "its layer has not been begun, or has been begun twice, or is complete")
    }

    /// Gives the file up where SQLite could not write: without a journal it is in no state to go on from.
    private func working(_ body: () throws -> Void) throws {
        do {
            try StoreError.translating(path, body)
        } catch let error as StoreError {
            close()
            staged.abort()
            throw error
        }
    }

    private func close() {
        table = nil
        connection = nil
    }
}
