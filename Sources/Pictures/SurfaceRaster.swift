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
    func pixels(across: PixelAxis, down: PixelAxis, isSmooth: Bool) -> [UInt32] {
        let pixelColours = colours.map(\.pixel)
        let (columns, rows) = (surface.grid.columns, surface.grid.rows)
        var pixels: [UInt32] = []
        pixels.reserveCapacity(across.spans.count * down.spans.count)
        surface.values.withUnsafeBufferPointer { values in
            for line in down.spans {
                for column in across.spans {
                    let value =
                        isSmooth && line.cells.count == 1 && column.cells.count == 1
                        ? Surface.interpolated(
                            values, columns: columns, rows: rows, x: column.centre - 0.5,
                            y: Double(rows) - line.centre - 0.5)
                        : meanValue(values, column.cells, line.cells)
                    pixels.append(pixel(of: value, pixelColours))
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

    /// - Parameter lines: rows of the grid, counted from the north.
    private func meanValue(
        _ values: UnsafeBufferPointer<Double>, _ across: Range<Int>, _ lines: Range<Int>
    ) -> Double {
        let (columns, rows) = (surface.grid.columns, surface.grid.rows)
        var (sum, count) = (0.0, 0.0)
        for line in lines {
            for column in across {
                let value = values[(rows - 1 - line) * columns + column]
                guard !value.isNaN else { continue }
                sum += value
                count += 1
            }
        }
        return count > 0 ? sum / count : .nan
    }
}

/// Which cells lie under each pixel of a line, or of a column, of a picture.
struct PixelAxis {
    struct Span {
        /// Under the pixel: the one below its centre, or all that fit where cells are smaller than pixels.
        var cells: Range<Int>
        /// Of the pixel, in cells from the first one's border.
        var centre: Double
    }

    /// The first pixel with a cell under its centre.
    let firstPixel: Int
    /// From that pixel on, as long as there are cells.
    let spans: [Span]

    /// - Parameter pixels: those that may be painted.
    /// - Parameter start: where the first cell begins, in pixels.
    init(pixels: Range<Int>, cells: Int, start: Double, pixelsPerCell: Double) {
        let perPixel = 1 / pixelsPerCell
        func place(_ pixel: Double) -> Double { (pixel - start) * perPixel }
        var first: Int?
        var spans: [Span] = []
        for pixel in pixels {
            let centre = place(Double(pixel) + 0.5)
            guard centre >= 0, centre < Double(cells) else { continue }
            first = first ?? pixel
            let own = Int(centre)
            guard perPixel > 1 else {
                spans.append(Span(cells: own..<(own + 1), centre: centre))
                continue
            }
            let low = min(Int(max(place(Double(pixel)), 0)), own)
            let high = min(max(Int(min(place(Double(pixel + 1)), Double(cells))), own + 1), cells)
            spans.append(Span(cells: low..<high, centre: centre))
        }
        firstPixel = first ?? 0
        self.spans = spans
    }
}
