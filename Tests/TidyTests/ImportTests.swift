import Foundation
import Testing

/// Which module may import which: the levels of the architecture.
@Suite struct ImportTests {
  /// Modules of the package, and what each may import of them.
  static let ours: [String: Set<String>] = [
    "COsmium": [], "CMessages": [], "CZlib": [], "CExpat": [], "CHeap": [], "Geometry": [], "DemoCity": [],
    "TimeRules": [],
    "MapFile": ["CZlib"],
    "RoadGraph": ["Geometry", "MapFile"],
    "MapImport": ["COsmium", "Geometry", "MapFile", "RoadGraph", "TimeRules"],
    "MapMatching": ["Geometry", "MapFile", "RoadGraph"],
    "Profiles": ["Geometry", "MapFile", "RoadGraph", "TOMLText"],
    "Hierarchy": ["MapFile", "RoadGraph"],
    "Traffic": ["Geometry", "MapFile", "RoadGraph", "MapMatching", "Profiles", "Hierarchy", "TimeRules"],
    "Fleet": ["Geometry", "RoadGraph", "Hierarchy"],
    "Feeds": ["CExpat", "Geometry", "Profiles", "Traffic"],
    "Ledger": [],
    "LedgerFile": ["Ledger"],
    "Engine": ["Geometry", "MapFile", "RoadGraph", "Profiles", "Hierarchy", "Traffic", "Fleet", "Ledger"],
    "Checks": ["Engine", "Geometry", "MapFile", "Profiles", "RoadGraph", "Traffic"],
    "InputFiles": ["Checks", "Fleet", "Geometry", "Traffic"],
    "Messages": ["CMessages", "Engine", "Fleet", "Geometry", "Ledger", "Profiles", "Traffic"],
    "FrameStream": ["Messages"],
    "TOMLText": [],
    "Access": ["Messages", "TOMLText"],
    "Calls": ["Access", "Engine", "Messages"],
    "TransportSecurity": [],
    "GRPCFraming": ["Messages"],
    "Listening": ["Access", "Calls", "Messages", "TransportSecurity"],
    "GRPCServer": ["Calls", "GRPCFraming", "Listening", "Messages", "TransportSecurity"],
    "Monitoring": [],
    "Configuration": ["Access", "Calls", "Engine", "Messages", "TOMLText"],
    "SocketServer": ["Calls", "FrameStream", "Listening", "Messages", "TransportSecurity"],
    "Client": ["Engine", "Fleet", "FrameStream", "Messages", "Traffic", "TransportSecurity"],
    "Load": ["Engine", "Fleet", "GRPCFraming", "Geometry", "Messages", "Traffic"],
  ]

  /// Foreign packages, each kept to the modules that are about it.
  static let foreign: [String: Set<String>] = [
    "Geometry": ["HeapModule"],
    "Fleet": ["HeapModule"],
    "Hierarchy": ["HeapModule"],
    "MapMatching": ["HeapModule"],
    "Traffic": ["HeapModule", "HashTreeCollections"],
    "LedgerFile": ["GRDB"],
    "FrameStream": ["NIOCore"],
    "TOMLText": ["TOMLKit"],
    "Access": ["Crypto"],
    "Calls": ["NIOCore", "NIOPosix", "Logging", "Metrics"],
    "TransportSecurity": ["NIOCore", "NIOSSL", "NIOTLS", "X509", "Logging"],
    "GRPCFraming": ["NIOCore", "NIOHTTP2", "NIOHPACK"],
    "GRPCServer": ["NIOCore", "NIOHTTP2", "NIOHPACK", "NIOExtras", "Logging"],
    "Monitoring": ["NIOCore", "NIOPosix", "NIOHTTP1", "CoreMetrics", "Logging", "ServiceLifecycle"],
    "Listening": ["NIOCore", "NIOPosix", "NIOExtras", "Logging", "ServiceLifecycle"],
    "SocketServer": ["NIOCore", "NIOExtras", "Logging"],
    "Client": ["NIOCore", "NIOPosix"],
    "Load": ["Histogram", "NIOCore", "NIOPosix", "NIOHTTP2", "NIOHPACK"],
  ]

  /// What comes with the toolchain.
  static let system: Set<String> = ["Foundation", "Synchronization", "Dispatch", "Glibc"]

  @Test func importsFollowTheLevels() {
    for file in SourceTree.librarySources {
      guard let module = file.module, let allowed = Self.ours[module] else {
        Issue.record("\(file.path): a module that the table of imports does not know")
        continue
      }
      for name in Self.imports(of: file.text)
      where !allowed.contains(name) && !Self.foreign[module, default: []].contains(name) && !Self.system.contains(name)
      {
        Issue.record("\(file.path): \(module) may not import \(name)")
      }
    }
  }

  /// Package.swift must not offer a module what the table denies it.
  @Test func manifestFollowsTheLevels() throws {
    let manifest = try #require(SourceTree.read("Package.swift"))
    let pattern = /module\(\s*"(\w+)", in: \.\w+(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)/
    let declared = manifest.matches(of: pattern)
    #expect(declared.count >= 12)
    for match in declared {
      let module = String(match.1)
      let allowed = try #require(Self.ours[module], "module \(module) is not in the table of imports")
      for name in (match.2 ?? "").matches(of: /"(\w+)"/).map({ String($0.1) }) where Self.ours[name] != nil {
        #expect(allowed.contains(name), "Package.swift lets \(module) import \(name)")
      }
    }
  }

  /// README.md draws the same levels, where it lists modules by name.
  @Test func readmeDrawsTheLevels() throws {
    let readme = try #require(SourceTree.read("README.md"))
    let drawn = readme.matches(of: /(?m)^[0-9 ] +(\w+) +← ([\w, ]+)$/)
    var count = 0
    for line in drawn {
      let names = Set(line.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      guard let allowed = Self.ours[String(line.1)], names.allSatisfy({ Self.ours[$0] != nil }) else { continue }
      #expect(names == allowed, "README.md: \(line.1)")
      count += 1
    }
    #expect(count >= 6)
  }

  @Test func levelsHaveNoCycle() {
    var rest = Self.ours
    while let leaf = rest.first(where: { $0.value.isDisjoint(with: rest.keys) })?.key { rest[leaf] = nil }
    #expect(rest.isEmpty, "modules in a cycle: \(rest.keys.sorted())")
  }

  @Test func findsImports() {
    let text =
      "@testable import A\n  import B\n// import C\nimport struct D.E\npublic import F\n\"import G\"\nlet important = 1"
    #expect(Self.imports(of: text) == ["A", "B", "D", "F"])
  }

  static func imports(of text: String) -> [String] {
    CodeOnly.of(text).matches(of: /(?m)^[ \t]*(?:@\w+(?:\([^)]*\))? +)?(?:\w+ +)?import +(?:\w+ +)?(\w+)/)
      .map { String($0.1) }
  }
}
