import RoadGraph

/// Roads over ice and through water. Source: OSM wiki, Key:ice_road, Key:winter_road, Key:seasonal, Key:ford,
/// Key:flood_prone, Key:tidal.
enum WaterTags {
  static func flags(_ tags: OSMTags) -> RoadFlags {
    var flags: RoadFlags = []
    if isInWinterOnly(tags) { flags.insert(.winterRoad) }
    if tags.isSet("ford") { flags.insert(.ford) }
    if tags.isSet("flood_prone") || tags.isSet("tidal") { flags.insert(.floodProne) }
    return flags
  }

  /// True for an OSM node where a road runs through water.
  static func isFord(_ tags: OSMTags) -> Bool {
    tags.isSet("ford") || tags["highway"]?.listed.contains("ford") ?? false
  }

  private static func isInWinterOnly(_ tags: OSMTags) -> Bool {
    if tags.isSet("ice_road") || tags.isSet("winter_road") || tags["seasonal"] == "winter" { return true }
    return ["ice", "snow"].contains(tags["surface"])
  }
}

extension OSMTags {
  /// True for a key that is there, with another value than `no`.
  func isSet(_ key: TagKey) -> Bool { self[key].map { $0 != "no" } ?? false }
}
