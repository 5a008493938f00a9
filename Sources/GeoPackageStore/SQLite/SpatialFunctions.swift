import GRDBSQLite
import SimpleFeatures

/// The SQL functions by which a GeoPackage's R-tree is filled. What is no geometry gives NULL.
enum SpatialFunctions {
    static func register(on connection: OpaquePointer) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        func add(_ name: String, _ function: @convention(c) (OpaquePointer?, Int32, Argument?) -> Void) {
            sqlite3_create_function_v2(connection, name, 1, flags, nil, function, nil, nil, nil)
        }
        add("ST_MinX") { context, _, arguments in SpatialFunctions.result(context, arguments) { $0.minX } }
        add("ST_MaxX") { context, _, arguments in SpatialFunctions.result(context, arguments) { $0.maxX } }
        add("ST_MinY") { context, _, arguments in SpatialFunctions.result(context, arguments) { $0.minY } }
        add("ST_MaxY") { context, _, arguments in SpatialFunctions.result(context, arguments) { $0.maxY } }
        add("ST_IsEmpty") { context, _, arguments in
            guard let bytes = SpatialFunctions.blob(arguments), let header = try? GeoPackageGeometry.Header(bytes)
            else {
                return sqlite3_result_null(context)
            }
            sqlite3_result_int(context, header.isEmpty ? 1 : 0)
        }
    }

    /// Adds the function by which a tree is packed.
    static func registerPacking(on connection: OpaquePointer) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        sqlite3_create_function_v2(
            connection, PackedRTree.function, 1, flags, nil,
            { context, _, arguments in
                guard let bytes = SpatialFunctions.blob(arguments),
                    let bounds = GeoPackageGeometry.bounds(of: bytes)
                else { return sqlite3_result_null(context) }
                withUnsafeTemporaryAllocation(byteCount: RTreeBox.entrySize, alignment: 8) { entry in
                    RTreeBox.write(entry: bounds, to: entry)
                    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)  // SQLite copies at once
                    sqlite3_result_blob(context, entry.baseAddress, Int32(RTreeBox.entrySize), transient)
                }
            }, nil, nil, nil)
    }

    private typealias Argument = UnsafeMutablePointer<OpaquePointer?>

    private static func result(
        _ context: OpaquePointer?, _ arguments: Argument?, _ bound: (GeoPackageGeometry.Bounds) -> Double
    ) {
        guard let bytes = blob(arguments), let bounds = GeoPackageGeometry.bounds(of: bytes) else {
            return sqlite3_result_null(context)
        }
        sqlite3_result_double(context, bound(bounds))
    }

    private static func blob(_ arguments: Argument?) -> UnsafeRawBufferPointer? {
        guard let value = arguments?.pointee, sqlite3_value_type(value) == SQLITE_BLOB else { return nil }
        return UnsafeRawBufferPointer(start: sqlite3_value_blob(value), count: Int(sqlite3_value_bytes(value)))
    }
}
