import RoadGraph

/// The yes-or-no facts of a road.
enum FlagTags {
  static func flags(_ tags: OSMTags, _ roadClass: RoadClass, _ flow: OnewayTags.Flow) -> RoadFlags {
    var flags: RoadFlags = []
    if isSet(tags["bridge"]) { flags.insert(.bridge) }
    if isSet(tags["tunnel"]) { flags.insert(.tunnel) }
    if OnewayTags.isRoundabout(tags) { flags.insert(.roundabout) }
    if isNarrow(tags, flow) { flags.insert(.narrow) }
    if tags["toll"] == "yes" { flags.insert(.toll) }
    if flow.oneway != nil { flags.insert(.oneway) }
    if EmergencyTags.isMadeForResponders(tags) { flags.insert(.emergencyAccess) }
    if RouteTags.isMovableBridge(tags) { flags.insert(.movableBridge) }
    if flow == .alternating { flags.insert(.alternating) }
    if AccessTags.opensToCars(tags, roadClass) { flags.insert(.openedToCars) }
    return flags
  }

  private static func isSet(_ value: String?) -> Bool { value != nil && value != "no" }

  /// Source: OSM wiki, Key:width, Key:est_width, Key:narrow.
  private static func isNarrow(_ tags: OSMTags, _ flow: OnewayTags.Flow) -> Bool {
    if tags["narrow"] == "yes" || LaneTags.isSingle(tags, oneway: flow.oneway) { return true }
    let widthCentimeters = SizeTags.widthCentimeters(tags["width"] ?? tags["est_width"])
    return widthCentimeters > 0 && widthCentimeters < narrowCentimeters
  }

  private static let narrowCentimeters: UInt16 = 300
}

/// What a service road serves. Source: OSM wiki, Key:service.
enum ServiceTags {
  static func kind(_ tags: OSMTags) -> ServiceKind {
    tags["service"]?.listed.lazy.compactMap { kinds[$0] }.first ?? .none
  }

  private static let kinds: [String: ServiceKind] = [
    "alley": .alley, "driveway": .driveway, "parking_aisle": .parkingAisle, "parking": .parkingAisle,
    "drive-through": .driveThrough, "drive-thru": .driveThrough, "drive_through": .driveThrough,
    "emergency_access": .emergencyAccess,
  ]
}
