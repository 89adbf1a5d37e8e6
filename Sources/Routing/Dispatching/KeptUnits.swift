import API

/// The units that rules keep where they are: of those that a rule counts all but the last ones may go.
struct KeptUnits {
  private let ids: Set<String>

  /// - Parameter order: of a unit that could go anywhere; the same for all who ask.
  init(_ rules: [KeepRule], of responders: [Responder], by order: (Responder) -> UnitOrder?) {
    var ids: Set<String> = []
    for rule in rules {
      let counted = responders.compactMap { responder in
        rule.counts(responder.unit) ? order(responder).map { (order: $0, id: responder.unit.id) } : nil
      }
      ids.formUnion(counted.sorted { $0 < $1 }.suffix(rule.count).map(\.id))
    }
    self.ids = ids
  }

  func contains(_ unit: ResponseUnit) -> Bool { ids.contains(unit.id) }
}

extension KeepRule {
  /// Whether a unit is one of those of which the station keeps some.
  public func counts(_ unit: ResponseUnit) -> Bool {
    unit.station == station && (capability.isEmpty || unit.capabilities.contains(capability))
  }
}
