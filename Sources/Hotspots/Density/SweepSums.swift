/// Σ w(radius² − d²)².
struct QuarticSums: SweepSums {
    /// (Σ we², Σ wse)
    private var a: SIMD2<Double>
    /// (Σ w(2s² − e), Σ ws)
    private var b: SIMD2<Double>
    /// (Σ w, number of points)
    private var c: SIMD2<Double>

    init() {
        a = .zero
        b = .zero
        c = .zero
    }

    @inline(__always)
    init(e: Double, s: Double, weight: SIMD2<Double>) {
        let (we, ws) = (weight[0] * e, weight[0] * s)
        a = SIMD2(we, ws) * e
        b = SIMD2(2 * ws * s - we, ws)
        c = weight
    }

    static var isFlatAtRadius: Bool { true }
    var points: Double { c[1] }

    @inline(__always)
    static func += (sums: inout QuarticSums, point: QuarticSums) {
        sums.a += point.a
        sums.b += point.b
        sums.c += point.c
    }

    @inline(__always)
    static func -= (sums: inout QuarticSums, point: QuarticSums) {
        sums.a -= point.a
        sums.b -= point.b
        sums.c -= point.c
    }

    /// (e + 2sX − X²)² = e² + 4esX + (4s² − 2e)X² − 4sX³ + X⁴.
    @inline(__always)
    func value(at x: Double) -> Double {
        a[0] + x * (4 * a[1] + x * (2 * b[0] + x * (x * c[0] - 4 * b[1])))
    }
}

/// Σ w(radius² − d²).
struct ParabolaSums: SweepSums {
    /// (Σ we, Σ ws)
    private var a: SIMD2<Double>
    /// (Σ w, number of points)
    private var b: SIMD2<Double>

    init() {
        a = .zero
        b = .zero
    }

    @inline(__always)
    init(e: Double, s: Double, weight: SIMD2<Double>) {
        a = SIMD2(weight[0] * e, weight[0] * s)
        b = weight
    }

    static var isFlatAtRadius: Bool { false }
    var points: Double { b[1] }

    @inline(__always)
    static func += (sums: inout ParabolaSums, point: ParabolaSums) {
        sums.a += point.a
        sums.b += point.b
    }

    @inline(__always)
    static func -= (sums: inout ParabolaSums, point: ParabolaSums) {
        sums.a -= point.a
        sums.b -= point.b
    }

    /// e + 2sX − X².
    @inline(__always)
    func value(at x: Double) -> Double { a[0] + x * (2 * a[1] - x * b[0]) }
}

/// Σ w.
struct DiscSums: SweepSums {
    /// (Σ w, number of points)
    private var a: SIMD2<Double>

    init() { a = .zero }

    @inline(__always)
    init(e: Double, s: Double, weight: SIMD2<Double>) { a = weight }

    static var isFlatAtRadius: Bool { false }
    var points: Double { a[1] }

    @inline(__always)
    static func += (sums: inout DiscSums, point: DiscSums) { sums.a += point.a }

    @inline(__always)
    static func -= (sums: inout DiscSums, point: DiscSums) { sums.a -= point.a }

    @inline(__always)
    func value(at x: Double) -> Double { a[0] }
}
