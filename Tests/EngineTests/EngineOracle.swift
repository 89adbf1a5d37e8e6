import API
import Fleet
import Foundation
import MapFile
import Profiles
import RoadGraph
import TestSupport
import Traffic

@testable import Engine

/// What an engine must answer for one profile, found without hierarchy, snapshots or shortcuts of any kind.
///
/// All weights come anew from the map, the profile and the list of closures. Only where a place lies on the road, and
/// which stretches a closure means, is taken from the engine; their own tests answer for that.
struct EngineOracle {
  let engine: TocsinEngine
  let costs: CostModel
  private let roads: OracleRoads
  private var network: RoadNetwork { costs.network }

  init(_ engine: TocsinEngine, profile: VehicleProfile, speeds: [RoadSpeed] = []) {
    self.init(engine, profile: profile, closures: engine.listClosures().closures, speeds: speeds)
  }

  /// - Parameter closures: those that the asked version knows.
  init(_ engine: TocsinEngine, profile: VehicleProfile, closures: [ListedClosure], speeds: [RoadSpeed] = []) {
    self.engine = engine
    costs = CostModel(profile: profile, network: engine.map.network)
    roads = OracleRoads(costs, OracleTraffic(closures, speeds: speeds, for: costs))
  }

  /// The weight of the best way from any of some places to any of others; infinity if there is none.
  func weight(from origins: [RoadPlace], to destinations: [RoadPlace]) -> Weight {
    weights(from: [origins], to: destinations)[0]
  }

  /// The same for several vehicles.
  func weights(from vehicles: [[RoadPlace]], to destinations: [RoadPlace]) -> [Weight] {
    let roads = roads.cut(at: vehicles.flatMap(\.self) + destinations)
    var targets = destinations.flatMap { place in
      Self.lanes(along: place, roads).map { (vertex: $0, weight: Weight(0)) }
    }
    var regions: [OracleRegion] = []
    if !destinations.contains(where: { isOutside($0, roads) }) {
      var known: Set<RoadPosition> = []
      regions = destinations.filter {
        roads.lane($0.arc).isClosed(at: $0.position) && known.insert($0.position).inserted
      }
      .map { OracleRegion(around: $0, .arriving, on: roads) }
    }
    for region in regions {
      for way in region.ways { targets.append((Self.vertex(of: way.edge, roads), region.weight(way.label))) }
    }
    let weights = roads.weights(to: targets)
    let junctions = Set(destinations.compactMap { network.vertex(at: $0.position) })
    return vehicles.map { origins in
      origins.reduce(.infinity) { best, origin in
        // Who stands at the junction is there, whichever of its arms the place is said to be on.
        if let junction = network.vertex(at: origin.position), junctions.contains(junction) { return 0 }
        let outside = starts(from: origin, roads).map { weights[$0.vertex].adding($0.weight) }
        let inside = regions.map { $0.weightInside(from: origin) }
        return (outside + inside).reduce(best) { min($0, $1) }
      }
    }
  }

  /// The vertices at which a place lies on its road: one may arrive with any past.
  private static func lanes(along place: RoadPlace, _ roads: OracleRoads) -> [Int] {
    roads.network.arcs(along: roads.network.arcCourse[place.arc]).compactMap { arc in
      roads.lane(arc).bound(place.position).map { roads.vertex(arc, $0) }
    }
  }

  /// An edge by which a region is entered.
  private static func vertex(of edge: OracleRegion.Edge, _ roads: OracleRoads) -> Int {
    switch edge {
    case .end(let arc): roads.vertex(arc, 0)
    case .within(let arc, let bound): roads.vertex(arc, bound)
    }
  }

  /// True if a place is come to over an open road.
  private func isOutside(_ place: RoadPlace, _ roads: OracleRoads) -> Bool {
    let lane = roads.lane(place.arc)
    guard let bound = lane.bound(place.position), lane.isOpen(0..<bound) else { return false }
    return lane.cost(0..<bound).weight > 0 || !lane.isClosed(at: place.position)
  }

  /// Where a vehicle drives off on open roads: where it stands; where a barrier is ahead, also the other way round; in
  /// a closed region at the edges of it.
  private func starts(from origin: RoadPlace, _ roads: OracleRoads) -> [(vertex: Int, weight: Weight)] {
    let lane = roads.lane(origin.arc)
    guard let bound = lane.bound(origin.position) else { return [] }
    var starts = [(vertex: roads.vertex(origin.arc, bound), weight: Weight(0))]
    let ahead = bound..<lane.parts.count
    guard !lane.isOpen(ahead) else { return starts }
    if lane.isClosed(at: origin.position) {
      starts += exits(OracleRegion(around: origin, .leaving, on: roads), roads)
    } else if !lane.cost(ahead).isPassable {
      return starts
    }
    if let reverse = network.reverse(of: origin.arc), let back = roads.lane(reverse).bound(origin.position) {
      starts.append((roads.vertex(reverse, back), Weight(saturating: costs.profile.turns.uTurn * 1000)))
    }
    return starts
  }

  private func exits(_ region: OracleRegion, _ roads: OracleRoads) -> [(vertex: Int, weight: Weight)] {
    region.ways.flatMap { way -> [(vertex: Int, weight: Weight)] in
      switch way.edge {
      case .within(let arc, let bound): return [(roads.vertex(arc, bound), region.weight(way.label))]
      case .end(let arc):
        return (roads.turnsFrom[arc] ?? []).filter {
          $0.cost.isPassable && roads.lane($0.to).outermost(atTail: true)?.isOpen ?? false
        }.map { (roads.vertex($0.to, 0), region.weight(way.label).adding($0.cost.weight)) }
      }
    }
  }
}

// MARK: Times

extension EngineOracle {
  /// True if a way of some weight may take this long, for a profile that likes all roads alike and has no last resorts:
  /// only a way into a closed place, or out of one, weighs more than it takes.
  static func isTime(_ milliseconds: Int, of weight: Weight) -> Bool {
    let lastResort = Int(TravelCost.lastResort.weight)
    return weight < lastResort ? milliseconds == weight : milliseconds < Int(weight) - lastResort
  }

  /// What a way takes, and whether it leads over a last resort.
  struct Drive {
    var milliseconds: Weight
    var needsLastResort: Bool
    /// True if nothing on it weighs more than it takes.
    var isPlain: Bool
  }

  func drive(_ trip: Trip) -> Drive {
    let places = zip([trip.arcs[0], trip.arcs[trip.arcs.count - 1]], [trip.start, trip.end]).map {
      RoadPlace(arc: $0, position: $1)
    }
    let roads = roads.cut(at: places)
    var drive = Drive(milliseconds: trip.turnRoundMilliseconds, needsLastResort: false, isPlain: true)
    for (number, arc) in trip.arcs.enumerated() {
      let lane = roads.lane(arc)
      let start = number == 0 ? lane.bound(trip.start) ?? 0 : 0
      let end = number == trip.arcs.count - 1 ? lane.bound(trip.end) ?? 0 : lane.parts.count
      for part in lane.parts[start..<end] { add(part, to: &drive) }
      if number > 0, let turn = roads.turnsFrom[trip.arcs[number - 1]]?.first(where: { $0.to == arc }) {
        drive.milliseconds = drive.milliseconds.adding(turn.cost.timeMilliseconds)
        if turn.cost.reluctanceMilliseconds > 0 { (drive.needsLastResort, drive.isPlain) = (true, false) }
      }
    }
    return drive
  }

  private func add(_ part: OracleLane.Part, to drive: inout Drive) {
    drive.milliseconds = drive.milliseconds.adding(part.cost.timeMilliseconds)
    if part.isClosed { drive.needsLastResort = true }
    if part.isClosed, part.centimeters > 0 { drive.isPlain = false }
    guard part.cost.reluctanceMilliseconds > 0 else { return }
    drive.isPlain = false
    if costs.isLastResort(piece: part.piece.piece, part.piece.isBackward ? .backward : .forward) {
      drive.needsLastResort = true
    }
  }
}
