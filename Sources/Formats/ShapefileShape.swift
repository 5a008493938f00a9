import SimpleFeatures

/// Reads the geometry of one record.
struct ShapefileShape {
    /// What a shape is, whether or not it has more than two coordinates.
    enum Kind {
        case null, point, multiPoint, line, polygon

        /// Nil for multipatches and what is unknown.
        init?(_ type: Int32) {
            switch type {
            case 0: self = .null
            case 1, 11, 21: self = .point
            case 8, 18, 28: self = .multiPoint
            case 3, 13, 23: self = .line
            case 5, 15, 25: self = .polygon
            default: return nil
            }
        }
    }

    let content: UnsafeRawBufferPointer
    /// Counted from 1, for messages.
    let record: Int
    var notes: ShapefileReader.Notes
    /// Whether all coordinates met so far are finite.
    private var isFinite = true

    init(content: UnsafeRawBufferPointer, record: Int, notes: ShapefileReader.Notes) {
        self.content = content
        self.record = record
        self.notes = notes
    }

    /// - Returns: nil for a null shape, and for one of which nothing is left.
    mutating func geometry() throws(ShapefileError) -> Geometry<FilePosition>? {
        let type = try word(at: 0)
        guard let kind = Kind(type) else { throw .unsupportedShapeType(type, record: record) }
        if type > 10 { notes.shapesWithExtraCoordinates += 1 }
        let geometry: Geometry<FilePosition>?
        switch kind {
        case .null:
            notes.nullShapes += 1
            return nil
        case .point: geometry = try positions(at: 4, count: 1).first.map { .point($0) }
        case .multiPoint:
            let count = Int(try word(at: 36))
            let positions = try positions(at: 40, count: count)
            geometry = positions.isEmpty ? nil : .multiPoint(positions)
        case .line: geometry = lines(try parts())
        case .polygon: geometry = area(try parts())
        }
        guard isFinite else {
            notes.notFiniteGeometries += 1
            return nil
        }
        guard let geometry else {
            notes.emptyGeometries += 1
            return nil
        }
        notes.envelope = notes.envelope.union(geometry.envelope)
        return geometry
    }

    private mutating func lines(_ parts: [[FilePosition]]) -> Geometry<FilePosition>? {
        let lines = parts.filter { $0.count >= 2 }
        notes.degenerateParts += parts.count - lines.count
        if lines.isEmpty { return nil }
        return lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines)
    }

    private mutating func area(_ parts: [[FilePosition]]) -> Geometry<FilePosition>? {
        var rings: [[FilePosition]] = []
        for var ring in parts {
            if let first = ring.first, first != ring[ring.count - 1] {
                ring.append(first)
                notes.closedRings += 1
            }
            if ring.count >= 4 { rings.append(ring) } else { notes.degenerateParts += 1 }
        }
        let assembled = ShapefileRings.assemble(rings)
        notes.misorientedRings += assembled.misoriented
        if assembled.polygons.isEmpty { return nil }
        return assembled.polygons.count == 1
            ? .polygon(assembled.polygons[0]) : .multiPolygon(MultiPolygon(assembled.polygons))
    }

    /// The parts of a line or polygon: a box, two counts, where each part starts, then the positions of all.
    private mutating func parts() throws(ShapefileError) -> [[FilePosition]] {
        let parts = Int(try word(at: 36))
        let points = Int(try word(at: 40))
        guard parts >= 0, parts <= (content.count - 44) / 4 else { throw countPastRecord(.parts, parts) }
        guard parts <= ShapefileRings.limit else {
            throw .tooManyRings(record: record, count: parts, limit: ShapefileRings.limit)
        }
        let all = try positions(at: 44 + 4 * parts, count: points)
        var starts: [Int] = []
        for part in 0..<parts {
            let start = Int(try word(at: 44 + 4 * part))
            guard part == 0 ? start == 0 : start >= starts[part - 1], start <= points else {
                throw .partOutOfOrder(record: record, part: part + 1, start: start)
            }
            starts.append(start)
        }
        starts.append(points)
        guard isFinite else { return [] }
        return (0..<parts).map { Array(all[starts[$0]..<starts[$0 + 1]]) }
    }

    private mutating func positions(at offset: Int, count: Int) throws(ShapefileError) -> [FilePosition] {
        guard count >= 0, count <= (content.count - offset) / 16 else { throw countPastRecord(.points, count) }
        let positions = [FilePosition](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let place = offset + 16 * index
                let x = content.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                let y = content.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
                buffer.initializeElement(
                    at: index,
                    to: FilePosition(
                        x: Double(bitPattern: UInt64(littleEndian: x)), y: Double(bitPattern: UInt64(littleEndian: y))))
            }
            initialized = count
        }
        isFinite = isFinite && positions.allSatisfy { $0.x.isFinite && $0.y.isFinite }
        return positions
    }

    /// A little-endian word of the content.
    private func word(at offset: Int) throws(ShapefileError) -> Int32 {
        guard offset + 4 <= content.count else {
            throw .recordTooShort(record: record, needed: offset + 4, length: content.count)
        }
        return Int32(littleEndian: content.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }

    private func countPastRecord(_ what: ShapefileError.Count, _ count: Int) -> ShapefileError {
        .countPastRecord(record: record, what: what, count: count, length: content.count)
    }
}
