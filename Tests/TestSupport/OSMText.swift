import DemoCity
import Geometry

/// OSM objects that a test made up, written as OPL text for the real importer.
public struct OSMText: Sendable {
  public private(set) var nodes: [Int64: OPLNode] = [:]
  public private(set) var ways: [Int64: OPLWay] = [:]
  public private(set) var relations: [Int64: OPLRelation] = [:]

  public init() {}

  /// Adds an OSM node; one with the same id is replaced.
  public mutating func addNode(_ id: Int64, at coordinate: Coordinate, tags: [String: String] = [:]) {
    nodes[id] = OPLNode(id: id, coordinate: coordinate, tags: Self.sorted(tags))
  }

  /// Adds an OSM way; one with the same id is replaced.
  public mutating func addWay(_ id: Int64, nodes: [Int64], tags: [String: String]) {
    ways[id] = OPLWay(id: id, nodes: nodes, tags: Self.sorted(tags))
  }

  /// Adds a turn restriction; one with the same id is replaced.
  public mutating func addRestriction(_ id: Int64, kind: String, from: Int64, via: Int64, to: Int64) {
    addRestriction(id, from: from, via: via, to: to, tags: ["restriction": kind])
  }

  /// Adds a turn restriction with tags of its own.
  public mutating func addRestriction(_ id: Int64, from: Int64, via: Int64, to: Int64, tags: [String: String]) {
    addRestriction(id, [(.way, from, "from"), (.node, via, "via"), (.way, to, "to")], tags)
  }

  /// Adds a turn restriction over some OSM ways, with tags of its own.
  public mutating func addRestriction(
    _ id: Int64, from: Int64, viaWays: [Int64], to: Int64, tags: [String: String]
  ) {
    let vias = viaWays.map { (OPLMemberType.way, $0, "via") }
    addRestriction(id, [(.way, from, "from")] + vias + [(.way, to, "to")], tags)
  }

  private mutating func addRestriction(
    _ id: Int64, _ members: [(OPLMemberType, Int64, String)], _ tags: [String: String]
  ) {
    relations[id] = OPLRelation(
      id: id, members: members, tags: Self.sorted(tags.merging(["type": "restriction"]) { _, own in own }))
  }

  /// The text: OSM nodes, ways, relations, each by id.
  public var opl: String {
    var writer = OPLWriter()
    for (_, node) in nodes.sorted(by: { $0.key < $1.key }) { writer.append(node) }
    for (_, way) in ways.sorted(by: { $0.key < $1.key }) { writer.append(way) }
    for (_, relation) in relations.sorted(by: { $0.key < $1.key }) { writer.append(relation) }
    return writer.text
  }

  private static func sorted(_ tags: [String: String]) -> [(String, String)] {
    tags.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
