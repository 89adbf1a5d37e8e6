// swift-tools-version: 6.2
import PackageDescription

// The modules and what each may import are drawn in README.md, "Architecture";
// Tests/TidyTests holds every source file to it.

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// C code is optimised in debug builds too: libosmium at -O0 reads a map ten times slower.
let optimizedInDebug = ["-O2", "-DNDEBUG"]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: swiftSettings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let hashTrees = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let http2: [Target.Dependency] = [
  .product(name: "NIOHTTP2", package: "swift-nio-http2"),
  .product(name: "NIOHPACK", package: "swift-nio-http2"),
]
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
  name: "tocsin",
  products: [
    .executable(name: "tocsin", targets: ["tocsin"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Foreign code, each behind one C header.
    .target(
      name: "COsmium",
      cxxSettings: [.unsafeFlags(optimizedInDebug, .when(configuration: .debug))],
      linkerSettings: [
        .linkedLibrary("z"), .linkedLibrary("bz2"), .linkedLibrary("expat"), .linkedLibrary("pthread"),
        .linkedLibrary("lz4"),
      ]),
    .target(
      name: "CMessages",
      exclude: ["tocsin.proto", "health.proto", "reflection.proto"],
      cSettings: [.unsafeFlags(optimizedInDebug, .when(configuration: .debug))],
      linkerSettings: [.linkedLibrary("protobuf-c")]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CHeap"),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),

    // The engine, lowest level first.
    module("Geometry", [heap]),
    module("TimeRules"),
    module("MapFile", ["CZlib"]),
    module("RoadGraph", ["Geometry", "MapFile"]),
    module("MapImport", ["COsmium", "Geometry", "MapFile", "RoadGraph", "TimeRules"]),
    module("TOMLText", ["TOMLKit"]),
    module("Profiles", ["Geometry", "MapFile", "RoadGraph", "TOMLText"]),
    module("Hierarchy", ["MapFile", "RoadGraph", heap]),
    module("MapMatching", ["Geometry", "MapFile", "RoadGraph", heap]),
    module(
      "Traffic",
      ["Geometry", "MapFile", "RoadGraph", "MapMatching", "Profiles", "Hierarchy", "TimeRules", heap, hashTrees]),
    module("Fleet", ["Geometry", "RoadGraph", "Hierarchy", heap]),
    module("Feeds", ["CExpat", "Geometry", "Profiles", "Traffic"]),
    module("Ledger"),
    module("LedgerFile", ["Ledger", grdb]),
    module(
      "Engine",
      ["Geometry", "MapFile", "RoadGraph", "Profiles", "Hierarchy", "Traffic", "Fleet", "Ledger"]),

    module("InputFiles", ["Checks", "Fleet", "Geometry", "Traffic"]),
    module("Checks", ["Engine", "Geometry", "MapFile", "Profiles", "RoadGraph", "Traffic"]),

    // Transports.
    module("Messages", ["CMessages", "Engine", "Fleet", "Geometry", "Ledger", "Profiles", "Traffic"]),
    module("FrameStream", ["Messages", .product(name: "NIOCore", package: "swift-nio")]),
    module("Access", ["Messages", "TOMLText", .product(name: "Crypto", package: "swift-crypto")]),
    module("Calls", nio + ["Access", "Engine", "Messages", logging, metrics]),
    module(
      "TransportSecurity",
      [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"), .product(name: "X509", package: "swift-certificates"), logging,
      ]),
    module("GRPCFraming", ["Messages", .product(name: "NIOCore", package: "swift-nio")] + http2),
    module(
      "Listening",
      nio + [
        "Access", "Calls", "Messages", "TransportSecurity", logging, lifecycle,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module(
      "GRPCServer",
      nio + http2 + [
        "Calls", "GRPCFraming", "Listening", "Messages", "TransportSecurity", logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module(
      "Monitoring",
      nio + [
        .product(name: "CoreMetrics", package: "swift-metrics"), .product(name: "NIOHTTP1", package: "swift-nio"),
        logging, lifecycle,
      ]),
    module("Configuration", ["Access", "Calls", "Engine", "Messages", "TOMLText"]),
    module(
      "SocketServer",
      nio + [
        "Calls", "FrameStream", "Listening", "Messages", "TransportSecurity", logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module("Client", nio + ["Engine", "Fleet", "FrameStream", "Messages", "Traffic", "TransportSecurity"]),

    // Programs.
    module("DemoCity"),
    .executableTarget(
      name: "tocsin",
      dependencies: [
        "Access", "Calls", "Checks", "CHeap", "Client", "COsmium", "DemoCity", "Engine", "Feeds", "Fleet", "Geometry",
        "Hierarchy", "InputFiles", "Ledger", "LedgerFile", "Listening", "Load", "MapFile", "MapImport", "MapMatching",
        "Messages", "Profiles", "RoadGraph",
        "SocketServer",
        "Traffic", "GRPCServer", "Monitoring", "Configuration", "TransportSecurity", argumentParser, logging,
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Load",
      dependencies: nio + http2 + [
        "Engine", "Fleet", "Geometry", "GRPCFraming", "Messages", "Traffic",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      path: "Bench/Load",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "DemoCity", "Engine", "Fleet", "Geometry", "Hierarchy", "Ledger", "LedgerFile", "MapFile", "MapImport",
        "Profiles", "RoadGraph", "TestSupport", "Traffic", argumentParser,
      ],
      path: "Bench",
      exclude: ["README.md", "processes", "growth", "growth.svg", "whole", "peers", "Load"],
      swiftSettings: swiftSettings),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: [
        "DemoCity", "Engine", "Fleet", "Geometry", "Hierarchy", "Ledger", "MapFile", "MapImport", "Profiles",
        "RoadGraph", "Traffic",
      ],
      path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Access", "CZlib", "Configuration", "Engine", "Feeds", "Fleet", "FrameStream", "GRPCFraming", "Geometry",
        "Hierarchy", "InputFiles", "Ledger", "LedgerFile", "MapFile", "MapImport", "Messages", "Profiles",
        "TestSupport", "TimeRules", "Traffic", grdb,
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHPACK", package: "swift-nio-http2"),
      ],
      path: "Tests/FuzzTargets",
      exclude: ["Corpus"],
      swiftSettings: swiftSettings),
    tests("FuzzTests", ["FuzzTargets"]),
    tests("GeometryTests", ["Geometry"]),
    tests("TimeRulesTests", ["TimeRules"]),
    tests("MapFileTests", ["MapFile"]),
    tests("RoadGraphTests", ["RoadGraph"]),
    tests("MapImportTests", ["MapImport", "COsmium"]),
    tests("MapMatchingTests", ["MapMatching", "MapImport", "RoadGraph", "Geometry", "DemoCity"]),
    tests("TOMLTextTests", ["TOMLText"]),
    tests("ProfilesTests", ["Profiles"]),
    tests("HierarchyTests", ["Hierarchy"]),
    tests("TrafficTests", ["Traffic", "MapImport", "Profiles", "RoadGraph", "Geometry", "MapFile"]),
    tests("FleetTests", ["Fleet", "Geometry", "RoadGraph"]),
    tests("FeedsTests", ["Feeds", "Geometry", "Profiles", "Traffic"], exclude: ["Samples"]),
    tests("LedgerTests", ["Ledger", "LedgerFile", grdb]),
    tests("EngineTests", ["Listening", "Calls", "Engine", "Client", "Messages", "SocketServer", logging]),
    tests("ChecksTests", ["Checks"]),
    tests("AccessTests", ["Access", "Messages"]),
    tests(
      "ServerTests",
      [
        "Access", "Calls", "Client", "GRPCFraming", "GRPCServer", "Listening", "Messages", "Profiles", "SocketServer",
        "TransportSecurity", logging, .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "X509", package: "swift-certificates"),
      ], exclude: ["Python"]),
    tests("DemoCityTests", ["DemoCity"]),
    tests(
      "MonitoringTests",
      [
        "Monitoring", logging, lifecycle, .product(name: "CoreMetrics", package: "swift-metrics"),
      ]),
    tests("ConfigurationTests", ["Configuration"]),
    tests("CommandTests", ["tocsin", "Client", "InputFiles", "Load"]),
    tests("LoadTests", ["Engine", "Fleet", "FrameStream", "Geometry", "Load", "Messages"] + nio),
    tests("TidyTests", []),
  ],
  cxxLanguageStandard: .cxx17
)

// Built by Tests/fuzz alone, with libFuzzer beneath it.
if Context.environment["TOCSIN_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "FuzzHarness", dependencies: ["CFuzzer", "FuzzTargets"], path: "Tests/FuzzHarness",
      swiftSettings: swiftSettings),
  ]
}
