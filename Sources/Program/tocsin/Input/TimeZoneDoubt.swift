import Foundation
import RoadGraph

/// A map whose time zone lies far from the sun's time over its roads: likely the importing machine's, not the city's.
enum TimeZoneDoubt {
  /// More than what borders and summer time explain anywhere.
  private static let hoursOffMax = 3.5

  /// What people should know; `nil` without doubt, or without a conditional rule that would suffer. O(vertices).
  static func text(_ network: RoadNetwork) -> String? {
    guard network.conditionalRules.count > 0, network.vertexCount > 0,
      let zone = TimeZone(identifier: network.timeZone)
    else { return nil }
    let longitude = network.vertexCoordinate.buffer.reduce(0) { $0 + $1.longitude } / Double(network.vertexCount)
    let off = abs(Double(zone.secondsFromGMT()) / 3600 - longitude / 15)
    let hoursOff = min(off, 24 - off)
    guard hoursOff > hoursOffMax else { return nil }
    return "the map's time zone is \(network.timeZone), about \(Int(hoursOff.rounded())) hours off for where its roads "
      + "are: time-dependent rules would apply at the wrong times. Import again with --time-zone."
  }
}
