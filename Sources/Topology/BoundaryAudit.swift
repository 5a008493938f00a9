/// What is wrong with a layer of areas, as far as geometry and names can tell. Areas are in square metres.
///
/// A number that is not zero is a finding, not an error: published layers overlap, repeat names and leave gaps.
public struct BoundaryAudit: Hashable, Codable, Sendable {
    /// One feature of the layer.
    public struct Feature: Hashable, Codable, Sendable {
        /// The key as the layer has it, which may be repeated.
        public var id: String
        /// As published, neither folded nor trimmed.
        public var name: String

        /// Both as given; nothing is checked.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// A feature whose geometry was invalid, and what its repair changed.
    public struct RepairedFeature: Hashable, Codable, Sendable {
        /// Which feature it is.
        public var feature: Feature
        /// In GEOS's words, with the place: `Self-intersection at 490123.4 2150321.7`.
        public var reason: String
        /// Rings as they stood, exteriors less holes; lobes of a bow-tie cancel out.
        public var squareMetresBefore: Double
        /// Of the repaired geometry; 0 where nothing was left.
        public var squareMetresAfter: Double

        /// All fields as given; nothing is checked.
        public init(feature: Feature, reason: String, squareMetresBefore: Double, squareMetresAfter: Double) {
            self.feature = feature
            self.reason = reason
            self.squareMetresBefore = squareMetresBefore
            self.squareMetresAfter = squareMetresAfter
        }
    }

    /// A feature that could not be looked at, and why.
    public struct UnusableFeature: Hashable, Codable, Sendable {
        /// Which feature it is.
        public var feature: Feature
        /// The sentence of the ``TopologyError`` that stopped it.
        public var reason: String
    }

    /// Keys or names that stand for more than one feature.
    public struct Repetitions: Hashable, Codable, Sendable {
        /// How many different texts occur more than once.
        public var values: Int
        /// How many features carry one of them.
        public var features: Int
        /// The most frequent of them, at most ten; among equals in the order of the text.
        public var examples: [String]

        /// Features beyond the first of each text.
        public var surplus: Int { features - values }
    }

    /// Two features that share an area.
    public struct Pair: Hashable, Codable, Sendable {
        /// The one whose key comes first in the order of the text.
        public var first: Feature
        /// The other.
        public var second: Feature
        /// What they share.
        public var squareMetres: Double
    }

    /// Pairs of features of one kind, by the area they share.
    public struct Overlaps: Hashable, Codable, Sendable {
        /// How many pairs share some area; a shared border alone is none.
        public var pairs = 0
        /// Of those, how many share more than 100 m².
        public var over100SquareMetres = 0
        /// Of those, how many share more than one hectare.
        public var overOneHectare = 0
        /// The sum of what the pairs share; ground that three features claim counts three times.
        public var squareMetres = 0.0
        /// The pair that shares the most; nil where there is no pair.
        public var worst: Pair?
    }

    /// Holes in what all features together cover.
    public struct Gaps: Hashable, Codable, Sendable {
        /// How many holes there are.
        public var number: Int
        /// The sum of all holes; lakes and enclaves left out on purpose count too.
        public var squareMetres: Double
        /// Of those, how many are smaller than 100 m²: edges that do not meet rather than ground left out.
        public var slivers: Int
        /// The sum of the slivers.
        public var sliverSquareMetres: Double
    }

    /// All features of the layer, the empty and unusable ones included.
    public var features: Int
    /// Features that had to be repaired; the rest of the audit looks at the repaired geometry.
    public var repaired: [RepairedFeature]
    /// Features without an area: no polygon at all, or nothing left of it after repair.
    public var empty: [Feature]
    /// Features with a coordinate that is not finite, or that could not be repaired. Left out of the rest.
    public var unusable: [UnusableFeature]
    /// Keys compared as they stand: `1` and `01` are two.
    public var repeatedKeys: Repetitions
    /// Names compared in upper case, without accents (ñ is a letter of its own) and with blanks run together.
    public var repeatedNames: Repetitions
    /// Pairs that overlap in part: each also has ground of its own.
    public var overlaps: Overlaps
    /// Pairs of which one lies wholly in the other.
    public var contained: Overlaps
    /// Pairs that cover the same ground to the last digit.
    public var equal: Overlaps
    /// Pairs that GEOS could not compare, not even with coordinates snapped to a millimetre.
    public var uncomparedPairs: Int
    /// nil where the union could not be computed.
    public var gaps: Gaps?
    /// The sum over all features.
    public var totalSquareMetres: Double
    /// What they cover together, ground that several claim counted once; nil where it could not be computed.
    public var coveredSquareMetres: Double?
}
