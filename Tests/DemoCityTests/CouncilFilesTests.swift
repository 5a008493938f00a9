import DemoCity
import Foundation
import Testing

/// What the invented city's council has.
@Suite struct CouncilFilesTests {
    /// Within four standard errors of a weighted share.
    @Test func `Answers have the shares that the manifest tells, by their weights`() throws {
        let city = try DemoCity()
        let file = try #require(city.files.first { $0.name == "encuesta.csv" })
        var sums: [[String]: (yes: Double, all: Double, squares: Double)] = [:]
        for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            let weight = try #require(Double(fields[4]))
            guard !["no sabe", "no aplica"].contains(fields[3]) else { continue }
            let old = sums[Array(fields[0..<3])] ?? (0, 0, 0)
            let yes = ["inseguro", "sí"].contains(fields[3]) ? weight : 0
            sums[Array(fields[0..<3])] = (old.yes + yes, old.all + weight, old.squares + weight * weight)
        }
        #expect(city.manifest.survey.count == 18 && sums.count == 18)
        for truth in city.manifest.survey {
            let sum = try #require(sums[[truth.wave, truth.area, truth.question]])
            let error = (truth.share * (1 - truth.share) * sum.squares).squareRoot() / sum.all
            #expect(abs(sum.yes / sum.all - truth.share) < 4 * error, "\(truth)")
        }
    }

    @Test func `Weights add up to the residents of each municipality`() throws {
        let city = try DemoCity()
        let file = try #require(city.files.first { $0.name == "encuesta.csv" })
        let rows = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",").map(String.init) }.filter { $0[2] == "unsafe" && $0[0] == "2023-Q3" }
        let sum = rows.reduce(0) { $0 + (Double($1[4]) ?? 0) }
        #expect(abs(sum / Double(city.manifest.population) - 1) < 0.05)
    }

    @Test func `What is missing is no row, and no zero`() throws {
        let file = try #require(try DemoCity(scale: 0.05).files.first { $0.name == "medidas.csv" })
        let rows = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(!rows.contains { $0.hasPrefix("vetting,00903") })
        #expect(rows.contains { $0.hasPrefix("vetting,00901") } && !rows.contains { $0.contains(",0,") })
    }
}
