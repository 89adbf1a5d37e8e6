/// Buses and taxis: where they may drive, and their lanes. Source: OSM wiki, Key:psv, Key:taxi, Key:busway, Bus lanes.
enum BusTags {
  private static let accessKeys = ["bus", "psv", "taxi", "minibus", "share_taxi"].map(DirectionalKey.init)
  private static let countKeys = [DirectionalKey("lanes:psv"), DirectionalKey("lanes:bus")]
  private static let laneKeys = [DirectionalKey("bus:lanes"), DirectionalKey("psv:lanes")]
  private static let sideKeys: [TagKey] = ["busway", "busway:both", "busway:left", "busway:right"]

  static func allowsBuses(_ tags: OSMTags, _ direction: TagDirection) -> Bool {
    accessKeys.contains { AccessMeaning(tags[$0, direction]) == .open }
  }

  /// The number of lanes for buses among those of one direction.
  ///
  /// - Parameter oneway: the direction of a one-way.
  static func laneCount(_ tags: OSMTags, _ direction: TagDirection, oneway: TagDirection?) -> Int {
    if let oneway, oneway != direction { return 0 }
    if let stated = countKeys.compactMap({ LaneTags.number(tags[$0.only(direction)]) }).max() { return Int(stated) }
    if let total = countKeys.compactMap({ LaneTags.number(tags[$0.plain]) }).max() {
      return oneway == nil ? (Int(total) + 1) / 2 : Int(total)
    }
    let designated = laneKeys.compactMap { tags[$0, direction].map(designatedCount) }.max() ?? 0
    return designated > 0 ? designated : lanesBeside(tags, direction, oneway: oneway)
  }

  /// True if the tags give buses the direction against a one-way.
  static func allowsContraflow(_ tags: OSMTags, _ direction: TagDirection) -> Bool {
    if tags["oneway:bus"] == "no" || tags["oneway:psv"] == "no" { return true }
    if tags["psv"] == "opposite_lane" || tags["bus"] == "opposite_lane" { return true }
    if sideKeys.contains(where: { tags[$0] == "opposite_lane" }) { return true }
    return accessKeys.contains { AccessMeaning(tags[$0.only(direction)]) == .open }
      || countKeys.contains { LaneTags.number(tags[$0.only(direction)]) ?? 0 > 0 }
      || laneKeys.contains { tags[$0.only(direction)].map(designatedCount) ?? 0 > 0 }
  }

  private static func designatedCount(_ lanes: String) -> Int {
    lanes.split(separator: "|").count { $0 == "designated" }
  }

  /// Lanes that `busway` tells of. On a two-way road, the right side is taken for that of the OSM way's direction.
  private static func lanesBeside(_ tags: OSMTags, _ direction: TagDirection, oneway: TagDirection?) -> Int {
    if tags["busway"] == "lane" || tags["busway:both"] == "lane" { return 1 }
    let (left, right) = (tags["busway:left"] == "lane", tags["busway:right"] == "lane")
    if oneway != nil { return left || right ? 1 : 0 }
    return (direction == .forward ? right : left) ? 1 : 0
  }
}
