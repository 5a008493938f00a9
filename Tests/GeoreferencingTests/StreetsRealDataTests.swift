import Boundaries
import Bytes
import Formats
import Foundation
import Georeferencing
import Incidents
import PlaceNames
import SimpleFeatures
import TestSupport
import Testing

private let folder = ProcessInfo.processInfo.environment["FARO_REALDATA"]

/// Tables of crashes as gazetteers of crossings, asked for their own crossings as people might have written them.
@Suite(.enabled(if: folder != nil, "FARO_REALDATA is not set"))
struct StreetsRealDataTests {
    /// A crossing as a table writes it, in a municipality.
    private struct Key: Hashable, Comparable {
        var a: String
        var b: String
        var municipality: String

        init(_ place: StreetPlace) {
            let (first, second) = (place.street, place.detail ?? "")
            (a, b, municipality) = (min(first, second), max(first, second), place.municipality ?? "")
        }

        static func < (a: Key, b: Key) -> Bool { (a.municipality, a.a, a.b) < (b.municipality, b.a, b.b) }
    }

    /// How many strings ended how.
    private struct Tally: CustomStringConvertible {
        var strings = 0
        var right = 0
        var wrong = 0
        var ambiguousRight = 0
        var ambiguousWrong = 0
        var none = 0
        var firstWrong: [String] = []
        var recall: Double { Double(right) / Double(max(1, strings)) }
        var wrongShare: Double { Double(wrong) / Double(max(1, strings)) }
        var description: String {
            "\(strings) strings: right \(right), wrong \(wrong), ambiguous with the right one \(ambiguousRight), "
                + "without \(ambiguousWrong), none \(none); recall \(recall), wrong \(wrongShare)"
        }
    }

    private func rows(_ path: String, _ columns: [String]) throws -> [[String]] {
        let reader = try CSVReader(source: ByteSource(path: "\(folder ?? "")/\(path)"))
        let indices = try columns.map { name in try #require(reader.header.firstIndex(of: name)) }
        var rows: [[String]] = []
        while try reader.next() { rows.append(indices.map { String(decoding: reader.row[$0], as: UTF8.self) }) }
        return rows
    }

    private func mexicoCity() throws -> [StreetPlace] {
        let rows = try rows(
            "incidentes/cdmx_atus_choques_2022_calles.csv.gz", ["calle1", "calle2", "mpio", "longitud", "latitud"])
        #expect(rows.count == 5_141)
        return StreetPlace.crossings(
            rows.map { $0[0] }, rows.map { $0[1] }, municipalities: rows.map { $0[2] }, state: "09",
            longitudes: rows.map { Double($0[3]) ?? .nan }, latitudes: rows.map { Double($0[4]) ?? .nan })
    }

    private func ask(
        _ places: [StreetPlace], index: StreetIndex, keys: [Key], variants: Int, givesMunicipality: Bool,
        generator: inout SeededGenerator
    ) -> Tally {
        var truth: [Key: [LonLat]] = [:]
        for place in places {
            truth[Key(place), default: []].append(LonLat(longitude: place.longitude, latitude: place.latitude))
        }
        var tally = Tally()
        for key in keys {
            let known = truth[key] ?? []
            for _ in 0..<variants {
                let text = StreetsTypist.crossing(key.a, key.b, using: &generator)
                let municipality = givesMunicipality && !key.municipality.isEmpty ? key.municipality : nil
                let answer = index.find(AddressParser().readings(of: text), municipality: municipality)
                tally.strings += 1
                switch answer.verdict {
                case .match:
                    if let place = answer.place, known.contains(where: { isNear($0, place) }) {
                        tally.right += 1
                    } else {
                        tally.wrong += 1
                        tally.firstWrong.append(text)
                    }
                case .ambiguous:
                    let hasRight = answer.candidates.contains { one in known.contains { isNear($0, one.place) } }
                    if hasRight { tally.ambiguousRight += 1 } else { tally.ambiguousWrong += 1 }
                case .none: tally.none += 1
                }
            }
        }
        return tally
    }

    /// Within 150 m on a sphere of 6,371 km, computed here on its own.
    private func isNear(_ a: LonLat, _ b: LonLat) -> Bool {
        let dy = (a.latitude - b.latitude) * .pi / 180 * 6_371_000
        let dx = (a.longitude - b.longitude) * .pi / 180 * 6_371_000 * cos(a.latitude * .pi / 180)
        return (dx * dx + dy * dy).squareRoot() <= 150
    }

    @Test(arguments: [true, false])
    func `Mexico City's crossings are found in 95 % of their spellings, and fewer than 0.5 % are placed wrongly`(
        givesMunicipality: Bool
    ) throws {
        let places = try mexicoCity()
        var generator = SeededGenerator(seed: givesMunicipality ? 2022 : 2023)
        let tally = ask(
            places, index: StreetIndex(places), keys: Set(places.map(Key.init)).sorted(), variants: 1,
            givesMunicipality: givesMunicipality, generator: &generator)
        print("ATUS 2022, municipality \(givesMunicipality ? "given" : "not given"): \(tally)")
        #expect(tally.strings > 3_900)
        #expect(tally.recall >= 0.95, "\(tally)")
        #expect(tally.wrongShare < 0.005, "\(tally.firstWrong)")
    }

    @Test func `A crossing that the table lacks is placed elsewhere in fewer than 2 %`() throws {
        let places = try mexicoCity()
        var generator = SeededGenerator(seed: 7)
        let keys = Set(places.map(Key.init)).sorted()
        let hidden = keys.filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
        let set = Set(hidden)
        let index = StreetIndex(places.filter { !set.contains(Key($0)) })
        let tally = ask(
            places, index: index, keys: hidden, variants: 1, givesMunicipality: true, generator: &generator)
        print("ATUS 2022, crossings left out of the table: \(tally)")
        // Some are in the table under another spelling: those are right, and a few of them lie elsewhere.
        #expect(tally.wrongShare < 0.02, "\(tally.firstWrong)")
    }

    @Test func `San Pedro's crossings are found in San Pedro's table`() throws {
        let rows = try rows("incidentes/spgg_atropellos_2015_2019.csv", ["calle", "cruce", "lon", "lat"])
        let places = StreetPlace.crossings(
            rows.map { $0[0] }, rows.map { $0[1] }, longitudes: rows.map { Double($0[2]) ?? .nan },
            latitudes: rows.map { Double($0[3]) ?? .nan })
        #expect(rows.count == 270)
        var generator = SeededGenerator(seed: 19)
        let tally = ask(
            places, index: StreetIndex(places), keys: Set(places.map(Key.init)).sorted(), variants: 5,
            givesMunicipality: false, generator: &generator)
        print("San Pedro 2015–2019: \(tally)")
        #expect(tally.recall >= 0.95, "\(tally)")
        #expect(tally.wrongShare < 0.005, "\(tally.firstWrong)")
    }
}
