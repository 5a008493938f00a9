import Foundation
import TestSupport
import Testing

/// Each failure: one sentence on standard error, the documented exit code, nothing lost and nothing left behind.
@Suite struct FailureTests {
    private func expectOneSentence(
        _ result: FaroProcess.Result, status: Int32, says: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.output.isEmpty, sourceLocation: sourceLocation)
        #expect(result.errors.hasPrefix("faro: "), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains(says), "\(result.errors)", sourceLocation: sourceLocation)
    }

    @Test func `A missing column names the field and the columns there are`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write("a.csv", "folio,que\n1,ROBO\n")
        expectOneSentence(try FaroProcess.run("import", store, file), status: 65, says: "folio, que")
    }

    @Test func `A missing file is said to be missing`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        expectOneSentence(try FaroProcess.run("import", store, folder.file("none.csv")), status: 66, says: "none.csv")
        expectOneSentence(try FaroProcess.run("info", folder.file("none.gpkg")), status: 66, says: "none.gpkg")
    }

    @Test func `A zip under the name of a GeoJSON is recognised by its content`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        // The smallest zip there is: an empty archive.
        let zip = Data([0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18))
        try zip.write(to: URL(fileURLWithPath: folder.file("colonias.geojson")))
        let result = try FaroProcess.run(
            "boundaries", "import", store, folder.file("colonias.geojson"), "--level", "colonia")
        expectOneSentence(result, status: 65, says: "zip")
    }

    @Test func `A truncated gzip is refused and nothing of it stays`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let text = "fecha,delito,longitud,latitud\n" + String(repeating: "2024-03-01,ROBO,-99.13,19.43\n", count: 5000)
        let plain = try folder.write("a.csv", text)
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
        gzip.arguments = [plain]
        try gzip.run()
        gzip.waitUntilExit()
        let whole = try Data(contentsOf: URL(fileURLWithPath: plain + ".gz"))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.file("cut.csv.gz")))
        expectOneSentence(
            try FaroProcess.run("import", store, folder.file("cut.csv.gz")), status: 65, says: "cut.csv.gz")
        #expect(try FaroProcess.run("validate", store).status == 0)
    }

    @Test func `A polygon in undeclared metres asks for its reference system`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write(
            "a.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"1\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[480000,2140000],[480500,2140000],[480500,2140500],[480000,2140000]]]}}]}"
        )
        expectOneSentence(
            try FaroProcess.run("boundaries", "import", store, file, "--level", "colonia"), status: 65, says: "--crs")
    }

    @Test func `An output that exists is not replaced unasked`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        let old = try folder.write("d.csv", "mine\n")
        expectOneSentence(
            try FaroProcess.run("hotspot", "kde", points, "--bandwidth", "500", "-o", old), status: 73, says: "d.csv")
        #expect(try String(contentsOfFile: old, encoding: .utf8) == "mine\n")
        #expect(
            try FaroProcess.run("hotspot", "kde", points, "--bandwidth", "500", "-o", old, "--overwrite").status == 0)
        expectOneSentence(
            try FaroProcess.run("init", try folder.store(), "--crs", "EPSG:32614", "--tz", "America/Mexico_City"),
            status: 73, says: "exists")
    }

    @Test func `An output in a folder that is not there fails before the work`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        let result = try FaroProcess.run(
            "hotspot", "kde", points, "--bandwidth", "500", "-o", folder.file("none/d.csv"))
        expectOneSentence(result, status: 74, says: "none/d.csv")
        #expect(folder.names == ["p.csv"])
    }

    @Test func `A write that the system cuts short leaves no partial file`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        // A file-size limit stands for the full disk: 64 blocks of 512 bytes.
        let result = try FaroProcess.run(
            "hotspot", "kde", points, "--bandwidth", "2000", "--cell-size", "20", "-q", "-o", folder.file("d.csv"),
            limits: "ulimit -f 64")
        expectOneSentence(result, status: 74, says: "d.csv")
        #expect(folder.names == ["p.csv"])
    }

    @Test func `Degrees are refused as a working system, and an unknown zone names known ones`() throws {
        let folder = try TemporaryFolder()
        let degrees = try FaroProcess.run(
            "init", folder.file("s.gpkg"), "--crs", "EPSG:4326", "--tz", "America/Mexico_City")
        expectOneSentence(degrees, status: 64, says: "metres")
        let zone = try FaroProcess.run("init", folder.file("s.gpkg"), "--crs", "EPSG:32614", "--tz", "Mexico/Nowhere")
        #expect(zone.status != 0 && zone.errors.contains("America/"))
        #expect(folder.names.isEmpty)
    }

    @Test func `Usage errors end with 64`() throws {
        #expect(try FaroProcess.run("hotspot", "kde").status == 64)
        #expect(try FaroProcess.run("nonsense").status == 64)
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        #expect(try FaroProcess.run("hotspot", "kde", points, "--bandwidth", "-5").status == 64)
        #expect(
            try FaroProcess.run("hotspot", "kde", points, "--bandwidth", "500", "-o", folder.file("d.xyz")).status == 64
        )
    }

    @Test func `A strict import ends with 65 when a row was rejected, and the row is in the rejects file`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write(
            "a.csv",
            "fecha,delito,longitud,latitud\n2024-02-30,\"ROBO, A NEGOCIO\",-99.13,19.43\n2024-03-01,ROBO,-99.13,19.43\n"
        )
        let result = try FaroProcess.run("import", store, file, "--strict", "--rejects", folder.file("r.csv"))
        #expect(result.status == 65)
        let rejects = try String(contentsOfFile: folder.file("r.csv"), encoding: .utf8)
        #expect(rejects.split(separator: "\n").count == 2)
        #expect(rejects.contains("date_unreadable"))
        #expect(rejects.contains("\"2024-02-30,\"\"ROBO, A NEGOCIO\"\",-99.13,19.43\""))
    }

    @Test func `A file without a single point is refused as that`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n,\nx,19.4\n")
        expectOneSentence(
            try FaroProcess.run("hotspot", "kde", points, "--bandwidth", "500"), status: 65, says: "none of its 2 rows")
    }

    @Test func `Options that would be ignored are refused`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        expectOneSentence(try FaroProcess.run("hotspot", "kde", store, "--weights", "n"), status: 64, says: "--weights")
        expectOneSentence(
            try FaroProcess.run("hotspot", "kde", points, "--study-area", "colonia"), status: 64, says: "--study-area")
        expectOneSentence(
            try FaroProcess.run("export", store, "colonia", "-o", folder.file("c.csv"), "--category", "ROBO"),
            status: 64,
            says: "level of areas")
    }

    @Test func `Coordinates in another unit than their reference system are refused`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let degrees = try folder.write("d.csv", "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1,19.4\n")
        expectOneSentence(
            try FaroProcess.run("import", store, degrees, "--crs", "EPSG:32614"), status: 64, says: "read as degrees")
        let metres = try folder.write("m.csv", "fecha,delito,x,y\n2024-03-01,ROBO,489500,2145090\n")
        expectOneSentence(try FaroProcess.run("import", store, metres), status: 64, says: "--crs")
        expectOneSentence(
            try FaroProcess.run("hotspot", "kde", degrees, "--crs", "EPSG:32614", "-q"), status: 65,
            says: "look like degrees")
    }

    @Test func `The same bytes under another name and other settings are not counted twice`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let text = "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1,19.4\n"
        #expect(try FaroProcess.run("import", store, try folder.write("a.csv", text), "-q").status == 0)
        let again = try FaroProcess.run("import", store, try folder.write("b.csv", text), "--encoding", "utf-8")
        expectOneSentence(again, status: 64, says: "--source a.csv")
    }

    @Test func `What is read is never written over`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write("a.csv", "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1,19.4\n")
        expectOneSentence(
            try FaroProcess.run("import", store, file, "--rejects", file, "--overwrite"), status: 64, says: "a.csv")
        expectOneSentence(
            try FaroProcess.run("init", file, "--crs", "EPSG:32614", "--tz", "America/Mexico_City", "--overwrite"),
            status: 64,
            says: "--overwrite replaces a store")
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("fecha"))
    }

    @Test func `Control-C ends an import after a whole batch with 130, and a rerun goes on`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        var text = "folio,fecha,delito,longitud,latitud\n"
        for row in 0..<150_000 { text += "F\(row),2024-03-0\(row % 9 + 1),ROBO,-99.1\(row % 1000),19.4\(row % 777)\n" }
        let file = try folder.write("big.csv", text)
        let process = Process()
        process.executableURL = FaroProcess.executable
        process.arguments = ["import", store, file]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        Thread.sleep(forTimeInterval: 0.4)
        process.interrupt()
        process.waitUntilExit()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(process.terminationStatus == 130)
        #expect(said.hasPrefix("faro: interrupted: ") && said.contains("run the same import again"), "\(said)")
        #expect(try FaroProcess.run("validate", store).status == 0)
        #expect(try FaroProcess.run("import", store, file, "-q").status == 0)
        let counts = try FaroProcess.run("summary", store, "--by", "none", "--period", "none", "-q")
        #expect(counts.output.hasSuffix(",150000,,\n"))
    }

    @Test func `A reader that goes away ends a command quietly`() throws {
        let folder = try TemporaryFolder()
        let points = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        let command =
            "set -o pipefail; '\(FaroProcess.executable.path)' hotspot kde '\(points)' --bandwidth 2000 --cell-size 10 -q | head -1"
        shell.arguments = ["-c", command]
        let (output, errors) = (Pipe(), Pipe())
        shell.standardOutput = output
        shell.standardError = errors
        try shell.run()
        let line = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(line == "x,y,density\n")
        #expect(shell.terminationStatus == 0)
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    @Test func `A killed import leaves whole batches, and a rerun completes without duplicates`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        var text = "folio,fecha,delito,longitud,latitud\n"
        for row in 0..<120_000 { text += "F\(row),2024-03-0\(row % 9 + 1),ROBO,-99.1\(row % 1000),19.4\(row % 777)\n" }
        let file = try folder.write("big.csv", text)
        for delay in [0.15, 0.5, 1.0, 1.6, 2.2] {
            let process = Process()
            process.executableURL = FaroProcess.executable
            process.arguments = ["import", store, file, "-q"]
            process.standardError = FileHandle.nullDevice
            try process.run()
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let check = try FaroProcess.run("validate", store)
            #expect(check.status == 0, "\(check.errors)")
        }
        let rerun = try FaroProcess.run("import", store, file)
        #expect(rerun.status == 0, "\(rerun.errors)")
        let counts = try FaroProcess.run("summary", store, "--by", "none", "--period", "none", "-q")
        #expect(
            counts.output == "level,area_id,area_name,period,category,count,boundary_version,break\n,,,,,120000,,\n")
        #expect(try FaroProcess.run("validate", store).status == 0)
    }
}
