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
/// All weights come anew from the map, the profile and the list of closures. Only where a place lies on the road is
/// taken from the engine; the tests of snapping answer for that.
struct EngineOracle {
  let engine: TocsinEngine
  let costs: CostModel
  private let traffic: OracleTraffic
  private let dijkstra: DijkstraOracle
  private let turnCosts: [Weight]
  private var network: RoadNetwork { costs.network }

  init(_ engine: TocsinEngine, profile: VehicleProfile, speeds: [RoadSpeed] = []) {
    self.init(engine, profile: profile, closures: engine.listClosures().closures, speeds: speeds)
  }

  /// - Parameter closures: those that the asked version knows.
  init(_ engine: TocsinEngine, profile: VehicleProfile, closures: [ListedClosure], speeds: [RoadSpeed] = []) {
    self.engine = engine
    let network = engine.map.network
    let costs = CostModel(profile: profile, network: network)
    let traffic = OracleTraffic(closures, speeds: speeds, for: costs)
    let turnCosts = costs.turnCosts()
    var turnWeights = [Weight](repeating: .infinity, count: network.turnCount)
    for arc in network.arcHead.indices {
      let course = network.arcCourse[arc]
      let weight = network.pieceIDs(of: course.segment).reduce(TravelCost.zero) { sum, piece in
        let directed = DirectedPiece(piece, isBackward: course.isBackward)
        return sum + (traffic.isClosed(directed) ? .impassable : traffic.cost(directed))
      }.weight
      for turn in network.turns(from: arc) { turnWeights[turn.position] = weight.adding(turnCosts[turn.position]) }
    }
    (self.traffic, self.costs, self.turnCosts) = (traffic, costs, turnCosts)
    dijkstra = DijkstraOracle(network.turnExpanded, turnWeights: turnWeights)
  }

  /// The weight of the best way from any of some places to any of others; infinity if there is none.
  func weight(from origins: [RoadPlace], to destinations: [RoadPlace]) -> Weight {
    let arrivals = dijkstra.weights(from: origins.flatMap(departures))
    var best = Weight.infinity
    for destination in destinations {
      let (pieces, index) = course(of: destination)
      let onArrival = sum(pieces[..<index]).adding(ownPart(of: destination).before)
      // One may arrive with any past.
      for arc in network.arcHead.indices where network.arcCourse[arc] == network.arcCourse[destination.arc] {
        best = min(best, arrivals[arc.position].adding(onArrival))
      }
      for origin in origins where origin.arc == destination.arc {
        best = min(best, along(from: origin, to: destination))
      }
    }
    return best
  }

  /// The arcs behind the one that a place lies on, each with the weight of getting onto it.
  private func departures(from origin: RoadPlace) -> [DijkstraOracle.Label] {
    let (pieces, index) = course(of: origin)
    let rest = ownPart(of: origin).behind.adding(sum(pieces[(index + 1)...]))
    return network.turns(from: origin.arc).map {
      DijkstraOracle.Label(network.turnHead[$0], rest.adding(turnCosts[$0.position]))
    }
  }

  /// The way along one arc; infinity if the destination lies behind the origin.
  private func along(from origin: RoadPlace, to destination: RoadPlace) -> Weight {
    let (pieces, start) = course(of: origin)
    let (_, end) = course(of: destination)
    if start < end {
      return ownPart(of: origin).behind.adding(sum(pieces[(start + 1)..<end])).adding(ownPart(of: destination).before)
    }
    let (first, last) = (driven(of: origin), driven(of: destination))
    return start == end && first <= last ? weight(of: pieces[start], from: first, to: last) : .infinity
  }

  /// The pieces of a place's arc in the direction of travel, and which of them the place lies on.
  private func course(of place: RoadPlace) -> (pieces: [DirectedPiece], index: Int) {
    let course = network.arcCourse[place.arc]
    let ids = Array(network.pieceIDs(of: course.segment))
    let ordered = course.isBackward ? ids.reversed() : ids
    return (
      ordered.map { DirectedPiece($0, isBackward: course.isBackward) },
      ordered.firstIndex(of: place.position.piece) ?? ordered.count
    )
  }

  private func sum(_ pieces: some Sequence<DirectedPiece>) -> Weight {
    pieces.reduce(0) { $0.adding(weight(of: $1, from: 0, to: RoadPosition.fractionMax)) }
  }

  /// How much of its piece lies behind a place, in the direction of travel.
  private func driven(of place: RoadPlace) -> UInt32 {
    let isBackward = network.arcCourse[place.arc].isBackward
    return isBackward ? RoadPosition.fractionMax - place.position.fraction : place.position.fraction
  }

  /// What of the piece that a place lies on is before and behind the place, in the direction of travel.
  private func ownPart(of place: RoadPlace) -> (before: Weight, behind: Weight) {
    let (pieces, index) = course(of: place)
    let whole = RoadPosition.fractionMax
    return (
      weight(of: pieces[index], from: 0, to: driven(of: place)),
      weight(of: pieces[index], from: driven(of: place), to: whole)
    )
  }

  /// The weight of a part of a piece, measured in the direction of travel.
  ///
  /// Time is shared out, reluctance is not. A closed piece is no way through; a crew drives into it from the nearer
  /// end to a place inside, and from the farther one as a last resort.
  private func weight(of piece: DirectedPiece, from first: UInt32, to last: UInt32) -> Weight {
    let whole = traffic.cost(piece)
    guard whole.isPassable else { return .infinity }
    guard first < last else { return 0 }
    // Rounded as from the start of the shape.
    let max = RoadPosition.fractionMax
    let (low, high) = piece.isBackward ? (max - last, max - first) : (first, last)
    let time = { (part: UInt32) in UInt32(UInt64(whole.timeMilliseconds) * UInt64(part) / UInt64(max)) }
    let weight = (time(high) - time(low)).adding(whole.reluctanceMilliseconds)
    guard traffic.isClosed(piece) else { return weight }
    if last - first == max { return .infinity }
    return last - first <= max / 2 ? weight : weight.adding(TravelCost.lastResort.weight)
  }
}

// MARK: Units

extension EngineOracle {
  /// The weight of a unit's turnout and travel; infinity if it can't come.
  func weight(of unit: StationedUnit, to site: Site) -> Weight {
    let origins = unit.starts.map(\.place)
    let turnoutSeconds = unit.unit.turnoutSeconds ?? costs.profile.turnoutSeconds
    let travel = weight(from: origins, to: site.places)
    return travel == .infinity ? .infinity : Weight(turnoutSeconds * 1000).adding(travel)
  }
}
