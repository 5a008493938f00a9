import Formats
import Foundation
import Testing

/// Published files, as they really come. They are not part of the project: `FARO_REALDATA` names the folder.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FARO_REALDATA"] != nil, "FARO_REALDATA is not set"))
struct CSVRealDataTests {
    /// Rows, columns of the header, its line, and Windows-1252 rows. The row counts are those of the data's own
    /// description; the census table has 2,508 lines, of which five are title, blank line and header.
    @Test(arguments: [
        ("incidentes/cdmx_fgj_2019.csv.gz", 236_814, 8, 1, false),
        ("incidentes/cdmx_fgj_2022.csv.gz", 224_393, 8, 1, false),
        ("incidentes/cdmx_fgj_2024t4.csv.gz", 45_884, 8, 1, false),
        ("incidentes/cdmx_atus_choques_2022_calles.csv.gz", 5_141, 20, 1, false),
        ("incidentes/spgg_atropellos_2015_2019.csv", 270, 12, 1, false),
        ("colonias/cdmx_colonias_iecm_a_sector_policial.csv", 1_809, 7, 1, false),
        ("municipios/poblacion_municipios_censo2020.csv", 2_475, 9, 1, false),
        ("estadistica/censo2020_municipios_original_cp1252.csv", 2_503, 6, 4, true),
        ("estadistica/zonas_metropolitanas_2015_original_cp1252.csv", 417, 22, 1, true),
        ("estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv", 2_484, 21, 1, false),
        ("estadistica/homicidios_municipal_nacional_2024_2025.csv.gz", 44_748, 10, 1, false),
        ("estadistica/cdmx_delitos_delegacion_mes_2013_2017.csv.gz", 5_280, 17, 1, false),
    ])
    func `Every row of a published file is given`(
        name: String, rows: Int64, columns: Int, headerLine: Int64, isWindows1252: Bool
    ) throws {
        let folder = try #require(ProcessInfo.processInfo.environment["FARO_REALDATA"])
        let reader = try CSVReader(source: ByteSource(path: folder + "/" + name))
        #expect(reader.header.count == columns && reader.headerLine == headerLine)
        while try reader.next() { #expect(reader.problem == nil) }
        #expect(reader.rowNumber == rows)
        #expect(reader.encodingCounts.windows1252 > 0 ? isWindows1252 : !isWindows1252)
        #expect(reader.encodingCounts.utf8 == 0 || !isWindows1252)
        #expect(reader.source.bytesRead == reader.source.fileSize)
    }
}
