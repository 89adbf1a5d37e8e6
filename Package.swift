// swift-tools-version: 6.2
import PackageDescription

// What may import what is written here, once. `Sources/README.md` shows the rooms and the way through them.

/// The rooms of `Sources`. A module imports its own room and those above it in this list, never one below.
enum Room: String, CaseIterable {
  case foreign = "Foreign"
  case base = "Base"
  case map = "Map"
  case routing = "Routing"
  case engine = "Engine"
  case server = "Server"
  case program = "Program"

  func path(_ module: String) -> String { "Sources/\(rawValue)/\(module)" }
  var level: Int { Room.allCases.firstIndex(of: self)! }
}

/// Warnings stop CI, not a newcomer whose compiler is a little younger.
let strictSettings: [SwiftSetting] =
  Context.environment["TOCSIN_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let swiftSettings: [SwiftSetting] = [.swiftLanguageMode(.v6)] + strictSettings

/// C code is optimised in debug builds too: libosmium at -O0 reads a map ten times slower.
let optimizedInDebug = ["-O2", "-DNDEBUG"]

func module(
  _ name: String, in room: Room, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: room.path(name), exclude: exclude, resources: resources,
    swiftSettings: swiftSettings)
}

/// A module of the system, behind one C header.
func system(_ name: String, _ providers: [SystemPackageProvider]? = nil) -> Target {
  .systemLibrary(name: name, path: Room.foreign.path(name), providers: providers)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["API", "TestSupport"], exclude: exclude, swiftSettings: swiftSettings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
/// What only a build with the trait `TLS` has.
func whereTLS(_ name: String, _ package: String) -> Target.Dependency {
  .product(name: name, package: package, condition: .when(traits: ["TLS"]))
}

/// What only a build with the trait `Web` has.
func whereWeb(_ name: String, _ package: String) -> Target.Dependency {
  .product(name: name, package: package, condition: .when(traits: ["Web"]))
}
let hummingbird = [
  whereWeb("HummingbirdCore", "hummingbird"), whereWeb("HTTPTypes", "swift-http-types"),
  whereWeb("NIOHTTPTypes", "swift-nio-extras"),
]

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
    .executable(name: "tocsin", targets: ["tocsin"]),
    // What a dispatch system's own Swift links: the client and the values it speaks of, no engine.
    .library(name: "TocsinClient", targets: ["Client", "API", "Geometry", "Messages"]),
  ],
  traits: [
    .trait(name: "TLS", description: "TLS on TCP. Without it BoringSSL is not built."),
    .trait(
      name: "Web",
      description: "The web door: JSON, OSRM's requests and map layers over HTTP. Without it Hummingbird is not built."),
    .default(enabledTraits: ["TLS", "Web"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
  ],
  targets: [
    // Foreign: other people's code.
    .target(
      name: "COsmium", path: Room.foreign.path("COsmium"),
      cxxSettings: [.unsafeFlags(optimizedInDebug, .when(configuration: .debug))],
      linkerSettings: [
        .linkedLibrary("z"), .linkedLibrary("bz2"), .linkedLibrary("expat"), .linkedLibrary("pthread"),
        .linkedLibrary("lz4"),
      ]),
    .target(
      name: "CMessages", path: Room.foreign.path("CMessages"),
      exclude: ["tocsin.proto", "health.proto", "reflection.proto"],
      linkerSettings: [.linkedLibrary("protobuf-c")]),
    system("CZlib", [.apt(["zlib1g-dev"])]),
    system("CCrypto", [.apt(["libssl-dev"])]),
    system("CExpat", [.apt(["libexpat1-dev"])]),
    system("CHeap"),
    .target(name: "CCurl", path: Room.foreign.path("CCurl"), linkerSettings: [.linkedLibrary("curl")]),

    // Base: knows no road graph.
    module("Errors", in: .base),
    module("Geometry", in: .base, [heap]),
    module("TimeRules", in: .base, ["Geometry"]),
    module("TOMLText", in: .base, ["Errors", "TOMLKit"]),
    module("API", in: .base, ["Errors", "Geometry"]),
    module("VectorTiles", in: .base, ["Geometry"]),
    module("Languages", in: .base, ["API", "Geometry", "TOMLText"], resources: [.embedInCode("Words")]),

    // Map: OSM in, one file out.
    module("MapFile", in: .map, ["CZlib", "Errors"]),
    module("RoadGraph", in: .map, ["API", "Geometry", "MapFile", "TimeRules"]),
    module("MapImport", in: .map, ["COsmium", "Errors", "Geometry", "MapFile", "RoadGraph", "TimeRules"]),
    module("MapMatching", in: .map, ["Geometry", "MapFile", "RoadGraph", heap]),
    module("PlaceNames", in: .map, ["API", "Geometry", "MapFile", "RoadGraph"]),

    // Routing: weights, searches, snapshots, units.
    module(
      "Profiles", in: .routing, ["API", "Geometry", "MapFile", "RoadGraph", "TOMLText", "TimeRules"],
      resources: [.embedInCode("BuiltIn")]),
    module("Hierarchy", in: .routing, ["MapFile", "RoadGraph", heap], exclude: ["README.md"]),
    module(
      "Traffic", in: .routing,
      ["API", "Geometry", "Hierarchy", "MapFile", "MapMatching", "Profiles", "RoadGraph", "TimeRules", heap, hashTrees]),
    module("Fleet", in: .routing, ["API", "Geometry", "Hierarchy", "RoadGraph", heap]),
    module("Dispatching", in: .routing, ["API"]),

    // Engine: the use cases.
    module("Ledger", in: .engine, ["API", "Errors"]),
    module("LedgerFile", in: .engine, ["API", "Ledger", grdb]),
    module(
      "Engine", in: .engine,
      [
        "API", "Dispatching", "Fleet", "Geometry", "Hierarchy", "Languages", "Ledger", "MapFile", "MapMatching",
        "PlaceNames", "Profiles", "RoadGraph", heap, "TOMLText", "TimeRules", "Traffic", "VectorTiles",
      ]),
    module(
      "Feeds", in: .engine, ["API", "CExpat", "Errors", "Geometry", "Profiles", "Traffic"], exclude: ["README.md"]),
    module(
      "Checks", in: .engine,
      ["API", "Engine", "Fleet", "Geometry", "MapFile", "Profiles", "RoadGraph", "TOMLText", "TimeRules", "Traffic"]),

    // Server: messages, and the transports that carry them.
    module("Messages", in: .server, ["API", "CMessages", "Errors", "Geometry"]),
    module("Framing", in: .server, ["CZlib", "Messages", .product(name: "NIOCore", package: "swift-nio")] + http2),
    module("Access", in: .server, ["CCrypto", "Messages", "TOMLText"]),
    module("Calls", in: .server, nio + ["API", "Access", "Messages", logging, metrics]),
    module("AnswerJSON", in: .server, ["API", "Geometry"]),
    module("WebPages", in: .server, ["Messages"]),
    module("MapPages", in: .server, ["API", "AnswerJSON", "Geometry", "Messages", "WebPages"]),
    module("OSRMPages", in: .server, ["API", "Geometry", "Messages", "WebPages"]),
    module("MessageJSON", in: .server),
    module("OpenAPIPages", in: .server, ["MessageJSON", "Messages", "WebPages"]),
    module(
      "WebServer", in: .server,
      nio + hummingbird + [
        "Access", "Calls", "Errors", "Framing", "MessageJSON", "Messages", "Server", "TransportSecurity", "WebPages",
        logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module(
      "TransportSecurity", in: .server,
      [
        "Errors", .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOTLS", package: "swift-nio"),
        whereTLS("NIOSSL", "swift-nio-ssl"), whereTLS("SwiftASN1", "swift-asn1"), logging,
      ]),
    module(
      "Server", in: .server,
      nio + http2 + [
        "Access", "Calls", "Errors", "Framing", "Messages", "TransportSecurity", logging, lifecycle,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
      ]),
    module("Settings", in: .server, ["API", "Access", "Calls", "Messages", "TOMLText", "WebPages"]),
    module(
      "Monitoring", in: .server,
      nio + [
        .product(name: "CoreMetrics", package: "swift-metrics"), .product(name: "NIOHTTP1", package: "swift-nio"),
        logging, lifecycle,
      ]),
    module("Client", in: .server, nio + ["API", "Errors", "Framing", "Messages", "TransportSecurity"]),

    // Program: what people start.
    module(
      "InputFiles", in: .program, ["API", "Errors", "Fleet", "Geometry", "TOMLText", "TimeRules", "Traffic"]),
    module("DemoCity", in: .program, ["Errors", "Geometry", heap]),
    module(
      "Load", in: .program,
      nio + http2 + [
        "API", "Errors", "Framing", "Geometry", "Messages",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ]),
    .executableTarget(
      name: "tocsin",
      dependencies: [
        "API", "Access", "AnswerJSON", "CCurl", "CHeap", "COsmium", "Calls", "Checks", "Client", "Settings", "DemoCity",
        "Engine",
        "Errors", "Feeds", "Fleet", "Geometry", "Hierarchy", "InputFiles", "Languages", "Ledger", "LedgerFile", "Load",
        "MapFile", "MapImport", "MapMatching", "MapPages", "Messages", "Monitoring", "OSRMPages", "OpenAPIPages",
        "Profiles",
        "RoadGraph", "Server", "TOMLText", "TimeRules", "Traffic", "TransportSecurity", "WebPages", "WebServer",
        argumentParser, lifecycle, logging,
      ],
      path: Room.program.path("tocsin"),
      swiftSettings: swiftSettings),

    .executableTarget(
      name: "Bench",
      dependencies: [
        "API", "DemoCity", "Engine", "Fleet", "Geometry", "Hierarchy", "InputFiles", "Ledger", "LedgerFile", "MapFile",
        "MapImport", "Profiles", "RoadGraph", "TestSupport", "Traffic", "VectorTiles", argumentParser,
      ],
      path: "Bench",
      exclude: ["README.md", "buildtime", "processes", "growth", "growth.svg", "whole", "peers"],
      swiftSettings: swiftSettings),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: [
        "API", "DemoCity", "Engine", "Fleet", "Geometry", "Hierarchy", "Ledger", "MapFile", "MapImport", "Messages",
        "Profiles", "RoadGraph", "Traffic",
      ],
      path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "API", "Access", "CZlib", "Settings", "Engine", "Feeds", "Fleet", "Framing", "Geometry",
        "Hierarchy", "InputFiles", "Ledger", "LedgerFile", "MapFile", "MapImport", "MessageJSON", "Messages",
        "Profiles",
        "TestSupport", "TimeRules", "Traffic", grdb,
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHPACK", package: "swift-nio-http2"),
      ],
      path: "Tests/FuzzTargets",
      exclude: ["Corpus"],
      swiftSettings: swiftSettings),
    tests("FuzzTests", ["FuzzTargets"]),
    tests("GeometryTests", ["Geometry"]),
    tests("VectorTilesTests", ["Geometry", "VectorTiles"]),
    tests("TimeRulesTests", ["Geometry", "TimeRules"]),
    tests("MapFileTests", ["MapFile"]),
    tests("RoadGraphTests", ["RoadGraph"]),
    tests("MapImportTests", ["MapImport", "COsmium", "Geometry", "TimeRules"], exclude: ["Python"]),
    tests("MapMatchingTests", ["MapMatching", "MapImport", "RoadGraph", "Geometry", "DemoCity"]),
    tests("TOMLTextTests", ["TOMLText"]),
    tests("LanguagesTests", ["Languages", "Geometry"]),
    tests("PlaceNamesTests", ["PlaceNames", "MapImport", "RoadGraph", "Geometry"]),
    tests("ProfilesTests", ["Profiles", "TOMLText", "TimeRules"], exclude: ["resolved.txt"]),
    tests("HierarchyTests", ["Hierarchy"], exclude: ["Fixtures"]),
    tests("TrafficTests", ["Traffic", "Hierarchy", "MapImport", "Profiles", "RoadGraph", "Geometry", "MapFile"]),
    tests("FleetTests", ["Fleet", "Geometry", "RoadGraph"]),
    tests("DispatchingTests", ["Dispatching", "Geometry"]),
    tests("FeedsTests", ["Feeds", "Geometry", "Profiles", "Traffic"], exclude: ["Samples"]),
    .target(name: "CFaultyDisk", path: "Tests/CFaultyDisk"),
    tests("LedgerTests", ["CFaultyDisk", "Ledger", "LedgerFile", grdb]),
    tests(
      "EngineTests",
      [
        "Calls", "Client", "Engine", "Languages", "LedgerFile", "MapImport", "Messages", "PlaceNames", "Server",
        "VectorTiles", logging,
      ], exclude: ["Earlier"]),
    tests("ChecksTests", ["Checks"]),
    tests("AccessTests", ["Access", "Messages", "TOMLText"]),
    tests(
      "ServerTests",
      [
        "Access", "Calls", "Client", "Framing", "MessageJSON", "Messages", "Profiles", "Server", "TransportSecurity",
        "WebPages", "WebServer", logging, .product(name: "NIOCore", package: "swift-nio"),
      ], exclude: ["Python"]),
    tests("MessageJSONTests", ["MessageJSON", "Messages"], exclude: ["Python"]),
    tests(
      "WebServerTests",
      ["Access", "Calls", "Engine", "Messages", "OSRMPages", "OpenAPIPages", "Server", "WebServer", logging],
      exclude: ["Node", "Python", "curl_clients"]),
    tests("OpenAPITests", ["MessageJSON", "Messages", "OpenAPIPages", "WebPages"], exclude: ["Python"]),
    tests("OSRMPagesTests", ["Geometry", "Messages", "OSRMPages", "WebPages"], exclude: ["Python"]),
    tests(
      "MapPagesTests", ["Engine", "Geometry", "MapPages", "Messages", "VectorTiles", "WebPages"], exclude: ["Python"]),
    tests("DemoCityTests", ["DemoCity", "Geometry"]),
    tests(
      "MonitoringTests",
      [
        "Monitoring", logging, lifecycle, .product(name: "CoreMetrics", package: "swift-metrics"),
      ]),
    tests("ConfigurationTests", ["Settings", "TOMLText"]),
    tests(
      "CommandTests",
      [
        "tocsin", "AnswerJSON", "Client", "InputFiles", "Languages", "LedgerFile", "Load", "Messages", "TOMLText",
        "TimeRules",
      ] + nio,
      exclude: ["Interface", "RunCards"]),
    tests("LoadTests", ["Engine", "Fleet", "Framing", "Geometry", "Load", "Messages"] + nio),
    tests("AttackTests", ["Client", "Geometry", "InputFiles", "Messages"]),
    tests("TidyTests", ["TOMLText"]),
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

// The rooms hold: a module that names one of a lower room stops every build.
let rooms = Dictionary(
  uniqueKeysWithValues: package.targets.compactMap { target in
    Room.allCases.first { target.path == $0.path(target.name) }.map { (target.name, $0) }
  })
for target in package.targets {
  guard let room = rooms[target.name] else { continue }
  for case .byNameItem(let name, _) in target.dependencies {
    guard let other = rooms[name], other.level > room.level else { continue }
    fatalError("\(target.name) (\(room.rawValue)) may not import \(name): \(other.rawValue) is a lower room")
  }
}
