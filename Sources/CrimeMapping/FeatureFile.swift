import Bytes
import Compression
import Files
import Formats
import Foundation
import Geodesy
public import SimpleFeatures

/// The features of one file in the positions it holds, with the reference system it declares.
public struct FeatureFile {
    /// `GeoJSON`, `Shapefile colonias_apodaca`, `GeoPackage layer colonias`.
    public var kind: String
    /// In the order of the file, those without geometry included.
    public var features: [Feature<FilePosition>]
    /// nil where the file says nothing.
    public var declaredCRS: CRS?
    /// What the reader met and how it dealt with it, a sentence each.
    public var notes: [String]

    /// All fields as given; for readers of kinds that this module cannot open itself.
    public init(kind: String, features: [Feature<FilePosition>], declaredCRS: CRS?, notes: [String] = []) {
        self.kind = kind
        self.features = features
        self.declaredCRS = declaredCRS
        self.notes = notes
    }

    /// Reads a GeoPackage, which is a store's business; the command line hands in the one it knows.
    public typealias GeoPackageReader = (_ path: String, _ layer: String?) throws -> FeatureFile

    /// The most a boundary file may hold once unpacked.
    static let byteLimit = 2 << 30

    /// Reads a GeoJSON (also .gz), a Shapefile (plain or in a zip) or a GeoPackage, told apart by content.
    /// - Parameter layer: which one, where a zip or a GeoPackage holds several.
    public static func read(
        _ path: String, layer: String? = nil, geoPackage: GeoPackageReader? = nil
    ) throws -> FeatureFile {
        switch try ByteSource.kind(ofFileAt: path) {
        case .zip: return try shapefile(inZip: path, layer: layer)
        case .sqlite:
            guard let geoPackage else { throw JobError.usage("\(path) is a GeoPackage, which cannot be read here") }
            return try geoPackage(path, layer)
        case .shapefile: return try shapefile(at: path)
        case .gzip, .text: return try geoJSON(path)
        case .empty: throw JobError.badData("\(path) must hold features, but is empty")
        case .other:
            throw JobError.badData(
                "\(path) is neither GeoJSON, Shapefile, zip nor GeoPackage; ogr2ogr converts almost anything into one of them"
            )
        }
    }
}

extension FeatureFile {
    private static func geoJSON(_ path: String) throws -> FeatureFile {
        let reader = try GeoJSONReader(try ByteSource.readAll(path: path, limit: byteLimit))
        var features: [Feature<FilePosition>] = []
        let notes = try reader.features { features.append($0) }
        return FeatureFile(
            kind: "GeoJSON", features: features, declaredCRS: reader.declaredCRS, notes: sentences(of: notes))
    }

    private static func sentences(of notes: GeoJSONReader.Notes) -> [String] {
        var sentences: [String] = []
        func say(_ count: Int, _ text: String) { if count > 0 { sentences.append("\(count) \(text)") } }
        say(notes.nullGeometries, "features without geometry")
        say(notes.emptyGeometries, "features with an empty geometry")
        say(
            notes.malformedGeometries,
            "geometries could not be read" + (notes.firstMalformed.map { ", the first at \($0)" } ?? ""))
        for (type, count) in notes.unknownGeometryTypes.sorted(by: { $0.key < $1.key }) {
            say(count, "geometries of the unknown type \(type)")
        }
        say(notes.closedRings, "rings were not closed, and were closed")
        say(notes.degenerateParts, "parts with too few positions were left out")
        say(notes.positionsWithExtraCoordinates, "positions lost a third coordinate")
        say(notes.repeatedProperties, "properties stood twice in a feature; the last holds")
        return sentences
    }

    private static func shapefile(at path: String) throws -> FeatureFile {
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let fileName = String(path.split(separator: "/").last ?? Substring(path))
        guard let set = FeatureFileSet.sets(in: names).first(where: { $0.shp == fileName || $0.name == stem(fileName) })
        else {
            throw FileError.missing(path: path)
        }
        return try shapefile(set) { try ByteSource.readAll(path: "\(folder)/\($0)", limit: byteLimit) }
    }

    private static func shapefile(inZip path: String, layer: String?) throws -> FeatureFile {
        let archive = try ZipArchive(path: path)
        let sets = FeatureFileSet.sets(in: archive.entries.map(\.name))
        guard !sets.isEmpty else {
            let names = archive.entries.prefix(5).map(\.name).joined(separator: ", ")
            throw JobError.badData(
                "\(path) is a zip and must hold a Shapefile, but holds \(names.isEmpty ? "nothing" : names)")
        }
        let wanted = layer.map { name in sets.filter { $0.name == name } } ?? sets
        guard wanted.count == 1, let set = wanted.first else {
            throw JobError.usage(
                "\(path) holds \(sets.count) layers; say which with --layer: \(sets.map(\.name).joined(separator: ", "))"
            )
        }
        return try shapefile(set) { try archive.read(named: $0, limit: byteLimit) }
    }

    private static func shapefile(_ set: FeatureFileSet, read: (String) throws -> [UInt8]) throws -> FeatureFile {
        let reader = try ShapefileReader(
            shp: read(set.shp), dbf: set.dbf.map(read),
            prj: set.prj.map { String(decoding: try read($0), as: UTF8.self) },
            cpg: set.cpg.map { String(decoding: try read($0), as: UTF8.self) })
        var features: [Feature<FilePosition>] = []
        let notes = try reader.features { features.append($0) }
        return FeatureFile(
            kind: "Shapefile \(set.name)", features: features, declaredCRS: reader.prj.map { CRS($0) },
            notes: sentences(of: notes, reader))
    }

    private static func sentences(of notes: ShapefileReader.Notes, _ reader: ShapefileReader) -> [String] {
        var sentences: [String] = []
        func say(_ count: Int, _ text: String) { if count > 0 { sentences.append("\(count) \(text)") } }
        if let encoding = reader.encoding { sentences.append("attributes read as \(encoding.rawValue)") }
        say(notes.nullShapes, "features without shape")
        say(notes.deletedRecords, "deleted records were left out")
        say(notes.emptyGeometries, "features with an empty shape")
        say(notes.notFiniteGeometries, "shapes with numbers that are not finite")
        say(notes.shapesWithExtraCoordinates, "shapes lost a third coordinate or a measure")
        say(notes.closedRings, "rings were not closed, and were closed")
        say(notes.degenerateParts, "parts with too few positions were left out")
        say(notes.misorientedRings, "rings wind the other way than Shapefile asks")
        say(notes.unreadableValues, "attribute values could not be read")
        if !reader.skippedFieldNames.isEmpty {
            sentences.append(
                "attributes of a kind that is not read: \(reader.skippedFieldNames.joined(separator: ", "))")
        }
        return sentences
    }

    private static func stem(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
    }
}
