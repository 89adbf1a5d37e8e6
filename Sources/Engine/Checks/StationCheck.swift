import API
import Fleet
import Geometry
import Profiles

/// One station: the road that it stands on, its way out and its way in.
struct StationCheck {
  let map: CheckedMap
  let station: Station
  let thresholds: CheckThresholds
  /// To its neighbours, `nil` where there is no way.
  let waysOut: [RouteAnswer?]
  /// From its neighbours, `nil` where there is no way.
  let waysIn: [RouteAnswer?]

  var findings: [Finding] {
    guard let place = map.snap(station.coordinate, by: map.profile) else {
      return [finding(.stationOffMap, .error, "no road that \(profile) may drive is near")]
    }
    let reach = [reachFinding(.out, of: waysOut, place), reachFinding(.in, of: waysIn, place)]
    return ([roadFinding(place)] + reach).compactMap { $0 } + doorFindings(.out, of: waysOut)
      + doorFindings(.in, of: waysIn)
  }

  private var profile: String { map.profile.name }

  private func finding(
    _ kind: Finding.Kind, _ severity: Finding.Severity, _ message: String, shape: [Coordinate]? = nil,
    osmID: Int64? = nil
  ) -> Finding {
    Finding(kind, severity, subject: station.name, message, shape: shape ?? [station.coordinate], osmID: osmID)
  }

  // MARK: The road

  private func roadFinding(_ place: SnappedPlace) -> Finding? {
    let (road, away) = (Words.road(place), Words.length(place.distanceMeters))
    let shape = [station.coordinate, place.coordinate]
    if let (way, meters) = map.nearestRoad(station.coordinate), way.osmID != place.wayOSMID,
      meters + thresholds.nearerMeters <= place.distanceMeters
    {
      let nearer = Words.road(name: map.map.network.texts[way.name], way: way.osmID)
      return finding(
        .stationOnIsland, .error,
        "\(nearer) is \(Words.length(meters)) away, but no way leads there and back; instead it stands on \(road), "
          + "\(away) away", shape: shape, osmID: way.osmID)
    }
    if let nearest = map.snap(station.coordinate, by: map.freeProfile), nearest.wayOSMID != place.wayOSMID,
      nearest.distanceMeters + thresholds.nearerMeters <= place.distanceMeters
    {
      return finding(
        .stationNearestRoadForbidden, .warning,
        "stands on \(road), \(away) away; \(Words.road(nearest)) is \(Words.length(nearest.distanceMeters)) away, but "
          + "\(profile) may not drive it", shape: shape, osmID: nearest.wayOSMID)
    }
    guard place.distanceMeters >= thresholds.farMeters else { return nil }
    return finding(
      .stationFarFromRoad, .warning, "the nearest road, \(road), is \(away) away", shape: shape, osmID: place.wayOSMID)
  }

  /// There are neighbours, but no way to any of them, or from any.
  private func reachFinding(_ side: DoorSide, of ways: [RouteAnswer?], _ place: SnappedPlace) -> Finding? {
    guard !ways.isEmpty, ways.allSatisfy({ $0 == nil }) else { return nil }
    let leads = side == .out ? "leads to" : "leads here from"
    return finding(
      side == .out ? .stationWithoutWayOut : .stationWithoutWayIn, .error,
      "stands on \(Words.road(place)): no way \(leads) any of its \(ways.count) neighbours", osmID: place.wayOSMID)
  }

  // MARK: The door

  private func doorFindings(_ side: DoorSide, of ways: [RouteAnswer?]) -> [Finding] {
    let ways = ways.compactMap { $0 }
    guard !ways.isEmpty else { return [] }
    return [forbidden(side, ways), slow(side, ways)].compactMap { $0 }
  }

  /// What every way needs near the station: a vehicle that may not has no way at all.
  private func forbidden(_ side: DoorSide, _ ways: [RouteAnswer]) -> Finding? {
    let used = ways.map { way in way.route.exemptions.filter { isNear($0.coordinate) } }
    guard let common = used.first?.first, used.allSatisfy({ !$0.isEmpty }) else { return nil }
    return finding(
      side.forbidden, .warning, "every way \(side.words) needs \(Words.exemption(common)) by the station",
      shape: [common.coordinate], osmID: common.osmID)
  }

  /// The way on which rules near the station cost the most.
  private func slow(_ side: DoorSide, _ ways: [RouteAnswer]) -> Finding? {
    let detours = Set(ways.compactMap { ringPoint(side, of: $0) }).compactMap { detour(side, at: $0) }
    guard let worst = detours.max(by: { $0.seconds < $1.seconds }), worst.seconds >= thresholds.detourSeconds,
      let rule = worst.broken.first
    else { return nil }
    let isContraflow = worst.broken.allSatisfy { $0.kind == Exemption.contraflow.name }
    return finding(
      side.slow, isContraflow ? .notice : .warning,
      "within \(Words.length(CheckLimits.ringMeters)) the way \(side.words) takes \(Words.time(worst.seconds)) longer "
        + "than with \(Words.exemption(rule))\(Words.more(worst.broken.count - 1))",
      shape: worst.bound.route.shape, osmID: rule.osmID)
  }

  /// A way between the station and a place round it, by the profile and free of rules.
  private struct Detour {
    var bound: RouteAnswer
    var free: RouteAnswer
    var seconds: Double { bound.route.travelSeconds - free.route.travelSeconds }
    /// The rules that only the free way breaks: those that cost the time.
    var broken: [UsedExemption] {
      free.route.exemptions.filter { rule in
        !bound.route.exemptions.contains { $0.kind == rule.kind && $0.osmID == rule.osmID }
      }
    }
  }

  private func detour(_ side: DoorSide, at place: Coordinate) -> Detour? {
    let (from, to) = side == .out ? (station.coordinate, place) : (place, station.coordinate)
    guard let bound = map.route(from, to, by: map.profile),
      let free = map.route(from, to, by: map.freeProfile)
    else { return nil }
    return Detour(bound: bound, free: free)
  }

  /// Where a way leaves the surroundings of the station for good, or comes into them for the first time: a detour may
  /// lead far out and back.
  private func ringPoint(_ side: DoorSide, of way: RouteAnswer) -> Coordinate? {
    let points = side == .out ? way.route.shape.reversed() : way.route.shape
    return points.prefix { $0.distanceMeters(to: station.coordinate) >= CheckLimits.ringMeters }.last
  }

  private func isNear(_ place: Coordinate) -> Bool {
    place.distanceMeters(to: station.coordinate) <= CheckLimits.doorMeters
  }
}

/// Out of a station, or into it.
enum DoorSide {
  case out, `in`

  var words: String { self == .out ? "out" : "in" }
  var forbidden: Finding.Kind { self == .out ? .wayOutForbidden : .wayInForbidden }
  var slow: Finding.Kind { self == .out ? .wayOutSlow : .wayInSlow }
}
