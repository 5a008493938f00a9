import Testing

@Suite struct GeoPackageStoreConformanceTests {
    @Test(arguments: ConformanceCheck.all)
    func `The GeoPackage store does what every store must do`(check: ConformanceCheck) throws {
        let folder = try TemporaryFolder()
        try check.body(newStore(in: folder))
    }
}
