public import ArgumentParser
public import Boundaries
public import CivilTime
public import CrimeMapping
public import Hotspots
public import Incidents
public import Pictures
public import Privacy

// How our own types are written on the command line: each reads the text that it also prints.

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Level: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension BandwidthRule: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension CountUnit: ExpressibleByArgument {}

extension SheetTable: ExpressibleByArgument {}

extension Kernel: ExpressibleByArgument {}

extension PictureLanguage: ExpressibleByArgument {}

extension CountMap.GridType: ExpressibleByArgument {}

extension ClusterSearch.Outline: ExpressibleByArgument {}

extension DeviationVariant: ExpressibleByArgument {}

extension RipleyK.Correction: ExpressibleByArgument {}

extension EdgeCorrection: ExpressibleByArgument {}

extension Role: ExpressibleByArgument {
    /// The roles that a token can carry.
    public static var allValueStrings: [String] { allCases.filter(\.needsToken).map(\.rawValue) }
}
