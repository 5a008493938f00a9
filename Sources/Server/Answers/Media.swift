public import HTTPTypes

/// What an answer's bytes are.
public enum Media: String, Sendable, CaseIterable {
    // The raw value is what `f=` is called.
    case json, geojson, openapi, schema, csv, png, tif, mvt, pmtiles, html, text, metrics, css, script, svg

    public var type: String {
        switch self {
        case .json: "application/json"
        case .geojson: "application/geo+json"
        case .openapi: "application/vnd.oai.openapi+json;version=3.0"
        case .schema: "application/schema+json"
        case .csv: "text/csv; charset=utf-8"
        case .png: "image/png"
        case .tif: "image/tiff; application=geotiff"
        case .mvt: "application/vnd.mapbox-vector-tile"
        case .pmtiles: "application/vnd.pmtiles"
        case .html: "text/html; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        case .css: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .svg: "image/svg+xml"
        case .metrics: "text/plain; version=0.0.4; charset=utf-8"
        }
    }

    /// Whether gzip makes it smaller.
    var isCompressible: Bool {
        switch self {
        case .json, .geojson, .openapi, .schema, .csv, .mvt, .html, .text, .metrics, .css, .script,
            .svg:
            true
        case .png, .tif, .pmtiles: false
        }
    }

    /// The form to answer in: what `f=` says, or what `Accept` likes best of what there is, the first of equals.
    /// - Throws: ``Problem`` 400 for an `f` that there is not, 406 where nothing offered is accepted.
    public static func chosen(of offered: [Media], query: Query, headers: HTTPFields) throws -> Media {
        let known = offered.map(\.rawValue).joined(separator: ", ")
        if let name = try query.text("f") {
            guard let media = offered.first(where: { $0.rawValue == name }) else {
                throw Problem.badParameter("f", "must be one of \(known), but is \"\(name.prefix(40))\"")
            }
            return media
        }
        let accepted = headers[values: .accept].joined(separator: ",")
        guard let first = offered.first, !accepted.isEmpty else { return offered.first ?? .json }
        let ranges = QualityList(accepted)
        let best = offered.map { ranges.quality(ofMedia: $0.essence) }.max() ?? 0
        guard best > 0 else {
            throw Problem(
                .notAcceptable, "not-acceptable", "an answer can be had as \(known), and Accept takes none of these")
        }
        return offered.first { ranges.quality(ofMedia: $0.essence) == best } ?? first
    }

    /// The type without its parameters.
    var essence: Substring { type.prefix { $0 != ";" } }
}

/// A header's list with weights: `Accept`, `Accept-Encoding`.
///
/// ## Source
/// RFC 9110, section 12.4.2.
struct QualityList {
    private let items: [(name: Substring, quality: Double)]

    init(_ text: String) {
        items = text.prefix(2_000).split(separator: ",").map { part in
            let pieces = part.split(separator: ";").map { Self.trimmed($0) }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") || $0.hasPrefix("Q=") }?.dropFirst(2)
            return (pieces.first ?? "", weight.map { min(1, max(0, Double($0) ?? 0)) } ?? 1)
        }
    }

    /// 0 for a type that is not accepted; the most exact range decides.
    func quality(ofMedia essence: Substring) -> Double {
        let family = essence.prefix { $0 != "/" } + "/*"
        for name in [essence, family, "*/*"] {
            if let item = items.first(where: { $0.name.lowercased() == name }) { return item.quality }
        }
        return 0
    }

    /// - Parameter coding: in lower case.
    func accepts(coding: String) -> Bool {
        let found = items.first { $0.name.lowercased() == coding } ?? items.first { $0.name == "*" }
        return (found?.quality ?? 0) > 0
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
