import RoadGraph

/// Signals, barriers and other things on a road that a vehicle feels.
///
/// Source: OSM wiki, Key:barrier, Key:bollard, Key:traffic_calming, Tag:highway=traffic_signals.
enum FeatureTags {
  /// What a vehicle feels at this OSM node; `nil` if nothing. A barrier counts more than a signal.
  static func feature(_ node: OSMNode) -> PointFeature? {
    guard !node.tags.isEmpty, let kind = barrier(node.tags) ?? control(node.tags) else { return nil }
    guard kind.isBarrier else { return PointFeature(osmID: node.id, kind: kind) }
    return PointFeature(
      osmID: node.id, kind: kind, access: AccessTags.barrierFlags(node.tags), flags: node.tags["locked"] == "yes" ? .locked : [])
  }

  private static func barrier(_ tags: OSMTags) -> FeatureKind? {
    guard let value = tags["barrier"], !passable.contains(value) else { return nil }
    switch value {
    case "gate", "hampshire_gate", "bump_gate", "sliding_gate": return .gate
    case "lift_gate": return .liftGate
    case "swing_gate": return .swingGate
    case "bollard": return bollard(tags["bollard"])
    case "block", "jersey_barrier": return .block
    default: return .otherBarrier
    }
  }

  private static func bollard(_ kind: String?) -> FeatureKind {
    switch kind {
    case "removable", "foldable", "unlockable": .removableBollard
    case "rising": .risingBollard
    default: .bollard
    }
  }

  private static func control(_ tags: OSMTags) -> FeatureKind? {
    let highway = tags["highway"]
    switch highway {
    case "traffic_signals": return .trafficSignals
    case "stop": return .stop
    case "give_way": return .giveWay
    default: break
    }
    if let calming = tags["traffic_calming"], !harmlessCalming.contains(calming) { return .trafficCalming }
    return highway == "crossing" ? .crossing : nil
  }

  /// Barriers that do not stop motor vehicles.
  private static let passable: Set<String> = [
    "no", "kerb", "entrance", "cattle_grid", "toll_booth", "border_control", "sally_port", "height_restrictor", "arch",
    "rumble_strip", "open",
  ]
  private static let harmlessCalming: Set<String> = ["no", "island"]
}
