import CrimeMapping
import Foundation
import Incidents
import Privacy

/// `/healthz` and `/metrics`.
enum OperationRoutes {
    static let health = Route("/healthz", of: .description, media: [.json], caching: .never) { ask in
        var json = JSONObject()
        let failure = ask.server.live.failure
        json.add("status", text: failure == nil ? "ok" : "stale")
        json.add("version", text: FaroVersion.current)
        json.add("store_revision", Int(clamping: ask.snapshot.revision()))
        // The reason names a path, and is in the log.
        return Answer(.json, json.bytes)
    }

    static let metrics = Route("/metrics", of: .metrics, media: [.metrics], caching: .never) { ask in
        let server = ask.server
        let (answers, drawings, repeats) = (server.answers.account, server.drawings.account, server.repeats.account)
        return Answer(
            .metrics,
            server.metrics.text(gauges: [
                ("faro_store_revision", "Revision that is answered from.", Double(ask.snapshot.revision())),
                ("faro_store_incidents", "Incidents in memory.", Double(ask.snapshot.table.count)),
                ("faro_store_readable", "1 while the store can be read.", server.live.failure == nil ? 1 : 0),
                ("faro_answer_cache_bytes", "Bytes of answers kept.", Double(answers.bytes)),
                ("faro_answer_cache_hits", "Answers taken from there.", Double(answers.hits)),
                ("faro_answer_cache_misses", "Answers not found there.", Double(answers.misses)),
                ("faro_repeat_cache_bytes", "Bytes of small answers kept by their requests.", Double(repeats.bytes)),
                ("faro_repeat_cache_hits", "Answers taken from there, before the router.", Double(repeats.hits)),
                ("faro_drawing_cache_bytes", "Bytes of layers kept, about.", Double(drawings.bytes)),
                ("faro_analyses", "Analyses that run or wait.", Double(server.analysts.load)),
                ("faro_drawings", "Tiles that are drawn or wait.", Double(server.painters.load)),
                ("process_resident_memory_bytes", "Memory in use.", ResidentMemory.bytes),
                ("process_uptime_seconds", "Since the start.", (ContinuousClock.now - server.startedAt).seconds),
            ]))
    }
}
