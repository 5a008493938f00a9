import Boundaries
import Georeferencing
import PlaceNames

/// Texts made to take long: how long does the longest of them take?
struct HostileTexts {
    private let names: [String]

    /// - Parameter names: of the city, near to which some of the texts are.
    init(names: [String]) { self.names = names }

    /// The slowest text as a name of an area of the layer, and as an address in a city of as many streets.
    func report(_ layer: BoundaryLayer) -> String {
        var search = Gazetteer(layers: [layer]).search()
        var others = Gazetteer(layers: [layer]).search(for: .otherCatalogue)
        let streets = StreetIndex(places())
        let parser = AddressParser()
        let texts = texts()
        let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let asName = SlowestCall.of(texts) { text in
            text.bytes.withUnsafeBufferPointer {
                _ = search.find($0, municipality: nothing, postalCode: nothing, level: .colonia)
            }
        }
        let asOther = SlowestCall.of(texts) { text in
            text.bytes.withUnsafeBufferPointer {
                _ = others.find($0, municipality: $0, postalCode: $0, level: .colonia)
            }
        }
        let parsed = SlowestCall.of(texts) { text in
            _ = text.bytes.withUnsafeBufferPointer { parser.readings(of: $0) }
        }
        let asAddress = SlowestCall.of(texts) { text in
            _ = streets.find(text.bytes.withUnsafeBufferPointer { parser.readings(of: $0) })
        }
        func words(_ title: String, _ call: SlowestCall) -> String {
            "\(title) \(call.microseconds) us (\(texts[call.index].title))"
        }
        return "hostile: "
            + [
                words("name", asName), words("name of another catalogue", asOther), words("address read", parsed),
                words("address found", asAddress),
            ].joined(separator: ", ")
    }

    /// Every name crosses twenty others.
    private func places() -> [StreetPlace] {
        names.indices.flatMap { first in
            (1...20).map { step in
                StreetPlace(
                    kind: .crossing, street: names[first], detail: names[(first + step * step) % names.count],
                    municipality: nil, longitude: -99 + Double(first % 56) * 0.002,
                    latitude: 19 + Double(first / 56) * 0.002 + Double(step) * 0.02)
            }
        }
    }

    private func texts() -> [(title: String, bytes: [UInt8])] {
        func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
        func many(_ text: String, _ count: Int) -> [UInt8] { bytes(String(repeating: text, count: count)) }
        let all = names.joined(separator: " ")
        var texts: [(title: String, bytes: [UInt8])] = [
            ("1 MB of one letter", many("A", 1_000_000)), ("1 MB of one accented letter", many("Á", 500_000)),
            ("100,000 words", many("LOMAS DE ", 50_000)), ("100,000 letters", many("X Y ", 50_000)),
            ("100,000 numbers", many("12 3 ", 50_000)), ("100,000 ordinals", many("1ra 2do ", 50_000)),
            ("brackets", many("(", 100_000)), ("bracketed words", many("(LOMAS) ", 50_000)),
            ("commas", many("LOMAS, ", 50_000)), ("tails", many("x, N.L., ", 50_000)),
            ("joints", many("LOMAS Y ", 50_000)), ("corners", many("LOMAS ESQ PASEO ", 50_000)),
            ("between", many("SUR ENTRE LUNA Y SOL ", 50_000)), ("sectors", many("SECTOR 2 ", 50_000)),
            ("misread UTF-8", many("ÃƒÆ’Ã±", 50_000)), ("no UTF-8", [UInt8](repeating: 0xFF, count: 1_000_000)),
            ("cut UTF-8", [UInt8](repeating: 0xC3, count: 1_000_000)),
            ("zeros", [UInt8](repeating: 0, count: 1_000_000)),
            ("entities", many("&ntilde;", 50_000)), ("entities without end", many("&amp;amp;", 50_000)),
            ("all names", bytes(all)), ("all names with commas", bytes(names.joined(separator: ", "))),
            ("all names with esquina", bytes(names.joined(separator: " ESQ "))),
            ("all names with y", bytes(names.joined(separator: " Y "))),
            ("kilometres", many("KM 12+500 CARRETERA ", 50_000)), ("lost letters", many("L?M?S DE L?S P?NOS ", 50_000)),
        ]
        let unknown = ["QWERTYUIOPASDFGHJKLZXCVB", "MNBVCXZLKJHGFDSAPOIUYTRE"]
        for joint in [" Y ", " ESQ ", " ENTRE "] {
            texts.append(
                ("unknown words by \(joint)", bytes((0..<10).map { unknown[$0 % 2] }.joined(separator: joint))))
            texts.append(
                (
                    "pairs of unknown words by \(joint)",
                    bytes(
                        [unknown, unknown, unknown, unknown].map {
                            $0.joined(separator: " ")
                        }.joined(separator: joint))
                ))
            texts.append(
                (
                    "15 words by \(joint)",
                    bytes(
                        (0..<6).map { start in
                            names[(start * 5)..<(start * 5 + 5)].joined(separator: " ").split(separator: " ").prefix(15)
                                .joined(separator: " ")
                        }.joined(separator: joint))
                ))
        }
        texts += nearMisses()
        return texts
    }

    /// Names with a letter exchanged in every long word, alone and many in one text.
    private func nearMisses() -> [(title: String, bytes: [UInt8])] {
        let missed = names.map { name in
            name.split(separator: " ").map { word in
                word.utf8.count < 5 ? String(word) : word.prefix(3) + "w" + word.dropFirst(4)
            }.joined(separator: " ")
        }
        let short = missed.map { (title: "near miss \($0)", bytes: Array($0.utf8)) }
        let pairs = zip(missed, missed.dropFirst(7)).map { one, other in
            (title: "near misses \(one) esq \(other)", bytes: Array("\(one) esq \(other)".utf8))
        }
        let mixed = zip(names, missed.dropFirst(3)).map { one, other in
            (title: "\(one) y \(other)", bytes: Array("\(one) y \(other) y \(one)".utf8))
        }
        let long = stride(from: 0, to: names.count - 40, by: 40).flatMap { start in
            [missed, names].flatMap { list in
                [" ", " Y ", " ESQ ", ", "].map { joint in
                    (
                        title: "40 names from \(start) by '\(joint)'",
                        bytes: Array(list[start..<start + 40].joined(separator: joint).utf8)
                    )
                }
            }
        }
        return short + pairs + mixed + long
    }
}
