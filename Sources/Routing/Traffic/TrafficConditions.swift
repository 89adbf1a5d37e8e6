import Profiles
import RoadGraph

/// What holds on the roads at one moment: the closures in force, the speeds that are known, the turn penalties.
///
/// A value that snapshots share; copying it is cheap.
public struct TrafficConditions: Sendable {
  var effects: ChunkedTable<DirectedPiece, [ClosureEffect]>
  var speeds: ChunkedTable<DirectedPiece, AlongPiece<TenthsOfKmh>>
  /// Milliseconds that civil traffic needs for a turn.
  var turnPenalties: [TurnID: Weight] = [:]

  /// Nothing is closed, no speed is known.
  init(pieceCount: Int) {
    effects = ChunkedTable(repeating: [], count: 2 * pieceCount)
    speeds = ChunkedTable(repeating: .nothing, count: 2 * pieceCount)
  }

  /// Adds what a closure does. O(stretches).
  ///
  /// - Parameter serial: of the put that it stems from.
  mutating func add(_ closure: ResolvedClosure, serial: UInt64, for profiles: ProfileMask) {
    _ = add(closure, serial: serial, for: profiles) { false }
  }

  /// The same; false if it was ended, with a part of it added.
  mutating func add(
    _ closure: ResolvedClosure, serial: UInt64, for profiles: ProfileMask, isOver: () -> Bool
  ) -> Bool {
    for (number, (stretch, effect)) in zip(closure.stretches, closure.effects).enumerated() {
      if number % Self.checkInterval == 0, isOver() { return false }
      effects[stretch.piece].append(
        ClosureEffect(
          serial: serial, id: closure.closure.id, profiles: profiles, effect: effect, extent: stretch.extent))
    }
    return true
  }

  /// What was measured on a piece in one direction, in the order of its segment's shape; `kmh` is `nil` where nobody
  /// gets through. Empty where nothing is known. O(stretches).
  public func measured(_ piece: PieceID, _ direction: SegmentDirection) -> [(extent: ClosedRange<UInt32>, kmh: Double?)]
  {
    speeds[DirectedPiece(piece, isBackward: direction == .backward)].stretches.map { ($0.extent, $0.value.kmh) }
  }

  /// This many stretches are changed in about a millisecond.
  private static let checkInterval = 1_024
}

/// A speed in tenths of km/h, in two bytes.
struct TenthsOfKmh: Hashable, Comparable, Sendable {
  let rawValue: UInt16

  /// Nobody gets through.
  static let closed = TenthsOfKmh(rawValue: 0)

  private init(rawValue: UInt16) { self.rawValue = rawValue }

  /// - Parameter kmh: 0 is closed; any speed above it is passable.
  init(kmh: Double) {
    self.rawValue = kmh == 0 ? 0 : UInt16(min(max((kmh * 10).rounded(), 1), Double(UInt16.max - 1)))
  }

  /// `nil` if closed.
  var kmh: Double? { self == .closed ? nil : Double(rawValue) / 10 }

  /// The slower one first.
  static func < (left: TenthsOfKmh, right: TenthsOfKmh) -> Bool { left.rawValue < right.rawValue }
}

/// The conditions of the roads for one profile.
public struct ProfileConditions: Sendable {
  let roads: TrafficConditions
  /// The profile's number among those that are served.
  let profile: Int
  let costs: CostModel

  /// True if traffic says that nobody of the profile gets through all of a piece. O(closures there).
  public func isClosed(_ piece: PieceID, _ direction: SegmentDirection) -> Bool {
    !closedExtents(piece, direction).isEmpty
  }

  /// The stretches of a piece that nobody of the profile gets through, in the order of the segment's shape; those that
  /// overlap or meet are one. O(closures there).
  func closedExtents(_ piece: PieceID, _ direction: SegmentDirection) -> [ClosedRange<UInt32>] {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    let (effects, speeds) = (roads.effects[directed], roads.speeds[directed])
    if effects.isEmpty, !speeds.isAnywhereClosed { return [] }
    let closed =
      effects.filter { $0.effect == .closed && $0.profiles.contains(number: profile) }.map(\.extent)
      + speeds.stretches.filter { $0.value == .closed }.map(\.extent)
    return closed.joined
  }

  /// What of a part of a piece is closed, in the order of the segment's shape. O(closures there).
  public func closedExtents(
    _ piece: PieceID, _ direction: SegmentDirection, in part: ClosedRange<UInt32>
  ) -> [ClosedRange<UInt32>] {
    closedExtents(piece, direction).filter { $0.overlapsInside(part) }.map { $0.clamped(to: part) }
  }

  /// The closures that close a part of a piece, by id. O(closures there).
  public func closureIDs(_ piece: PieceID, _ direction: SegmentDirection, in part: ClosedRange<UInt32>) -> [String] {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    return roads.effects[directed].filter {
      $0.effect == .closed && $0.profiles.contains(number: profile) && $0.extent.lowerBound < part.upperBound
        && $0.extent.upperBound > part.lowerBound
    }.map(\.id).sorted()
  }

  /// The cost of a part of a piece with traffic, but for being closed; that of the parts of a part add up to its own.
  /// O(closures there).
  ///
  /// Time is shared out by length, and what costs time costs it where it lies. Reluctance is not: a few metres against
  /// a one-way are contraflow all the same.
  public func pieceCost(
    _ piece: PieceID, _ direction: SegmentDirection, in part: ClosedRange<UInt32> = .wholePiece
  ) -> TravelCost {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    let free = costs.pieceCost(piece, direction)
    let (effects, speeds) = (roads.effects[directed], roads.speeds[directed])
    guard free.isPassable else { return free }
    if effects.isEmpty, speeds.isNothing { return free.part(part) }
    if effects.isEmpty, case .whole(let speed) = speeds {
      // Most roads of a feed, and of typical speeds.
      let whole = milliseconds(at: speed, on: directed, free)
      return TravelCost(
        timeMilliseconds: whole.share(of: part, in: .wholePiece),
        reluctanceMilliseconds: part.lowerBound < part.upperBound ? free.reluctanceMilliseconds : 0)
    }
    let here = effects.filter { $0.profiles.contains(number: profile) }
    var milliseconds: Weight = 0
    for extent in Self.even(here, speeds)
    where extent.lowerBound < part.upperBound && extent.upperBound > part.lowerBound {
      let whole = self.milliseconds(on: extent, of: directed, free, here, speeds)
      milliseconds = milliseconds.adding(whole.share(of: extent.clamped(to: part), in: extent))
    }
    return TravelCost(
      timeMilliseconds: milliseconds,
      reluctanceMilliseconds: part.lowerBound < part.upperBound ? free.reluctanceMilliseconds : 0)
  }

  /// The cost of a piece along which time goes by evenly: no closure holds on it, and one speed or none. `nil` of
  /// another one. O(1).
  func evenCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost? {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    guard roads.effects[directed].isEmpty else { return nil }
    let free = costs.pieceCost(piece, direction)
    switch roads.speeds[directed] {
    case .nothing: return free
    case .whole(let speed) where speed != .closed && free.isPassable:
      return TravelCost(
        timeMilliseconds: milliseconds(at: speed, on: directed, free),
        reluctanceMilliseconds: free.reluctanceMilliseconds)
    case .whole, .stretches: return nil
    }
  }

  /// True if no closure holds on a piece, and one speed or none. O(1).
  func isEven(_ piece: PieceID, _ direction: SegmentDirection) -> Bool {
    let directed = DirectedPiece(piece, isBackward: direction == .backward)
    guard roads.effects[directed].isEmpty else { return false }
    if case .stretches = roads.speeds[directed] { return false }
    return true
  }

  /// The time on a whole piece on which one speed holds and nothing else.
  private func milliseconds(at speed: TenthsOfKmh, on directed: DirectedPiece, _ free: TravelCost) -> Weight {
    var combined = CombinedEffect()
    if let kmh = speed.kmh {
      combined.measured = (kmh, costs.civilTrafficShare(directed.piece, directed.isBackward ? .backward : .forward))
    }
    return combined.milliseconds(
      freeMilliseconds: free.timeMilliseconds,
      lengthCentimeters: costs.network.pieces[directed.piece].lengthCentimeters)
  }

  /// The extents on each of which conditions are the same all along.
  private static func even(_ effects: [ClosureEffect], _ speeds: AlongPiece<TenthsOfKmh>) -> [ClosedRange<UInt32>] {
    let extents = effects.map(\.extent) + speeds.stretches.map(\.extent) + [.wholePiece]
    let cuts = Set(extents.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    return zip(cuts, cuts.dropFirst()).map { $0...$1 }
  }

  private func milliseconds(
    on extent: ClosedRange<UInt32>, of directed: DirectedPiece, _ free: TravelCost, _ effects: [ClosureEffect],
    _ speeds: AlongPiece<TenthsOfKmh>
  ) -> Weight {
    var combined = CombinedEffect()
    for effect in effects where effect.extent.covers(extent) { combined.add(effect, on: extent) }
    if let kmh = speeds.stretches.first(where: { $0.extent.covers(extent) })?.value.kmh {
      combined.measured = (kmh, costs.civilTrafficShare(directed.piece, directed.isBackward ? .backward : .forward))
    }
    return combined.milliseconds(
      freeMilliseconds: free.part(extent).timeMilliseconds,
      lengthCentimeters: costs.network.lengthCentimeters(of: directed.piece, extent))
  }

  /// The weight of an arc; infinity if a piece of it is closed. O(pieces).
  func weight(of course: ArcCourse) -> Weight {
    let direction = SegmentDirection(course)
    var sum = TravelCost.zero
    for piece in costs.network.pieceIDs(of: course.segment) {
      if let even = evenCost(piece, direction) {
        sum += even
        continue
      }
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

extension TravelCost {
  /// The cost of a part of a piece of this cost: time is shared out, reluctance is not.
  func part(_ part: ClosedRange<UInt32>) -> TravelCost {
    guard isPassable else { return .impassable }
    guard part.lowerBound < part.upperBound else { return .zero }
    let milliseconds =
      RoadPosition.part(part.upperBound, of: timeMilliseconds)
      - RoadPosition.part(part.lowerBound, of: timeMilliseconds)
    return TravelCost(timeMilliseconds: milliseconds, reluctanceMilliseconds: reluctanceMilliseconds)
  }
}

extension ClosedRange<UInt32> {
  func covers(_ part: ClosedRange<UInt32>) -> Bool { lowerBound <= part.lowerBound && upperBound >= part.upperBound }
}
