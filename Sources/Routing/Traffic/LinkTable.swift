import API

/// A part of a link of an external network, as a link table names it: a stretch of an OSM way between two OSM nodes.
///
/// OSM's ids outlive an import, so the same table serves the next map too.
public struct LinkStretch: Hashable, Sendable {
  @Composed public var linkID: String
  public var wayOSMID: Int64
  /// In the direction of the link.
  public var nodes: OSMNodePair

  public init(linkID: String, wayOSMID: Int64, nodes: OSMNodePair) {
    (self.linkID, self.wayOSMID, self.nodes) = (linkID, wayOSMID, nodes)
  }
}

/// The roads of an external network, such as a country's standard node-link system: what each link is on this map.
public struct LinkTable: Sendable {
  fileprivate var stretchesByID: [String: [DirectedStretch]] = [:]

  public init() {}

  public var count: Int { stretchesByID.count }

  /// The stretches of a link in the order of travel; `nil` if the table lacks it.
  public func stretches(of id: String) -> [DirectedStretch]? { stretchesByID[id] }
}

extension RoadResolver {
  /// What stretches of links, in the order of travel of each link, are on this map.
  ///
  /// - Returns: the table, and the stretches that the map lacks.
  /// - Complexity: O(stretches) look-ups.
  public func table(of stretches: [LinkStretch]) -> (table: LinkTable, unmatched: [LinkStretch]) {
    var table = LinkTable()
    var unmatched: [LinkStretch] = []
    for stretch in stretches {
      let found = network.way(osmID: stretch.wayOSMID).map {
        self.stretches(nodes.stretches(onWay: $0, from: stretch.nodes.from, to: stretch.nodes.to))
      }
      guard let found, !found.isEmpty else {
        unmatched.append(stretch)
        continue
      }
      table.stretchesByID[stretch.linkID, default: []] += found
    }
    return (table, unmatched)
  }
}
