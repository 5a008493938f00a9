public import Boundaries
import Formats
import Geodesy
public import Incidents
public import SimpleFeatures
public import Topology

/// Brings a file of areas into a store as one version of a level, repaired where needed, with an audit.
public struct BoundaryImport: Sendable {
    /// GeoJSON, Shapefile (plain or in a zip) or GeoPackage, told apart by content.
    public var path: String
    /// The level that gains a version.
    public var level: Level
    /// The attribute that holds the key; several joined by `+` (`alcaldia+colonia`); nil looks for a usual one.
    public var idField: String?
    /// The attribute that holds the name; nil looks for a usual one.
    public var nameField: String?
    /// The level that holds this one; each area's parent is the area around a place inside it.
    public var parentLevel: Level?
    /// The days on which the version holds.
    public var validity = Validity.always
    /// The file's reference system, against what it declares or where it declares none.
    public var crs: CRS?
    /// Which layer of a zip or GeoPackage.
    public var layer: String?

    /// Everything else begins as nil, and the version holds always.
    public init(path: String, level: Level) {
        self.path = path
        self.level = level
    }

    /// - Throws: the readers' errors, `GeodesyError`, the store's errors, and ``JobError`` where keys, the reference system
    ///   or the parent level cannot be settled.
    public func run(
        into store: any IncidentStore & BoundaryStore, geoPackage: FeatureFile.GeoPackageReader? = nil,
        control: JobControl = .silent
    ) throws -> BoundaryImportSummary {
        control.progress("reading \(fileName)")
        let digest = try FileDigest.sha256(ofFileAt: path)
        let file = try FeatureFile.read(path, layer: layer, geoPackage: geoPackage)
        let door = try FileTransformation(from: try referenceSystem(of: file))
        let fields = try AreaFields(file.features, id: idField, name: nameField, path: path)
        try control.stopIfCancelled("nothing was written")

        control.progress("repairing and measuring \(fileName)")
        let plane = try ProjectedTransformation(store.settings.crs)
        var builder = try AreaBuilder(door: door, plane: plane, fields: fields)
        for (index, feature) in file.features.enumerated() { try builder.add(feature, index: index) }
        var areas = builder.areas
        guard !areas.isEmpty else {
            throw JobError.badData(
                "\(fileName) must hold areas, but none of its \(file.features.count) features has a polygon and a key")
        }
        let parents = try place(&areas, in: store)
        try control.stopIfCancelled("nothing was written")

        control.progress("auditing \(fileName)")
        let audit = try builder.audit()
        let version = try store.addBoundaries(
            BoundaryLayer(
                version: BoundaryVersion(
                    level: level, number: 0, validity: validity, parentLevel: parentLevel, source: fileName,
                    sha256: digest,
                    areaCount: areas.count),
                areas: areas),
            audit: try JSONText.of(audit))
        return BoundaryImportSummary(
            version: version, kind: file.kind, idField: fields.idDescription, nameField: fields.name,
            crs: door.transformation.source.name, operation: door.transformation.operation,
            accuracyMetres: door.transformation.accuracy?.metres, workingCRS: store.settings.crs.name, audit: audit,
            withoutParent: parents, notes: file.notes + builder.notes)
    }

    private var fileName: String { String(path.split(separator: "/").last ?? Substring(path)) }

    /// What was declared, unless the user says otherwise; degrees where nothing was declared and the numbers are degrees.
    private func referenceSystem(of file: FeatureFile) throws -> CRS {
        if let crs { return crs }
        if let declared = file.declaredCRS { return declared }
        let envelope = file.features.reduce(Envelope<FilePosition>.empty) { box, feature in
            feature.geometry.map { box.union($0.envelope) } ?? box
        }
        if file.kind.hasPrefix("GeoJSON"), !GeoJSONReader.looksProjected(envelope) { return .wgs84 }
        throw JobError.badData(
            "\(fileName) declares no reference system and its numbers (from \(envelope.minX), \(envelope.minY) to "
                + "\(envelope.maxX), \(envelope.maxY)) do not say it; say which with --crs, for example --crs EPSG:32614"
        )
    }

    /// Fills each area's parent and counts the areas that lie in none.
    private func place(_ areas: inout [Area], in store: any BoundaryStore) throws -> Int {
        guard let parentLevel else { return 0 }
        let versions = try store.boundaryVersions().filter { $0.level == parentLevel && $0.validity.overlaps(validity) }
        guard let parent = versions.last else {
            throw JobError.usage("the parent level \(parentLevel) must be in the store before \(level), but is not")
        }
        let parents = try store.boundaryLayer(parentLevel, number: parent.number).areas
        let locator = PointLocator(parents)
        var without = 0
        for index in areas.indices {
            let found = areas[index].geometry.interiorPoint.map { Int(locator.locate($0).index) } ?? -1
            if found >= 0 { areas[index].parentID = parents[found].id } else { without += 1 }
        }
        return without
    }
}

/// What an import of boundaries says at its end.
public struct BoundaryImportSummary: Sendable, Codable {
    /// As stored, with the number the store gave it.
    public var version: BoundaryVersion
    /// `GeoJSON`, `Shapefile colonias_apodaca`.
    public var kind: String
    /// The attribute the keys came from; several joined by `+`.
    public var idField: String
    /// The attribute the names came from; nil where there was none.
    public var nameField: String?
    /// The reference system the file was read in, and how it was brought to WGS 84.
    public var crs: String
    /// PROJ's name of the operation that brought it to WGS 84.
    public var operation: String
    /// How far off the operation may be; nil where the register does not say.
    public var accuracyMetres: Double?
    /// The store's reference system, in which areas were measured.
    public var workingCRS: String
    /// What is wrong with the layer; findings that did not stop the import.
    public var audit: BoundaryAudit
    /// Areas around which no area of the parent level lies.
    public var withoutParent: Int
    /// What the reader met and how it dealt with it, a sentence each.
    public var notes: [String]
}
