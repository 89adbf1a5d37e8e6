import RoadGraph

/// What a vehicle feels at an OSM node.
struct SourceFeature {
  var feature: PointFeature
  /// True for a stop or give-way sign that does not say whom it faces.
  var facesUnknownly = false
  /// What stands there at times, in an order in which of several that hold at once the last one counts.
  var others: [Other] = []

  struct Other {
    let condition: String
    let feature: PointFeature
  }
}

extension PointFeature {
  /// Nothing that stands in the way.
  static func unfelt(osmID: Int64) -> PointFeature { PointFeature(osmID: osmID, kind: .otherBarrier, flags: .unfelt) }
}

/// Signals, barriers and other things on a road that a vehicle feels.
///
/// A pedestrian crossing with signals (`crossing=traffic_signals`) is a crossing: it is red only when somebody asks,
/// and at a junction its signals are those of `highway=traffic_signals`, which would count twice. Source: OSM wiki,
/// Key:barrier, Key:bollard, Key:kerb, Key:traffic_calming, Tag:highway=traffic_signals, Tag:highway=stop.
enum FeatureTags {
  /// What a vehicle feels at this OSM node; `nil` if nothing. A barrier counts more than a signal.
  static func feature(_ node: OSMNode) -> SourceFeature? {
    guard !node.tags.isEmpty else { return nil }
    let limits = SizeTags.pointLimits(node.tags)
    let isLimit = limits.heightCentimeters > 0 || limits.widthCentimeters > 0
    guard let kind = kind(node.tags) ?? (isLimit ? .heightRestrictor : nil) else { return nil }
    var feature = PointFeature(osmID: node.id, kind: kind)
    (feature.maxHeightCentimeters, feature.maxWidthCentimeters) = limits
    switch kind {
    case .trafficSignals, .stop, .giveWay:
      let facing = facing(node.tags, kind)
      feature.flags = facing ?? []
      return SourceFeature(feature: feature, facesUnknownly: kind != .trafficSignals && facing == nil)
    case .crossing, .trafficCalming, .ford: break
    default:
      // At a toll booth or a frontier everybody may pass whom no word keeps out.
      if kind.isBarrier || AccessTags.closesNode(node.tags) { feature.access = AccessTags.barrierFlags(node.tags) }
      if node.tags["locked"] == "yes" { feature.flags = .locked }
    }
    return SourceFeature(feature: feature)
  }

  /// True for what is opened and shut.
  static func isGate(_ tags: OSMTags) -> Bool {
    guard let barrier = tags["barrier"], let kind = self.barrier(barrier, tags) else { return false }
    return kind == .gate || kind == .liftGate || kind == .swingGate
  }

  private static func kind(_ tags: OSMTags) -> FeatureKind? {
    if let barrier = tags["barrier"].flatMap({ barrier($0, tags) }) { return barrier }
    return WaterTags.isFord(tags) ? .ford : control(tags) ?? sign(tags)
  }

  /// Without a thing that stands in the way, a word on who may pass is all there is. One against all traffic is
  /// believed to speak of a thing.
  private static func sign(_ tags: OSMTags) -> FeatureKind? {
    guard AccessTags.closesNode(tags) else { return nil }
    return tags["barrier"] == nil && AccessTags.barrierFlags(tags) == .restricted ? .otherBarrier : .accessSign
  }

  private static func barrier(_ value: String, _ tags: OSMTags) -> FeatureKind? {
    switch value {
    case "gate", "hampshire_gate", "bump_gate", "sliding_gate", "wicket_gate": .gate
    case "lift_gate": .liftGate
    case "swing_gate": .swingGate
    case "bollard": bollard(tags["bollard"])
    case "block", "jersey_barrier", "concrete_block", "log", "planter", "debris": .block
    case "toll_booth": .tollBooth
    case "border_control": .borderControl
    case "height_restrictor", "width_restrictor": .heightRestrictor
    case "kerb": raisedKerbs.contains(tags["kerb"]) && tags["highway"] != "crossing" ? .otherBarrier : nil
    // Livestock hears it, vehicles don't.
    case "fence": tags["sensory"].map { $0.hasPrefix("audi") } ?? false ? nil : .otherBarrier
    default: passable.contains(value) ? nil : .otherBarrier
    }
  }

  private static func bollard(_ kind: String?) -> FeatureKind {
    switch kind {
    case "removable", "foldable", "unlockable": .removableBollard
    case "rising": .risingBollard
    default: .bollard
    }
  }

  /// The strictest thing that `highway` names, such as `crossing;stop`, or what calms traffic.
  private static func control(_ tags: OSMTags) -> FeatureKind? {
    let values = tags["highway"]?.listed ?? []
    let controls: [(String, FeatureKind)] = [
      ("traffic_signals", .trafficSignals), ("stop", .stop), ("give_way", .giveWay),
    ]
    if let control = controls.first(where: { values.contains($0.0) }) { return control.1 }
    if let calming = tags["traffic_calming"], !harmlessCalming.contains(calming) { return .trafficCalming }
    return values.contains("crossing") ? .crossing : nil
  }

  /// Whom a sign faces, relative to the OSM way that the node is inner to; `nil` if it does not say.
  private static func facing(_ tags: OSMTags, _ kind: FeatureKind) -> PointFeature.Flags? {
    let special: TagKey =
      switch kind {
      case .trafficSignals: "traffic_signals:direction"
      case .stop: "stop:direction"
      default: "give_way:direction"
      }
    return [tags[special], tags["direction"]].compactMap { $0.flatMap { directions[$0] } }.first
  }

  private static let directions: [String: PointFeature.Flags] = [
    "forward": .forwardOnly, "backward": .backwardOnly, "both": [],
  ]

  /// Barriers that do not stop motor vehicles.
  private static let passable: Set<String> = [
    "no", "entrance", "cattle_grid", "sally_port", "arch", "rumble_strip", "open",
  ]
  private static let raisedKerbs: Set<String?> = ["raised", "regular"]
  private static let harmlessCalming: Set<String> = ["no", "none", "island", "painted_island"]
}
