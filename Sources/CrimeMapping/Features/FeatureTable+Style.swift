public import Pictures
import SimpleFeatures

extension FeatureTable {
    /// How a map shows the rows.
    public struct Style: Sendable {
        /// What decides a row's colour.
        public enum Colours: Sendable {
            /// Classes at 1, 2 and 5 times powers of ten of an amount per row; NaN has no colour.
            case amounts([Double])
            /// Classes that the result itself has: an index per row, and where each class begins.
            case classes([Int], borders: [Double])
            /// The column `class`, of Gi*.
            case hotSpots
            /// The column `class`, of local Moran.
            case localAssociation
            /// Things that differ in kind: an index per row, nil for none, and what each kind is called.
            case kinds([Int?], names: [Kind])
            /// Nothing: every row is a thing of its own.
            case none
        }

        /// A kind of rows in a legend.
        public struct Kind: Sendable {
            public var spanish: String
            public var english: String
            public var colour: Colour

            public init(spanish: String, english: String, colour: Colour) {
                self.spanish = spanish
                self.english = english
                self.colour = colour
            }
        }

        public var colours: Colours
        /// What is shown, or the unit of the amounts, in Spanish and in English.
        public var spanish: String
        public var english: String

        public init(_ colours: Colours, spanish: String, english: String) {
            self.colours = colours
            self.spanish = spanish
            self.english = english
        }
    }

    /// The same rows at one time after another, as small maps side by side.
    public struct Panels: Sendable {
        /// Per map: its day or period, and what each row is then, nil for nothing to show.
        public var frames: [(label: String, kinds: [Int?])]
        /// What the places in ``frames`` stand for.
        public var names: [Style.Kind]
        /// What is shown, in Spanish and in English.
        public var spanish: String
        /// The same in English.
        public var english: String

        /// All fields as given; a kind beyond ``names`` is not drawn.
        public init(
            _ frames: [(label: String, kinds: [Int?])], names: [Style.Kind], spanish: String, english: String
        ) {
            self.frames = frames
            self.names = names
            self.spanish = spanish
            self.english = english
        }
    }

    /// A row's text in a column.
    func text(_ column: String, row: Int) -> String? {
        guard let index = columns.firstIndex(of: column), rows[row].values.indices.contains(index),
            case .text(let text) = rows[row].values[index]
        else { return nil }
        return text
    }
}
