import Grids

/// The cells of a surface as pixels.
struct SurfaceRaster {
    let surface: Surface
    let breaks: ClassBreaks
    let colours: [Colour]
    /// Of cells without events; nil leaves them transparent, as cells without a value are.
    let none: Colour?

    /// Pixels row by row from the top, premultiplied ARGB.
    ///
    /// Crisp: a pixel has the value of the cell under its centre; where cells are smaller than pixels, the mean of
    /// those under it, so that none is lost. Smooth: the value between the four nearest cell centres.
    func pixels(width: Int, height: Int, isSmooth: Bool) -> [UInt32] {
        guard width > 0, height > 0 else { return [] }
        let pixelColours = colours.map(\.pixel)
        var pixels = [UInt32](repeating: 0, count: width * height)
        let (across, up) = (
            Axis(cells: surface.grid.columns, pixels: width), Axis(cells: surface.grid.rows, pixels: height)
        )
        surface.values.withUnsafeBufferPointer { values in
            for line in 0..<height {
                // Rows of the grid run north, lines of the picture south.
                let rows = up.spans[height - 1 - line]
                for column in 0..<width {
                    let value =
                        isSmooth
                        ? smoothValue(values, across.spans[column], rows)
                        : meanValue(values, across.spans[column], rows)
                    pixels[line * width + column] = pixel(of: value, pixelColours)
                }
            }
        }
        return pixels
    }

    private func pixel(of value: Double, _ colours: [UInt32]) -> UInt32 {
        if value == 0, let none { return none.pixel }
        guard value != 0, let index = breaks.index(of: value) else { return 0 }
        return colours[index]
    }

    private func meanValue(_ values: UnsafeBufferPointer<Double>, _ across: Axis.Span, _ up: Axis.Span) -> Double {
        let columns = surface.grid.columns
        if across.cells.count == 1, up.cells.count == 1 {
            return values[up.cells.lowerBound * columns + across.cells.lowerBound]
        }
        var (sum, count) = (0.0, 0.0)
        for row in up.cells {
            for column in across.cells {
                let value = values[row * columns + column]
                guard !value.isNaN else { continue }
                sum += value
                count += 1
            }
        }
        return count > 0 ? sum / count : .nan
    }

    /// Bilinear. A neighbour without a value counts as the cell itself, so that the study area keeps its border.
    private func smoothValue(_ values: UnsafeBufferPointer<Double>, _ across: Axis.Span, _ up: Axis.Span) -> Double {
        let columns = surface.grid.columns
        let own = values[up.cells.lowerBound * columns + across.cells.lowerBound]
        guard !own.isNaN, across.cells.count == 1, up.cells.count == 1 else { return meanValue(values, across, up) }
        func value(_ column: Int, _ row: Int) -> Double {
            let value = values[row * columns + column]
            return value.isNaN ? own : value
        }
        let south = value(across.before, up.before) * (1 - across.share) + value(across.after, up.before) * across.share
        let north = value(across.before, up.after) * (1 - across.share) + value(across.after, up.after) * across.share
        return south * (1 - up.share) + north * up.share
    }

    /// Which cells lie under each pixel of a line.
    private struct Axis {
        struct Span {
            /// Under the pixel: the one below its centre, or all that fit where cells are smaller than pixels.
            var cells: Range<Int>
            /// Of the two cells with centres on either side of the pixel's, and how far it is towards the second.
            var before: Int
            var after: Int
            var share: Double
        }

        let spans: [Span]

        init(cells: Int, pixels: Int) {
            let perPixel = Double(cells) / Double(pixels)
            spans = (0..<pixels).map { pixel in
                let centre = min((Double(pixel) + 0.5) * perPixel, Double(cells))
                let own = min(Int(centre), cells - 1)
                let first = perPixel > 1 ? min(Int(Double(pixel) * perPixel), cells - 1) : own
                let end = perPixel > 1 ? min(max(Int(Double(pixel + 1) * perPixel), first + 1), cells) : own + 1
                let low = (centre - 0.5).rounded(.down)
                let before = min(max(Int(low), 0), cells - 1)
                let after = min(max(Int(low) + 1, 0), cells - 1)
                return Span(cells: first..<end, before: before, after: after, share: centre - 0.5 - low)
            }
        }
    }
}
