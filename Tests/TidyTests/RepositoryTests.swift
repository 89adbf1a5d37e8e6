import Foundation
import Testing

/// What lies in the repository, and what never does.
@Suite struct RepositoryTests {
  static let topLevel: Set<String> = ["Package.swift", "Sources", "Tests", "Maps", "Bench", "README.md"]
  static let fileBytesMax = 1_000_000

  @Test(.enabled(if: SourceTree.gitFiles() != nil, "not a git work tree"))
  func topLevelIsSmall() throws {
    let names = Set(try #require(SourceTree.gitFiles()).compactMap { $0.split(separator: "/").first.map(String.init) })
    #expect(names.contains("Package.swift"))
    for name in names.sorted() where !name.hasPrefix(".") && !Self.topLevel.contains(name) {
      Issue.record("\(name) does not belong at the top level")
    }
  }

  @Test(.enabled(if: SourceTree.gitFiles() != nil, "not a git work tree"))
  func noMapIsKept() throws {
    let mapSuffixes = [".pbf", ".osm", ".osm.gz", ".osm.bz2", ".opl", ".tocsin"]
    for path in try #require(SourceTree.gitFiles()) {
      #expect(!mapSuffixes.contains { path.hasSuffix($0) }, "map data: \(path)")
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: SourceTree.root.appendingPathComponent(path).path)
      let byteCount = attributes?[.size] as? Int ?? 0
      #expect(byteCount <= Self.fileBytesMax, "\(path) has \(byteCount) bytes")
    }
  }

  @Test(arguments: ["Tests/run", ".ci/prerequisites", ".ci/run"])
  func scriptsCanBeRun(_ path: String) {
    #expect(FileManager.default.isExecutableFile(atPath: SourceTree.root.appendingPathComponent(path).path))
  }
}
