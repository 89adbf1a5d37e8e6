import RoadGraph
import Synchronization
import Traffic

/// How much of each road a vehicle may drive without traffic, ferries left out.
struct DrivableLengths: Sendable {
  /// By `ArcID`; 0 for a shadow.
  let centimeters: [UInt32]
  /// Arcs of which a part doesn't count.
  let partly: Set<ArcID>
  let total: Int

  /// O(pieces).
  init(_ roads: ProfileRoads) {
    var centimeters = [UInt32](repeating: 0, count: roads.network.arcCount)
    var partly: Set<ArcID> = []
    for arcs in roads.network.segmentArcs.buffer {
      for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
        let (length, isAll) = roads.drivableCentimeters(arc)
        centimeters[arc.position] = length
        if length > 0, !isAll { partly.insert(arc) }
      }
    }
    (self.centimeters, self.partly) = (centimeters, partly)
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

  /// Of an arc, and whether that is all of it.
  fileprivate func drivableCentimeters(_ arc: ArcID) -> (length: UInt32, isAll: Bool) {
    network.pieceIDs(along: arc).reduce((0, true)) { sum, piece in
      let length = network.pieces[piece].lengthCentimeters
      if isOnLand(piece) && isPassable(arc, at: piece) { return (sum.length + length, sum.isAll) }
      return (sum.length, sum.isAll && length == 0)
    }
  }
}
