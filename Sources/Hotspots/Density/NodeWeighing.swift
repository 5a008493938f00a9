/// The sums of a kernel's coefficients over the nodes around each.
struct NodeWeighing: Sendable {
    let kernel: SplineKernel
    let nodes: SplineNodes
    let shares: [Float]
    /// Of the nodes to compute.
    let columns: Int

    private typealias Lane = SIMD8<Float>

    /// Rows to the north and south count alike, as do columns: their shares are added before they are weighed.
    func fill(_ rows: Range<Int>, _ output: UnsafeMutablePointer<Float>) {
        let blocks = (columns + Lane.scalarCount - 1) / Lane.scalarCount
        let capacity = blocks * Lane.scalarCount + 2 * nodes.margin
        withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { pairs in
            pairs.initialize(repeating: 0)
            withUnsafeTemporaryAllocation(of: Lane.self, capacity: blocks) { sums in
                guard let pairs = pairs.baseAddress, let sums = sums.baseAddress else { return }
                for row in rows {
                    sums.initialize(repeating: .zero, count: blocks)
                    for dy in 0...kernel.reach {
                        pair(row + nodes.margin - 2, dy, into: pairs)
                        weigh(pairs + nodes.margin - 2, dy, into: sums, blocks)
                    }
                    for column in 0..<columns {
                        output[row * columns + column] = sums[column / Lane.scalarCount][column % Lane.scalarCount]
                    }
                }
            }
        }
    }

    /// The shares `dy` rows to the south and to the north of a row.
    private func pair(_ row: Int, _ dy: Int, into pairs: UnsafeMutablePointer<Float>) {
        shares.withUnsafeBufferPointer { shares in
            guard let base = shares.baseAddress else { return }
            let (south, north) = (base + (row - dy) * nodes.columns, base + (row + dy) * nodes.columns)
            if dy == 0 {
                pairs.update(from: south, count: nodes.columns)
            } else {
                for column in 0..<nodes.columns { pairs[column] = south[column] + north[column] }
            }
        }
    }

    /// Adds what the nodes `dy` rows away come to.
    private func weigh(_ pairs: UnsafePointer<Float>, _ dy: Int, into sums: UnsafeMutablePointer<Lane>, _ blocks: Int) {
        kernel.coefficients.withUnsafeBufferPointer { coefficients in
            guard let base = coefficients.baseAddress else { return }
            let weights = base + dy * (kernel.reach + 1)
            for block in 0..<blocks {
                let middle = UnsafeRawPointer(pairs + block * Lane.scalarCount)
                var sum = sums[block] + weights[0] * middle.loadUnaligned(as: Lane.self)
                for dx in 1...kernel.reach {
                    let offset = dx &* MemoryLayout<Float>.stride
                    let west = middle.loadUnaligned(fromByteOffset: -offset, as: Lane.self)
                    let east = middle.loadUnaligned(fromByteOffset: offset, as: Lane.self)
                    sum += weights[dx] * (west + east)
                }
                sums[block] = sum
            }
        }
    }
}
