import API
import Dispatching
import Fleet

/// What matters to a question about a whole fleet or all roads: mostly anything, so such a question has an
/// ``AnswerPace``.
extension WatchReach {
  struct Wide: Sendable {
    /// Plans, and what chooses them.
    var asksForPlans: Bool
    /// Units that may matter; `nil` for none.
    var units: (@Sendable (UnitChange) -> Bool)?

    /// There is nothing that may not matter.
    static let anything = Wide(asksForPlans: true) { _ in true }

    func isAffected(by changes: PublishedChanges) -> Bool {
      if changes.isMapNew || changes.isTrafficNew || changes.areLayersNew { return true }
      if asksForPlans, changes.arePlansNew { return true }
      return units.map { changes.units.contains(where: $0) } ?? false
    }
  }

  init(_ wide: Wide) { self.wide = wide }

  /// What may change a recommendation: units that are in it, that it has a use for or that are at its incident, and
  /// others of a crew. A rule that keeps units at a station is about all that come and go there.
  init(of answer: RecommendAnswer, _ request: RecommendRequest, _ wish: Wish) {
    let known = Set(answer.units.map(\.unit.unit.id))
    let keepsAny = !request.keep.isEmpty
    let incidentID = request.incidentID
    self.init(
      Wide(asksForPlans: true) { change in
        guard let unit = change.now?.unit, !keepsAny else { return true }
        return known.contains(unit.id) || !unit.crewID.isEmpty || wish.wants(unit)
          || (!incidentID.isEmpty && unit.task?.incidentID == incidentID)
      })
  }
}

extension WatchQuestion {
  /// True if what lies along a way is asked for; a wide question looks at every change of layers.
  var asksForLayers: Bool {
    switch self {
    case .route(let request): !request.detail.layers.isEmpty
    case .fastestUnits(let request): !request.detail.layers.isEmpty
    case .recommend, .coverage, .reach: false
    }
  }

  /// It is about a whole fleet or all roads.
  var isWide: Bool {
    switch self {
    case .route, .fastestUnits: false
    case .recommend, .coverage, .reach: true
    }
  }
}
