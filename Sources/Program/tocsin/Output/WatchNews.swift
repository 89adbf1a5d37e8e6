import API

/// What is news to whom small differences of times don't matter. Shares of roads that differ are always news: the
/// server tells of them only if they differ by enough.
enum WatchNews {
  /// True if other units come, in another order, or one of the times is another by at least `seconds`; if a route
  /// leads elsewhere; if another place of a plan is filled or stays open; if there is an answer again, or none.
  static func differs(_ now: WatchAnswer.Content, from before: WatchAnswer.Content, bySeconds seconds: Double) -> Bool {
    switch (before, now) {
    case (.route(let before), .route(let now)):
      abs(before.route.travelSeconds - now.route.travelSeconds) >= seconds
        || abs(before.route.lengthMeters - now.route.lengthMeters) >= 1
        || before.route.assets.map(\.feature) != now.route.assets.map(\.feature)
    case (.fastestUnits(let before), .fastestUnits(let now)):
      before.units.map(\.unit.id) != now.units.map(\.unit.id)
        || zip(before.units, now.units).contains {
          abs($0.etaSeconds - $1.etaSeconds) >= seconds
            || $0.route.assets.map(\.feature) != $1.route.assets.map(\.feature)
        }
    case (.recommend(let before), .recommend(let now)):
      before.units.map { "\($0.unit.unit.id) \($0.line)" } != now.units.map { "\($0.unit.unit.id) \($0.line)" }
        || before.open != now.open || before.planID != now.planID || before.level != now.level
        || zip(before.units, now.units).contains { abs($0.unit.etaSeconds - $1.unit.etaSeconds) >= seconds }
    case (.refusal(let before), .refusal(let now)): before.code != now.code
    default: true
    }
  }
}
