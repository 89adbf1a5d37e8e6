import RoadGraph
import Synchronization
import Traffic

/// How much of each road a vehicle may drive without traffic, ferries left out.
struct DrivableLengths: Sendable {
  /// By `ArcID`; 0 for a shadow.
  let centimeters: [UInt32]
  /// By `ArcID`: true where a part counts and a part doesn't.
  let isPart: [Bool]
  let total: Int

  /// O(pieces).
  init(_ roads: ProfileRoads) {
    var centimeters = [UInt32](repeating: 0, count: roads.network.arcCount)
    var isPart = [Bool](repeating: false, count: roads.network.arcCount)
    for arcs in roads.network.segmentArcs.buffer {
      for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
        let (length, isAll) = roads.drivableCentimeters(arc)
        centimeters[arc.position] = length
        isPart[arc.position] = length > 0 && !isAll
      }
    }
    (self.centimeters, self.isPart) = (centimeters, isPart)
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

extension RoadNetwork {
  /// False on ferries, and on trains for cars: nobody stops there.
  func isOnLand(_ piece: PieceID) -> Bool {
    guard let way = way(of: piece) else { return false }
    let roadClass = attributes[ways[way].attributes].roadClass
    return roadClass != .ferry && roadClass != .shuttleTrain
  }
}

extension ProfileRoads {
  /// Of an arc, and whether that is all of it.
  fileprivate func drivableCentimeters(_ arc: ArcID) -> (length: UInt32, isAll: Bool) {
    network.pieceIDs(along: arc).reduce((0, true)) { sum, piece in
      let length = network.pieces[piece].lengthCentimeters
      if network.isOnLand(piece) && isPassable(arc, at: piece) { return (sum.length + length, sum.isAll) }
      return (sum.length, sum.isAll && length == 0)
    }
  }
}

extension [DrivableLengths] {
  /// How much of each arc some vehicle may drive, by `ArcID`. O(arcs).
  var longest: [UInt32] {
    dropFirst().reduce(first?.centimeters ?? []) { longest, lengths in
      zip(longest, lengths.centimeters).map { Swift.max($0, $1) }
    }
  }
}
