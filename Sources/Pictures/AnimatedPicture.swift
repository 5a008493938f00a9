/// Maps of one size shown one after another: a film of a city, as an animated PNG that browsers, slides and chats play.
///
/// ## Example
/// ```swift
/// let film = AnimatedPicture(frames: months.map(map), milliseconds: 700)
/// let png = try film.png()
/// ```
public struct AnimatedPicture: Sendable {
    /// Opaque pictures whose texts take as many lines in each, so that all are equally high.
    public var frames: [MapPicture]
    /// How long each is shown; the last one three times as long.
    public var milliseconds: Int

    /// Both as given; ``png()`` checks them.
    public init(frames: [MapPicture], milliseconds: Int = 700) {
        self.frames = frames
        self.milliseconds = milliseconds
    }

    /// - Returns: the bytes of an animated PNG; of one frame, of a PNG that stands still.
    /// - Throws: ``PictureError``, for frames of different sizes ``PictureError/pixelsMisshapen(width:height:count:)``.
    /// - Complexity: O(pixels times frames) time and memory.
    public func png() throws(PictureError) -> [UInt8] {
        var (width, height) = (0, 0)
        var samples: [[UInt8]] = []
        for frame in frames {
            var frame = frame
            frame.background = .paper
            let canvas = try frame.canvas()
            if samples.isEmpty { (width, height) = (canvas.width, canvas.height) }
            guard canvas.width == width, canvas.height == height else {
                throw .pixelsMisshapen(width: width, height: height, count: canvas.width * canvas.height)
            }
            samples.append(try canvas.samples().bytes)
        }
        let notes = frames.first?.provenance ?? []
        return try PNGEncoder(notes: notes).animated(
            samples, width: width, height: height, milliseconds: milliseconds)
    }
}
