/// Lanes of each direction. Source: OSM wiki, Key:lanes.
enum LaneTags {
  /// The number of lanes of one direction; 0 if the map does not tell.
  static func count(_ tags: OSMTags, _ direction: WayDirection, oneway: WayDirection?) -> UInt8 {
    if let oneway, oneway != direction { return 0 }
    if let stated = number(tags[direction == .forward ? "lanes:forward" : "lanes:backward"]) { return stated }
    guard let total = number(tags["lanes"]) else { return 0 }
    guard oneway == nil else { return total }
    let other = number(tags[direction == .forward ? "lanes:backward" : "lanes:forward"])
    if let other, other < total { return total - other }
    return max(total / 2, 1)
  }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    (["lanes", "lanes:forward", "lanes:backward"] as [StaticString]).compactMap { tags[$0] }.filter {
      number($0) == nil
    }
  }

  private static func number(_ value: String?) -> UInt8? {
    guard let value, let number = Double(value), number >= 0, number <= lanesMax else { return nil }
    return UInt8(number)
  }

  private static let lanesMax = 20.0
}
