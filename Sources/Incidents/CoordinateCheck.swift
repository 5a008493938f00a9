import Bytes
public import SimpleFeatures

/// Decides whether the coordinates of a report can be its place, and repairs the two mistakes that leave no doubt.
///
/// Rules, in this order; the first that applies decides:
/// 1. One or both texts are empty: `noCoordinates`.
/// 2. One is no number: `unreadableCoordinates`. In degrees one comma may stand for the decimal point (`19,43`); in
///    metres it may not, since there it can part thousands. Degrees and minutes, `nan` and `inf` are no numbers.
/// 3. Both are 0, or one is exactly 0 and the pair lies outside the expected envelope: `zeroCoordinates`.
/// 4. The pair lies in the expected envelope: `coordinates`.
/// 5. The pair, exchanged, lies in it: `swappedCoordinates`, and they are exchanged.
/// 6. In degrees: the pair with a western longitude in place of an eastern one lies in it: `signRestored`.
/// 7. In degrees, beyond ±180 or ±90: `wrongUnit` where both sizes are from 1,000 to 21 million, as metres are;
///    otherwise `outOfRange`.
/// 8. In metres, both sizes at most 180 and 90: `wrongUnit`, since those are degrees. A size above 21 million, half of
///    the way round the earth: `outOfRange`.
/// 9. Anything else lies on earth but outside the envelope: `coordinates`, and it is far away.
///
/// Without an expected envelope rules 5 and 6 cannot apply and nothing is far away. Two mistakes at once are not repaired.
public struct CoordinateCheck: Hashable, Sendable {
    public enum Unit: String, Hashable, Sendable, Codable {
        /// Longitude and latitude.
        case degrees
        /// Easting and northing of a projected CRS.
        case metres
    }

    /// What became of one pair.
    public struct Verdict: Hashable, Sendable {
        /// The place, repaired where that was possible; NaN where there is none.
        public var x: Double
        public var y: Double
        public var method: PlacementMethod
        /// Whether a usable place lies outside the expected envelope.
        public var isFarAway: Bool

        public init(x: Double, y: Double, method: PlacementMethod, isFarAway: Bool = false) {
            self.x = x
            self.y = y
            self.method = method
            self.isFarAway = isFarAway
        }
    }

    /// The degrees around Mexico with its islands.
    public static let mexico = Envelope<FilePosition>(minX: -118.6, minY: 14.3, maxX: -86.5, maxY: 32.9)

    public var unit: Unit
    /// Where the places are expected, in the file's CRS: the envelope of the boundary layers, or ``mexico``.
    public var expected: Envelope<FilePosition>?

    public init(unit: Unit = .degrees, expected: Envelope<FilePosition>? = CoordinateCheck.mexico) {
        self.unit = unit
        self.expected = expected
    }

    /// Judges two texts; empty means that nothing was given.
    /// - Complexity: O(length).
    public func verdict(x: UnsafeBufferPointer<UInt8>, y: UnsafeBufferPointer<UInt8>) -> Verdict {
        if x.isEmpty || y.isEmpty { return Self.unusable(.noCoordinates) }
        guard let x = number(x), let y = number(y) else { return Self.unusable(.unreadableCoordinates) }
        return verdict(x: x, y: y)
    }

    /// Judges two numbers. What is not finite is unreadable.
    public func verdict(x: Double, y: Double) -> Verdict {
        guard x.isFinite, y.isFinite else { return Self.unusable(.unreadableCoordinates) }
        if x == 0, y == 0 { return Self.unusable(.zeroCoordinates) }
        if let expected, !expected.isEmpty {
            if expected.contains(FilePosition(x: x, y: y)) { return Verdict(x: x, y: y, method: .coordinates) }
            if x == 0 || y == 0 { return Self.unusable(.zeroCoordinates) }
            if expected.contains(FilePosition(x: y, y: x)) { return Verdict(x: y, y: x, method: .swappedCoordinates) }
            if unit == .degrees, x > 0, expected.contains(FilePosition(x: -x, y: y)) {
                return Verdict(x: -x, y: y, method: .signRestored)
            }
        }
        if let method = beyondEarth(abs(x), abs(y)) { return Self.unusable(method) }
        return Verdict(x: x, y: y, method: .coordinates, isFarAway: expected.map { !$0.isEmpty } ?? false)
    }

    private func beyondEarth(_ x: Double, _ y: Double) -> PlacementMethod? {
        let halfway = 21e6
        let areDegrees = x <= 180 && y <= 90
        switch unit {
        case .degrees where areDegrees: return nil
        case .degrees: return min(x, y) >= 1000 && max(x, y) <= halfway ? .wrongUnit : .outOfRange
        case .metres where areDegrees: return .wrongUnit
        case .metres: return max(x, y) > halfway ? .outOfRange : nil
        }
    }

    private func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        if let value = DecimalParser.double(text) { return value }
        let comma = UInt8(ascii: ",")
        guard unit == .degrees, text.count <= 32, text.lazy.filter({ $0 == comma }).count == 1,
            !text.contains(UInt8(ascii: "."))
        else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { copy in
            for index in text.indices { copy[index] = text[index] == comma ? UInt8(ascii: ".") : text[index] }
            return DecimalParser.double(UnsafeBufferPointer(copy))
        }
    }

    private static func unusable(_ method: PlacementMethod) -> Verdict {
        Verdict(x: .nan, y: .nan, method: method)
    }
}
