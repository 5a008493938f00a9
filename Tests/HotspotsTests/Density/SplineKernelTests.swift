import Testing

@testable import Hotspots

@Suite struct SplineKernelTests {
    @Test func `B-splines have their known values and sum to 1`() {
        #expect(splineWeights(at: 0) == SIMD4<Double>(1, 4, 1, 0) / 6)
        for t in [0.1, 0.5, 0.99] {
            let (weights, mirrored) = (splineWeights(at: t), splineWeights(at: 1 - t))
            #expect(abs(weights.sum() - 1) < 1e-15)
            for index in 0..<4 { #expect(abs(weights[index] - mirrored[3 - index]) < 1e-15) }
        }
        // At the middle: (1, 23, 23, 1) / 48.
        let middle = splineWeights(at: 0.5) - SIMD4<Double>(1, 23, 23, 1) / 48
        #expect((middle * middle).sum() < 1e-30)
    }

    /// What reaches a cell from a point, both given in nodes from the same one.
    private func value(_ kernel: SplineKernel, point: SIMD2<Double>, cell: SIMD2<Double>) -> Double {
        var sum = 0.0
        for south in -1...2 {
            for west in -1...2 {
                for row in -1...2 {
                    for column in -1...2 {
                        let (from, to) = (point.rounded(.down), cell.rounded(.down))
                        let dx = Int(abs(to[0] + Double(column) - from[0] - Double(west)))
                        let dy = Int(abs(to[1] + Double(row) - from[1] - Double(south)))
                        guard dx <= kernel.reach, dy <= kernel.reach else { continue }
                        let point =
                            splineWeights(at: (point - from)[0])[west + 1]
                            * splineWeights(at: (point - from)[1])[south + 1]
                        let cell =
                            splineWeights(at: (cell - to)[0])[column + 1]
                            * splineWeights(at: (cell - to)[1])[row + 1]
                        sum += point * Double(kernel.coefficients[dy * (kernel.reach + 1) + dx]) * cell
                    }
                }
            }
        }
        return sum
    }

    @Test func `Between nodes the spline is close to the kernel, on nodes closer`() {
        for (radius, pitch, between) in [(25.6, 4, 0.007), (25.6, 2, 0.002), (61, 5, 0.0025)] {
            let kernel = SplineKernel(radius: radius, pitch: pitch)
            for index in stride(from: 0, to: 200, by: 3) {
                // Not on nodes, and from within the kernel to beyond its rim.
                let point = SIMD2(Double(index % 10) / 10, Double(index % 7) / 7)
                let distance = SIMD2(Double(index) / 200, Double(index % 23) / 23) * 1.1 * radius / Double(pitch)
                for (place, most) in [(point, between), (SIMD2.zero, 0.002)] {
                    let cell = place == .zero ? distance.rounded(.down) : point + distance
                    let away = (cell - place) * Double(pitch) / radius
                    let height = max(0, 1 - (away * away).sum())
                    #expect(abs(value(kernel, point: place, cell: cell) - height * height) < most)
                }
            }
        }
    }

    @Test func `The coefficients sum to the kernel's volume`() {
        let kernel = SplineKernel(radius: 30, pitch: 4)
        var sum = 0.0
        for dy in -kernel.reach...kernel.reach {
            for dx in -kernel.reach...kernel.reach {
                sum += Double(kernel.coefficients[abs(dy) * (kernel.reach + 1) + abs(dx)])
            }
        }
        // In squared nodes.
        #expect(abs(sum / (.pi / 3 * 7.5 * 7.5) - 1) < 1e-6)
    }
}
