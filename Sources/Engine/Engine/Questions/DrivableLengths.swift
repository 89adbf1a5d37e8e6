import RoadGraph
import Synchronization
import Traffic

/// How much of each road a vehicle may drive without traffic, ferries left out.
struct DrivableLengths: Sendable {
  /// By `ArcID`; 0 for a shadow.
  let centimeters: [UInt32]
  let total: Int

  /// O(pieces).
  init(_ roads: ProfileRoads) {
    var centimeters = [UInt32](repeating: 0, count: roads.network.arcCount)
    for arcs in roads.network.segmentArcs.buffer {
      for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
        centimeters[arc.position] = roads.drivableCentimeters(arc)
      }
    }
    self.centimeters = centimeters
    total = centimeters.reduce(0) { $0 + Int($1) }
  }
}

/// The lengths of each profile, made when they are first asked for; traffic leaves them.
final class DrivableLengthsCache: Sendable {
  private let made = Mutex<[String: (roadsVersion: UInt64, lengths: DrivableLengths)]>([:])

  func lengths(of profile: ProfileSnapshot, in snapshot: TrafficSnapshot) -> DrivableLengths {
    let name = profile.roads.profile.name
    let known = made.withLock { $0[name] }
    if let known, known.roadsVersion == snapshot.roadsVersion { return known.lengths }
    let lengths = DrivableLengths(profile.roads)
    made.withLock { $0[name] = (snapshot.roadsVersion, lengths) }
    return lengths
  }
}

extension ProfileRoads {
  /// False on ferries, and on trains for cars: nobody stops there.
  func isOnLand(_ piece: PieceID) -> Bool {
    guard let way = network.way(of: piece) else { return false }
    let roadClass = network.attributes[network.ways[way].attributes].roadClass
    return roadClass != .ferry && roadClass != .shuttleTrain
  }

  fileprivate func drivableCentimeters(_ arc: ArcID) -> UInt32 {
    network.pieceIDs(along: arc).reduce(0) { sum, piece in
      isOnLand(piece) && isPassable(arc, at: piece) ? sum + network.pieces[piece].lengthCentimeters : sum
    }
  }
}
