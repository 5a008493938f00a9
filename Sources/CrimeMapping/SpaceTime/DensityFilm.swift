import CivilTime
import Grids
public import Hotspots
import Incidents
public import SimpleFeatures

/// How the density of incidents moves through time, frame by frame: the job behind `faro hotspot film`.
public struct DensityFilm: Sendable {
    /// In space.
    public var bandwidth: BandwidthRule
    /// How weight falls off with distance.
    public var kernel: Kernel
    /// In time: how many days around a frame count.
    public var days: Double?
    /// How weight falls off with days.
    public var timeKernel: TimeKernel
    /// A frame for each; nil to choose by the days.
    public var period: PeriodCutting?
    /// How many threads may work; nil for one per processor. The frames do not depend on it.
    public var threads: Int?

    /// The most frames.
    public static let greatestFrameCount = 400

    /// All fields as given; ``run(on:control:)`` checks them.
    public init(
        bandwidth: BandwidthRule = .mass, kernel: Kernel = .quartic, days: Double? = nil,
        timeKernel: TimeKernel = .epanechnikov, period: PeriodCutting? = nil, threads: Int? = nil
    ) {
        self.bandwidth = bandwidth
        self.kernel = kernel
        self.days = days
        self.timeKernel = timeKernel
        self.period = period
        self.threads = threads
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    public func run(on support: SpaceTimeSupport, control: JobControl = .silent) throws -> DensityFilmResult {
        let length = period ?? .usual(forDays: support.dayCount)
        let limits = try length.limits(within: support.days)
        guard limits.count - 1 <= Self.greatestFrameCount else {
            throw JobError.usage(
                "a film must have at most \(Self.greatestFrameCount) frames, but would have \(limits.count - 1); choose a longer period"
            )
        }
        let mask = try support.mask()
        let radius = try bandwidth.bandwidth(
            for: support.points.places(), window: mask.grid.envelope, kernel: kernel)
        let numbers = limits.map { Double($0.daysSince1970) }
        let spans = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
        let reach = days ?? spans.sorted()[spans.count / 2]
        // The exponential kernel looks back only: its frame is the end of a period, that of the others its middle.
        let moments = zip(numbers, numbers.dropFirst()).map { timeKernel == .exponential ? $1 : ($0 + $1) / 2 }
        let method = SpaceTimeKernelDensity(
            space: KernelDensity(bandwidth: radius, kernel: kernel), time: timeKernel, days: reach)
        let pattern = try support.pattern(.spread)
        let film = try interruptible(control, "drawing frames") {
            try method.frames(
                of: pattern, at: moments, over: mask.grid, mask: mask, threads: threads,
                progress: $0)
        }
        let labels = limits.dropLast().map { length.label(from: $0) }
        let members = [
            Property("method", .text("space-time kernel density")), Property("kernel", .text(kernel.rawValue)),
            Property("bandwidth_m", .number(radius.metres)), Property("bandwidth_rule", .text(bandwidth.description)),
            Property("time_kernel", .text(timeKernel.rawValue)), Property("bandwidth_days", .number(reach)),
            Property("period", .text(length.description)), Property("frames", .integer(Int64(moments.count))),
            Property("unit", .text("incidents per km2 and \(DensityFilmResult.unitDays) days")),
        ]
        return DensityFilmResult(
            film: film, labels: labels, members: members + support.members + UncertainTimes.spread.members(of: support),
            support: support)
    }
}

/// A film with what is needed to write it down.
public struct DensityFilmResult: Sendable {
    /// In incidents per square kilometre and day.
    public let film: SpaceTimeDensity
    /// Per frame: its period.
    public let labels: [String]
    /// Method and parameters, automatic choices included.
    public var members: [Property]
    let support: SpaceTimeSupport

    /// What a written value is of: of a day nobody has a notion.
    public static let unitDays = 30

    /// Per frame, in incidents per square kilometre and ``unitDays`` days.
    var surfaces: [Surface] {
        film.surfaces.map { surface in
            Surface(grid: surface.grid, values: surface.values.map { $0 * Double(Self.unitDays) })
        }
    }

    /// One row a cell of the study area, one column a frame.
    public var table: SpaceTimeTable {
        let surfaces = surfaces
        let inside = surfaces.first.map { first in first.values.indices.filter { !first.values[$0].isNaN } } ?? []
        var table = FeatureTable(
            crs: support.counts.crs, columns: ["x", "y"] + labels, members: members)
        guard let grid = surfaces.first?.grid else {
            return SpaceTimeTable(table: table, account: account, explanation: explanation)
        }
        for cell in inside {
            let centre = grid.centre(column: cell % grid.columns, row: cell / grid.columns)
            table.append(
                .polygon(Polygon(exterior: Grid.ring(around: centre, cellSize: grid.cellSize))),
                [.number(centre.x), .number(centre.y)] + surfaces.map { .number($0.values[cell]) })
        }
        return SpaceTimeTable(table: table, account: account, explanation: explanation)
    }

    /// The bandwidth on the plane, as a reader wants it.
    private var reach: String { "\(((film.method.space.bandwidth.metres * 10).rounded() / 10).inWords) m" }

    private var account: [String] {
        var lines = ["space-time kernel density: \(labels.count) frames, \(labels.first ?? "") to \(labels.last ?? "")"]
        lines.append(
            "  bandwidths   \(reach) and \(film.method.days.inWords) days (\(film.method.time.rawValue))"
        )
        if let greatest = film.range?.upperBound {
            let rounded = (greatest * Double(Self.unitDays) * 100).rounded() / 100
            lines.append("  greatest     \(rounded.inWords) per km² and \(Self.unitDays) days")
        }
        return lines + UncertainTimes.spread.account(of: support)
    }

    /// For a methods section.
    public var explanation: Explanation { UncertainTimes.spread.explaining(method, of: support) }

    private var method: Explanation {
        let (space, days) = (reach, film.method.days.inWords)
        let kernels = (film.method.space.kernel.rawValue, film.method.time.rawValue)
        let (inSpace, inTime) = (MethodWords.spanish(kernels.0), MethodWords.spanish(kernels.1))
        return Explanation(
            spanish: """
                La densidad en el espacio y el tiempo se estimó con el producto de dos núcleos (Nakaya & Yano 2010): uno \(inSpace) con ancho de banda \
                de \(space) en el plano y uno \(inTime) de \(days) días en el tiempo; un cuadro por periodo, una sola leyenda para todos.
                """,
            english: """
                The density in space and time was estimated by the product of two kernels (Nakaya & Yano 2010): \(kernels.0) of \
                \(space) on the plane and \(kernels.1) of \(days) days in time; one frame a period, one legend for all.
                """)
    }
}
