import Foundation
import RoadGraph

/// A map whose time zone lies far from the sun's time over its roads: likely the importing machine's, not the city's.
struct TimeZoneDoubt {
  private let timeZone: String
  private let hoursOff: Double

  /// More than what borders and summer time explain anywhere.
  private static let hoursOffMax = 3.5

  /// `nil` if there is no doubt, or no conditional rule that would suffer from it. O(vertices).
  init?(_ network: RoadNetwork) {
    guard network.conditionalRules.count > 0, network.vertexCount > 0,
      let zone = TimeZone(identifier: network.timeZone)
    else { return nil }
    let longitude = network.vertexCoordinate.buffer.reduce(0) { $0 + $1.longitude } / Double(network.vertexCount)
    let off = abs(Double(zone.secondsFromGMT()) / 3600 - longitude / 15)
    hoursOff = min(off, 24 - off)
    guard hoursOff > Self.hoursOffMax else { return nil }
    timeZone = network.timeZone
  }

  var text: String {
    "the map's time zone is \(timeZone), about \(Int(hoursOff.rounded())) hours off for where its roads are: "
      + "time-dependent rules would apply at the wrong times. Import again with --time-zone."
  }
}
