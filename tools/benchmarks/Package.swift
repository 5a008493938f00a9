// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the product builds its benchmarks.
// swift build -c release --package-path tools/benchmarks

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "faro", path: "../..")],
    targets: [
        .executableTarget(
            name: "faro-bench", dependencies: [.product(name: "FaroRooms", package: "faro")], path: "Sources",
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
