import Testing

@testable import Pictures

@Suite struct LegendTests {
    private static let classes: [(Double, [Double])] = [
        (7, [0, 1, 2, 3, 4, 5, 6, 7]), (1107, [0, 200, 400, 600, 800, 1000, 1200]),
        (0.31, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35]), (150, [0, 25, 50, 75, 100, 125, 150]),
    ]

    @Test(arguments: classes)
    func `Classes are at most seven, equal and round, and reach the greatest value`(greatest: Double, borders: [Double])
    {
        let found = ClassBreaks.nice(upTo: greatest).borders
        #expect(found.count == borders.count)
        #expect(zip(found, borders).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test(arguments: [0, -3, Double.nan, .infinity, .leastNonzeroMagnitude, 1e-305, 1e308])
    func `Any greatest value has classes`(greatest: Double) {
        let classes = ClassBreaks.nice(upTo: greatest)
        #expect(classes.count >= 1 && classes.count <= 7)
        #expect(zip(classes.borders, classes.borders.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `The class of a value agrees with looking at every border`() throws {
        let borders = [-2, 0, 0.5, 3, 3.25, 100]
        let classes = try ClassBreaks(borders)
        for value in stride(from: -3.0, through: 101, by: 0.25) {
            let slow = borders.dropLast().lastIndex { value >= $0 }
            #expect(classes.index(of: value) == slow)
        }
        #expect(classes.index(of: .nan) == nil)
    }

    @Test(arguments: [
        (0.0, 0, "0"), (999, 0, "999"), (1000, 0, "1,000"), (1_234_567.891, 2, "1,234,567.89"), (0.05, 2, "0.05"),
        (-1500.5, 1, "−1,500.5"), (-0.001, 1, "0.0"), (.nan, 1, "–"), (1e300, 0, "1e+300"), (9.995, 1, "10.0"),
    ])
    func `Numbers have commas between thousands and a point before decimals`(value: Double, decimals: Int, text: String)
    {
        #expect(PictureLanguage.number(value, decimals: decimals) == text)
    }

    private static let decimals: [([Double], Int)] = [
        ([0, 100, 200], 0), ([0, 0.5, 1], 1), ([0, 0.25, 0.5], 2), ([0.123456, 12.34, 55.1], 0), ([2.5], 1),
        ([1000], 0),
        ([0, 1e-9], 6),
    ]

    @Test(arguments: decimals)
    func `A legend has no more decimals than it needs`(borders: [Double], decimals: Int) {
        #expect(PictureLanguage.decimals(for: borders) == decimals)
    }

    @Test(arguments: [(1.0, 1.0), (1.9, 1), (2, 2), (4.9, 2), (5, 5), (9.9, 5), (0.3, 0.2), (7300, 5000)])
    func `A scale bar has a round length`(most: Double, length: Double) {
        #expect(abs(roundNumber(atMost: most) - length) < 1e-12)
    }

    @Test(arguments: ColourRamp.allCases)
    func `A ramp grows darker from class to class`(ramp: ColourRamp) {
        func lightness(_ colour: Colour) -> Double {
            func linear(_ part: UInt8) -> Double {
                let share = Double(part) / 255
                return share * share * (share + 0.7) / 1.7
            }
            return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
        }
        let shades = ramp.colours(count: 9).map(lightness)
        #expect(zip(shades, shades.dropFirst()).allSatisfy { $0 > $1 })
        #expect(ramp.colours(count: 0).isEmpty && ramp.colours(count: 1).count == 1)
        #expect(ramp.colour(at: -1) == ramp.colour(at: 0) && ramp.colour(at: 2) == ramp.colour(at: 1))
    }

    @Test func `The ends of magma are those its authors published`() {
        #expect(ColourRamp.magma.colour(at: 0) == Colour(red: 252, green: 253, blue: 191))
        #expect(ColourRamp.magma.colour(at: 1) == Colour(red: 0, green: 0, blue: 4))
    }

    @Test func `The legend speaks the picture's language`() {
        #expect(PictureLanguage.spanish.unit == "delitos por km²")
        #expect(PictureLanguage.english.unit == "crimes per km²")
        #expect(PictureLanguage(rawValue: "es") == .spanish)
    }
}
