import Formats
import Foundation
import TestSupport
import Testing

@Suite struct CSVTypesTests {
    @Test func `Types stand quoted on one line`() {
        #expect(
            String(decoding: CSVTypes.text([.text, .integer, .number, .x, .y]), as: UTF8.self)
                == "\"String\",\"Integer64\",\"Real\",\"CoordX\",\"CoordY\"\n")
        #expect(CSVTypes.text([]) == [0x0A])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo"), "GDAL is not installed"))
    func `GDAL takes columns for what they are said to be`() throws {
        let folder = try TemporaryFolder()
        let row = "09015,7,0.5,1,2024-02-29,23:59:01,2024-02-29T23:59:01,-99.13,19.43"
        let path = try folder.write("a.csv", Array("clave,n,x,b,d,t,dt,lon,lat\n\(row)\n".utf8))
        _ = try folder.write(
            "a.csvt", CSVTypes.text([.text, .integer, .number, .bool, .date, .time, .dateTime, .x, .y]))
        let info = try run("/usr/bin/ogrinfo", ["-al", path]).output
        for line in [
            "Geometry: Point", "clave (String) = 09015", "n (Integer64) = 7", "x (Real) = 0.5",
            "b (Integer(Boolean)) = 1",
            "d (Date) = 2024/02/29", "t (Time) = 23:59:01", "dt (DateTime) = 2024/02/29 23:59:01",
            "POINT (-99.13 19.43)",
        ] { #expect(info.contains(line), "\(line) is missing") }
    }
}
