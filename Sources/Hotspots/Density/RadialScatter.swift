/// Fills tiles by visiting every cell under every point's kernel: for kernels that no sweep can sum, and small radii.
struct RadialScatter<Profile: RadialProfile>: TilePainter {
    let reach: Double
    let tileColumns: Int
    let tileRows: Int

    init(reach: Double) {
        self.reach = reach
        (tileColumns, tileRows) = TileBuffer.shape(reach: reach)
    }

    func paint(_ points: TilePoints, onto tile: Tile) {
        TileBuffer.paint(onto: tile) { buffer in
            for i in 0..<points.count {
                scatter(
                    column: points.column[i], row: points.row[i], weight: points.weight[i][0],
                    reach: points.radius?[i] ?? reach, over: buffer)
            }
        }
    }

    @inline(__always)
    private func scatter(column: Double, row: Double, weight: Double, reach: Double, over buffer: TileBuffer) {
        guard let rows = buffer.rows(from: row - reach, to: row + reach) else { return }
        let profile = Profile(radius: reach)
        for r in rows {
            let dy = Double(r) - row
            let width = max(0, reach * reach - dy * dy).squareRoot()
            guard let columns = buffer.columns(from: column - width, to: column + width) else { continue }
            var address = UnsafeMutableRawPointer(buffer.row(r) + columns.lowerBound)
            var dx = SIMD4<Double>(0, 1, 2, 3) + (Double(columns.lowerBound) - column)
            // Cells beyond the last are either in reach of nothing, or lie in the buffer's margin.
            for _ in 0..<(columns.count + 3) / 4 {
                let sum = address.loadUnaligned(as: SIMD4<Double>.self) + weight * profile.values(at: dx * dx + dy * dy)
                address.storeBytes(of: sum, as: SIMD4<Double>.self)
                address += 4 * MemoryLayout<Double>.stride
                dx += 4
            }
        }
    }
}

/// A kernel as a function of the squared distance, in cells, and not yet brought to its unit.
protocol RadialProfile: Sendable {
    init(radius: Double)
    /// 0 from the radius on.
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double>
}

/// radius² − d², not below 0.
struct ParabolaProfile: RadialProfile {
    private let squaredRadius: Double

    init(radius: Double) { squaredRadius = radius * radius }

    @inline(__always)
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
        notNegative(squaredRadius - squaredDistance)
    }
}

/// (radius² − d²)².
struct QuarticProfile: RadialProfile {
    private let parabola: ParabolaProfile

    init(radius: Double) { parabola = ParabolaProfile(radius: radius) }

    @inline(__always)
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
        let values = parabola.values(at: squaredDistance)
        return values * values
    }
}

/// 1.
struct DiscProfile: RadialProfile {
    private let squaredRadius: Double

    init(radius: Double) { squaredRadius = radius * radius }

    @inline(__always)
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4.zero.replacing(with: 1, where: squaredDistance .< squaredRadius)
    }
}

/// radius − d.
struct ConeProfile: RadialProfile {
    private let radius: Double

    init(radius: Double) { self.radius = radius }

    @inline(__always)
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
        notNegative(radius - squaredDistance.squareRoot())
    }
}
