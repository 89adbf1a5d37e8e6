import Geometry
import RoadGraph

/// The OSM nodes of all roads, in the order of their ids; positions in it stand for the nodes from here on.
struct SourceNodes {
  let ids: [Int64]
  /// ``unknown`` for OSM nodes that the source lacks.
  var coordinates: [Coordinate]
  /// Signals, barriers and the like, in the order of their OSM ids; those that stand there at times only behind the one
  /// that always does.
  var features: [PointFeature] = []
  /// What stands at OSM nodes at times.
  var conditions: [SourceNodeCondition] = []
  /// Stop and give-way signs that do not say whom they face.
  var unfacedSigns: Set<FeatureID> = []
  /// Per OSM node: its feature, or ``FeatureID/none``.
  var featureIDs: [FeatureID] = []
  /// Junctions with a name, milestones: of roads or beside them, by OSM id.
  var named: [SourceNamedPoint] = []
  /// By position: the OSM node that stands for one that lies at the same place on the other side of the 180th meridian.
  var twins: [UInt32: UInt32] = [:]

  static let unknown = Coordinate(latitudeE7: .max, longitudeE7: .max)

  func isKnown(_ node: UInt32) -> Bool { coordinates[Int(node)] != Self.unknown }

  /// The position of an OSM id; `nil` if no road has it. O(log n).
  func position(of osmID: Int64) -> UInt32? {
    ids.index(of: osmID, sortedBy: \.self).map { standIn(UInt32($0)) }
  }

  private func standIn(_ node: UInt32) -> UInt32 { twins.isEmpty ? node : twins[node] ?? node }

  /// The positions of many OSM ids, all of which are there. Nodes of a way often follow each other. O(n log n).
  func positions(of osmIDs: [Int64]) -> [UInt32] {
    ids.withUnsafeBufferPointer { ids in
      var cursor = 0
      return osmIDs.map { id in
        cursor = ids.position(of: id, near: cursor)
        return standIn(UInt32(cursor))
      }
    }
  }
}

/// What stands at an OSM node while a condition holds.
struct SourceNodeCondition {
  var feature: FeatureID
  var text: String
  var replacement: FeatureID
}

/// Fills in ``SourceNodes`` while nodes stream by.
final class NodeCollector {
  private var nodes: SourceNodes
  private var found: [(node: Int, source: SourceFeature)] = []
  private var cursor = 0
  private let log: DropLog
  private let conditions: ConditionTags
  private(set) var nodesRead = 0

  /// - Parameter nodeIDs: OSM ids of all nodes of all roads, in any order and as often as they occur.
  init(nodeIDs: [Int64], log: DropLog, conditions: ConditionTags) {
    var ids = nodeIDs
    ids.sort()
    ids.removeRepeated()
    nodes = SourceNodes(ids: ids, coordinates: [Coordinate](repeating: SourceNodes.unknown, count: ids.count))
    (self.log, self.conditions) = (log, conditions)
  }

  func add(_ batch: OSMBatch) {
    nodesRead = batch.nodesRead
    batch.forEachNode { node in
      cursor = nodes.ids.withUnsafeBufferPointer { $0.position(of: node.id, near: cursor) }
      if cursor < nodes.ids.count, nodes.ids[cursor] == node.id { add(node, at: cursor) }
      if !node.tags.isEmpty, node.hasCoordinate { addName(of: node) }
    }
  }

  private func addName(of node: OSMNode) {
    switch NameTags.point(node) {
    case .success(let point): nodes.named.append(point)
    case .failure(let reason): log.drop(reason, osmID: node.id, value: node.tags["distance"] ?? node.tags["pk"])
    case nil: break
    }
  }

  private func add(_ node: OSMNode, at position: Int) {
    guard node.hasCoordinate else { return log.drop(.nodeWithoutCoordinate, osmID: node.id) }
    guard !nodes.isKnown(UInt32(position)) else { return }
    nodes.coordinates[position] = Coordinate(latitudeE7: node.latitudeE7, longitudeE7: node.longitudeE7)
    guard !node.tags.isEmpty else { return }
    if let feature = feature(node) { found.append((position, feature)) }
    log.drop(.unparsableSize, osmID: node.id, values: SizeTags.unknownPointValues(node.tags))
    log.drop(.unknownAccess, osmID: node.id, values: AccessTags.unknownValues(node.tags))
  }

  /// What a vehicle feels at an OSM node, with what it is at times.
  private func feature(_ node: OSMNode) -> SourceFeature? {
    let (tags, candidates) = conditions.candidates(node)
    let plain = FeatureTags.feature(node.replacingTags(tags))
    let others = candidates.map { candidate in
      let other = FeatureTags.feature(node.replacingTags(candidate.tags))?.feature
      return SourceFeature.Other(condition: candidate.condition, feature: other ?? .unfelt(osmID: node.id))
    }
    let nothing = SourceFeature(feature: .unfelt(osmID: node.id))
    guard others.contains(where: { $0.feature != (plain ?? nothing).feature }) else { return plain }
    var feature = plain ?? nothing
    feature.others = others
    return feature
  }

  func finish() -> SourceNodes {
    found.sort { $0.node < $1.node }
    nodes.named.sort { $0.osmID < $1.osmID }
    nodes.featureIDs = [FeatureID](repeating: .none, count: nodes.ids.count)
    for (node, source) in found {
      let id = FeatureID(nodes.features.count)
      nodes.featureIDs[node] = id
      if source.facesUnknownly { nodes.unfacedSigns.insert(id) }
      nodes.features.append(source.feature)
      for other in source.others {
        nodes.conditions.append(
          SourceNodeCondition(feature: id, text: other.condition, replacement: FeatureID(nodes.features.count)))
        nodes.features.append(other.feature)
      }
    }
    nodes.joinAtMeridian(log: log)
    return nodes
  }
}

extension SourceNodes {
  /// A road that passes 180 degrees often lies in the source as two, which end at +180 and at -180: the ends are one
  /// place, and one node stands for both. O(nodes).
  fileprivate mutating func joinAtMeridian(log: DropLog) {
    let onMeridian = coordinates.indices.filter { coordinates[$0].longitudeE7.magnitude == Self.meridianE7 }
      .sorted { (coordinates[$0].latitudeE7, $0) < (coordinates[$1].latitudeE7, $1) }
    for (one, other) in zip(onMeridian, onMeridian.dropFirst()) {
      let (here, there) = (coordinates[one], coordinates[other])
      guard here.longitudeE7 != there.longitudeE7, there.latitudeE7 - here.latitudeE7 <= Self.sameLatitudeE7 else {
        continue
      }
      let kept = standIn(UInt32(one))
      twins[UInt32(other)] = kept
      if featureIDs[Int(kept)] == .none { featureIDs[Int(kept)] = featureIDs[other] }
      log.drop(.nodeOnMeridian, osmID: ids[other])
    }
  }

  private static let meridianE7: UInt32 = 1_800_000_000
  /// About a metre: what drawing by hand on both sides differs by.
  private static let sameLatitudeE7: Int32 = 90
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
