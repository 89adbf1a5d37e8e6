import Foundation
import Geometry

/// The time zone that an import takes for a map, where it has it from, and what speaks against it.
struct ZoneChoice {
  let zone: TimeZone
  /// For people: `nearest city: Seoul, 3 km`.
  let origin: String
  /// What people should know; `nil` if there is no doubt.
  private(set) var doubt: String?

  /// - Parameters:
  ///   - given: what somebody said; `nil` takes the zone of the nearest city.
  ///   - places: the map's junctions.
  ///   - table: `nil` where tzdata is not installed.
  init(given: TimeZone?, places: [Coordinate], table: ZoneTable?, now: Date = Date()) {
    let middle = Coordinate.middle(of: places)
    let nearest = middle.flatMap { table?.nearest(to: $0) }
    if let given {
      (zone, origin) = (given, "given")
      if let nearest { doubt = Self.doubt(given, nearest, now) }
    } else if let nearest, let middle, let table {
      zone = nearest.city.zone
      origin = "nearest city: \(nearest.city.name), \(Self.kilometers(nearest.meters))"
      doubt = Self.doubt(nearest, around: middle, places, table, now)
    } else {
      (zone, origin) = (.current, "this machine's")
      doubt =
        "where the map lies is no use without \(ZoneTable.folder)/zone1970.tab: install tzdata, or name the "
        + "zone with --time-zone"
    }
  }

  /// A zone that somebody names counts, but may be a slip.
  private static func doubt(_ given: TimeZone, _ nearest: (city: ZoneTable.City, meters: Double), _ now: Date)
    -> String?
  {
    guard !given.showsTheSame(as: nearest.city.zone, from: now), nearest.meters < slipMetersMax else { return nil }
    return "the clocks of \(nearest.city.name), \(kilometers(nearest.meters)) from the middle of the map, follow "
      + nearest.city.zone.identifier
  }

  /// Nearer than this to a city, hardly anybody follows another clock.
  private static let slipMetersMax = 200_000.0

  /// Near a border the nearest city may lie on the other side of it.
  private static func doubt(
    _ nearest: (city: ZoneTable.City, meters: Double), around middle: Coordinate, _ places: [Coordinate],
    _ table: ZoneTable, _ now: Date
  ) -> String? {
    let zone = nearest.city.zone
    let others = Set(table.cities.map(\.zone).filter { !$0.showsTheSame(as: zone, from: now) })
    func other(near place: Coordinate) -> (city: ZoneTable.City, meters: Double)? {
      table.nearest(to: place) { others.contains($0.zone) }
    }
    let places = [middle] + places.spread(over: samplesMax)
    let rival = places.lazy.compactMap { place -> ZoneTable.City? in
      guard let own = table.nearest(to: place), let rival = other(near: place) else { return nil }
      let isNear = rival.meters < max(nearness * own.meters, own.meters + nearMeters)
      return isNear || others.contains(own.city.zone) ? rival.city : nil
    }.first
    guard let rival else { return nil }
    return "the map may reach beyond a border of time zones: the clocks of \(rival.name), "
      + "\(kilometers(rival.place.distanceMeters(to: middle))) from its middle, follow \(rival.zone.identifier)"
  }

  /// A city with another clock is near if it is less than this many times as far as the nearest one.
  private static let nearness = 2.0
  /// Or this much farther.
  private static let nearMeters = 100_000.0
  private static let samplesMax = 200

  private static func kilometers(_ meters: Double) -> String { "\(Int((meters / 1_000).rounded())) km" }
}

extension Array {
  /// At most `count` of the elements, evenly spread. O(count).
  fileprivate func spread(over count: Int) -> [Element] {
    stride(from: 0, to: self.count, by: Swift.max(self.count / count, 1)).map { self[$0] }
  }
}
