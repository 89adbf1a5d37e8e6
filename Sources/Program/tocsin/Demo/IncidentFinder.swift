import API
import Engine
import Geometry
import RoadGraph

/// An incident and a road to close, such that the closure changes who gets there first.
struct DemoIncident: Encodable {
  var lat: Double
  var lon: Double
  /// OSM ways of the road on the best route.
  var ways: [Int64]
  var road: String
  var isBridge: Bool
  /// True if another unit is the fastest while the road is closed.
  var changesFastest: Bool
  /// How much later the first unit arrives.
  var delaySeconds: Double
}

/// Looks for an incident by trying: asks, closes a bridge on the winner's way, asks again.
struct IncidentFinder {
  private static let attemptsMax = 400
  private static let waysPerRoadMax = 12
  private static let travelSeconds = 150.0...900.0
  private static let rankedCount = 5
  /// A shorter delay is no story.
  private static let delaySecondsMin = 30.0

  let engine: TocsinEngine
  let sampler: PlaceSampler

  /// The first incident where a closed bridge changes the fastest unit; where there is none, the next best of those
  /// that were tried.
  ///
  /// - Throws: `NO_INCIDENT_FOUND` if no unit can reach anything.
  func find(_ random: inout SplitMix64) throws -> DemoIncident {
    var best: (score: Int, incident: DemoIncident)?
    for _ in 0..<Self.attemptsMax {
      guard let incident = try attempt(at: sampler.place(&random)) else { continue }
      let score = Self.score(incident)
      if score == Self.fullScore { return incident }
      if score > best?.score ?? -1 { best = (score, incident) }
    }
    guard let best else {
      throw CommandFailure("NO_INCIDENT_FOUND", "no unit has a drive of the right length for a demonstration")
    }
    return best.incident
  }

  private static let fullScore = 7

  private static func score(_ incident: DemoIncident) -> Int {
    (incident.isBridge ? 4 : 0) + (incident.changesFastest ? 2 : 0) + (incident.delaySeconds >= delaySecondsMin ? 1 : 0)
  }

  private func attempt(at place: Coordinate) throws -> DemoIncident? {
    let before = try fastest(place)
    guard let winner = before.units.first, Self.travelSeconds.contains(winner.route.travelSeconds),
      let road = road(on: winner.route, incident: before.incident)
    else { return nil }
    let ids = road.ways.map { "demo-\($0)" }
    _ = try engine.putClosures(
      zip(ids, road.ways).map { RoadClosure(id: $0, selector: .way(osmID: $1, direction: .both)) })
    defer { _ = try? engine.liftClosures(ids) }
    guard let second = try fastest(place).units.first else { return nil }
    return DemoIncident(
      lat: place.latitude, lon: place.longitude, ways: road.ways, road: road.name, isBridge: road.isBridge,
      changesFastest: second.unit.id != winner.unit.id, delaySeconds: second.etaSeconds - winner.etaSeconds)
  }

  private func fastest(_ place: Coordinate) throws -> FastestUnitsAnswer {
    var request = FastestUnitsRequest(incident: Place(place), count: Self.rankedCount)
    request.detail = [.ways]
    return try engine.fastestUnits(request)
  }

  /// The first bridge with a name on the route, all its ways; else the way in the middle of the route.
  private func road(on route: Route, incident: SnappedPlace) -> (ways: [Int64], name: String, isBridge: Bool)? {
    let inner = route.ways.dropFirst().dropLast().filter { $0.osmID != incident.wayOSMID }
    guard !inner.isEmpty else { return nil }
    if let bridge = inner.first(where: { !$0.name.isEmpty && isBridge($0.osmID) }) {
      let ways = network.ways.indices.map { network.ways[$0] }
        .filter { isBridge($0) && network.texts[$0.name] == bridge.name }.map(\.osmID)
      if ways.count <= Self.waysPerRoadMax { return (ways, bridge.name, true) }
    }
    let middle = inner[inner.count / 2]
    return ([middle.osmID], middle.name.isEmpty ? "way \(middle.osmID)" : middle.name, false)
  }

  private var network: RoadNetwork { engine.map.network }

  private func isBridge(_ osmID: Int64) -> Bool {
    network.way(osmID: osmID).map { isBridge(network.ways[$0]) } ?? false
  }

  private func isBridge(_ way: Way) -> Bool { network.attributes[way.attributes].flags.contains(.bridge) }
}
