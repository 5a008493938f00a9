import CQL2
import CivilTime
import Foundation
import SimpleFeatures
import TestSupport
import Testing

struct CQL2FilterTests {
    @Test(arguments: [
        ("a=1", "a = 1"),
        ("1 < a", "a > 1"),
        ("a = 'it''s'", "a = 'it''s'"),
        (#"a = 'it\'s'"#, "a = 'it''s'"),
        (#"a = 'back\slash'"#, #"a = 'back\slash'"#),
        ("\"odd name\" <> -1.50e1", "\"odd name\" <> -15"),
        ("not a is null", "a IS NOT NULL"),
        ("a IS NOT NULL", "a IS NOT NULL"),
        ("a between 1 and 2 and b not between 3 and 4", "a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4"),
        ("a in ('x','y') or a not in (1)", "a IN ('x', 'y') OR a NOT IN (1)"),
        ("a LIKE 'ROBO%'", "a LIKE 'ROBO%'"),
        ("(a=1 or b=2) and c=3", "(a = 1 OR b = 2) AND c = 3"),
        ("a=1 or (b=2 and c=3)", "a = 1 OR b = 2 AND c = 3"),
        ("not (a=1 or b=2)", "NOT (a = 1 OR b = 2)"),
        ("NOT NOT a=1", "NOT NOT a = 1"),
        ("true or FALSE", "TRUE OR FALSE"),
        ("flag = TRUE", "flag = TRUE"),
        ("d >= DATE('2024-03-01')", "d >= DATE('2024-03-01')"),
        ("t < TIMESTAMP('2024-03-01T12:00:00.250Z')", "t < TIMESTAMP('2024-03-01T12:00:00.25Z')"),
        ("t < TIMESTAMP('2024-03-01T12:00:00-06:00')", "t < TIMESTAMP('2024-03-01T18:00:00Z')"),
        ("date = 1", "\"date\" = 1"),
        ("s_intersects(geometry, bbox(-99.2,19.3,-99.1,19.4))", "S_INTERSECTS(geometry, BBOX(-99.2,19.3,-99.1,19.4))"),
        ("S_INTERSECTS(POINT Z (1 2 3), g)", "S_INTERSECTS(g, POINT(1 2))"),
        (
            "S_INTERSECTS(g,POLYGON((0 0,1 0,1 1,0 0),(0.5 0.1,0.6 0.1,0.6 0.2,0.5 0.1)))",
            "S_INTERSECTS(g, POLYGON((0 0,1 0,1 1,0 0),(0.5 0.1,0.6 0.1,0.6 0.2,0.5 0.1)))"
        ),
        (
            "S_INTERSECTS(g,MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2))))",
            "S_INTERSECTS(g, MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2))))"
        ),
        ("S_INTERSECTS(g,LINESTRING(0 0,1 1))", "S_INTERSECTS(g, LINESTRING(0 0,1 1))"),
        ("S_INTERSECTS(g,MULTIPOINT(0 0,(1 1)))", "S_INTERSECTS(g, MULTIPOINT((0 0),(1 1)))"),
    ])
    func `A filter is written in one canonical text, which reads back as the same filter`(
        _ text: String, _ canonical: String
    )
        throws
    {
        let filter = try CQL2Filter(text)
        #expect(filter.description == canonical)
        #expect(try CQL2Filter(canonical) == filter)
        #expect(try JSONDecoder().decode(CQL2Filter.self, from: JSONEncoder().encode(filter)) == filter)
    }

    @Test func `Conditions say their properties once each, in the order of the text`() throws {
        #expect(
            try CQL2Filter("b=1 AND a IS NULL OR NOT b IN (1) AND \"c d\" LIKE 'x'").properties == ["b", "a", "c d"])
    }

    @Test(arguments: [
        ("", 1, "the name of a property must stand here, but the end does"),
        ("a =", 4, "a number, a 'text', TRUE, FALSE, DATE('…') or TIMESTAMP('…') must stand here, but the end does"),
        ("a = b", 5, "a number, a 'text', TRUE, FALSE, DATE('…') or TIMESTAMP('…') must stand here, but \"b\" does"),
        (
            "ñandú == 1", 8,
            "a number, a 'text', TRUE, FALSE, DATE('…') or TIMESTAMP('…') must stand here, but \"=\" does"
        ),
        ("a = 'x", 5, "a text must end with the quote that begins it, but does not end"),
        ("a = 1 b", 7, "AND, OR or the end must follow, but \"b\" does"),
        ("a = 1)", 6, "AND, OR or the end must follow, but \")\" does"),
        ("(a = 1", 7, "\")\" must stand here, but the end does"),
        ("a ; DROP", 3, "a name, a literal or an operator must follow, but \";\" does"),
        ("a = 1e999", 5, "a number must be written -12.5 or 1e3, but is \"1e999\""),
        (
            "T_AFTER(a, DATE('2024-01-01'))", 1,
            "T_AFTER is a temporal function; compare with DATE or TIMESTAMP, which is not supported"
        ),
        (
            "d = DATE('2024-02-30')", 10,
            "DATE must hold 'yyyy-mm-dd' and TIMESTAMP 'yyyy-mm-ddThh:mm:ssZ', but the text '2024-02-30' stands here"
        ),
        ("S_INTERSECTS(g, POINT(200 0))", 28, "a position must be longitude and latitude in degrees, but is 200.0 0.0"),
        ("foo(a) = 1", 4, "foo is no function that is supported"),
        ("a", 2, "a comparison, BETWEEN, IN, LIKE or IS NULL must follow \"a\", but the end does"),
    ])
    func `An error says which character is wrong and what must stand there`(
        _ text: String, _ position: Int, _ reason: String
    ) {
        let error = #expect(throws: CQL2Error.self) { try CQL2Filter(text) }
        #expect(error?.position == position)
        #expect(error?.reason == reason)
    }

    @Test func `Nesting, terms, positions and length are refused above their limits, and taken at them`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a=1" + String(repeating: ")", count: depth)
        }
        func listed(_ count: Int) -> String {
            "a IN (" + Array(repeating: "1", count: count).joined(separator: ",") + ")"
        }
        func line(_ count: Int) -> String {
            "S_INTERSECTS(g,LINESTRING(" + Array(repeating: "1 1", count: count).joined(separator: ",") + "))"
        }
        _ = try CQL2Filter(nested(CQL2Filter.deepestNesting - 1))
        #expect(throws: CQL2Error.self) { try CQL2Filter(nested(CQL2Filter.deepestNesting)) }
        #expect(throws: CQL2Error.self) { try CQL2Filter(nested(30_000)) }
        #expect(throws: CQL2Error.self) { try CQL2Filter(String(repeating: "NOT ", count: 15_000) + "a=1") }
        _ = try CQL2Filter(listed(CQL2Filter.mostTerms))
        #expect(throws: CQL2Error.self) { try CQL2Filter(listed(CQL2Filter.mostTerms + 1)) }
        _ = try CQL2Filter(line(CQL2Filter.mostVertices))
        #expect(throws: CQL2Error.self) { try CQL2Filter(line(CQL2Filter.mostVertices + 1)) }
        let longest = "a='" + String(repeating: "x", count: CQL2Filter.longestText - 4) + "'"
        _ = try CQL2Filter(longest)
        #expect(throws: CQL2Error.self) { try CQL2Filter(longest + " ") }
    }

    @Test func `Whatever bytes come, the reader answers`() throws {
        var generator = SeededGenerator(seed: 62)
        let pieces = [
            "a", "'", "\"", "(", ")", ",", "=", "<", ">", " AND ", " OR ", "NOT ", " IN ", " LIKE ", "'x%'", "1", "-",
            "e5",
            "DATE(", "'2024-01-01'", "S_INTERSECTS(", "POLYGON(", "BBOX(", "1 2", "\u{0}", "é", "\\", "NULL", " IS ",
            "TRUE",
        ]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                pieces[Int.random(in: pieces.indices, using: &generator)]
            }.joined()
            guard let filter = try? CQL2Filter(text) else { continue }
            #expect(try CQL2Filter(filter.description) == filter, "\(text)")
        }
    }

    @Test(arguments: [
        ("ROBO%", "ROBO A NEGOCIO", true), ("ROBO%", "HURTO", false), ("%NEGOCIO", "ROBO A NEGOCIO", true),
        ("_obo", "Robo", true), ("_obo", "obo", false), (#"100\%"#, "100%", true), (#"100\%"#, "1000", false),
        ("%", "", true), ("", "", true), ("", "x", false), ("%a%b%", "xxaxxbxx", true), ("%a%b%", "xxbxxa", false),
        ("ñ_", "ñú", true),
    ])
    func `A pattern describes the whole of a text`(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(CQL2Pattern(pattern).matches(text) == matches)
    }

    @Test func `A pattern made to be slow is not`() {
        let pattern = CQL2Pattern(String(repeating: "%a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }
}
