import API
import Foundation
import Profiles
import RoadGraph

@testable import Traffic

/// Traffic on a small map, put piece by piece.
struct TestTraffic {
  static let noon = Date(timeIntervalSince1970: 1_700_000_000)

  let network: RoadNetwork
  var state: TrafficState

  init(_ network: RoadNetwork, _ profiles: [VehicleProfile], closing pieces: [DirectedPiece] = []) {
    self.network = network
    state = TrafficState(profiles: profiles, network: network)
    if !pieces.isEmpty { put(Self.closure("closed"), pieces) }
  }

  static func closure(_ id: String, effect: RoadEffect = .closed, scope: ClosureScope = .everybody) -> RoadClosure {
    RoadClosure(id: id, selector: .way(osmID: 1, direction: .both), effect: effect, scope: scope)
  }

  /// Puts a closure on pieces that are driven one after the other.
  mutating func put(_ closure: RoadClosure, _ pieces: [DirectedPiece], at moment: Date = noon) {
    state.restore(resolved(closure, pieces), at: moment)
  }

  func resolved(_ closure: RoadClosure, _ pieces: [DirectedPiece]) -> ResolvedClosure {
    guard let resolved = try? ResolvedClosure(closure, runs: [pieces.map { DirectedStretch($0) }], on: network) else {
      preconditionFailure("hours that are not understood")
    }
    return resolved
  }

  func conditions(of costs: CostModel, number: Int = 0) -> ProfileConditions {
    ProfileConditions(roads: state.conditions, profile: number, costs: costs)
  }

  func parts(of costs: CostModel) -> ArcParts { ArcParts(costs: costs, conditions: conditions(of: costs)) }
}
