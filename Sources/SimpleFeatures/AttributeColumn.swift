/// One attribute of many features, held as a column: what a writer of millions of points reads without making an object
/// per feature.
public struct AttributeColumn: Sendable, Equatable {
    /// The values, one per feature, in the order of the features.
    public enum Values: Sendable, Equatable {
        /// Texts that repeat: each value is a place in `of`, and −1 stands for no value.
        case codes([Int32], of: [String])
        /// Whole numbers, all present.
        case integers([Int64])
        /// Numbers; NaN stands for no value.
        case numbers([Double])
    }

    /// The attribute's name, as a file gives it.
    public let name: String
    /// The values, one per feature.
    public let values: Values

    /// Makes a column of what it is called and what it holds.
    public init(name: String, values: Values) {
        self.name = name
        self.values = values
    }

    /// How many features it describes.
    public var count: Int {
        switch values {
        case .codes(let codes, of: _): codes.count
        case .integers(let integers): integers.count
        case .numbers(let numbers): numbers.count
        }
    }
}
