import Files
import Foundation
import Glibc
import TestSupport
import Testing

private func put(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }

@Suite struct StagedOutputTests {
    @Test func `A file that something else writes appears under its name when it is committed`() throws {
        let folder = try TemporaryFolder()
        let staged = try StagedOutput.file(path: folder.file("out"), overwrite: false)
        #expect(folder.names.count == 1 && folder.content("out") == nil)
        try put("content", staged.temporary)
        try staged.commit()
        staged.abort()
        #expect(folder.names == ["out"])
        #expect(folder.content("out") == "content")
    }

    @Test func `A folder appears whole, and what is given up goes with all it holds`() throws {
        let folder = try TemporaryFolder()
        let staged = try StagedOutput.folder(path: folder.file("out/"), overwrite: false)
        #expect(mkdir(staged.temporary + "/3", 0o777) == 0)
        try put("x", staged.temporary + "/3/a")
        try staged.commit()
        #expect(folder.names == ["out"])
        #expect(folder.content("out/3/a") == "x")
        do {
            let given = try StagedOutput.folder(path: folder.file("other"), overwrite: false)
            #expect(mkdir(given.temporary + "/3", 0o777) == 0)
            try put("x", given.temporary + "/3/a")
            symlink(folder.file("out"), given.temporary + "/link")
        }
        #expect(folder.names == ["out"])
        #expect(folder.content("out/3/a") == "x")
    }

    @Test func `A folder that holds something is replaced only with leave`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("out")
        #expect(mkdir(path, 0o777) == 0)
        try StagedOutput.folder(path: path, overwrite: false).commit()
        try put("old", path + "/old")
        #expect(throws: FileError.exists(path: path)) { try StagedOutput.folder(path: path, overwrite: false) }
        let staged = try StagedOutput.folder(path: path, overwrite: true)
        try put("new", staged.temporary + "/new")
        #expect(folder.content("out/old") == "old")
        try staged.commit()
        #expect(folder.names == ["out"])
        #expect(FolderTree.names(in: path) == ["new"])
    }

    @Test func `A folder that fills while another is prepared stays`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("out")
        let staged = try StagedOutput.folder(path: path, overwrite: false)
        #expect(mkdir(path, 0o777) == 0)
        try put("theirs", path + "/file")
        #expect(throws: FileError.exists(path: path)) { try staged.commit() }
        #expect(folder.names == ["out"])
        #expect(folder.content("out/file") == "theirs")
    }

    @Test func `An interrupt removes files and folders that are not committed, and only those`() async {
        // In a process of its own, since it ends the outputs of all tests that run beside it.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            try StagedOutput.folder(path: folder.file("done"), overwrite: false).commit()
            let file = try StagedOutput.file(path: folder.file("file"), overwrite: false)
            let tree = try StagedOutput.folder(path: folder.file("tree"), overwrite: false)
            try #require(mkdir(tree.temporary + "/3", 0o777) == 0)
            try put("x", tree.temporary + "/3/a")
            try #require(folder.names.count == 3)
            AtomicFile.removeAllUncommitted()
            try #require(folder.names == ["done"])
            #expect(throws: FileError.self) { try file.commit() }
            #expect(throws: FileError.self) { try tree.commit() }
            try #require(folder.names == ["done"])
        }
    }

    @Test func `A folder is no file, and a file no folder`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("out", [0x61])
        #expect(throws: FileError.exists(path: path)) { try StagedOutput.folder(path: path, overwrite: true) }
        #expect(throws: FileError.isDirectory(path: folder.path)) {
            try StagedOutput.file(path: folder.path, overwrite: true)
        }
        #expect(throws: FileError.unwritable(path: "/dev/null", reason: "it must be a regular file")) {
            try StagedOutput.file(path: "/dev/null", overwrite: true)
        }
        #expect(folder.names == ["out"])
    }
}

@Suite struct RewritingTests {
    @Test func `Bytes written before are replaced, wherever they have got to`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out"), overwrite: false)
        try file.write(Array("....".utf8))
        try file.write([UInt8](repeating: 0x61, count: 3 << 20))
        try file.write(Array("tail".utf8))
        try file.rewrite(Array("head".utf8), at: 0)
        try file.rewrite(Array("TAIL".utf8), at: 4 + (3 << 20))
        #expect(throws: FileError.self) { try file.rewrite([1, 2], at: file.count - 1) }
        #expect(throws: FileError.self) { try file.rewrite([1], at: -1) }
        try file.write(Array("!".utf8))
        try file.commit()
        #expect(folder.content("out") == "head" + String(repeating: "a", count: 3 << 20) + "TAIL!")
    }

    @Test func `An output says whether it holds some bytes at a place`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out"), overwrite: false)
        try file.write(Array("abc".utf8))
        #expect(try file.holds(Array("bc".utf8), at: 1))
        #expect(try !file.holds(Array("bd".utf8), at: 1))
        #expect(try !file.holds(Array("cd".utf8), at: 2))
        try file.write([UInt8](repeating: 0x61, count: 2 << 20))
        #expect(try file.holds(Array("abca".utf8), at: 0))
        #expect(try file.holds([], at: 2))
        #expect(try !file.holds([0x61], at: -1))
    }

    @Test func `A pipe cannot be rewritten`() throws {
        let file = try AtomicFile(path: "/dev/null", overwrite: true)
        try file.write([1, 2])
        #expect(throws: FileError.unwritable(path: "/dev/null", reason: "it must be a regular file")) {
            try file.rewrite([3], at: 0)
        }
    }
}

@Suite struct RandomAccessFileTests {
    @Test func `Any piece is read, and what lies beyond the end is not there`() throws {
        let folder = try TemporaryFolder()
        let file = try RandomAccessFile(path: try folder.write("in", Array("abcdef".utf8)))
        #expect(file.count == 6)
        #expect(try file.read(at: 2, count: 3) == Array("cde".utf8))
        #expect(try file.read(at: 4, count: 9) == Array("ef".utf8))
        #expect(try file.read(at: 6, count: 1) == [])
        #expect(try file.read(at: .max, count: .max) == [])
        #expect(throws: FileError.isDirectory(path: folder.path)) { try RandomAccessFile(path: folder.path) }
        #expect(throws: FileError.missing(path: "/nowhere")) { try RandomAccessFile(path: "/nowhere") }
    }
}
