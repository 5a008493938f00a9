import Bytes
import Foundation
import Logging

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

    func log(event: LogEvent) {
        var line = JSONObject()
        line.add("time", text: Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        line.add("level", text: event.level.rawValue)
        line.add("event", text: event.message.description)
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) where key != "hb.request.id" {
            line.add(key, text: value.description)
        }
        // Where standard error is closed there is nobody to tell.
        try? FileHandle.standardError.write(contentsOf: Data(line.bytes + [UInt8(ascii: "\n")]))
    }
}
