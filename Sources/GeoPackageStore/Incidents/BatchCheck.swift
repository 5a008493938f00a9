import Bytes
import Incidents

/// Holds a batch's shape against what the writer relies upon, once per batch and before anything is written.
enum BatchCheck {
    static func check(_ batch: IncidentBatch, areas: [AreaKeys]) throws(StoreError) {
        let count = batch.count
        func length(_ column: String, _ found: Int) throws(StoreError) {
            guard found == count else { throw .columnLength(column: column, expected: count, found: found) }
        }
        for (name, column) in IncidentWriter.texts(of: batch) { try length(name, column.count) }
        try length("localDay", batch.localDay.count)
        try length("localMinute", batch.localMinute.count)
        try length("instant", batch.instant.count)
        try length("longitude", batch.longitude.count)
        try length("latitude", batch.latitude.count)
        try length("x", batch.x.count)
        try length("y", batch.y.count)
        try length("cell", batch.cell.count)
        try length("weight", batch.weight.count)
        try length("outcome", batch.outcome.count)
        try length("method", batch.method.count)
        try length("grade", batch.grade.count)
        try length("uncertainty", batch.uncertainty.count)
        try length("isDuplicate", batch.isDuplicate.count)
        guard batch.areas.count == areas.count else {
            throw .columnLength(column: "areas", expected: areas.count, found: batch.areas.count)
        }
        guard batch.labelAgrees.count == areas.count else {
            throw .columnLength(column: "labelAgrees", expected: areas.count, found: batch.labelAgrees.count)
        }
        for (level, column) in zip(areas, batch.labelAgrees) {
            try length("\(level.level), label agrees", column.count)
            try range("\(level.level), label agrees", column, -1...1)
        }
        for (level, column) in zip(areas, batch.areas) {
            try versions(of: level)
            try length(level.level, column.count)
            try range(level.level, column, -1...Int32(clamping: level.keys.count - 1))
        }
        try range("sourceRow", batch.sourceRow, 0...0xFFFF_FFFF)
        try range("localDay", batch.localDay, Instant.days)
        try range("localMinute", batch.localMinute, -1...1439)
        try range("instant", batch.instant, Instant.range)
        for (row, weight) in batch.weight.enumerated() where !weight.isFinite {
            throw .valueOutOfRange(column: "weight", row: row, value: "\(weight)")
        }
        try places(of: batch)
    }

    /// Each key says of which version it is.
    static func versions(of keys: AreaKeys) throws(StoreError) {
        guard keys.versions.count == keys.keys.count else {
            throw .columnLength(
                column: "\(keys.level), versions", expected: keys.keys.count, found: keys.versions.count)
        }
        try range("\(keys.level), versions", keys.versions, 1...Int(Int32.max))
    }

    /// A row that is kept is not rejected, and no radius is negative.
    static func places(of batch: IncidentBatch) throws(StoreError) {
        for (row, outcome) in batch.outcome.enumerated() where outcome == .rejected {
            throw .valueOutOfRange(column: "outcome", row: row, value: outcome.name)
        }
        for (row, metres) in batch.uncertainty.enumerated() where metres < 0 || metres == .infinity {
            throw .valueOutOfRange(column: "uncertainty", row: row, value: "\(metres)")
        }
    }

    private static func range<T: FixedWidthInteger>(
        _ column: String, _ values: [T], _ range: ClosedRange<T>
    ) throws(StoreError) {
        for (row, value) in values.enumerated() where !range.contains(value) {
            throw .valueOutOfRange(column: column, row: row, value: "\(value)")
        }
    }
}
