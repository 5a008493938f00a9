import Bytes
import Foundation
import Formats
import Georeferencing
import Incidents
import SimpleFeatures

/// Mexico City as its prosecutor published it, for the tests that ask for real data.
enum PublishedCity {
    static let folder = ProcessInfo.processInfo.environment["FARO_REALDATA"]
    static var isThere: Bool { folder != nil }

    /// The incidents of `2019`, `2022` or `2024t4`; the area is the published pair of municipality and colonia.
    static func incidents(_ year: String) throws -> PlaceColumns {
        let reader = try CSVReader(source: ByteSource(path: "\(folder ?? "")/incidentes/cdmx_fgj_\(year).csv.gz"))
        var crimes = LabelCodes()
        var areas: [[UInt8]: Int32] = [:]
        var columns = PlaceColumns()
        while try reader.next() {
            let row = reader.row
            let label = Array(row[5]) + [0] + Array(row[4])
            let area = areas[label, default: Int32(areas.count)]
            areas[label] = area
            columns.append(
                longitude: Double(text(row[7])) ?? .nan, latitude: Double(text(row[6])) ?? .nan,
                category: crimes.code(for: row[3]), localMinute: minute(text(row[2])), area: area)
        }
        return columns
    }

    /// The interior point of each colonia of the electoral institute.
    static func centres() throws -> [SuspectPoint] {
        try colonias().enumerated().compactMap { index, area in
            area.interiorPoint.map { SuspectPoint(place: $0, name: "the centre of colonia \(index)") }
        }
    }

    static func colonias() throws -> [MultiPolygon<LonLat>] {
        let path = "\(folder ?? "")/colonias/cdmx_colonias_iecm2022.geojson.gz"
        var areas: [MultiPolygon<LonLat>] = []
        _ = try GeoJSONReader(try ByteSource.readAll(path: path, limit: 1 << 28)).features { feature in
            let geometry = feature.geometry?.map { LonLat(longitude: $0.x, latitude: $0.y) }
            if let area = geometry?.asMultiPolygon { areas.append(area) }
        }
        return areas
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func minute(_ text: String) -> Int16 {
        let parts = text.split(separator: ":").compactMap { Int16($0) }
        return parts.count > 1 && (0..<24).contains(parts[0]) && (0..<60).contains(parts[1])
            ? parts[0] * 60 + parts[1] : -1
    }
}
