/// One way to read what somebody wrote for an address.
///
/// Every word of the text is in exactly one of the fields, in ``rest``, or in ``markers``: nothing is lost.
public struct Address: Hashable, Sendable {
    /// A piece of the text.
    public struct Field: Hashable, Sendable {
        /// In capital letters without accents, abbreviations spelled out: `GENERAL ANAYA`.
        public var text: String
        /// Where it stands, in bytes of the source.
        public var source: Range<Int>
    }

    /// A street: its words as a field, and its name as it is compared.
    public struct Street: Hashable, Sendable {
        /// With its type: `AVENIDA JUAREZ`.
        public var text: String
        public var source: Range<Int>
        public var name: StreetName
        /// The type that stands before the name; nil where there is none.
        public var type: StreetType? { name.parts.first?.type }
    }

    /// A place along a highway.
    public struct Kilometre: Hashable, Sendable {
        /// From the highway's beginning.
        public var metres: Int
        /// To how many metres the text tells it: 1,000 for `km 12`, 100 for `km 12.5`, 1 for `km 12+500`.
        public var resolution: Int
        public var source: Range<Int>
    }

    /// The street, or the highway of a kilometre.
    public var street: Street?
    /// The house number: `123-B`, or `S/N` where the text says that there is none.
    public var exteriorNumber: Field?
    /// Flat, floor, shop, building: `DEPARTAMENTO 302`.
    public var interiorNumber: Field?
    /// Manzana: the block of houses where they are numbered so.
    public var block: Field?
    /// Lote: the plot in its block.
    public var lot: Field?
    /// The other street of a crossing.
    public var crossing: Street?
    /// The two streets between which the place lies: two, or none.
    public var between: [Street] = []
    public var kilometre: Kilometre?
    /// What the place is at, before or beside: `METRO PINO SUAREZ`.
    public var landmark: Field?
    /// With its type where that is no `COLONIA`: `FRACCIONAMIENTO LAS TORRES`.
    public var colonia: Field?
    public var postalCode: Field?
    public var municipality: Field?
    public var locality: Field?
    public var state: Field?
    /// What was not understood, in the order of the text; what lies beyond ``AddressParser/longestText`` has no text.
    public var rest: [Field] = []
    /// The words that say what the fields are: `esq.`, `entre`, `y`, `col.`, `C.P.`
    public var markers: [Range<Int>] = []

    /// Whether nothing was understood as a field.
    public var isEmpty: Bool { fieldRanges.isEmpty }

    /// Where the fields stand.
    var fieldRanges: [Range<Int>] {
        var ranges = [street?.source, crossing?.source, kilometre?.source].compactMap { $0 } + between.map(\.source)
        let fields = [
            exteriorNumber, interiorNumber, block, lot, landmark, colonia, postalCode, municipality, locality, state,
        ]
        for case let field? in fields { ranges.append(field.source) }
        return ranges
    }
}
