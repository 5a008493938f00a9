import Foundation
import TestSupport
import Testing

@Suite struct CommandTests {
    @Test func `Every command explains itself with an example`() throws {
        for command in [
            ["init"], ["demo"], ["boundaries", "import"], ["boundaries", "list"], ["boundaries", "remove"], ["import"],
            ["assign"],
            ["hotspot", "kde"], ["summary"],
            ["export"], ["info"], ["taxonomy", "list"], ["taxonomy", "show"], ["taxonomy", "import"],
            ["taxonomy", "export"], ["taxonomy", "report"],
            ["validate"], ["report"], ["series", "import"], ["series", "measures"],
        ] {
            let result = try FaroProcess.run("help", command[0], command.count > 1 ? command[1] : "--help")
            #expect(result.status == 0, "faro help \(command)")
            #expect(result.output.contains("USAGE: faro \(command.joined(separator: " "))"))
            #expect(result.output.contains("Example"), "faro help \(command)")
        }
    }

    @Test func `The main job runs from reports to a surface, with data on standard output and words on standard error`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let reports =
            "fecha,hora,delito,longitud,latitud\n2024-03-01,10:00,ROBO,-99.13,19.43\n2024-03-02,,ROBO,-99.14,19.44\n"
        let imported = try FaroProcess.run("import", store, "-", input: reports)
        #expect(imported.status == 0)
        #expect(imported.output.isEmpty)
        #expect(imported.errors.contains("rows read"))
        let surface = try FaroProcess.run("hotspot", "kde", store, "--bandwidth", "500", "--cell-size", "100")
        #expect(surface.status == 0)
        #expect(surface.output.hasPrefix("x,y,density\n"))
        #expect(surface.errors.contains("mass check"))
        let counts = try FaroProcess.run("summary", store, "--by", "none", "--period", "month", "-q")
        #expect(
            counts.output == "level,area_id,area_name,period,category,count,boundary_version,break\n,,,2024-03,,2,,\n")
        #expect(counts.errors.isEmpty)
    }

    @Test func `JSON on standard output is one document`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        _ = try FaroProcess.run(
            "import", store, "-", input: "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.13,19.43\n")
        for arguments in [["info", store, "--json"], ["summary", store, "--by", "none", "--json"]] {
            let result = try FaroProcess.run(
                arguments[0], arguments[1], arguments[2], arguments.count > 3 ? arguments[3] : "-q",
                arguments.count > 4 ? arguments[4] : "-q")
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(result.output.utf8)) }
        }
    }

    @Test func `Points may come on standard input`() throws {
        let result = try FaroProcess.run(
            "hotspot", "kde", "-", "--bandwidth", "500", "-q", input: "lon,lat\n-99.13,19.43\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("x,y,density\n"))
    }

    @Test func `A file of points needs no store`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        let result = try FaroProcess.run(
            "hotspot", "kde", points, "--bandwidth", "500", "-o", folder.file("d.png"), "-o", folder.file("d.asc"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(folder.names == ["d.asc", "d.png", "d.prj", "p.csv"])
        let png = try Data(contentsOf: URL(fileURLWithPath: folder.file("d.png")))
        #expect(png.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    }
}
