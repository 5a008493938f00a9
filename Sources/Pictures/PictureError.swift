/// Why a picture cannot be drawn.
public enum PictureError: Error, Hashable, CustomStringConvertible {
    case widthOutOfRange(Int)
    /// Class borders must rise; `position` counts from 0.
    case breaksNotRising(position: Int)
    case tooFewBreaks(Int)
    /// Cairo gave up; `message` is its own word on it.
    case failed(String)

    /// One sentence: what must hold, and what was found.
    public var description: String {
        switch self {
        case .widthOutOfRange(let width):
            "a picture must be \(SurfacePicture.widths.lowerBound) to \(SurfacePicture.widths.upperBound) pixels wide, "
                + "but \(width) were asked for"
        case .breaksNotRising(let position):
            "class borders must be finite and rise, but border \(position + 1) does not lie above the one before"
        case .tooFewBreaks(let count): "classes need at least two borders, but there are \(count)"
        case .failed(let message): "the picture must be drawn, but Cairo could not (\(message))"
        }
    }
}
