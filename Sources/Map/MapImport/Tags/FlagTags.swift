import RoadGraph

/// The yes-or-no facts of a road.
enum FlagTags {
  static func flags(_ tags: OSMTags, _ roadClass: RoadClass, _ flow: OnewayTags.Flow) -> RoadFlags {
    var flags: RoadFlags = []
    if tags.isSet("bridge") { flags.insert(.bridge) }
    if tags.isSet("tunnel") { flags.insert(.tunnel) }
    if OnewayTags.isRoundabout(tags) { flags.insert(.roundabout) }
    if isNarrow(tags, flow) { flags.insert(.narrow) }
    if tags["toll"] == "yes" { flags.insert(.toll) }
    if flow.oneway != nil { flags.insert(.oneway) }
    if EmergencyTags.isMadeForResponders(tags) { flags.insert(.emergencyAccess) }
    if RouteTags.isMovableBridge(tags) { flags.insert(.movableBridge) }
    if flow == .alternating { flags.insert(.alternating) }
    if AccessTags.opensToCars(tags, roadClass) { flags.insert(.openedToCars) }
    return flags.union(WaterTags.flags(tags))
  }

  /// Source: OSM wiki, Key:width, Key:est_width, Key:narrow.
  private static func isNarrow(_ tags: OSMTags, _ flow: OnewayTags.Flow) -> Bool {
    if tags["narrow"] == "yes" || tags["width"] == "narrow" || LaneTags.isSingle(tags, oneway: flow.oneway) {
      return true
    }
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
