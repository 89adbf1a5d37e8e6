import API

/// What is news to whom small differences of times don't matter.
enum WatchNews {
  /// True if other units come, in another order, or one of the times is another by at least `seconds`; if a route
  /// leads elsewhere; if there is an answer again, or none any more.
  static func differs(_ now: WatchAnswer.Content, from before: WatchAnswer.Content, bySeconds seconds: Double) -> Bool {
    switch (before, now) {
    case (.route(let before), .route(let now)):
      abs(before.route.travelSeconds - now.route.travelSeconds) >= seconds
        || abs(before.route.lengthMeters - now.route.lengthMeters) >= 1
    case (.fastestUnits(let before), .fastestUnits(let now)):
      before.units.map(\.unit.id) != now.units.map(\.unit.id)
        || zip(before.units, now.units).contains { abs($0.etaSeconds - $1.etaSeconds) >= seconds }
    case (.refusal(let before), .refusal(let now)): before.code != now.code
    default: true
    }
  }
}
