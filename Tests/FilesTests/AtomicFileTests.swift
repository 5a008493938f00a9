import Files
import Foundation
import Glibc
import TestSupport
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct AtomicFileTests {
    @Test func `A file appears under its name when it is committed, and nothing else does`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out.csv"), overwrite: false)
        try file.write(bytes("a,b\n"))
        #expect(folder.names.count == 1 && folder.names.allSatisfy { $0.hasPrefix(".") })
        try file.write(bytes("1,2\n"))
        try file.commit()
        #expect(folder.names == ["out.csv"])
        #expect(folder.content("out.csv") == "a,b\n1,2\n")
    }

    @Test func `Long and short writes arrive in order`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out"), overwrite: false)
        var expected: [UInt8] = []
        for (index, count) in [10, 1 << 20, (1 << 20) - 1, 1, 0, 3 << 20, 500_000, 700_000, 7].enumerated() {
            let piece = [UInt8](repeating: UInt8(97 + index), count: count)
            try file.write(piece)
            expected += piece
        }
        try file.commit()
        #expect(folder.content("out") == String(decoding: expected, as: UTF8.self))
    }

    @Test func `An output that is given up leaves nothing behind`() throws {
        let folder = try TemporaryFolder()
        let aborted = try AtomicFile(path: folder.file("a"), overwrite: false)
        try aborted.write(bytes("x"))
        aborted.abort()
        #expect(folder.names == [])
        #expect(throws: FileError.self) { try aborted.write(bytes("y")) }
        #expect(throws: FileError.self) { try aborted.commit() }
        do { try AtomicFile(path: folder.file("b"), overwrite: false).write(bytes("x")) }
        #expect(folder.names == [])
    }

    @Test func `An existing file is not replaced without leave`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("out", bytes("old"))
        #expect(throws: FileError.exists(path: path)) { try AtomicFile(path: path, overwrite: false) }
        #expect(folder.names == ["out"])
    }

    @Test func `A file that appears while the output is written is not replaced either`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out"), overwrite: false)
        try file.write(bytes("new"))
        _ = try folder.write("out", bytes("other"))
        #expect(throws: FileError.exists(path: folder.file("out"))) { try file.commit() }
        #expect(folder.names == ["out"])
        #expect(folder.content("out") == "other")
    }

    @Test func `A replaced file stays as it was until the commit, and keeps its permissions`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("out", bytes("old"))
        chmod(path, 0o640)
        let file = try AtomicFile(path: path, overwrite: true)
        try file.write(bytes("new"))
        #expect(folder.content("out") == "old")
        try file.commit()
        #expect(folder.content("out") == "new")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(folder.names == ["out"])
    }

    @Test func `A file with a mode has it from its first byte on, whatever an older one had`() throws {
        let folder = try TemporaryFolder()
        for older in [nil, 0o644 as mode_t] {
            let path = folder.file("out")
            if let older { chmod(path, older) }
            let file = try AtomicFile(path: path, overwrite: true, mode: 0o600)
            for name in folder.names where name != "out" {
                var status = stat()
                #expect(stat(folder.file(name), &status) == 0 && status.st_mode & 0o777 == 0o600)
            }
            try file.commit()
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `A symbolic link stays, and the file it leads to is replaced`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("real", bytes("old"))
        symlink(path, folder.file("link"))
        let file = try AtomicFile(path: folder.file("link"), overwrite: true)
        try file.write(bytes("new"))
        try file.commit()
        #expect(folder.content("real") == "new")
        var status = stat()
        #expect(lstat(folder.file("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test func `A folder, a missing folder and a device are no places for a file`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileError.isDirectory(path: folder.path)) { try AtomicFile(path: folder.path, overwrite: true) }
        let nowhere = folder.file("nowhere/out")
        #expect(throws: FileError.unwritable(path: nowhere, reason: "No such file or directory")) {
            try AtomicFile(path: nowhere, overwrite: true)
        }
        let null = try AtomicFile(path: "/dev/null", overwrite: false)
        try null.write(bytes("x"))
        try null.commit()
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func `A full disk is an error, and leaves no debris`() throws {
        let full = try AtomicFile(path: "/dev/full", overwrite: false)
        try full.write(bytes("x"))
        #expect(throws: FileError.unwritable(path: "/dev/full", reason: "No space left on device")) {
            try full.commit()
        }
    }

    @Test(arguments: [ENOSPC, EIO, EFBIG, EDQUOT])
    func `Whichever write fails, the old file stays and the temporary one goes`(code: Int32) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("out", bytes("old"))
        for failing in 1...5 {
            let file = try AtomicFile(path: path, overwrite: true)
            var calls = 0
            file.writeBytes = { descriptor, bytes, count in
                calls += 1
                guard calls == failing else { return write(descriptor, bytes, min(count, 400_000)) }
                errno = code
                return -1
            }
            let expected = FileError.unwritable(path: path, reason: String(cString: strerror(code)))
            #expect(throws: expected) {
                for _ in 0..<4 { try file.write([UInt8](repeating: 0x61, count: 600_000)) }
                try file.commit()
            }
            #expect(throws: expected) { try file.commit() }
            #expect(folder.names == ["out"])
            #expect(folder.content("out") == "old")
        }
    }

    @Test func `Short and interrupted writes are carried on`() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("out"), overwrite: false)
        var calls = 0
        file.writeBytes = { descriptor, bytes, count in
            calls += 1
            guard calls % 2 == 0 else {
                errno = EINTR
                return -1
            }
            return write(descriptor, bytes, min(count, 7))
        }
        try file.write(bytes("a text of more than seven bytes"))
        try file.commit()
        #expect(folder.content("out") == "a text of more than seven bytes")
        #expect(calls == 10)
    }

    @Test func `Standard output is written directly`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let descriptor = open(folder.file("stdout"), O_WRONLY | O_CREAT, 0o600)
            dup2(descriptor, STDOUT_FILENO)
            let file = try AtomicFile(path: "-", overwrite: false)
            try file.write(Array("line\n".utf8))
            try file.commit()
            try #require(folder.content("stdout") == "line\n")
            try #require(folder.names == ["stdout"])
        }
    }

    @Test func `A reader that goes away is told apart from a failure`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            close(ends[0])
            dup2(ends[1], STDOUT_FILENO)
            let file = try AtomicFile(path: "-", overwrite: false)
            try file.write(Array("line\n".utf8))
            #expect(throws: FileError.readerGone(path: "-")) { try file.commit() }
        }
    }

    @Test func `A file-size limit is an error and leaves no debris`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let folder = try TemporaryFolder()
            var limit = rlimit(rlim_cur: 1_500_000, rlim_max: 1_500_000)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let path = folder.file("out")
            let file = try AtomicFile(path: path, overwrite: false)
            #expect(throws: FileError.unwritable(path: path, reason: "File too large")) {
                for _ in 0..<4 { try file.write([UInt8](repeating: 0x61, count: 600_000)) }
                try file.commit()
            }
            try #require(folder.names == [])
        }
    }

    @Test func `An interrupt removes what is not committed, and only that`() async {
        // In a process of its own, since it ends the outputs of all tests that run beside it.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let done = try AtomicFile(path: folder.file("done"), overwrite: false)
            try done.write([0x61])
            try done.commit()
            let open = try AtomicFile(path: folder.file("open"), overwrite: false)
            let other = try AtomicFile(path: folder.file("other"), overwrite: true)
            try open.write([0x61])
            try #require(folder.names.count == 3)
            AtomicFile.removeAllUncommitted()
            try #require(folder.names == ["done"])
            #expect(throws: FileError.self) { try open.commit() }
            #expect(throws: FileError.self) { try other.commit() }
            try #require(folder.names == ["done"])
        }
    }
}
