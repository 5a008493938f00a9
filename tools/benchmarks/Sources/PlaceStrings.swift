import Boundaries
import Foundation
import Georeferencing
import PlaceNames
import SimpleFeatures

/// W6: which colonia does each of *n* messy strings name? Timed from the names and the strings in memory to one answer per
/// string, index built, strings normalised.
///
/// The names and strings as Faro normalises them are written for the peers, `names.normal.txt` and `messy.normal.txt`, and
/// are not timed.
struct PlaceStrings {
    private let stringCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w6 <n>")
        }
        stringCount = count
    }

    func run() throws {
        let names = try lines("names.txt").map { String(decoding: $0, as: UTF8.self) }
        let strings = try labelledStrings()
        try writeNormal(names.map { Array($0.utf8) }, to: "names.normal.txt")
        try writeNormal(strings.map { Array($0.text) }, to: "messy.normal.txt")
        let layer = layer(of: names)
        let (measurement, tally) = Measurement.of(repetitions: 3) {
            var search = Gazetteer(layers: [layer]).search()
            var tally = Tally()
            for (text, truth) in strings { tally.add(Self.find(text, &search), truth: truth) }
            return tally
        }
        var search = Gazetteer(layers: [layer]).search()
        let slowest = SlowestCall.of(strings.map(\.text)) { _ = Self.find($0, &search) }
        measurement.report(
            "W6", case: "n=\(stringCount)", check: tally.json,
            note:
                "\(Int(Double(strings.count) / measurement.cpu)) strings a second; slowest \(slowest.microseconds) us; "
                + "\(HostileTexts(names: names).report(layer))")
    }

    private static func find(_ text: ArraySlice<UInt8>, _ search: inout GazetteerSearch) -> PlaceAnswer {
        let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        return text.withUnsafeBufferPointer {
            search.find($0, municipality: nothing, postalCode: nothing, level: .colonia)
        }
    }

    // MARK: Files

    private func lines(_ name: String) throws -> [ArraySlice<UInt8>] {
        try BenchInput.column(name, of: UInt8.self).split(separator: UInt8(ascii: "\n"))
    }

    /// A string and the number of the name from which it was made, −1 for none, on each line.
    private func labelledStrings() throws -> [(text: ArraySlice<UInt8>, truth: Int32)] {
        try lines("messy_\(stringCount).tsv").map { line in
            guard let tab = line.lastIndex(of: UInt8(ascii: "\t")),
                let truth = Int32(String(decoding: line[(tab + 1)...], as: UTF8.self))
            else { throw BenchError("a line of the strings must have a tab and a number") }
            return (line[..<tab], truth)
        }
    }

    /// Canonical names without the type of settlement, which names lack: peers would take it for a difference.
    private func writeNormal(_ texts: [[UInt8]], to name: String) throws {
        var reader = PlaceNameReader()
        var normal = Data()
        for text in texts {
            let name = text.withUnsafeBufferPointer { reader.read($0) }
            let kept = name.tokens.filter { $0.kind != .settlementType }.map { Array(name.bytes(of: $0)) }
            normal += kept.joined(separator: [0x20])
            normal.append(UInt8(ascii: "\n"))
        }
        try normal.write(to: URL(filePath: try BenchInput.path(name)))
    }

    /// Areas without ground: only their names are asked for. Keys have as many digits, so that their order is the names'.
    private func layer(of names: [String]) -> BoundaryLayer {
        let areas = names.enumerated().map { index, name in
            Area(id: String(1_000_000 + index), name: name, geometry: MultiPolygon([]), squareMetres: 0)
        }
        let version = BoundaryVersion(
            level: .colonia, number: 1, validity: .always, parentLevel: nil, source: "", sha256: "",
            areaCount: areas.count)
        return BoundaryLayer(version: version, areas: areas)
    }
}

/// What became of the strings, against what they were made from.
private struct Tally {
    private var right = 0
    private var listed = 0
    private var missed = 0
    private var wrong = 0

    /// A string that names no area is right unmatched, and no worse for a list.
    mutating func add(_ answer: PlaceAnswer, truth: Int32) {
        switch answer.status {
        case .match: if answer.area?.index == truth { right += 1 } else { wrong += 1 }
        case .ambiguous:
            if truth < 0 || answer.candidates.contains(where: { $0.area.index == truth }) {
                listed += 1
            } else {
                missed += 1
            }
        case .unmatched: if truth < 0 { right += 1 } else { missed += 1 }
        }
    }

    var json: String {
        let all = Double(max(1, right + listed + missed + wrong))
        func share(_ count: Int) -> Double { (Double(count) / all * 10_000).rounded() / 10_000 }
        return """
            {"right":\(share(right)),"listed":\(share(listed)),"missed":\(share(missed)),"wrong":\(share(wrong))}
            """
    }
}

/// The longest that one call takes, by the CPU time of the thread, so that other work on the machine does not count.
struct SlowestCall {
    private(set) var seconds = 0.0
    private(set) var index = 0
    var microseconds: Int { Int(seconds * 1e6) }

    /// Times every call once, and the hundred slowest four times again: each counts with its least time.
    static func of<Input>(_ inputs: [Input], _ work: (Input) -> Void) -> SlowestCall {
        func time(_ index: Int) -> Double {
            let begun = cpuSeconds()
            work(inputs[index])
            return cpuSeconds() - begun
        }
        let once = inputs.indices.map { (seconds: time($0), index: $0) }
        var slowest = SlowestCall()
        for var call in once.sorted(by: { $0.seconds > $1.seconds }).prefix(100) {
            for _ in 0..<4 { call.seconds = min(call.seconds, time(call.index)) }
            if call.seconds > slowest.seconds { slowest = SlowestCall(seconds: call.seconds, index: call.index) }
        }
        return slowest
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}
