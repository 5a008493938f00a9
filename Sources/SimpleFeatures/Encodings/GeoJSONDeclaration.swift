/// Finds the coordinate reference system that a GeoJSON text declares.
enum GeoJSONDeclaration {
    /// The one reference system declared anywhere in the text; nil where none is.
    static func find(in bytes: UnsafeBufferPointer<UInt8>) throws -> CRS? {
        guard occurs(Array("\"crs\"".utf8), in: bytes) else { return nil }
        var search = Search(scanner: JSONScanner(bytes))
        while try search.scanner.nextText() { try search.value() }
        return search.found
    }

    /// Reads the value of a `crs` member: an object of either old form, or against every standard the bare name.
    /// - Returns: nil for null.
    static func value(_ scanner: inout JSONScanner) throws -> CRS? {
        let kind = try scanner.kind()
        let start = scanner.offset
        if kind == .null {
            try scanner.null()
            return nil
        }
        if kind == .string { return crs(named: scanner.string(try scanner.string())) }
        guard kind == .object else {
            let text = scanner.rawText(try scanner.skipValue())
            throw GeoJSONError.unreadableCRS(text, at: scanner.place(start))
        }
        guard let name = try name(&scanner) else {
            throw GeoJSONError.unreadableCRS(scanner.rawText(start..<scanner.offset), at: scanner.place(start))
        }
        return crs(named: name)
    }

    /// `EPSG:n`, or WGS 84 for all that means longitude and latitude there; other names as they stand.
    static func crs(named name: String) -> CRS {
        let parts = name.uppercased().split { $0 == ":" || $0 == "/" || $0 == "#" }
        guard let code = parts.last else { return CRS(name) }
        if code == "CRS84" { return .wgs84 }
        guard parts.contains("EPSG") || parts.contains("EPSG.XML"), let number = Int(code), number > 0 else {
            return CRS(name)
        }
        return CRS("EPSG:\(number)")
    }

    /// The name in `{"type": "name", "properties": {"name": …}}`, or the code of the older
    /// `{"type": "EPSG", "properties": {"code": …}}`.
    private static func name(_ scanner: inout JSONScanner) throws -> String? {
        var name: String?
        try scanner.beginObject()
        while let member = try scanner.nextName() {
            guard scanner.text(member, equals: "properties"), try scanner.kind() == .object else {
                try scanner.skipValue()
                continue
            }
            try scanner.beginObject()
            while let property = try scanner.nextName() {
                let kind = try scanner.kind()
                if scanner.text(property, equals: "name"), kind == .string {
                    name = scanner.string(try scanner.string())
                } else if scanner.text(property, equals: "code"), kind == .number {
                    name = "EPSG:" + scanner.rawText(try scanner.skipValue())
                } else {
                    try scanner.skipValue()
                }
            }
        }
        return name
    }

    /// Walks through the objects that may declare, and past everything else.
    private struct Search {
        var scanner: JSONScanner
        var found: CRS?

        mutating func value() throws {
            switch try scanner.kind() {
            case .object: try object()
            case .array:
                try scanner.beginArray()
                while try scanner.nextElement() { try value() }
            default: try scanner.skipValue()
            }
        }

        private mutating func object() throws {
            try scanner.beginObject()
            while let name = try scanner.nextName() {
                if scanner.text(name, equals: "crs") {
                    let start = scanner.offset
                    guard let crs = try GeoJSONDeclaration.value(&scanner) else { continue }
                    if let found, found != crs {
                        throw GeoJSONError.conflictingCRS(found, crs, at: scanner.place(start))
                    }
                    found = crs
                } else if scanner.text(name, equals: "features") || scanner.text(name, equals: "geometry")
                    || scanner.text(name, equals: "geometries")
                {
                    try value()
                } else {
                    try scanner.skipValue()
                }
            }
        }
    }

    /// Whether `needle` occurs in `bytes`.
    ///
    /// Horspool's search: most steps go ahead by the needle's whole length, so a file without the member costs little.
    private static func occurs(_ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var steps = [Int](repeating: needle.count, count: 256)
        for (index, byte) in needle.dropLast().enumerated() { steps[Int(byte)] = needle.count - 1 - index }
        var end = needle.count - 1
        return steps.withUnsafeBufferPointer { steps in
            while end < bytes.count {
                let start = end - needle.count + 1
                if bytes[end] == needle[needle.count - 1], bytes[start..<end].elementsEqual(needle.dropLast()) {
                    return true
                }
                end += steps[Int(bytes[end])]
            }
            return false
        }
    }
}

extension JSONScanner {
    /// Goes to the next text of a sequence: behind a record separator, or on a line of its own.
    /// - Returns: whether there is another one.
    mutating func nextText() throws -> Bool {
        let isFirst = !followsValue
        var separated = isFirst
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x0A, 0x0D, 0x1E: separated = true
            case 0x20, 0x09: break
            default:
                guard separated else { throw GeoJSONError.noSeparator(at: place(offset)) }
                followsValue = false
                return true
            }
            offset += 1
        }
        if isFirst { throw GeoJSONError.empty }
        return false
    }
}
