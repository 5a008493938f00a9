import CCairo

/// Lines of text.
extension Canvas {
    enum Anchor { case left, middle, right }

    /// One line of text; `y` is its baseline.
    struct Line: Hashable {
        var text: String
        var x: Double
        var y: Double
        var font: Font
        var colour: Colour
    }

    /// - Parameter halo: how far light reaches around the letters, in pixels.
    func write(_ line: Line, anchor: Anchor = .left, halo: Double = 0) {
        let shift: Double =
            switch anchor {
            case .left: 0
            case .middle: width(of: line.text, font: line.font) / 2
            case .right: width(of: line.text, font: line.font)
            }
        select(line.font)
        if halo > 0 {
            cairo_move_to(pen, line.x - shift, line.y)
            cairo_text_path(pen, line.text)
            set(Palette.paper, 0.85)
            cairo_set_line_width(pen, 2 * halo)
            cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND)
            cairo_stroke(pen)
        }
        set(line.colour, 1)
        cairo_move_to(pen, line.x - shift, line.y)
        cairo_show_text(pen, line.text)
    }

    struct Font: Hashable {
        var size: Double
        var bold = false
    }

    func width(of text: String, font: Font) -> Double {
        select(font)
        var extents = cairo_text_extents_t()
        cairo_text_extents(pen, text, &extents)
        return extents.x_advance
    }

    /// A text in lines that fit a width, broken at blanks; what does not fit into `most` lines is cut with an ellipsis.
    func wrapped(_ text: String, font: Font, width: Double, most: Int) -> [String] {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
        var lines: [String] = []
        for word in words.map(String.init) {
            let longer = lines.last.map { $0 + " " + word } ?? word
            if !lines.isEmpty, self.width(of: longer, font: font) <= width {
                lines[lines.count - 1] = longer
            } else if lines.count < most {
                lines.append(shortened(word, font: font, width: width))
            } else {
                lines[lines.count - 1] = shortened(longer, font: font, width: width, always: true)
                break
            }
        }
        return lines
    }

    private func shortened(_ text: String, font: Font, width: Double, always: Bool = false) -> String {
        guard always || self.width(of: text, font: font) > width else { return text }
        // No line has room for more letters than this; it also bounds the work on a text without blanks.
        var kept = String(text.prefix(500))
        while !kept.isEmpty, self.width(of: kept + "…", font: font) > width { kept.removeLast() }
        return kept + "…"
    }

    private func select(_ font: Font) {
        cairo_select_font_face(
            pen, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, font.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(pen, font.size)
    }
}
