// The standard library's pointwiseMax and replacing(with:where:) branch on every lane; a plain comparison per lane becomes
// one instruction for all of them.

@inline(__always)
func larger(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(b[0] < a[0] ? a[0] : b[0], b[1] < a[1] ? a[1] : b[1])
}

@inline(__always)
func smaller(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a[0] < b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1])
}

/// The values, with 0 in place of negative ones.
@inline(__always)
func notNegative(_ a: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(lowHalf: larger(a.lowHalf, .zero), highHalf: larger(a.highHalf, .zero))
}
