import Bytes
import CivilTime
import Dispatch
import Foundation
import Logging
import Synchronization

/// One JSON object a line on standard error.
///
/// A request's line has its route's template, never its address: a path or a query names places and days that somebody is
/// interested in. Neither does it have the client's address or what its programs are called.
struct JSONLog: LogHandler {
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.info
    private let label: String

    init(label: String) { self.label = label }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// `2024-03-01T12:00:00.123Z`.
    private static var now: String {
        let milliseconds = Int64(Date().timeIntervalSince1970 * 1_000)
        let fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        return "\(UTCText.text(ofInstant: milliseconds / 1_000).dropLast()).\(fraction)Z"
    }

    func log(event: LogEvent) {
        var line = JSONObject()
        line.add("time", text: Self.now)
        line.add("level", text: event.level.rawValue)
        line.add("event", text: event.message.description)
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) where key != "hb.request.id" {
            line.add(key, text: value.description)
        }
        Self.lines.add(line.bytes, isUrgent: event.level >= .warning)
    }

    private static let lines = LogLines()

    /// Writes what still waits; for the end of a program.
    static func flush() { lines.flush() }
}

/// Lines on their way to standard error: some at once, so that requests do not wait for whoever reads them.
private final class LogLines: Sendable {
    private static let patience = DispatchTimeInterval.milliseconds(100)
    private let waiting = Mutex<[UInt8]>([])
    private let queue = DispatchQueue(label: "log")

    /// - Parameter isUrgent: whether to write it, and what came before it, before returning.
    func add(_ line: [UInt8], isUrgent: Bool) {
        let isFirst = waiting.withLock { waiting in
            defer {
                waiting += line
                waiting.append(UInt8(ascii: "\n"))
            }
            return waiting.isEmpty
        }
        if isUrgent {
            flush()
        } else if isFirst {
            queue.asyncAfter(deadline: .now() + Self.patience) { self.write() }
        }
    }

    func flush() { queue.sync { write() } }

    private func write() {
        let bytes = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        // Where standard error is closed there is nobody to tell.
        if !bytes.isEmpty { try? FileHandle.standardError.write(contentsOf: Data(bytes)) }
    }
}
