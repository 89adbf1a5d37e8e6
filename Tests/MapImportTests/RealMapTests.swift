import Foundation
import RoadGraph
import Testing

@testable import MapImport

/// Real maps, where they lie beside the package.
enum Maps {
  static let folder =
    ProcessInfo.processInfo.environment["TOCSIN_MAPS"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/maps").path

  static func path(_ name: String) -> String { "\(folder)/\(name).osm.pbf" }
  static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}

@Suite struct RealMapTests {
  /// What is known of a map from elsewhere.
  struct Figures: Sendable, CustomStringConvertible {
    let name: String
    /// Vertices and arcs with one-ways respected, counted by another program, which did not join all chains.
    let vertices: Int
    let arcs: Int
    let signals: Int
    let restrictions: Int

    var description: String { name }
  }

  private static let figures = [
    Figures(name: "monaco", vertices: 2348, arcs: 4513, signals: 21, restrictions: 27),
    Figures(name: "liechtenstein", vertices: 5436, arcs: 11_849, signals: 14, restrictions: 85),
    Figures(name: "seoul-centre", vertices: 6688, arcs: 17_049, signals: 141, restrictions: 0),
  ]

  @Test(.enabled(if: Maps.exists("monaco"), "no maps in TOCSIN_MAPS"), arguments: figures)
  func importsWhatIsKnown(figures: Figures) throws {
    let map = TestMap(try MapImporter(source: .file(Maps.path(figures.name))).run())
    let report = map.report
    #expect(abs(report.vertices - figures.vertices) < figures.vertices * 15 / 100, "\(report.vertices)")
    #expect(abs(report.arcs - report.contraflowArcs - figures.arcs) < figures.arcs * 20 / 100, "\(report.arcs)")
    #expect(report.features["traffic_signals"] == figures.signals)
    let dropped = report.dropped.filter { "\($0.reason)".hasPrefix("restriction") }.map(\.count).reduce(0, +)
    #expect(report.restrictions.values.reduce(0, +) + dropped == figures.restrictions)
    #expect(report.turns == map.network.turnCount)
  }

  @Test(.enabled(if: Maps.exists("liechtenstein"), "no maps in TOCSIN_MAPS"))
  func twoImportsAreEqual() throws {
    let maps = try (0..<2).map { _ in try MapImporter(source: .file(Maps.path("liechtenstein"))).run() }
    #expect(isEqual(maps[0].network, maps[1].network))
    #expect(maps[0].report.json == maps[1].report.json)
  }

  @Test(.enabled(if: Maps.exists("liechtenstein"), "no maps in TOCSIN_MAPS"))
  func piecesCoverTheirWays() throws {
    let network = try MapImporter(source: .file(Maps.path("liechtenstein"))).run().network
    for way in network.ways.indices {
      let lines = network.stretches(of: way).reduce(0) { sum, id in
        let segment = network.segment(of: id)
        let next = id.position + 1
        let end =
          next < network.firstPiece[segment].upperBound
          ? network.pieces[position: next].firstPoint : UInt32(network.firstPoint[segment].count - 1)
        return sum + Int(end - network.pieces[id].firstPoint)
      }
      let nodeCount = Int(network.ways[way].nodeCount)
      // A way may be shorter where the extract lacks nodes, and never longer.
      #expect(lines <= nodeCount - 1, "way \(network.ways[way].osmID): \(lines) lines of \(nodeCount) nodes")
    }
  }

  @Test(.enabled(if: Maps.exists("seoul-centre"), "no maps in TOCSIN_MAPS"))
  func koreanNamesSurvive() throws {
    let network = try MapImporter(source: .file(Maps.path("seoul-centre"))).run().network
    let names = Set(network.ways.buffer.map { network.texts[$0.name] })
    #expect(names.isSuperset(of: ["세종대로", "종로", "을지로"]))
  }
}
