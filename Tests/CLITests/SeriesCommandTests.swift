import Foundation
import TestSupport
import Testing

@Suite struct SeriesCommandTests {
    private static let months =
        "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
    private static let wide =
        "Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,\(months)\n"
        + "2024,1,Aguascalientes,1001,Aguascalientes,v,t,s,m,1,2,3,4,5,6,7,8,9,\"1,000\",,\n"
        + "2024,1,Aguascalientes,1999,No Especificado,v,t,s,m,1,1,1,1,1,1,1,1,1,1,,\n"
        + "Fuente: SESNSP\n"

    @Test func `Monthly counts are accounted for on standard error`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write("wide.csv", Self.wide)
        let result = try FaroProcess.run(
            "import", store, file, "--profile", "sesnsp-municipal", "--rejects", folder.file("r.csv"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.isEmpty)
        for text in [
            "rows read         3", "counts            20 in 1 areas, 4 cells blank",
            "sum               1,055, of which 1,045 in an area",
            "case_file (carpetas de investigación)", "months            2024-01 to 2024-12",
            "data cut          2024-10", "missing           2024-11, 2024-12",
            "without area      No Especificado, Aguascalientes (1 rows)", "no municipality layer",
        ] {
            #expect(result.errors.contains(text), "\(text) in \(result.errors)")
        }
        #expect(try String(contentsOfFile: folder.file("r.csv"), encoding: .utf8).contains("field_count"))
        let again = try FaroProcess.run("import", store, file, "--profile", "sesnsp-municipal", "--json", "--strict")
        #expect(again.status == 65)
        #expect(again.errors.contains("nothing changed"))
        let json = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [[String: Any]]
        #expect(json?.first?["alreadyImported"] as? Bool == true)
        #expect(try FaroProcess.run("validate", store).status == 0)
        #expect(try FaroProcess.run("info", store).output.contains("sesnsp-municipal 1"))
    }

    @Test func `A census is held against its own totals`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write(
            "censo.csv",
            """
            "Población total"
            ""
            "","","Total","Hombres","Mujeres",""
            " ","Total","1,001","500","501"
            "=CONCATENAR(0,01) ","Aguascalientes","1,001","500","501"
            " 01 001 ","Aguascalientes","1,000","500","500"

            "FUENTE: INEGI. Censo de Población y Vivienda 2020."

            """)
        let result = try FaroProcess.run("import", store, file, "--profile", "inegi-census")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("sum of population 1,000"))
        #expect(result.errors.contains("6 stated, 2 equal the sum"))
        #expect(result.errors.contains("nation, population: 1,001 stated, 1,000 summed"))
    }

    @Test(arguments: [
        (["--profile", "sesnsp-homicides"], Int32(65), "must have a column for"),
        (["--profile", "sesnsp-municipal", "--crs", "EPSG:4326"], 64, "--crs is for coordinates"),
        (["--profile", "sesnsp-municipal", "--code-scheme", "ife"], 64, "inegi, ine or none"),
        (["--profile", "generic", "--code-scheme", "ine"], 64, "--code-scheme is for aggregates"),
        (["--profile", "sesnsp-municipal", "--map", "date=Año"], 64, "no field of published aggregates"),
        (["--profile", "sesnsp-municipal", "--map", "municipality=Lugar"], 65, "--map municipality=COLUMN"),
        (["--profile", "sesnsp-municipal", "--code-scheme", "ine"], 65, "municipality layer"),
    ])
    func `What cannot be done is said in one sentence`(options: [String], status: Int32, text: String) throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write("wide.csv", Self.wide)
        let result = try FaroProcess.run(["import", store, file] + options)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(text), "\(result.errors)")
    }
}
