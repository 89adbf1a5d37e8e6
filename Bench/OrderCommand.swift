import ArgumentParser
import Foundation
import Hierarchy
import RoadGraph

/// `Bench order`: how good the order of the hierarchy is, and how good another program's order of the same graph.
struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "Compare the order of the hierarchy with that of another program.",
    discussion: "Prints a Markdown table: fewer arcs, triangles and vertices are better.")

  @Option(help: ArgumentHelp("OSM data.", valueName: "file"))
  var map: String

  @Option(help: "The vehicle profile.")
  var profile = "car"

  @Option(
    help: ArgumentHelp(
      "Raw little-endian UInt32: the road arc of each rank, least important first.",
      discussion: "RoutingKit's order of the graph that `tocsin export` wrote, for one.", valueName: "file"))
  var order: String

  func run() throws {
    let world = try World(map: map, seed: 1, profile: profile)
    let other = ContractionHierarchy.build(world.network.turnExpanded, order: try arcs(count: world.network.arcCount))
    let columns = [world.hierarchy, other].map { hierarchy in
      (hierarchy, size: hierarchy.statistics(), spaces: hierarchy.searchSpaces())
    }
    func row(_ title: String, _ figure: (ContractionHierarchy.Statistics, ContractionHierarchy.SearchSpaces) -> Double)
      -> String
    {
      let figures = columns.map { figure($0.size, $0.spaces) }
      let ratio = String(format: "%.2f", figures[1] / figures[0])
      return "| \(title) | \(figures.map { String(format: "%.0f", $0) }.joined(separator: " | ")) | \(ratio) |\n"
    }
    let table = [
      "| order | Tocsin's | of the file | ratio |\n|---|---|---|---|\n",
      row("upward arcs") { size, _ in Double(size.upwardArcCount) },
      row("downward arcs") { size, _ in Double(size.downwardArcCount) },
      row("lower triangles, as a full customization relaxes them") { size, _ in Double(size.triangleCount) },
      row("tree height") { size, _ in Double(size.treeHeight) },
      row("vertices of a search space, mean") { _, spaces in spaces.meanVertexCount },
      row("upward arcs of a search space, mean") { _, spaces in spaces.meanUpwardArcCount },
      row("downward arcs of a search space, mean") { _, spaces in spaces.meanDownwardArcCount },
    ]
    FileHandle.standardOutput.write(Data(table.joined().utf8))
  }

  /// The order in the file.
  ///
  /// - Throws: ``BenchFailure`` if it does not hold each arc once.
  private func arcs(count: Int) throws -> [ArcID] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: order))
    let numbers = bytes.withUnsafeBytes { $0.bindMemory(to: UInt32.self).map { UInt32(littleEndian: $0) } }
    var isSeen = [Bool](repeating: false, count: count)
    for number in numbers {
      guard number < count, !isSeen[Int(number)] else { throw BenchFailure("\(order): arc \(number) twice or unknown") }
      isSeen[Int(number)] = true
    }
    guard numbers.count == count else { throw BenchFailure("\(order): \(numbers.count) arcs, the map has \(count)") }
    return numbers.map { ArcID($0) }
  }
}
