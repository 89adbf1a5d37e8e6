import Profiles
import RoadGraph

/// What holds on the roads at one moment: the closures in force, the speeds that are known, the turn penalties.
///
/// A value that snapshots share; copying it is cheap.
public struct TrafficConditions: Sendable {
  var effects: ChunkedTable<DirectedPiece, [ClosureEffect]>
  var speeds: ChunkedTable<DirectedPiece, TenthsOfKmh>
  /// Milliseconds that civil traffic needs for a turn.
  var turnPenalties: [TurnID: Weight] = [:]

  /// Nothing is closed, no speed is known.
  init(pieceCount: Int) {
    effects = ChunkedTable(repeating: [], count: 2 * pieceCount)
    speeds = ChunkedTable(repeating: .unknown, count: 2 * pieceCount)
  }
}

/// A speed in tenths of km/h, in two bytes.
struct TenthsOfKmh: Hashable, Comparable, Sendable {
  let rawValue: UInt16

  static let unknown = TenthsOfKmh(rawValue: .max)
  /// Nobody gets through.
  static let closed = TenthsOfKmh(rawValue: 0)

  private init(rawValue: UInt16) { self.rawValue = rawValue }

  /// - Parameter kmh: 0 is closed; any speed above it is passable.
  init(kmh: Double) {
    self.rawValue = kmh == 0 ? 0 : UInt16(min(max((kmh * 10).rounded(), 1), Double(UInt16.max - 1)))
  }

  /// `nil` if unknown or closed.
  var kmh: Double? { self == .unknown || self == .closed ? nil : Double(rawValue) / 10 }

  /// The slower one first, the unknown one last.
  static func < (left: TenthsOfKmh, right: TenthsOfKmh) -> Bool { left.rawValue < right.rawValue }
}

/// The conditions of the roads for one profile.
public struct ProfileConditions: Sendable {
  let roads: TrafficConditions
  /// The profile's number among those that are served.
  let profile: Int
  let costs: CostModel

  /// True if traffic says that nobody of the profile gets through. O(closures there).
  public func isClosed(_ piece: PieceID, _ direction: SegmentDirection) -> Bool {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    return roads.speeds[directed] == .closed
      || roads.effects[directed].contains { $0.effect == .closed && $0.profiles.contains(number: profile) }
  }

  /// The cost of a piece with traffic, but for being closed. O(closures there).
  public func pieceCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    let free = costs.pieceCost(piece, direction)
    let (effects, speed) = (roads.effects[directed], roads.speeds[directed])
    return effects.isEmpty && speed == .unknown ? free : cost(free, directed, effects, speed)
  }

  /// The cost of a stretch on which traffic has something to say.
  private func cost(
    _ free: TravelCost, _ directed: DirectedPiece, _ effects: [ClosureEffect], _ speed: TenthsOfKmh
  ) -> TravelCost {
    guard free.isPassable else { return free }
    var combined = CombinedEffect()
    for effect in effects where effect.profiles.contains(number: profile) { combined.add(effect.effect) }
    if let kmh = speed.kmh {
      combined.measured = (kmh, costs.civilTrafficShare(directed.piece, directed.isBackward ? .backward : .forward))
    }
    return combined.applied(to: free, lengthCentimeters: costs.network.pieces[directed.piece].lengthCentimeters)
  }

  /// The weight of an arc; infinity if a piece of it is closed. O(pieces).
  func weight(of course: ArcCourse) -> Weight {
    let direction = SegmentDirection(course)
    var sum = TravelCost.zero
    for piece in costs.network.pieceIDs(of: course.segment) {
      if isClosed(piece, direction) { return .infinity }
      sum += pieceCost(piece, direction)
    }
    return sum.weight
  }

  /// What a turn takes more than without traffic, so that it takes as long as its penalty says. O(turns there).
  public func turnDelayMilliseconds(_ turn: TurnID, from arc: ArcID) -> Weight {
    guard !roads.turnPenalties.isEmpty, let penalty = roads.turnPenalties[turn] else { return 0 }
    let free = costs.turnCost(turn, from: arc).timeMilliseconds
    guard penalty > free, let piece = costs.network.lastStretch(of: arc) else { return 0 }
    let share = costs.civilTrafficShare(piece, SegmentDirection(costs.network.arcCourse[arc]))
    return Weight((share * Double(penalty - free)).rounded(.up))
  }
}

extension RoadNetwork {
  /// The stretch at the end of an arc. O(pieces).
  fileprivate func lastStretch(of arc: ArcID) -> PieceID? {
    let course = arcCourse[arc]
    let pieces = pieceIDs(of: course.segment)
    return course.isBackward ? pieces.first { way(of: $0) != nil } : pieces.last { way(of: $0) != nil }
  }
}
