import Bytes
import CivilTime
import Incidents

/// Writes rows of a table as GeoJSON features, straight from its columns.
///
/// Names, order and values of the properties are those of `faro export`, as far as they are held in memory: the words of the
/// source stay in the store.
struct IncidentFeatureWriter: Sendable {
    private let table: IncidentTable
    private let degrees: DegreeColumns
    /// `,"colonia_id":` and `,"colonia_version":` of each level.
    private let names: [(id: [UInt8], version: [UInt8])]

    init(_ snapshot: StoreSnapshot) {
        table = snapshot.table
        degrees = snapshot.places.degrees
        names = snapshot.table.areas.map { area in
            (Array(",\"\(area.level)_id\":".utf8), Array(",\"\(area.level)_version\":".utf8))
        }
    }

    func write(_ row: Int, into buffer: inout ByteWriter) {
        buffer.text("{\"type\":\"Feature\",\"id\":\"" as StaticString)
        buffer.integer(table.id[row])
        buffer.text("\",\"geometry\":" as StaticString)
        writePlace(row, &buffer)
        buffer.text(",\"properties\":{\"category\":" as StaticString)
        writeText(table.category[row], of: table.categories, &buffer)
        buffer.text(",\"modality\":" as StaticString)
        writeText(table.modality[row], of: table.modalities, &buffer)
        writeTime(row, &buffer)
        buffer.text(",\"outcome\":\"" as StaticString)
        buffer.text(table.outcome[row].name)
        buffer.text("\",\"method\":\"" as StaticString)
        buffer.text(table.method[row].name)
        buffer.text("\",\"weight\":" as StaticString)
        writeNumber(table.weight[row], &buffer)
        buffer.text(",\"x\":" as StaticString)
        writeNumber(table.x[row], &buffer)
        buffer.text(",\"y\":" as StaticString)
        writeNumber(table.y[row], &buffer)
        for (level, area) in table.areas.enumerated() {
            buffer.raw(names[level].id)
            writeText(area.index[row], of: area.keys, &buffer)
        }
        buffer.text(",\"precision\":\"" as StaticString)
        buffer.text(table.grade[row].name)
        buffer.text(table.isArtefact[row] ? "\",\"is_artefact\":true" : "\",\"is_artefact\":false" as StaticString)
        for (level, area) in table.areas.enumerated() {
            buffer.raw(names[level].version)
            let key = Int(area.index[row])
            if key >= 0 { buffer.integer(area.versions[key]) } else { buffer.text("null" as StaticString) }
        }
        buffer.text("}}" as StaticString)
    }

    private func writePlace(_ row: Int, _ buffer: inout ByteWriter) {
        let (longitude, latitude) = (degrees.longitudes[row], degrees.latitudes[row])
        guard longitude.isFinite, latitude.isFinite else { return buffer.text("null" as StaticString) }
        buffer.text("{\"type\":\"Point\",\"coordinates\":[" as StaticString)
        buffer.fixed(longitude, decimals: 7)
        buffer.byte(UInt8(ascii: ","))
        buffer.fixed(latitude, decimals: 7)
        buffer.text("]}" as StaticString)
    }

    private func writeTime(_ row: Int, _ buffer: inout ByteWriter) {
        buffer.text(",\"occurred_at\":\"" as StaticString)
        buffer.text(UTCText.text(ofInstant: table.instant[row]))
        let day = CalendarDate(daysSince1970: table.localDay[row])
        buffer.text("\",\"local_date\":\"" as StaticString)
        buffer.text(day.description)
        buffer.text("\",\"local_hour\":" as StaticString)
        let minute = table.localMinute[row]
        if minute < 0 { buffer.text("null" as StaticString) } else { buffer.integer(minute / 60) }
        buffer.text(",\"local_dow\":" as StaticString)
        buffer.integer(day.isoWeekday)
    }

    private func writeText(_ code: Int32, of texts: [String], _ buffer: inout ByteWriter) {
        if code >= 0 { buffer.jsonString(texts[Int(code)]) } else { buffer.text("null" as StaticString) }
    }

    private func writeNumber(_ number: Double, _ buffer: inout ByteWriter) {
        if number.isFinite { buffer.shortest(number) } else { buffer.text("null" as StaticString) }
    }
}
