import MapFile
import Profiles
import RoadGraph

extension CostModel {
  /// The delays of the exemptions that a piece of road needs, in seconds. O(kinds).
  func exemptionSeconds(piece: PieceID, _ direction: SegmentDirection) -> Double {
    delaySeconds(exemptions(piece: piece, direction))
  }

  /// The delays of the exemptions that a turn needs, in seconds. O(kinds).
  func exemptionSeconds(turn: TurnID, from arc: ArcID) -> Double { delaySeconds(exemptions(turn: turn, from: arc)) }

  private func delaySeconds(_ used: Exemptions) -> Double {
    used.list.reduce(0) { $0 + rule(for: $1).delaySeconds }
  }

  private func rule(for exemption: Exemption) -> PassageRule {
    let (rules, barriers) = (profile.exemptions, profile.barriers)
    return switch exemption {
    case .turnBan: rules.turnBans
    case .contraflow: rules.contraflow
    case .restrictedAccess: rules.restrictedAccess
    case .destinationOnly: rules.destinationOnly
    case .busLane: rules.busLanes
    case .pedestrianZone: rules.pedestrianZones
    case .emergencyWay: rules.emergencyWays
    case .track: rules.tracks
    case .ferry: rules.ferries
    case .gate: barriers.gate
    case .lockedGate: barriers.lockedGate
    case .bollard: barriers.removableBollard
    case .barrier: barriers.other
    }
  }
}
