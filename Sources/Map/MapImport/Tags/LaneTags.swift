/// Lanes of each direction. Source: OSM wiki, Key:lanes.
enum LaneTags {
  private static let lanes = DirectionalKey("lanes")

  /// The number of lanes of one direction that cars may use; 0 if the map does not tell.
  static func count(_ tags: OSMTags, _ direction: TagDirection, oneway: TagDirection?) -> UInt8 {
    let all = allCount(tags, direction, oneway: oneway)
    guard all > 0 else { return 0 }
    let busLanes = BusTags.laneCount(tags, direction, oneway: oneway)
    return UInt8(max(Int(all) - busLanes, 1))
  }

  /// True if both directions share one lane.
  static func isSingle(_ tags: OSMTags, oneway: TagDirection?) -> Bool { oneway == nil && number(tags["lanes"]) == 1 }

  private static func allCount(_ tags: OSMTags, _ direction: TagDirection, oneway: TagDirection?) -> UInt8 {
    if let oneway, oneway != direction { return 0 }
    if let stated = number(tags[lanes.only(direction)]) { return stated }
    guard let total = number(tags["lanes"]), total > 0 else { return 0 }
    guard oneway == nil else { return total }
    // A lane in the middle for turning off, from either side.
    let shared = number(tags["lanes:both_ways"]) ?? 0
    let other = number(tags[lanes.only(direction == .forward ? .backward : .forward)])
    if let other, other < total { return max(total - other - min(shared, total - other), 1) }
    return max((total - min(shared, total)) / 2, 1)
  }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    tags.values(lanes).filter { number($0) == nil }
  }

  static func number(_ value: String?) -> UInt8? {
    guard let value, let number = Double(value), number >= 0, number <= lanesMax else { return nil }
    return UInt8(number)
  }

  private static let lanesMax = 20.0
}
