import Compression

/// Writes pixels as a PNG file, with palette and transparency where a few colours are enough.
///
/// Always the same bytes for the same pixels. Not interlaced, 8 bits a sample.
///
/// ## Source
/// W3C (2003), *Portable Network Graphics (PNG) Specification (Second Edition)*; chunks and filters by its numbers.
public struct PNGEncoder: Hashable, Sendable {
    /// A colour of the palette and how much it covers.
    public struct Entry: Hashable, Sendable {
        public var colour: Colour
        /// 0 for nothing to be seen, 255 for opaque; the colour itself stays as it is (not premultiplied).
        public var alpha: UInt8

        public init(_ colour: Colour, alpha: UInt8 = 255) {
            self.colour = colour
            self.alpha = alpha
        }
    }

    /// The keywords of section 11.3.4.2 that a map has something to say to.
    public enum Keyword: String, Hashable, Sendable {
        case title = "Title"
        case author = "Author"
        case description = "Description"
        case copyright = "Copyright"
        case software = "Software"
        case source = "Source"
        case comment = "Comment"
    }

    /// What the file says of itself beside its picture.
    public struct Note: Hashable, Sendable {
        public var keyword: Keyword
        public var text: String

        public init(_ keyword: Keyword, _ text: String) {
            self.keyword = keyword
            self.text = text
        }
    }

    /// 0 (stored) to 12 (smallest): 1 for what is asked for once, 6 for what is kept.
    public var level: Int
    /// How large it is meant to be printed; nil leaves that to the reader.
    public var dotsPerInch: Double?
    public var notes: [Note]

    public init(level: Int = 6, dotsPerInch: Double? = nil, notes: [Note] = []) {
        self.level = level
        self.dotsPerInch = dotsPerInch
        self.notes = notes
    }

    /// Pixels that are places in a palette, row by row from the top.
    ///
    /// The file's palette ends with the last entry that is used.
    /// - Throws: ``PictureError/pixelsMisshapen(width:height:count:)``, ``PictureError/colourMissing(index:palette:)``.
    public func indexed(
        _ pixels: [UInt8], width: Int, height: Int, palette: [Entry]
    ) throws(PictureError) -> [UInt8] {
        try check(width: width, height: height, bytes: pixels.count, perPixel: 1)
        let last = Int(pixels.max() ?? 0)
        guard last < palette.count else { throw .colourMissing(index: last, palette: palette.count) }
        let used = palette[...last]
        var transparency = used.map(\.alpha)
        while transparency.last == 255 { transparency.removeLast() }
        let colours = used.flatMap { [$0.colour.red, $0.colour.green, $0.colour.blue] }
        return try file(
            width: width, height: height, colourType: 3, before: [("PLTE", colours), ("tRNS", transparency)],
            lines: Self.lines(pixels, bytesPerLine: width))
    }

    /// Pixels of four bytes, red, green, blue and alpha (not premultiplied), row by row from the top.
    /// - Throws: ``PictureError/pixelsMisshapen(width:height:count:)``.
    public func rgba(_ pixels: [UInt8], width: Int, height: Int) throws(PictureError) -> [UInt8] {
        try check(width: width, height: height, bytes: pixels.count, perPixel: 4)
        return try file(
            width: width, height: height, colourType: 6, before: [],
            lines: Self.lines(pixels, bytesPerLine: 4 * width))
    }

    /// Opaque pixels of three bytes, red, green and blue, row by row from the top.
    /// - Throws: ``PictureError/pixelsMisshapen(width:height:count:)``.
    public func rgb(_ pixels: [UInt8], width: Int, height: Int) throws(PictureError) -> [UInt8] {
        try check(width: width, height: height, bytes: pixels.count, perPixel: 3)
        return try file(
            width: width, height: height, colourType: 2, before: [],
            lines: Self.lines(pixels, bytesPerLine: 3 * width))
    }

    /// Opaque pictures of one size one after another, for ever: an animated PNG, of which a reader that knows no animation
    /// shows the first.
    ///
    /// - Parameters:
    ///   - frames: pixels of three bytes as ``rgb(_:width:height:)`` takes them, at least one picture.
    ///   - milliseconds: how long each is shown, up to 65,535; the last one three times as long.
    /// - Throws: ``PictureError/pixelsMisshapen(width:height:count:)``, ``PictureError/nothingToPaint``.
    ///
    /// ## Source
    /// W3C (2025), *Portable Network Graphics (PNG) Specification (Third Edition)*, chunks acTL, fcTL and fdAT.
    public func animated(
        _ frames: [[UInt8]], width: Int, height: Int, milliseconds: Int
    ) throws(PictureError) -> [UInt8] {
        guard !frames.isEmpty else { throw .nothingToPaint }
        var chunks: [(type: String, data: [UInt8])] = [("acTL", Self.number(frames.count) + Self.number(0))]
        var sequence = 0
        for (index, frame) in frames.enumerated() {
            try check(width: width, height: height, bytes: frame.count, perPixel: 3)
            let time = min(max(milliseconds, 1), 65_535) * (index == frames.count - 1 ? 3 : 1)
            let delay = Self.number(min(time, 65_535)).suffix(2) + Self.number(1000).suffix(2)
            let size = Self.number(width) + Self.number(height) + Self.number(0) + Self.number(0)
            // Disposed of by nothing, blended over nothing: each frame is whole.
            chunks.append(("fcTL", Self.number(sequence) + size + delay + [0, 0]))
            sequence += 1
            let packed = try packed(Self.lines(frame, bytesPerLine: 3 * width))
            if index == 0 {
                chunks.append(("IDAT", packed))
            } else {
                chunks.append(("fdAT", Self.number(sequence) + packed))
                sequence += 1
            }
        }
        return file(width: width, height: height, colourType: 2, chunks: chunks)
    }

    // MARK: Steps

    private func check(width: Int, height: Int, bytes: Int, perPixel: Int) throws(PictureError) {
        let sides = 1...Int(Int32.max)
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard sides.contains(width), sides.contains(height), !overflow, bytes.isMultiple(of: perPixel),
            bytes / perPixel == count
        else { throw .pixelsMisshapen(width: width, height: height, count: bytes / perPixel) }
    }

    /// Each line of pixels behind the number of its filter, which is none: numbers of a palette are no amounts (section
    /// 12.8), and flat colours with sharp borders, as maps have them, grow by filtering.
    private static func lines(_ pixels: [UInt8], bytesPerLine: Int) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(pixels.count + pixels.count / bytesPerLine)
        for start in stride(from: 0, to: pixels.count, by: bytesPerLine) {
            lines.append(0)
            lines += pixels[start..<(start + bytesPerLine)]
        }
        return lines
    }

    private func file(
        width: Int, height: Int, colourType: UInt8, before: [(type: String, data: [UInt8])], lines: [UInt8]
    ) throws(PictureError) -> [UInt8] {
        file(width: width, height: height, colourType: colourType, chunks: before + [("IDAT", try packed(lines))])
    }

    private func packed(_ lines: [UInt8]) throws(PictureError) -> [UInt8] {
        do { return try Zlib.compress(lines, level: level) } catch { throw .outOfMemory }
    }

    private func file(
        width: Int, height: Int, colourType: UInt8, chunks: [(type: String, data: [UInt8])]
    ) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        bytes.reserveCapacity(chunks.reduce(2048) { $0 + $1.data.count })
        // Depth 8; compression, filter method and interlacing are 0.
        Self.append("IHDR", Self.number(width) + Self.number(height) + [8, colourType, 0, 0, 0], to: &bytes)
        if let dotsPerInch, dotsPerInch >= 1, dotsPerInch <= 1e6 {
            let perMetre = Self.number(Int((dotsPerInch / 0.0254).rounded()))
            Self.append("pHYs", perMetre + perMetre + [1], to: &bytes)
        }
        for note in notes { Self.append(note, to: &bytes) }
        for chunk in chunks where !chunk.data.isEmpty { Self.append(chunk.type, chunk.data, to: &bytes) }
        Self.append("IEND", [], to: &bytes)
        return bytes
    }

    /// Plain ASCII as every reader knows it, anything else in UTF-8.
    private static func append(_ note: Note, to bytes: inout [UInt8]) {
        let text = note.text.utf8.filter { $0 != 0 }
        let isPlain = text.allSatisfy { $0 == 10 || (32..<127).contains($0) }
        // Behind the keyword's end: not compressed, method 0, no language, no translated keyword.
        let head = Array(note.keyword.rawValue.utf8) + (isPlain ? [0] : [0, 0, 0, 0, 0])
        append(isPlain ? "tEXt" : "iTXt", head + text, to: &bytes)
    }

    private static func append(_ type: String, _ data: [UInt8], to bytes: inout [UInt8]) {
        bytes += number(data.count)
        let start = bytes.count
        bytes += type.utf8
        bytes += data
        bytes += number(Int(CRC32.checksum(of: bytes[start...])))
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
}
