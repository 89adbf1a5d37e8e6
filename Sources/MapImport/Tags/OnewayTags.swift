import RoadGraph

/// One-ways, and who may drive against them. Source: OSM wiki, Key:oneway.
enum OnewayTags {
  /// The direction that civil traffic drives; `nil` if both.
  static func direction(_ tags: OSMTags, on roadClass: RoadClass) -> WayDirection? {
    let stated =
      tags["oneway:motorcar"] ?? tags["oneway:motor_vehicle"] ?? tags["oneway:vehicle"] ?? tags["oneway"]
    switch stated {
    case "yes", "true", "1": return .forward
    case "-1", "reverse": return .backward
    case "no", "false", "0": return nil
    default: break
    }
    let isImplied = isRoundabout(tags) || roadClass == .motorway || roadClass == .motorwayLink
    return isImplied ? .forward : nil
  }

  /// A value of `oneway` that is not understood and so not followed.
  static func unknownValue(_ tags: OSMTags) -> String? {
    guard let value = tags["oneway"], !known.contains(value) else { return nil }
    return value
  }

  static func isRoundabout(_ tags: OSMTags) -> Bool {
    let junction = tags["junction"]
    return junction == "roundabout" || junction == "circular"
  }

  /// The access of the direction against a one-way, from what `access` says of it.
  ///
  /// What opens the road as such (`emergency=yes`) does not open it against the traffic; `oneway:emergency=no` does.
  static func against(_ access: AccessFlags, _ tags: OSMTags, _ direction: WayDirection) -> AccessFlags {
    var flags = access.subtracting([.civil, .destinationOnly, .bus, .emergency, .emergencyDesignated])
    flags.insert(.contraflow)
    let key: StaticString = direction == .forward ? "emergency:forward" : "emergency:backward"
    let isOpened = tags["oneway:emergency"] == "no" || tags[key].map { $0 == "yes" || $0 == "designated" } ?? false
    if isOpened { flags.insert(.emergency) }
    if isOpenToBuses(tags) { flags.insert(.bus) }
    return flags
  }

  private static func isOpenToBuses(_ tags: OSMTags) -> Bool {
    tags["oneway:bus"] == "no" || tags["oneway:psv"] == "no" || tags["busway"] == "opposite_lane"
      || tags["busway:left"] == "opposite_lane" || tags["busway:right"] == "opposite_lane"
  }

  /// Alternating traffic drives both ways in turn.
  private static let known: Set<String> = [
    "yes", "true", "1", "-1", "reverse", "no", "false", "0", "alternating",
  ]
}
