import CCairo
import SimpleFeatures

/// A rectangle in pixels, from its upper left corner.
struct Box: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var maxX: Double { x + width }
    var maxY: Double { y + height }

    func grown(by margin: Double) -> Box {
        Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    func contains(_ other: Box) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
    }

    func intersects(_ other: Box) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}

/// A picture being drawn: Cairo's surface and pen. Positions in pixels from the upper left corner.
final class Canvas {
    let width: Int
    let height: Int
    let surface: OpaquePointer
    let pen: OpaquePointer

    /// - Parameter paper: the colour of the ground; nil leaves it transparent.
    init(width: Int, height: Int, paper: Colour?) throws(PictureError) {
        let format = paper == nil ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
        let surface = cairo_image_surface_create(format, Int32(clamping: width), Int32(clamping: height))
        guard let surface, cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let pen = cairo_create(surface) else {
            let reason = surface.map { Self.text(of: cairo_surface_status($0)) } ?? "out of memory"
            cairo_surface_destroy(surface)
            throw .failed(reason)
        }
        self.surface = surface
        self.pen = pen
        self.width = width
        self.height = height
        if let paper { fill(Box(x: 0, y: 0, width: Double(width), height: Double(height)), with: paper) }
        useScalableText()
    }

    deinit {
        cairo_destroy(pen)
        cairo_surface_destroy(surface)
    }

    // MARK: Shapes

    func fill(_ box: Box, with colour: Colour, opacity: Double = 1) {
        set(colour, opacity)
        cairo_rectangle(pen, box.x, box.y, box.width, box.height)
        cairo_fill(pen)
    }

    func stroke(_ box: Box, with colour: Colour, opacity: Double = 1, width: Double) {
        set(colour, opacity)
        cairo_set_line_width(pen, width)
        cairo_rectangle(pen, box.x, box.y, box.width, box.height)
        cairo_stroke(pen)
    }

    /// Fills the area between closed lines; one inside another is a hole.
    func fill(rings: [[(x: Double, y: Double)]], with colour: Colour) {
        set(colour, 1)
        trace(rings, closed: true)
        cairo_set_fill_rule(pen, CAIRO_FILL_RULE_EVEN_ODD)
        cairo_fill(pen)
    }

    func stroke(lines: [[(x: Double, y: Double)]], with colour: Colour, opacity: Double = 1, width: Double) {
        set(colour, opacity)
        cairo_set_line_width(pen, width)
        cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND)
        // One path for each line: Cairo's time grows faster than the length of a path.
        for line in lines {
            trace([line], closed: false)
            cairo_stroke(pen)
        }
    }

    /// Discs of one size.
    func fillCircles(at places: [(x: Double, y: Double)], radius: Double, with colour: Colour, opacity: Double = 1) {
        guard radius > 0, radius < 1e4 else { return }
        set(colour, opacity)
        for place in places where abs(place.x) < 1e6 && abs(place.y) < 1e6 {
            cairo_new_path(pen)
            cairo_arc(pen, place.x, place.y, radius, 0, 2 * Double.pi)
            cairo_fill(pen)
        }
    }

    /// Lays what the work draws on the canvas as one, so that parts which overlap do not add up.
    func faded(to opacity: Double, _ work: () -> Void) {
        guard opacity < 1 else { return work() }
        cairo_push_group(pen)
        work()
        cairo_pop_group_to_source(pen)
        cairo_paint_with_alpha(pen, max(0, opacity))
    }

    /// Draws only inside a box until the work is done.
    func clipped<Result>(to box: Box, _ work: () -> Result) -> Result {
        cairo_save(pen)
        defer { cairo_restore(pen) }
        cairo_rectangle(pen, box.x, box.y, box.width, box.height)
        cairo_clip(pen)
        return work()
    }

    /// Lays a block of pixels (premultiplied ARGB, row by row from the top) with its corner at whole pixels.
    func paint(_ pixels: [UInt32], width: Int, height: Int, x: Int, y: Int) {
        guard width > 0, height > 0, pixels.count == width * height,
            let image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(clamping: width), Int32(clamping: height))
        else { return }
        defer { cairo_surface_destroy(image) }
        guard let data = cairo_image_surface_get_data(image) else { return }
        let stride = Int(cairo_image_surface_get_stride(image))
        pixels.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            for row in 0..<height {
                let line = UnsafeRawBufferPointer(start: base + row * width * 4, count: width * 4)
                UnsafeMutableRawBufferPointer(start: data + row * stride, count: width * 4).copyMemory(from: line)
            }
        }
        cairo_surface_mark_dirty(image)
        cairo_set_source_surface(pen, image, Double(x), Double(y))
        cairo_paint(pen)
    }

    // MARK: Steps

    /// Letters keep their proportions at every size, and look alike on every machine that has the font.
    private func useScalableText() {
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(pen, options)
    }

    func set(_ colour: Colour, _ opacity: Double) {
        cairo_set_source_rgba(
            pen, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, opacity)
    }

    private func trace(_ lines: [[(x: Double, y: Double)]], closed: Bool) {
        for line in lines {
            var isFirst = true
            for point in line where point.x.isFinite && point.y.isFinite {
                // Cairo counts in 1/256 pixel in 32 bits; what lies a hundred pages away need not be true.
                let (x, y) = (min(max(point.x, -1e6), 1e6), min(max(point.y, -1e6), 1e6))
                if isFirst { cairo_move_to(pen, x, y) } else { cairo_line_to(pen, x, y) }
                isFirst = false
            }
            if closed, !isFirst { cairo_close_path(pen) }
        }
    }

    static func text(of status: cairo_status_t) -> String {
        cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown reason"
    }
}
