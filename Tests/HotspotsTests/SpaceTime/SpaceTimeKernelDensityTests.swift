import Glibc
import Grids
import Hotspots
import SimpleFeatures
import Testing

struct SpaceTimeKernelDensityTests {
    private func grid(cell: Double = 100, side: Int = 20) throws -> Grid {
        try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(cell), columns: side,
            rows: side)
    }

    @Test func `One incident has the peak of both kernels at its place and time`() throws {
        let rows = SpaceTimeFixture.Rows(x: [1050], y: [1050], days: [10])
        let method = SpaceTimeKernelDensity(space: KernelDensity(bandwidth: .metres(500)), days: 5)
        let film = try method.frames(of: rows.pattern(), at: [10, 12.5, 15, 4], over: grid())
        // 3.8197 per km² by the quartic kernel of 500 m; 0.75 / 5 per day.
        let peak = 3 / (Double.pi * 0.25) * 0.15
        #expect(abs(film.surfaces[0].values[10 * 20 + 10] - peak) < 1e-12)
        #expect(abs(film.surfaces[1].values[10 * 20 + 10] - peak * 0.75) < 1e-12)
        #expect(film.surfaces[2].range == 0...0)
        #expect(film.surfaces[3].range == 0...0)
        #expect(film.range?.upperBound == film.surfaces[0].range?.upperBound)
    }

    /// scikit-learn 1.9.1: tools/reference/space_time_density.py.
    @Test(arguments: [
        (
            Kernel.epanechnikov, TimeKernel.epanechnikov, 450.0, 12.0,
            [0.10320352677743404, 0.07133889404015123, 0.12028676908550234]
        ),
        (.gaussian, .epanechnikov, 150, 20, [0.08791628025909796, 0.08844788036719026, 0.06650840196239424]),
        (.uniform, .uniform, 450, 10.25, [0.23003424475793338, 0.0766780815859778, 0.1533561631719556]),
    ])
    func `Three frames of sixty incidents have the values of scikit-learn`(
        kernel: Kernel, time: TimeKernel, bandwidth: Double, days: Double, values: [Double]
    ) throws {
        let numbers = Array(0..<60)
        let rows = SpaceTimeFixture.Rows(
            x: numbers.map { Double($0 * 7919 % 2000) }, y: numbers.map { Double($0 * 104729 % 1997) },
            days: numbers.map { Double($0 * $0 * 31 % 90) })
        let method = SpaceTimeKernelDensity(
            space: KernelDensity(bandwidth: .metres(bandwidth), kernel: kernel), time: time, days: days)
        let film = try method.frames(of: rows.pattern(), at: [10, 31.5, 60.25], over: grid())
        for (frame, (column, row)) in [(3, 4), (10, 10), (15, 7)].enumerated() {
            // Our Gaussian ends at six bandwidths and is that much higher.
            let tolerance = kernel == .gaussian ? 1e-7 : 1e-12
            #expect(abs(film.surfaces[frame].values[row * 20 + column] / values[frame] - 1) < tolerance)
        }
    }

    @Test(arguments: TimeKernel.allCases)
    func `Each time kernel integrates to one`(kernel: TimeKernel) {
        let steps = 400_000
        let sum = (0..<steps).reduce(0.0) {
            $0 + kernel.weight(daysAfter: (Double($1) + 0.5) * 200 / Double(steps) - 20, bandwidth: 6) * 200
                / Double(steps)
        }
        #expect(abs(sum - 1) < 1e-4)
        #expect(kernel.weight(daysAfter: -1, bandwidth: 6) > 0 || kernel == .exponential)
    }

    @Test(arguments: TimeKernel.allCases)
    func `Summing over all incidents for each cell gives the same`(kernel: TimeKernel) throws {
        let rows = SpaceTimeFixture.lattice(seed: 4, count: 80, size: 2000, days: 60)
        let method = SpaceTimeKernelDensity(
            space: KernelDensity(bandwidth: .metres(450), kernel: .epanechnikov), time: kernel, days: 12)
        let grid = try grid()
        let film = try method.frames(of: rows.pattern(), at: [7, 31.5], over: grid)
        for (frame, moment) in [7, 31.5].enumerated() {
            for cell in stride(from: 0, to: 400, by: 7) {
                let centre = grid.centre(column: cell % 20, row: cell / 20)
                var sum = 0.0
                for i in rows.x.indices {
                    let square = (pow(rows.x[i] - centre.x, 2) + pow(rows.y[i] - centre.y, 2)) / (450 * 450)
                    guard square < 1 else { continue }
                    sum +=
                        2 / (.pi * 0.2025) * (1 - square)
                        * kernel.weight(daysAfter: moment - rows.days[i], bandwidth: 12)
                }
                #expect(abs(film.surfaces[frame].values[cell] - sum) < 1e-10)
            }
        }
    }

    @Test func `Threads and the order of the rows change nothing, and nonsense is refused`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 4, count: 80, size: 2000, days: 60)
        let method = SpaceTimeKernelDensity(space: KernelDensity(bandwidth: .metres(450)), days: 12)
        let one = try method.frames(of: rows.pattern(), at: [7, 30], over: grid(), threads: 1)
        let two = try method.frames(of: rows.shuffled(seed: 1).pattern(), at: [7, 30], over: grid(), threads: 3)
        #expect(one.surfaces.map(\.values) == two.surfaces.map(\.values))
        #expect(try method.frames(of: rows.pattern(), at: [], over: grid()).range == nil)
        for days in [0, -1, .nan, .infinity] {
            #expect(throws: HotspotError.self) {
                try SpaceTimeKernelDensity(space: method.space, days: days).frames(
                    of: rows.pattern(), at: [1], over: grid())
            }
        }
        #expect(throws: HotspotError.self) { try method.frames(of: rows.pattern(), at: [.nan], over: grid()) }
        #expect(throws: HotspotError.cancelled) {
            try method.frames(of: rows.pattern(), at: [30], over: grid(), progress: { _ in false })
        }
    }
}
