import Bytes
import Synchronization

/// Counts of what the server does, for Prometheus. Routes by their templates: no place, no person, no question.
final class Metrics: Sendable {
    private struct Series: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private struct Histogram {
        var buckets = [Int](repeating: 0, count: Metrics.borders.count)
        var count = 0
        var sum = 0.0
    }

    private struct State {
        var answers: [Series: Int] = [:]
        var seconds: [String: Histogram] = [:]
        var bytes = 0
    }

    /// Seconds, each border with what lies below it.
    private static let borders = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private let state = Mutex(State())

    /// - Parameter route: the template: `/tiles/{set}/{z}/{x}/{y}`.
    func count(route: String, method: String, status: Int, seconds: Double, bytes: Int) {
        state.withLock { state in
            state.answers[Series(route: route, method: method, status: status), default: 0] += 1
            state.bytes &+= bytes
            var histogram = state.seconds[route] ?? Histogram()
            for index in Self.borders.indices where seconds <= Self.borders[index] { histogram.buckets[index] += 1 }
            histogram.count += 1
            histogram.sum += seconds
            state.seconds[route] = histogram
        }
    }

    /// The text format 0.0.4.
    /// - Parameter gauges: name, help and value of what is measured now.
    func text(gauges: [(name: String, help: String, value: Double)]) -> [UInt8] {
        let state = state.withLock { $0 }
        var out = ByteWriter(capacity: 1 << 13)
        head(&out, "faro_answers_total", "counter", "Answers by route, method and status.")
        let ordered = state.answers.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        for (key, count) in ordered {
            let labels = "route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\""
            out.text("faro_answers_total{\(labels)} \(count)\n")
        }
        head(&out, "faro_answer_bytes_total", "counter", "Bytes of answers, without headers.")
        out.text("faro_answer_bytes_total \(state.bytes)\n")
        head(&out, "faro_answer_seconds", "histogram", "From a request's head to its answer.")
        for (route, histogram) in state.seconds.sorted(by: { $0.key < $1.key }) { write(histogram, route, &out) }
        for gauge in gauges {
            head(&out, gauge.name, "gauge", gauge.help)
            out.text("\(gauge.name) \(gauge.value)\n")
        }
        return out.bytes
    }

    private func write(_ histogram: Histogram, _ route: String, _ out: inout ByteWriter) {
        for (border, count) in zip(Self.borders, histogram.buckets) {
            out.text("faro_answer_seconds_bucket{route=\"\(route)\",le=\"\(border)\"} \(count)\n")
        }
        out.text("faro_answer_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(histogram.count)\n")
        out.text("faro_answer_seconds_sum{route=\"\(route)\"} \(histogram.sum)\n")
        out.text("faro_answer_seconds_count{route=\"\(route)\"} \(histogram.count)\n")
    }

    private func head(_ out: inout ByteWriter, _ name: String, _ type: String, _ help: String) {
        out.text("# HELP \(name) \(help)\n# TYPE \(name) \(type)\n")
    }
}
