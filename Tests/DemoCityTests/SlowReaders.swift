import DemoCity
import Foundation
import Testing

/// One city for all tests, small enough to be read slowly.
enum Sample {
    static let city = Result { try DemoCity(seed: 1810, scale: 0.1) }

    static func bytes(_ name: String, of city: DemoCity? = nil) throws -> [UInt8] {
        let files = try city?.files ?? Self.city.get().files
        return try #require(files.first { $0.name == name }, "\(name) is missing").bytes
    }

    static func table(_ name: String) throws -> [[String: String]] {
        let rows = try SlowCSV.rows(String(decoding: bytes(name), as: UTF8.self))
        let header = try #require(rows.first)
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    /// A year's rows after the header, decoded as the manifest says.
    static func reports(_ year: Manifest.Year) throws -> [[String]] {
        var bytes = try bytes(year.file)
        if year.hasByteOrderMark { bytes.removeFirst(3) }
        var text = year.encoding == "utf-8" ? String(decoding: bytes, as: UTF8.self) : SlowCSV.windows1252(bytes)
        for _ in 0..<year.preambleLines {
            let end = try #require(text.unicodeScalars.firstIndex(of: "\n"))
            text = String(text.unicodeScalars[text.unicodeScalars.index(after: end)...])
        }
        return Array(SlowCSV.rows(text).dropFirst())
    }

    /// The areas of a boundary file.
    static func areas(_ name: String) throws -> [SlowArea] {
        let document = try JSONSerialization.jsonObject(with: Data(bytes(name))) as? [String: Any]
        let features = try #require(document?["features"] as? [[String: Any]])
        return try features.map { feature in
            let geometry = try #require(feature["geometry"] as? [String: Any])
            let rings = try #require(geometry["coordinates"] as? [[[Double]]])
            return SlowArea(
                properties: try #require(feature["properties"] as? [String: Any]),
                rings: rings.map { $0.map { SlowArea.Point(x: micro($0[0]), y: micro($0[1])) } })
        }
    }

    /// The nearest whole millionth of a degree.
    static func micro(_ degrees: Double) -> Int { Int((degrees * 1e6).rounded()) }
}

/// RFC 4180, character by character.
enum SlowCSV {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"": field.append(scalars.removeFirst())
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(String(field))
                field = .init()
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted:
                row.append(String(field))
                field = .init()
                rows.append(row)
                row = []
            default: field.append(scalar)
            }
        }
        return rows
    }

    /// Good for the letters above U+00A0, which is all the files use.
    static func windows1252(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }
}

/// An area as its file has it, in whole millionths of a degree.
struct SlowArea {
    struct Point: Hashable {
        var x: Int
        var y: Int
    }

    struct Side: Hashable {
        var from: Point
        var to: Point

        var reversed: Side { Side(from: to, to: from) }
        /// Its part in twice the area of a ring.
        var cross: Int { from.x * to.y - to.x * from.y }
        var metres: Double { hypot(Double(to.x - from.x) * 0.0996, Double(to.y - from.y) * 0.1108) }
    }

    var properties: [String: Any]
    var rings: [[Point]]

    func text(_ name: String) -> String { properties[name] as? String ?? "" }

    var sides: [Side] { rings.flatMap { ring in zip(ring, ring.dropFirst()).map { Side(from: $0, to: $1) } } }

    /// Square metres in a square millionth of a degree, at the city's latitude.
    static let squareMetres = 0.0996 * 0.1108

    var squareMetres: Double { Double(sides.reduce(0) { $0 + $1.cross }) / 2 * Self.squareMetres }

    /// Whether a ray to the east crosses the sides an odd number of times.
    func contains(longitude: Double, latitude: Double) -> Bool {
        let (x, y) = (longitude * 1e6, latitude * 1e6)
        return sides.filter { side in
            guard (Double(side.from.y) > y) != (Double(side.to.y) > y) else { return false }
            let share = (y - Double(side.from.y)) / Double(side.to.y - side.from.y)
            return x < Double(side.from.x) + share * Double(side.to.x - side.from.x)
        }.count % 2 == 1
    }
}
