import API

extension WatchAnswer.Content {
  /// Times that differ by less are the same to a person.
  static let secondsThatMatter = 1.0

  /// How it differs from an earlier answer; empty if it is as good as the same.
  func changes(since earlier: WatchAnswer.Content) -> [AnswerChange] {
    switch (earlier, self) {
    case (.route(let before), .route(let after)): Self.changes(before, after)
    case (.fastestUnits(let before), .fastestUnits(let after)): Self.changes(before, after)
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
    return abs(old - new) >= secondsThatMatter ? [.travelSeconds(before: old, after: new)] : []
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
    return Set(old.keys).union(new.keys).sorted().compactMap { id in
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
  }
}
