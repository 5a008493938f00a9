import DemoCity
import Foundation
import Testing

/// `geodata/demo-city`, the copy for people who want to look before they build.
@Suite struct FrozenCopyTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "geodata/demo-city")

    @Test func `The frozen copy is what the generator makes`() throws {
        let city = try DemoCity(seed: 1810, scale: 0.1)
        for file in city.files {
            let frozen = try Data(contentsOf: Self.folder.appending(path: file.name))
            #expect(Data(file.bytes) == frozen, "\(file.name): run tools/rebuild-geodata")
        }
    }

    @Test func `The frozen copy holds nothing else and stays small`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let made = try DemoCity(seed: 1810, scale: 0.1).files.map(\.name)
        #expect(Set(names) == Set(made + ["README.md", "SHA256SUMS"]))
        let sizes = try names.map { try Data(contentsOf: Self.folder.appending(path: $0)).count }
        #expect(sizes.reduce(0, +) < 1_600_000)
    }

    @Test func `SHA256SUMS lists every file that the generator makes`() throws {
        let made = try DemoCity(seed: 1810, scale: 0.1).files.map(\.name)
        let lines = try String(contentsOf: Self.folder.appending(path: "SHA256SUMS"), encoding: .utf8).split(
            separator: "\n")
        #expect(lines.map { String($0.dropFirst(66)) } == made.sorted())
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sha256sum"),
            "/usr/bin/sha256sum is not installed"))
    func `The checksums are right`() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = ["--check", "--strict", "--quiet", "SHA256SUMS"]
        process.currentDirectoryURL = Self.folder
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
