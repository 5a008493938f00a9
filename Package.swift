// swift-tools-version: 6.2
import PackageDescription

// A target is the only wall the compiler checks, so each floor of the design is one; every arrow points down.
// tools/check builds with --explicit-target-dependency-import-check error.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of our own: sources in `Sources/name`, and tests in `Tests/nameTests`.
func room(_ name: String, sees dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> [Target] {
    [.target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)]
}

func tests(of name: String, sees dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies + ["TestSupport"],
        swiftSettings: strict)
}

/// A C library of the system: a module map and a shim header, nothing more.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let grdb: [Target.Dependency] = [
    .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let cLibraries = [
    system("CGEOS", pkgConfig: "geos", apt: "libgeos-dev"),
    system("CPROJ", pkgConfig: "proj", apt: "libproj-dev"),
    system("CDeflate", pkgConfig: "libdeflate", apt: "libdeflate-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    system("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    system("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
    // Of glibc itself.
    .systemLibrary(name: "CMalloc"),
]

let floor0 = [
    room("Bytes"),
    room("CivilTime"),
    room("Statistics"),
    room("SimpleFeatures", sees: ["Bytes"]),
].flatMap { $0 }

let floor1 = [
    room("Files"),
    room("Compression", sees: ["CDeflate", "CZlib", "CZip"]),
    room("Geodesy", sees: ["SimpleFeatures", "CPROJ"]),
    room("Topology", sees: ["SimpleFeatures", "CGEOS"]),
    room("Grids", sees: ["SimpleFeatures", "Statistics"]),
    room("CQL2", sees: ["Bytes", "CivilTime", "SimpleFeatures"]),
    room("Incidents", sees: ["Bytes", "CivilTime", "SimpleFeatures", "CQL2"]),
    room("Boundaries", sees: ["CivilTime", "SimpleFeatures"]),
    room("PlaceNames", sees: ["Bytes"]),
].flatMap { $0 }

let floor2 = [
    room("Formats", sees: ["Bytes", "Files", "SimpleFeatures", "Grids", "Compression", "CCrypto"]),
    room("Tiles", sees: ["Bytes", "Files", "SimpleFeatures", "Compression"]),
    room("Pictures", sees: ["SimpleFeatures", "Grids", "Compression", "CCairo"]),
    room("Hotspots", sees: ["SimpleFeatures", "Grids", "Statistics"]),
    room(
        "Georeferencing",
        sees: [
            "Bytes", "CivilTime", "Statistics", "SimpleFeatures", "Incidents", "Boundaries", "PlaceNames", "Geodesy",
        ]),
    room("Indicators", sees: ["Bytes", "CivilTime", "Incidents", "Boundaries", "Statistics"]),
    room(
        "GeoPackageStore", sees: ["Bytes", "CivilTime", "Files", "SimpleFeatures", "Incidents", "Boundaries"] + grdb),
    room("MBTiles", sees: ["Bytes", "Files", "SimpleFeatures", "Tiles"] + grdb),
    room("DemoCity", sees: ["Bytes", "CivilTime", "SimpleFeatures", "Statistics"]),
    room(
        "Privacy",
        sees: ["Bytes", "CivilTime", "SimpleFeatures", "Files", "Grids", "Incidents", "Boundaries", "CCrypto"]),
].flatMap { $0 }

let floor3 = room(
    "CrimeMapping",
    sees: [
        "Bytes", "CivilTime", "Statistics", "SimpleFeatures", "Files", "Compression", "Geodesy", "Topology", "Grids",
        "Incidents", "Boundaries", "PlaceNames", "Formats", "Pictures", "Tiles", "Hotspots", "Georeferencing",
        "Indicators", "DemoCity", "CQL2", "Privacy",
    ])

let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]

let floor4 = room(
    "Server",
    sees: [
        "CrimeMapping", "CQL2", "Bytes", "CivilTime", "SimpleFeatures", "Files", "Compression", "Incidents",
        "Boundaries", "Formats", "Geodesy", "Grids", "Hotspots", "Indicators", "Pictures", "Privacy", "Tiles",
        "CMalloc",
    ] + hummingbird,
    // The web map. Found beside the program by Server/Map/MapFiles; `Bundle.module` would end the process where it is not.
    resources: [.copy("Web")])

let floor5: [Target] = [
    .executableTarget(
        name: "CLI",
        dependencies: [
            "Server", "CrimeMapping", "GeoPackageStore", "MBTiles",
            "Tiles", "Bytes", "CivilTime", "SimpleFeatures", "Files",
            "Compression", "Geodesy", "Topology", "Grids", "Incidents", "Boundaries", "PlaceNames", "Formats",
            "Pictures", "Hotspots", "Georeferencing", "Indicators", "Privacy", "DemoCity", "CQL2", argumentParser,
        ],
        swiftSettings: strict)
]

let package = Package(
    name: "faro",
    products: [
        .library(name: "CrimeMapping", targets: ["CrimeMapping"]),
        // Every room, for the nested package tools/benchmarks.
        .library(name: "FaroRooms", targets: (floor0 + floor1 + floor2 + floor3).map(\.name)),
        .executable(name: "faro", targets: ["CLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without traits: the others read configuration files, which Faro does not have.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
    ],
    targets: cLibraries + floor0 + floor1 + floor2 + floor3 + floor4 + floor5 + [
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        tests(of: "Bytes"),
        tests(of: "CivilTime"),
        tests(of: "Statistics"),
        tests(of: "SimpleFeatures", sees: ["Bytes"]),
        tests(of: "Files"),
        tests(of: "Compression"),
        tests(of: "Geodesy", sees: ["SimpleFeatures"]),
        tests(of: "Topology", sees: ["SimpleFeatures"]),
        tests(of: "Grids", sees: ["SimpleFeatures"]),
        tests(of: "CQL2", sees: ["CivilTime", "SimpleFeatures"]),
        tests(of: "Incidents", sees: ["Bytes", "CivilTime", "SimpleFeatures", "CQL2"]),
        tests(of: "Boundaries", sees: ["CivilTime", "SimpleFeatures", "Topology", "Statistics"]),
        tests(of: "Formats", sees: ["Bytes", "Files", "SimpleFeatures", "Grids", "Compression"]),
        tests(of: "Tiles", sees: ["Bytes", "Files", "SimpleFeatures", "Compression"]),
        tests(of: "MBTiles", sees: ["Bytes", "Files", "SimpleFeatures", "Compression", "Tiles"] + grdb),
        tests(of: "Pictures", sees: ["SimpleFeatures", "Grids", "Compression"]),
        tests(of: "Hotspots", sees: ["SimpleFeatures", "Grids", "Statistics"]),
        tests(of: "PlaceNames", sees: ["Bytes"]),
        tests(
            of: "Georeferencing",
            sees: [
                "Bytes", "CivilTime", "SimpleFeatures", "Incidents", "Boundaries", "PlaceNames", "Formats",
                "Statistics", "Geodesy",
            ]),
        tests(
            of: "Indicators",
            sees: ["Bytes", "CivilTime", "SimpleFeatures", "Incidents", "Boundaries", "Statistics"]),
        tests(
            of: "GeoPackageStore",
            sees: ["Bytes", "CivilTime", "Files", "SimpleFeatures", "Incidents", "Boundaries"] + grdb),
        tests(
            of: "Privacy",
            sees: ["CivilTime", "SimpleFeatures", "Files", "Grids", "Incidents", "Boundaries", "Statistics"]),
        tests(of: "DemoCity", sees: ["Bytes", "CivilTime", "SimpleFeatures"]),
        tests(
            of: "CrimeMapping",
            sees: [
                "GeoPackageStore", "Bytes", "CivilTime", "SimpleFeatures", "Incidents", "Boundaries", "Files",
                "Formats", "Grids", "Hotspots",
                "Geodesy", "DemoCity", "Topology", "Indicators", "Georeferencing", "Pictures", "PlaceNames",
                "Tiles", "CQL2", "Privacy",
            ]),
        tests(
            of: "Server",
            sees: [
                "GeoPackageStore", "CQL2", "CrimeMapping", "Bytes", "CivilTime", "SimpleFeatures", "Incidents",
                "Boundaries", "Compression", "DemoCity", "Files", "Hotspots", "Privacy", "Tiles",
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + hummingbird),
        tests(of: "CLI", sees: ["CrimeMapping"]),
    ],
    swiftLanguageModes: [.v6]
)
