import API

extension WatchAnswer.Content {
  /// Times that differ by less are the same to a person.
  static let secondsThatMatter = 1.0
  /// Of a recommendation: who goes is more than when exactly.
  static let secondsThatMatterOfMany = 10.0

  /// How it differs from an earlier answer; empty if it is as good as the same.
  func changes(since earlier: WatchAnswer.Content) -> [AnswerChange] {
    switch (earlier, self) {
    case (.route(let before), .route(let after)): Self.changes(before, after)
    case (.fastestUnits(let before), .fastestUnits(let after)): Self.changes(before, after)
    case (.recommend(let before), .recommend(let after)): Self.changes(before, after)
    case (.coverage(let before), .coverage(let after)):
      after.differs(from: before, by: WatchCoverageRequest.changeShareDefault) ? [.roads] : []
    case (.reach(let before), .reach(let after)):
      after.differs(from: before, by: WatchCoverageRequest.changeShareDefault) ? [.roads] : []
    case (.refusal(let before), .refusal(let after)): before.code == after.code ? [] : [.refused]
    case (_, .refusal): [.refused]
    default: [.found]
    }
  }

  private static func changes(_ before: RouteAnswer, _ after: RouteAnswer) -> [AnswerChange] {
    let pairs = zip([before.route] + before.alternatives, [after.route] + after.alternatives)
    let isOther =
      before.alternatives.count != after.alternatives.count || pairs.contains { !isSameWay($0, $1) }
    if isOther { return [.way] }
    let (old, new) = (before.route.travelSeconds, after.route.travelSeconds)
    let times: [AnswerChange] =
      abs(old - new) >= secondsThatMatter ? [.travelSeconds(before: old, after: new)] : []
    return pairs.contains { passesOthers($0, $1) } ? times + [.assets] : times
  }

  /// True if other points of layers lie along the same way, or if the vehicle passes one at another time.
  private static func passesOthers(_ one: Route, _ other: Route) -> Bool {
    one.assets.count != other.assets.count || one.assetsLeftOutCount != other.assetsLeftOutCount
      || zip(one.assets, other.assets).contains {
        $0.layer != $1.layer || $0.feature != $1.feature || $0.side != $1.side
          || abs($0.travelSeconds - $1.travelSeconds) >= secondsThatMatter
      }
  }

  private static func isSameWay(_ one: Route, _ other: Route) -> Bool {
    abs(one.lengthMeters - other.lengthMeters) < 1 && one.ways == other.ways
      && one.needsLastResort == other.needsLastResort
  }

  private static func changes(_ before: FastestUnitsAnswer, _ after: FastestUnitsAnswer) -> [AnswerChange] {
    let places = { (answer: FastestUnitsAnswer) in
      Dictionary(uniqueKeysWithValues: answer.units.enumerated().map { ($1.unit.id, (place: $0 + 1, unit: $1)) })
    }
    let (old, new) = (places(before), places(after))
    let passOthers = old.contains { id, was in new[id].map { passesOthers(was.unit.route, $0.unit.route) } ?? false }
    let units = Set(old.keys).union(new.keys).sorted().compactMap { id -> AnswerChange? in
      let (was, now) = (old[id], new[id])
      if let was, let now, was.place == now.place, isSameWay(was.unit.route, now.unit.route),
        abs(was.unit.etaSeconds - now.unit.etaSeconds) < secondsThatMatter
      {
        return nil
      }
      return .unit(
        id: id, placeBefore: was?.place, placeAfter: now?.place, secondsBefore: was?.unit.etaSeconds,
        secondsAfter: now?.unit.etaSeconds)
    }
    return passOthers ? units + [.assets] : units
  }
}

/// What is compared of large answers.
extension WatchAnswer.Content {
  private static func changes(_ before: RecommendAnswer, _ after: RecommendAnswer) -> [AnswerChange] {
    let byID = { (answer: RecommendAnswer) in
      Dictionary(answer.units.map { ($0.unit.unit.id, $0) }) { first, _ in first }
    }
    let (old, new) = (byID(before), byID(after))
    var changes = Set(old.keys).union(new.keys).sorted().compactMap { change(of: $0, old[$0], new[$0]) }
    let open = { (answer: RecommendAnswer) in answer.open.map { "\($0.count) \($0.line)" }.sorted() }
    if open(before) != open(after) { changes.append(.open) }
    if (before.planID, before.level) != (after.planID, after.level) { changes.append(.plan) }
    let passOthers = old.contains { id, was in
      new[id].map { passesOthers(was.unit.route, $0.unit.route) } ?? false
    }
    if passOthers { changes.append(.assets) }
    return changes
  }

  private static func change(of id: String, _ was: RecommendedUnit?, _ now: RecommendedUnit?) -> AnswerChange? {
    if let was, let now {
      if was.line != now.line { return .line(unitID: id) }
      let seconds = abs(was.unit.etaSeconds - now.unit.etaSeconds)
      if was.place == now.place, seconds < secondsThatMatterOfMany { return nil }
    }
    return .unit(
      id: id, placeBefore: was?.place, placeAfter: now?.place, secondsBefore: was?.unit.etaSeconds,
      secondsAfter: now?.unit.etaSeconds)
  }

  /// The answer without what is never compared and may be large.
  var remembered: WatchAnswer.Content {
    switch self {
    case .coverage(var answer):
      answer.roads = []
      return .coverage(answer)
    case .reach(var answer):
      (answer.roads, answer.lostRoads) = ([], [])
      for index in answer.bands.indices { answer.bands[index].outlines = [] }
      return .reach(answer)
    case .route, .fastestUnits, .recommend, .refusal: return self
    }
  }
}

extension ReachAnswer {
  /// True if a share of roads differs by at least `share`, if other points of layers are reached, or if another place
  /// has no road near.
  fileprivate func differs(from other: ReachAnswer, by share: Double) -> Bool {
    places.map { $0 == nil } != other.places.map { $0 == nil } || bands.count != other.bands.count
      || zip(bands, other.bands).contains {
        abs($0.lengthShare - $1.lengthShare) >= share || $0.layers != $1.layers
      }
  }
}
