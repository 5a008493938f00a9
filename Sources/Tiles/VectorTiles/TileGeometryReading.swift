/// Reads the commands of a geometry of a vector tile and notes what departs from section 4.3 of the specification.
struct TileGeometryReading {
    private let shape: VectorTile.Shape
    private(set) var parts: [[TilePoint]] = []
    private(set) var findings: [VectorTile.Finding] = []
    private var part: [TilePoint] = []
    private var cursor: (x: Int64, y: Int64) = (0, 0)
    /// Whether a ring has been closed since the last MoveTo.
    private var isClosed = false
    private var hasExterior = false

    init(shape: VectorTile.Shape) { self.shape = shape }

    mutating func read(_ numbers: ProtobufFields) {
        var numbers = numbers
        if shape == .unknown { warning("a geometry's type should not be unknown (4.3.4)") }
        var isEmpty = true
        while let integer = numbers.packed() {
            isEmpty = false
            let (command, count) = (integer & 7, integer >> 3)
            switch command {
            case 1:
                guard count > 0 else { return error("a MoveTo must have a count above 0 (4.3.3.1)") }
                finishPart()
                if shape != .point, shape != .unknown, count != 1 {
                    error("the MoveTo of a line or ring must have a count of 1, but has \(count) (4.3.4)")
                }
                isClosed = false
                guard points(count, &numbers, isLine: false) else { return }
            case 2:
                guard count > 0 else { return error("a LineTo must have a count above 0 (4.3.3.2)") }
                if shape == .point { error("points have no LineTo (4.3.4.2)") }
                if part.isEmpty || isClosed { error("a LineTo must follow a MoveTo (4.3.4)") }
                guard points(count, &numbers, isLine: true) else { return }
            case 7:
                if count != 1 { error("a ClosePath must have a count of 1, but has \(count) (4.3.3.3)") }
                if shape != .polygon { error("only rings have a ClosePath (4.3.4)") }
                if part.isEmpty || isClosed { error("a ClosePath must follow a LineTo (4.3.4.4)") }
                isClosed = true
            default: return error("commands are 1, 2 and 7, but one is \(command) (4.3.1)")
            }
        }
        if numbers.isDamaged { error("a geometry must be whole numbers, but breaks off at byte \(numbers.place)") }
        if isEmpty { error("a geometry must not be empty (4.2)") }
        finishPart()
    }

    /// - Returns: false where the geometry cannot be read on.
    private mutating func points(_ count: UInt64, _ numbers: inout ProtobufFields, isLine: Bool) -> Bool {
        var rest = count
        while rest > 0 {
            guard let first = numbers.packed(), let second = numbers.packed(),
                let right = UInt32(exactly: first), let down = UInt32(exactly: second)
            else {
                error("a command of \(count) points must be followed by two numbers of 32 bits for each (4.3.2)")
                return false
            }
            let move = (x: Self.signed(right), y: Self.signed(down))
            if isLine, move == (0, 0) { error("a LineTo must not stay in its place (4.3.3.2)") }
            cursor = (cursor.x + move.x, cursor.y + move.y)
            part.append(TilePoint(x: Int32(clamping: cursor.x), y: Int32(clamping: cursor.y)))
            rest -= 1
        }
        return true
    }

    private static func signed(_ zigzag: UInt32) -> Int64 { Int64(zigzag >> 1) ^ -Int64(zigzag & 1) }

    private mutating func finishPart() {
        guard !part.isEmpty else { return }
        switch shape {
        case .line: if part.count < 2 { error("a line must have a LineTo (4.3.4.3)") }
        case .polygon: checkRing()
        case .point: if !parts.isEmpty { error("points must be of one MoveTo (4.3.4.2)") }
        case .unknown: break
        }
        parts.append(part)
        part.removeAll()
    }

    private mutating func checkRing() {
        if !isClosed { error("a ring must end with a ClosePath (4.3.4.4)") }
        if part.count < 3 { error("a ring must have at least 3 points, but has \(part.count) (4.3.4.4)") }
        if part.count > 1, part.first == part.last { error("a ring must not repeat its first point (4.3.4.4)") }
        let area = Self.doubledArea(part)
        if area == 0 { return warning("a ring should have an area (4.3.4.4)") }
        if area > 0 {
            hasExterior = true
        } else if !hasExterior {
            error("a polygon's first ring must be an exterior, of positive area (4.3.4.4)")
        }
    }

    /// Twice the area by the surveyor's formula; positive for exteriors, y running down.
    private static func doubledArea(_ ring: [TilePoint]) -> Double {
        var sum = 0.0
        var last = ring[ring.count - 1]
        for point in ring {
            sum += Double(last.x) * Double(point.y) - Double(point.x) * Double(last.y)
            last = point
        }
        return sum
    }

    private mutating func error(_ sentence: String) { note(.error, sentence) }
    private mutating func warning(_ sentence: String) { note(.warning, sentence) }

    private mutating func note(_ severity: VectorTile.Finding.Severity, _ sentence: String) {
        let finding = VectorTile.Finding(severity: severity, description: sentence)
        // Once per geometry says it.
        if !findings.contains(finding), findings.count < VectorTile.mostFindings { findings.append(finding) }
    }
}
