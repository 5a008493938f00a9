import Bytes
import CivilTime
import SimpleFeatures

/// One report file as it grows, with the truth of each row and the counts of all.
struct ReportAccounts {
    private(set) var counts: Manifest.Year
    /// Lines of `verdad.csv`.
    private(set) var truth = ByteWriter(capacity: 1 << 20)
    private var file = ByteWriter(capacity: 1 << 20)
    private let report: ReportFile
    /// Of each series of burglaries those that a map shows where they happened.
    private var series: [Int: [(day: CalendarDate, point: PlanarPoint)]] = [:]

    static let truthHeader = "anio,fila,folio,fecha,hora,longitud,latitud,colonia,resultado,motivo,suciedad\n"

    init(of report: ReportFile, style: Manifest.Year) {
        self.report = report
        counts = style
        if counts.hasByteOrderMark { file.raw([0xEF, 0xBB, 0xBF]) }
        if counts.preambleLines > 0 {
            file.text(
                "Datos ficticios de Valle del Faro; ningún hecho ni persona es real; edición del año \(style.year)")
            file.text(counts.lineEnding)
        }
        file.text(ReportRow.header.joined(separator: ",") + counts.lineEnding)
    }

    /// The file in its encoding.
    var bytes: [UInt8] { counts.encoding == "windows-1252" ? Self.windows1252(file.bytes) : file.bytes }

    mutating func add(_ entry: ReportFile.Entry) {
        entry.row.write(to: &file, lineEnding: counts.lineEnding)
        counts.rows += 1
        for dirt in entry.hand.all { counts.dirt[dirt, default: 0] += 1 }
        if entry.event.follows != nil, entry.hand.place != .duplicate { counts.nearRepeats += 1 }
        let (outcome, reason) = entry.hand.place?.consequence ?? ("placed", "coordinates")
        switch outcome {
        case "unplaced": counts.unplaced += 1
        case "rejected": counts.rejected += 1
        default: countPlaced(entry)
        }
        writeTruth(entry, outcome, reason)
    }

    private mutating func countPlaced(_ entry: ReportFile.Entry) {
        counts.placed += 1
        let published: Int? =
            switch entry.hand.place {
            case .outsideCity: nil
            case .defaultPoint: report.locator.colonia(at: report.officePlace)
            default: entry.event.colonia
            }
        let agrees = published.map { $0 == entry.label || report.isSameName($0, entry.label) } ?? false
        counts.labelsAgreeing += agrees ? 1 : 0
        counts.labelsDiffering += agrees ? 0 : 1
        guard entry.hand.place != .outsideCity, entry.hand.place != .defaultPoint else { return }
        if entry.event.isAtCorner { counts.atCorners += 1 }
        if report.defects.isDisputed(entry.event.place) { counts.inTwoColonias += 1 }
        if entry.hand.place != .duplicate { countPairs(entry.event) }
    }

    /// With those of its series before it, the one that it follows and perhaps the one that this followed.
    private mutating func countPairs(_ event: Event) {
        guard let number = event.series else { return }
        for other in series[number, default: []] {
            let days = abs(Int(event.day.daysSince1970) - Int(other.day.daysSince1970))
            if days <= History.nearRepeatDays, event.point.metres(to: other.point) < History.nearRepeatMetres {
                counts.nearRepeatPairs += 1
            }
        }
        series[number, default: []].append((event.day, event.point))
    }

    private mutating func writeTruth(_ entry: ReportFile.Entry, _ outcome: String, _ reason: String) {
        let (event, decimals) = (entry.event, History.decimals(in: counts.year))
        let fields = [
            String(counts.year), String(counts.rows), entry.row.folio, event.day.description,
            ReportFile.clock(event.minute), decimalText(event.place.longitude, decimals: decimals),
            decimalText(event.place.latitude, decimals: decimals), report.territory.colonias[event.colonia].key,
            outcome,
            reason, entry.hand.all.map(\.rawValue).joined(separator: "|"),
        ]
        truth.text(fields.joined(separator: ","))
        truth.text("\n")
    }

    /// UTF-8 text as Windows-1252. The files hold letters up to U+00FF only, where both agree on the number.
    private static func windows1252(_ utf8: [UInt8]) -> [UInt8] {
        String(decoding: utf8, as: UTF8.self).unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
    }
}
