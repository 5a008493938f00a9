import ArgumentParser
import Georeferencing

/// Whose names the labels are that places are looked for by.
struct CatalogueOption: ParsableArguments {
    enum Catalogue: String, ExpressibleByArgument, CaseIterable {
        case auto, same, other
    }

    @Option(
        help: ArgumentHelp(
            "Whose names the labels are: the layer's own, or another authority's, against which an equal name proves less. "
                + "auto tells it from the labels.",
            valueName: "auto|same|other"))
    var catalogue = Catalogue.auto

    /// nil where the labels are to tell.
    var source: NameSource? {
        switch catalogue {
        case .auto: nil
        case .same: .sameCatalogue
        case .other: .otherCatalogue
        }
    }
}
