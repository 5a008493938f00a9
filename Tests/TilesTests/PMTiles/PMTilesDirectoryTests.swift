import Testing

@testable import Tiles

@Suite struct PMTilesDirectoryTests {
    private typealias Entry = PMTilesDirectory.Entry

    /// Worked by hand after section 4.2 of the specification: count; differences of tiles; runs; lengths; offsets plus
    /// one, 0 for directly behind the entry before.
    private let bytes: [UInt8] = [
        4,  // entries
        0, 1, 4, 0xAC, 0x02,  // tiles 0, 1, 5, 305
        1, 4, 1, 0,  // the last is a leaf
        10, 0x80, 0x01, 10, 5,  // lengths 10, 128, 10, 5
        1, 0, 1, 8,  // offsets 0, 10, 0, 7
    ]
    private let entries = [
        Entry(tile: 0, offset: 0, length: 10, run: 1), Entry(tile: 1, offset: 10, length: 128, run: 4),
        Entry(tile: 5, offset: 0, length: 10, run: 1), Entry(tile: 305, offset: 7, length: 5, run: 0),
    ]

    @Test func `A directory has the bytes worked out by hand`() throws {
        #expect(PMTilesDirectory.encode(entries[...]) == bytes)
        #expect(try PMTilesDirectory.decode(bytes, tiles: 138, leaves: 12) == entries)
        #expect(PMTilesDirectory.encode([]) == [0])
        #expect(try PMTilesDirectory.decode([0], tiles: 0, leaves: 0) == [])
    }

    @Test func `A tile is found in its run, and before the first there is nothing`() {
        #expect(PMTilesDirectory.find(0, in: entries)?.tile == 0)
        #expect(PMTilesDirectory.find(4, in: entries)?.tile == 1)
        #expect(PMTilesDirectory.find(5, in: entries)?.tile == 5)
        #expect(PMTilesDirectory.find(.max, in: entries)?.tile == 305)
        #expect(PMTilesDirectory.find(0, in: Array(entries.dropFirst())) == nil)
    }

    @Test func `What a directory may not say is told`() {
        func reason(_ bytes: [UInt8], tiles: UInt64 = 100, leaves: UInt64 = 10) -> String? {
            do {
                _ = try PMTilesDirectory.decode(bytes, tiles: tiles, leaves: leaves)
                return nil
            } catch { return error.reason }
        }
        #expect(reason([]) == "must hold all its numbers, but is cut short")
        #expect(reason([200, 1]) == "must have room for its entries, but says 200 within 2 bytes")
        #expect(reason([2, 0, 0, 1, 1, 1, 1, 1, 1]) == "must ascend by tile, but entry 1 stands still")
        #expect(reason([1, 0, 1, 0, 1]) == "must give every entry a length, but gives entry 0 0")
        #expect(reason([1, 0, 1, 1, 0]) == "must give its first entry an offset, but gives none")
        #expect(reason([1, 0, 1, 1, 1, 9]) == "must end with its last entry, but goes on")
        #expect(
            reason([1, 0, 1, 1, 101])
                == "must stay within the 100 bytes of tiles, but entry 0 has 1 bytes from 100")
        #expect(
            reason([1, 0, 0, 11, 1])
                == "must stay within the 10 bytes of leaf directories, but entry 0 has 11 bytes from 0")
        #expect(
            reason([2, 0, 1, 2, 1, 1, 1, 1, 1])
                == "must hold no tile twice, but the run of entry 0 reaches over the next")
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]
        #expect(
            reason([1] + huge + [1, 1, 1]) == "must hold tiles of zooms up to 20, but entry 0 lies beyond")
        #expect(
            reason([1, 0] + huge + [1, 1]) == "must have a run of 32 bits, but has 18446744073709551615")
        #expect(reason(huge.dropLast() + [2]) == "must have numbers of 64 bits, but has a longer one")
        #expect(
            reason([1, 0, 1, 1] + huge) == "must stay within the 100 bytes of tiles, but entry 0 has 1 bytes from "
                + "18446744073709551614")
    }
}
