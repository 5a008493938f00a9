import HTTPTypes
import Testing

@testable import Server

@Suite struct RequestTests {
    @Test func `An address is decoded once, and what is no text is refused`() throws {
        let query = try Query("category=ROBO%20A%20CASA&category=lesi%C3%B3n&from=2024-01-01&a+b=c%2Bd")
        #expect(query.texts("category") == ["ROBO A CASA", "lesión"])
        #expect(query.texts("a b") == ["c+d"])
        for bad in ["a=%zz", "a=%4", "a=%", "a=%00", "a=%ff", "a=%c3%28"] {
            #expect(throws: Problem.self) { try Query(bad) }
        }
    }

    @Test func `Questions that mean the same have one canonical form, and others have not`() throws {
        #expect(try Query("a=1&b=2").canonical == Query("b=2&%61=1").canonical)
        #expect(try Query("a=1%26b=2").canonical != Query("a=1&b=2").canonical)
        #expect(try Query("a=").canonical != Query("a=a").canonical)
    }

    @Test func `Numbers are read whole, finite and within their range`() throws {
        let query = try Query("a=5&b=1e400&c=nan&d=9223372036854775808&e=&f=-1&g=5&g=6")
        #expect(try query.number("a", in: 0...10) == 5)
        for name in ["b", "c", "e", "f", "g"] {
            #expect(throws: Problem.self) { try query.number(name, in: 0...10) }
        }
        #expect(throws: Problem.self) { try query.integer("d", in: 0...Int.max) }
    }

    @Test func `The form is what f says, else what Accept likes best, else the first`() throws {
        func chosen(_ accept: String?, _ query: String = "") throws -> Media {
            var headers = HTTPFields()
            headers[.accept] = accept
            return try Media.chosen(of: [.geojson, .csv, .png], query: Query(query), headers: headers)
        }
        #expect(try chosen(nil) == .geojson)
        #expect(try chosen("text/html,application/xhtml+xml,*/*;q=0.8") == .geojson)
        #expect(try chosen("image/png, application/geo+json;q=0.5") == .png)
        #expect(try chosen("text/*") == .csv)
        #expect(try chosen("image/png", "f=csv") == .csv)
        #expect(throws: Problem.self) { try chosen("video/mp4") }
        #expect(throws: Problem.self) { try chosen(nil, "f=exe") }
    }

    @Test(arguments: [
        ("bytes=0-9", 0, 10), ("bytes=90-", 90, 10), ("bytes=-5", 95, 5), ("bytes=50-500", 50, 50),
        ("bytes=-500", 0, 100), ("bytes=0-18446744073709551615", 0, 100),
    ])
    func `A range of bytes is cut to what there is`(_ header: String, _ start: UInt64, _ count: UInt64) throws {
        let range = try #require(try ByteRange(header, of: 100))
        #expect(range.start == start && range.count == count)
    }

    @Test func `What is no range is the whole, and what begins beyond the end is refused`() throws {
        for header in [nil, "bytes=5-1", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=99999999999999999999-"] {
            #expect(try ByteRange(header, of: 100) == nil)
        }
        #expect(throws: Problem.self) { try ByteRange("bytes=100-", of: 100) }
        #expect(throws: Problem.self) { try ByteRange("bytes=-5", of: 0) }
    }

    @Test func `An entity tag matches itself in a list, weak or not`() {
        #expect(EntityTags.match(["\"a\", W/\"b\""], "\"b\""))
        #expect(!EntityTags.match(["*"], "\"b\""))
        #expect(!EntityTags.match(["\"a\""], "\"b\""))
        #expect(!EntityTags.match([], "\"b\""))
    }
}
