import API

/// Which idle units should move to which posts, so that more demand is covered: the best single move, then the best one
/// after that, and so on. Each move is the best given those before it; all of them together need not be.
public struct MoveUpChoice: Sendable {
  /// A unit that moves to a post.
  public struct Move: Hashable, Sendable {
    /// By number.
    public var unit: Int
    public var from: Int?
    public var to: Int
    public var travelMilliseconds: Int64
    /// By the objective, on top of the moves before it.
    public var gain: Gain
    /// Of the demand around the place that it leaves, the share that anybody reaches in time.
    public var originShareBefore = 0.0
    public var originShareAfter = 0.0
  }

  /// What a move gains: first of what counts first.
  public struct Gain: Hashable, Comparable, Sendable {
    public var first: Double
    public var second = 0.0

    public static func < (left: Gain, right: Gain) -> Bool {
      left.first != right.first ? left.first < right.first : left.second < right.second
    }

    /// What it comes to in demand.
    public var weight: Double { first != 0 ? first : second }
  }

  /// Best first.
  public private(set) var moves: [Move] = []
  /// The move that would gain most of all that aren't made, and why it isn't.
  public private(set) var bestRefused: (move: Move, refusal: MoveRefusal)?
  public let before: ExpectedCover
  public var after: ExpectedCover { state.near }

  private let question: MoveUpQuestion
  private var state: CoverState

  /// O(moves x units x posts), and the points in which the covers differ of moves that may be among the best.
  ///
  /// - Parameter check: called every now and then; ends the work by throwing.
  public init<Failure: Error>(_ question: MoveUpQuestion, check: () throws(Failure) -> Void) throws(Failure) {
    self.question = question
    state = CoverState(question)
    before = state.near
    while true {
      let (allowed, refused) = try best(check)
      bestRefused = refused
      guard let allowed else { return }
      let refusal: MoveRefusal? =
        allowed.gain.weight < question.terms.gainShareMin * before.total
        ? .gain : moves.count == question.terms.movesMax ? .moves : nil
      guard let refusal else {
        make(allowed)
        continue
      }
      if refused.map({ isBetter(allowed, than: $0.move) }) ?? true { bestRefused = (allowed, refusal) }
      return
    }
  }

  /// The units that are given fill the posts that are given; each move with what it gains on top of those before it.
  public init(_ question: MoveUpQuestion, filling seats: [PostFilling.Seat]) {
    self.question = question
    state = CoverState(question)
    before = state.near
    for seat in seats where state.places[seat.unit] != seat.post {
      make(
        Move(
          unit: seat.unit, from: state.places[seat.unit], to: seat.post,
          travelMilliseconds: question.units[seat.unit].travelMilliseconds[seat.post] ?? 0,
          gain: state.gain(seat.unit, to: seat.post)))
    }
  }

  /// The best move that may be made, and the best one that may not.
  private func best<Failure: Error>(
    _ check: () throws(Failure) -> Void
  ) throws(Failure) -> (allowed: Move?, refused: (move: Move, refusal: MoveRefusal)?) {
    let noise = Self.noiseShare * before.total
    let orders = postsByGain
    var allowed: Move?
    var refused: (move: Move, refusal: MoveRefusal)?
    for unit in question.units.indices where !state.hasMoved[unit] {
      try check()
      let mayLeave = mayLeave(unit)
      for (post, gainMax) in orders[question.units[unit].vehicle] where state.places[unit] != post {
        guard gainMax.weight > noise else { break }
        let isBelowAllowed = allowed.map { gainMax < $0.gain } ?? false
        let isBelowRefused = refused.map { gainMax < $0.move.gain } ?? false
        if isBelowAllowed, isBelowRefused { break }
        guard let milliseconds = question.units[unit].travelMilliseconds[post] else { continue }
        let refusal = refusal(unit, to: post, milliseconds, mayLeave: mayLeave)
        if refusal == nil ? isBelowAllowed : isBelowRefused { continue }
        let move = Move(
          unit: unit, from: state.places[unit], to: post, travelMilliseconds: milliseconds,
          gain: state.gain(unit, to: post))
        guard move.gain > Gain(first: 0), move.gain.weight > noise else { continue }
        if let refusal {
          if refused.map({ isBetter(move, than: $0.move) }) ?? true { refused = (move, refusal) }
        } else if allowed.map({ isBetter(move, than: $0) }) ?? true {
          allowed = move
        }
      }
    }
    return (allowed, refused)
  }

  /// By less than this share of all demand sums of weights differ by rounding alone.
  private static let noiseShare = 1e-12

  /// For each vehicle all posts, that which may gain most first.
  private var postsByGain: [[(post: Int, gainMax: Gain)]] {
    let vehicleCount = (question.units.map(\.vehicle).max() ?? -1) + 1
    return (0..<vehicleCount).map { vehicle in
      question.posts.indices.map { (post: $0, gainMax: state.gainMax(vehicle, to: $0)) }
        .sorted { ($1.gainMax, $0.post) < ($0.gainMax, $1.post) }
    }
  }

  /// More gain, then the shorter drive, then ids.
  private func isBetter(_ move: Move, than other: Move) -> Bool {
    if move.gain != other.gain { return move.gain > other.gain }
    if move.travelMilliseconds != other.travelMilliseconds { return move.travelMilliseconds < other.travelMilliseconds }
    let (one, two) = (question.units[move.unit].id, question.units[other.unit].id)
    return (one, question.posts[move.to].id) < (two, question.posts[other.to].id)
  }

  /// What forbids a move, but for what it gains.
  private func refusal(
    _ number: Int, to target: Int, _ travelMilliseconds: Int64, mayLeave: Bool
  ) -> MoveRefusal? {
    let (unit, post) = (question.units[number], question.posts[target])
    if unit.isStaying { return .staying }
    if unit.cameFrom == target { return .bounce }
    if !post.agencies.isEmpty, !post.agencies.contains(unit.agency) { return .agency }
    if travelMilliseconds > question.terms.travelMillisecondsMax { return .time }
    if state.occupancy[target] >= post.capacity { return .capacity }
    return mayLeave ? nil : .keep
  }

  /// True if enough units stay at a unit's post without it. O(rules x units).
  private func mayLeave(_ leaving: Int) -> Bool {
    guard let post = state.places[leaving] else { return true }
    return question.posts[post].keep.allSatisfy { rule in
      guard question.units[leaving].counts(for: rule) else { return true }
      let others = question.units.indices.count {
        $0 != leaving && state.places[$0] == post && question.units[$0].counts(for: rule)
      }
      return others >= rule.count
    }
  }

  private mutating func make(_ move: Move) {
    var move = move
    let origin = state.cover(of: move.unit).near
    move.originShareBefore = state.near.share(coveredOf: origin)
    state.move(move.unit, to: move.to)
    move.originShareAfter = state.near.share(coveredOf: origin)
    moves.append(move)
  }
}
