import Foundation
import Geometry
import MapImport
import MapMatching
import RoadGraph
import TestSupport

/// A few streets, drawn in metres east and north of a corner near the equator, through the real importer.
struct StreetPlan {
  private static let corner = Coordinate(latitudeE7: 1_000_000, longitudeE7: 1_000_000_000)

  private var text = OSMText()
  private var letters: [Int64: Character] = [:]
  private var streets: [Int64: [Character]] = [:]

  /// A place in metres east and north.
  static func place(_ east: Double, _ north: Double) -> Coordinate {
    let stepE7 = 1e7 / Earth.metersPerDegree
    return Coordinate(
      latitudeE7: corner.latitudeE7 + Int32((north * stepE7).rounded()),
      longitudeE7: corner.longitudeE7 + Int32((east * stepE7).rounded()))
  }

  static func line(_ points: [(Double, Double)]) -> [Coordinate] { points.map { place($0.0, $0.1) } }

  mutating func node(_ letter: Character, _ east: Double, _ north: Double, _ tags: [String: String] = [:]) {
    let id = Int64(letter.unicodeScalars.first!.value)
    letters[id] = letter
    text.addNode(id, at: Self.place(east, north), tags: tags)
  }

  /// An OSM way through nodes; its id is its number, from 1 on.
  mutating func street(_ nodes: String, _ tags: [String: String] = [:]) {
    let id = Int64(streets.count) + 1
    streets[id] = Array(nodes)
    text.addWay(
      id, nodes: nodes.map { Int64($0.unicodeScalars.first!.value) },
      tags: ["highway": "residential"].merging(tags) { _, own in own })
  }

  mutating func oneway(_ nodes: String, _ tags: [String: String] = [:]) {
    street(nodes, tags.merging(["oneway": "yes"]) { own, _ in own })
  }

  /// A restriction by the numbers of its streets and the letter of its OSM node.
  mutating func restriction(_ kind: String, from: Int64, via: Character, to: Int64) {
    text.addRestriction(1, kind: kind, from: from, via: Int64(via.unicodeScalars.first!.value), to: to)
  }

  func network() throws -> RoadNetwork {
    let network = try MapImporter(source: .text(opl: text.opl)).run().network
    network.checkInvariants()
    return network
  }

  /// What a line follows, as runs of OSM nodes in the order of travel: `AB BC` is one path over two ways, `AB | CD` are
  /// two paths; `-` is no match.
  func follow(_ points: [(Double, Double)], terms: PolylineMatcher.Terms = .init()) throws -> String {
    try matched(points, terms: terms).text
  }

  /// The same, with the match itself.
  func matched(
    _ points: [(Double, Double)], terms: PolylineMatcher.Terms = .init()
  ) throws -> (text: String, match: RoadMatch?) {
    let network = try network()
    guard let match = PolylineMatcher(network).match(Self.line(points), terms: terms) else { return ("-", nil) }
    let paths = network.wayStretches(of: match).map { $0.map(letters(of:)).joined(separator: " ") }
    return (paths.joined(separator: " | "), match)
  }

  private func letters(of run: WayStretch) -> String {
    let nodes = streets[run.wayOSMID]![run.nodes]
    return String(run.isAgainstWay ? nodes.reversed() : Array(nodes))
  }
}
