import API
import Engine
import Fleet
import Foundation
import MapFile
import RoadGraph
import TestSupport

/// The fastest 5 of a fleet, whose units were snapped when they reported.
struct FastestScenario {
  let world: World
  private static let fleets = [10, 100, 1_000, 10_000]
  private static let incidents = 1_000
  private static let checkedIncidents = 20
  private static let wanted = 5

  func run() throws -> [Measurement] {
    var random = world.random("fastest")
    let engine = try world.engine()
    let incidents = (0..<Self.incidents).map { _ in Place(world.randomPlace(&random)) }
    return try Self.fleets.map { size in
      try put(size, engine, &random)
      let name = "fastest \(Self.wanted) of \(size)"
      try check(incidents.prefix(Self.checkedIncidents), engine, name)
      return try Measurement(name, incidents) {
        try engine.fastestUnits(FastestUnitsRequest(incident: $0, count: Self.wanted))
      }
    }
  }

  /// Adds units until the fleet has `size` of them.
  private func put(_ size: Int, _ engine: TocsinEngine, _ random: inout SeededGenerator) throws {
    let now = Date()
    let units = (engine.status().unitCount..<size).map { number in
      ResponseUnit(
        id: "unit \(number)", profile: world.roads.profile.name, coordinate: world.randomPlace(&random),
        reportedAt: now, turnoutSeconds: 0)
    }
    _ = try engine.putUnits(units)
  }

  /// The same units come first when nothing is pruned, and a route to the incident takes as long as was said.
  private func check(_ incidents: some Sequence<Place>, _ engine: TocsinEngine, _ name: String) throws {
    let onOneways = unitsOnOneways(engine)
    for incident in incidents {
      let few = try engine.fastestUnits(FastestUnitsRequest(incident: incident, count: Self.wanted))
      let many = try engine.fastestUnits(FastestUnitsRequest(incident: incident, count: EngineLimits().rankedUnitsMax))
      try BenchFailure.check(
        few.units.map(\.unit.id) == many.units.prefix(Self.wanted).map(\.unit.id), name,
        "other units are first when more are asked for, at \(incident.coordinate)")
      for ranked in few.units where !onOneways.contains(ranked.unit.id) {
        let request = RouteRequest(
          places: [Place(ranked.unit.coordinate), incident], profile: world.roads.profile.name)
        let seconds = try engine.route(request).route.travelSeconds
        try BenchFailure.check(
          seconds == ranked.route.travelSeconds, name,
          "\(ranked.unit.id) takes \(ranked.route.travelSeconds) s, its route \(seconds) s, to \(incident.coordinate)")
      }
    }
  }

  /// A route may begin on either carriageway of a divided road, a unit stands on one: their times can't be compared.
  private func unitsOnOneways(_ engine: TocsinEngine) -> Set<String> {
    let network = world.network
    return Set(
      engine.listUnits().units.filter { listed in
        guard let way = listed.snapped.flatMap({ network.way(osmID: $0.wayOSMID) }) else { return false }
        return network.attributes[network.ways[way].attributes].flags.contains(.oneway)
      }.map(\.unit.id))
  }
}

extension FastestUnitsAnswer: Summable {
  func add(to sum: inout Checksum) {
    for ranked in units {
      sum.add(ranked.unit.id)
      sum.add(Int(ranked.etaSeconds * 1_000))
    }
  }
}
