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

/// The rooms of `Sources`, from the top: a module imports its own room and those above it.
enum Room: String {
  case base = "Base"
  case map = "Map"
  case routing = "Routing"
  case engine = "Engine"
  case server = "Server"
  case program = "Program"
}

func module(_ name: String, in room: Room, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(room.rawValue)/\(name)", swiftSettings: swiftSettings)
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
      path: "Sources/Foreign/COsmium",
      cxxSettings: [.unsafeFlags(optimizedInDebug, .when(configuration: .debug))],
      linkerSettings: [
        .linkedLibrary("z"), .linkedLibrary("bz2"), .linkedLibrary("expat"), .linkedLibrary("pthread"),
        .linkedLibrary("lz4"),
      ]),
    .target(
      name: "CMessages",
      path: "Sources/Foreign/CMessages",
      exclude: ["tocsin.proto", "health.proto", "reflection.proto"],
      cSettings: [.unsafeFlags(optimizedInDebug, .when(configuration: .debug))],
      linkerSettings: [.linkedLibrary("protobuf-c")]),
    .systemLibrary(name: "CZlib", path: "Sources/Foreign/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CHeap", path: "Sources/Foreign/CHeap"),
    .systemLibrary(name: "CExpat", path: "Sources/Foreign/CExpat", providers: [.apt(["libexpat1-dev"])]),

    // The engine, lowest level first.
    module("Geometry", in: .base, [heap]),
    module("TimeRules", in: .base),
    module("MapFile", in: .map, ["CZlib"]),
    module("RoadGraph", in: .map, ["Geometry", "MapFile"]),
    module("MapImport", in: .map, ["COsmium", "Geometry", "MapFile", "RoadGraph", "TimeRules"]),
    module("TOMLText", in: .base, ["TOMLKit"]),
    module("Profiles", in: .routing, ["Geometry", "MapFile", "RoadGraph", "TOMLText"]),
    module("Hierarchy", in: .routing, ["MapFile", "RoadGraph", heap]),
    module("MapMatching", in: .map, ["Geometry", "MapFile", "RoadGraph", heap]),
    module(
      "Traffic", in: .routing,
      ["Geometry", "MapFile", "RoadGraph", "MapMatching", "Profiles", "Hierarchy", "TimeRules", heap, hashTrees]),
    module("Fleet", in: .routing, ["Geometry", "RoadGraph", "Hierarchy", heap]),
    module("Feeds", in: .engine, ["CExpat", "Geometry", "Profiles", "Traffic"]),
    module("Ledger", in: .engine),
    module("LedgerFile", in: .engine, ["Ledger", grdb]),
    module(
      "Engine", in: .engine,
      ["Geometry", "MapFile", "RoadGraph", "Profiles", "Hierarchy", "Traffic", "Fleet", "Ledger"]),

    module("InputFiles", in: .program, ["Checks", "Fleet", "Geometry", "Traffic"]),
    module("Checks", in: .engine, ["Engine", "Geometry", "MapFile", "Profiles", "RoadGraph", "Traffic"]),

    // Transports.
    module("Messages", in: .server, ["CMessages", "Engine", "Fleet", "Geometry", "Ledger", "Profiles", "Traffic"]),
    module("FrameStream", in: .server, ["Messages", .product(name: "NIOCore", package: "swift-nio")]),
    module("Access", in: .server, ["Messages", "TOMLText", .product(name: "Crypto", package: "swift-crypto")]),
    module("Calls", in: .server, nio + ["Access", "Engine", "Messages", logging, metrics]),
    module(
      "TransportSecurity", in: .server,
      [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"), .product(name: "X509", package: "swift-certificates"), logging,
      ]),
    module("GRPCFraming", in: .server, ["Messages", .product(name: "NIOCore", package: "swift-nio")] + http2),
    module(
      "Listening", in: .server,
      nio + [
        "Access", "Calls", "Messages", "TransportSecurity", logging, lifecycle,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module(
      "GRPCServer", in: .server,
      nio + http2 + [
        "Calls", "GRPCFraming", "Listening", "Messages", "TransportSecurity", logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module(
      "Monitoring", in: .server,
      nio + [
        .product(name: "CoreMetrics", package: "swift-metrics"), .product(name: "NIOHTTP1", package: "swift-nio"),
        logging, lifecycle,
      ]),
    module("Configuration", in: .server, ["Access", "Calls", "Engine", "Messages", "TOMLText"]),
    module(
      "SocketServer", in: .server,
      nio + [
        "Calls", "FrameStream", "Listening", "Messages", "TransportSecurity", logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module("Client", in: .server, nio + ["Engine", "Fleet", "FrameStream", "Messages", "Traffic", "TransportSecurity"]),

    // Programs.
    module("DemoCity", in: .program),
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
      path: "Sources/Program/tocsin",
      swiftSettings: swiftSettings),
    .target(
      name: "Load",
      dependencies: nio + http2 + [
        "Engine", "Fleet", "Geometry", "GRPCFraming", "Messages", "Traffic",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      path: "Sources/Program/Load",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "DemoCity", "Engine", "Fleet", "Geometry", "Hierarchy", "Ledger", "LedgerFile", "MapFile", "MapImport",
        "Profiles", "RoadGraph", "TestSupport", "Traffic", argumentParser,
      ],
      path: "Bench",
      exclude: ["README.md", "processes", "growth", "growth.svg", "whole", "peers"],
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
