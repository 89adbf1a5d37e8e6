import Geometry
import RoadGraph

/// The OSM nodes of all roads, in the order of their ids; positions in it stand for the nodes from here on.
struct SourceNodes {
  let ids: [Int64]
  /// ``unknown`` for OSM nodes that the source lacks.
  var coordinates: [Coordinate]
  /// Signals, barriers and the like, in the order of their OSM ids.
  var features: [PointFeature] = []
  /// Stop and give-way signs that do not say whom they face.
  var unfacedSigns: Set<FeatureID> = []
  /// Per OSM node: its feature, or ``FeatureID/none``.
  var featureIDs: [FeatureID] = []

  static let unknown = Coordinate(latitudeE7: .max, longitudeE7: .max)

  func isKnown(_ node: UInt32) -> Bool { coordinates[Int(node)] != Self.unknown }

  /// The position of an OSM id; `nil` if no road has it. O(log n).
  func position(of osmID: Int64) -> UInt32? {
    ids.index(of: osmID, sortedBy: \.self).map { UInt32($0) }
  }

  /// The positions of many OSM ids, all of which are there. Nodes of a way often follow each other. O(n log n).
  func positions(of osmIDs: [Int64]) -> [UInt32] {
    ids.withUnsafeBufferPointer { ids in
      var cursor = 0
      return osmIDs.map { id in
        cursor = ids.position(of: id, near: cursor)
        return UInt32(cursor)
      }
    }
  }
}

/// Fills in ``SourceNodes`` while nodes stream by.
final class NodeCollector {
  private var nodes: SourceNodes
  private var found: [(node: Int, source: SourceFeature)] = []
  private var cursor = 0
  private let log: DropLog
  private(set) var nodesRead = 0

  /// - Parameter nodeIDs: OSM ids of all nodes of all roads, in any order and as often as they occur.
  init(nodeIDs: [Int64], log: DropLog) {
    var ids = nodeIDs
    ids.sort()
    ids.removeRepeated()
    nodes = SourceNodes(ids: ids, coordinates: [Coordinate](repeating: SourceNodes.unknown, count: ids.count))
    self.log = log
  }

  func add(_ batch: OSMBatch) {
    nodesRead = batch.nodesRead
    batch.forEachNode { node in
      cursor = nodes.ids.withUnsafeBufferPointer { $0.position(of: node.id, near: cursor) }
      if cursor < nodes.ids.count, nodes.ids[cursor] == node.id { add(node, at: cursor) }
    }
  }

  private func add(_ node: OSMNode, at position: Int) {
    guard node.hasCoordinate else { return log.drop(.nodeWithoutCoordinate, osmID: node.id) }
    guard !nodes.isKnown(UInt32(position)) else { return }
    nodes.coordinates[position] = Coordinate(latitudeE7: node.latitudeE7, longitudeE7: node.longitudeE7)
    if let feature = FeatureTags.feature(node) { found.append((position, feature)) }
    guard !node.tags.isEmpty else { return }
    log.drop(.unparsableSize, osmID: node.id, values: SizeTags.unknownPointValues(node.tags))
    log.drop(.unknownAccess, osmID: node.id, values: AccessTags.unknownValues(node.tags))
  }

  func finish() -> SourceNodes {
    found.sort { $0.node < $1.node }
    nodes.features = found.map(\.source.feature)
    nodes.unfacedSigns = Set(found.indices.filter { found[$0].source.facesUnknownly }.map { FeatureID($0) })
    nodes.featureIDs = [FeatureID](repeating: .none, count: nodes.ids.count)
    for (position, entry) in found.enumerated() { nodes.featureIDs[entry.node] = FeatureID(position) }
    return nodes
  }
}

extension [Int64] {
  /// Removes repeated neighbours. O(n).
  fileprivate mutating func removeRepeated() {
    var kept = 0
    for id in self where kept == 0 || self[kept - 1] != id {
      self[kept] = id
      kept += 1
    }
    removeLast(count - kept)
  }
}

extension UnsafeBufferPointer<Int64> {
  /// The first position whose id is not below `id`, in sorted ids, searched outward from `hint`. O(log distance).
  fileprivate func position(of id: Int64, near hint: Int) -> Int {
    var (low, high) = (hint, hint)
    var step = 1
    while low > 0, self[low - 1] >= id {
      high = low
      low = Swift.max(low - step, 0)
      step *= 2
    }
    while high < count, self[high] < id {
      low = high + 1
      high = Swift.min(high + step, count)
      step *= 2
    }
    return self[low..<high].partitioningIndex { $0 >= id }
  }
}
