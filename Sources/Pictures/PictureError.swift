/// Why a picture cannot be drawn.
public enum PictureError: Error, Hashable, CustomStringConvertible {
    case widthOutOfRange(Int)
    /// Class borders must rise; `position` counts from 0.
    case breaksNotRising(position: Int)
    case tooFewBreaks(Int)
    case stopCountOutOfRange(Int)
    /// A picture of so many pixels across and down must have as many; `count` is how many were given.
    case pixelsMisshapen(width: Int, height: Int, count: Int)
    /// A pixel names an entry that the palette does not have; both count from 0.
    case colourMissing(index: Int, palette: Int)
    /// The step of a mesh must divide both sides of the picture.
    case meshMisshapen(width: Int, height: Int, step: Int, nodes: Int)
    /// Nothing that is to be painted has a place.
    case nothingToPaint
    case outOfMemory
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
        case .stopCountOutOfRange(let count):
            "a legend must have \(HeatmapLegend.stopCounts.lowerBound) to \(HeatmapLegend.stopCounts.upperBound) stops, "
                + "but has \(count)"
        case .pixelsMisshapen(let width, let height, let count):
            "a picture of \(width) × \(height) pixels must have as many, at least one, but \(count) were given"
        case .colourMissing(let index, let palette):
            "pixels must name entries of the palette, which has \(palette), but one names entry \(index)"
        case .meshMisshapen(let width, let height, let step, let nodes):
            "a mesh of \(width) × \(height) pixels must have a step that divides both and a node at each corner, "
                + "but the step is \(step) and there are \(nodes) nodes"
        case .nothingToPaint: "a map must show a place, but none of its layers has one"
        case .outOfMemory: "the picture must be drawn, but needs more memory than there is"
        case .failed(let message): "the picture must be drawn, but Cairo could not (\(message))"
        }
    }
}
