import CQL2
import Foundation
import TestSupport
import Testing

/// Against `cql2`, the reader of the STAC community: what we write is the same filter to it as what was asked.
@Suite(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter with cql2"))
struct CQL2OracleTests {
    private static let script = """
        import cql2, json, sys
        def plain(x):
            if isinstance(x, dict):
                if x.get("op") in ("and", "or"):
                    args = []
                    for a in map(plain, x["args"]):
                        args += a["args"] if isinstance(a, dict) and a.get("op") == x["op"] else [a]
                    return {"op": x["op"], "args": args}
                return {k: plain(v) for k, v in x.items()}
            if isinstance(x, list): return [plain(v) for v in x]
            return float(x) if isinstance(x, int) and not isinstance(x, bool) else x
        for line in json.load(open(sys.argv[1])):
            a, b = (json.dumps(plain(cql2.parse_text(t).to_json()), sort_keys=True) for t in line)
            print("same" if a == b else f"{line}: {a} {b}")
        """

    @Test func `Somebody else's reader takes the canonical text for the same filter`() throws {
        let texts = [
            "a = 1", "a = 'it''s' AND b <> 2.5", "a < 1 OR b >= 2 AND c <= 3", "(a = 1 OR b = 2) AND c > 3",
            "NOT (a = 1 AND b = 2)", "a IN ('x','y','z')", "a LIKE 'ROBO%'", "a NOT LIKE '%x_'", "a BETWEEN 1 AND 2",
            "a IS NULL", "a IS NOT NULL", "d >= DATE('2024-03-01')", "t < TIMESTAMP('2024-03-01T12:00:00Z')",
            "flag = TRUE", "S_INTERSECTS(geom, BBOX(-99.2,19.3,-99.1,19.4))", "S_INTERSECTS(geom, POINT(-99.2 19.3))",
            "S_INTERSECTS(geom, POLYGON((0 0,1 0,1 1,0 0)))", "S_INTERSECTS(geom, LINESTRING(0 0,1 1))",
            "S_INTERSECTS(geom, MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2))))",
            "a = 1 AND b = 2 AND c = 3 OR NOT d IN (1,2)", "\"odd name\" = 'x'", "a NOT BETWEEN 1 AND 2",
        ]
        let folder = try TemporaryFolder()
        let pairs = try texts.map { [$0, try CQL2Filter($0).description] }
        let path = try folder.write("pairs.json", String(decoding: JSONEncoder().encode(pairs), as: UTF8.self))
        let outcome = try ForeignProgram.python.run(["-c", Self.script, path])
        #expect(outcome.errors == "")
        #expect(outcome.output.split(separator: "\n").filter { $0 != "same" } == [])
        #expect(outcome.output.split(separator: "\n").count == texts.count)
    }
}
