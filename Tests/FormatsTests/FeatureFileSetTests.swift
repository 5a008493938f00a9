import Formats
import Testing

@Suite struct FeatureFileSetTests {
    @Test func `Files of one stem make one set, whatever their case`() {
        let sets = FeatureFileSet.sets(in: ["x.dbf", "X.SHP", "x.shx", "X.prj", "x.CPG", "readme.txt"])
        #expect(sets.map(\.name) == ["X"])
        #expect(sets.map(\.shp) == ["X.SHP"])
        #expect(sets.map(\.dbf) == ["x.dbf"])
        #expect(sets.map(\.prj) == ["X.prj"])
        #expect(sets.map(\.cpg) == ["x.CPG"])
    }

    @Test func `An archive may hold several sets, in folders too`() {
        let sets = FeatureFileSet.sets(in: [
            "a/", "a/colonias.v2.shp", "a/colonias.v2.dbf", "a/colonias.v2.shp.xml", "b/colonias.v2.shp",
            "b/colonias.v2.prj", "lone.dbf", "c.shp", "__MACOSX/a/._colonias.v2.shp", "a/._colonias.v2.dbf", ".shp",
            "shp",
        ])
        #expect(sets.map(\.name) == ["colonias.v2", "colonias.v2", "c"])
        #expect(sets.map(\.shp) == ["a/colonias.v2.shp", "b/colonias.v2.shp", "c.shp"])
        #expect(sets.map(\.dbf) == ["a/colonias.v2.dbf", nil, nil])
        #expect(sets.map(\.prj) == [nil, "b/colonias.v2.prj", nil])
    }

    @Test func `Of two files that claim one part the first is taken`() {
        let sets = FeatureFileSet.sets(in: ["x.shp", "X.shp", "X.dbf", "x.dbf"])
        #expect(sets.map(\.shp) == ["x.shp"])
        #expect(sets.map(\.dbf) == ["X.dbf"])
    }

    @Test func `Without a shape file there is no set`() {
        #expect(FeatureFileSet.sets(in: ["x.dbf", "x.prj", ""]).isEmpty)
    }
}
