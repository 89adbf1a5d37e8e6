import API

/// Units: each is put on its road as it comes in, before the change has its turn.
extension TocsinEngine {
  public func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  {
    try Validation.atMost(limits.unitsMax, "limits.units", units.count, "too many units in one call")
    try Validation.unique(units.map(\.id), .invalidUnit)
    for unit in units { try Validation.unit(unit, profiles: profileNames) }
    let snapshot = currentState().snapshot
    let early = try units.map { unit throws(EngineError) in
      try limit.check()
      return sites.stationed(unit, in: snapshot)
    }
    let values = try units.map { unit throws(EngineError) in try unit.ledgerData() }
    let fleet = currentState().fleet
    let areMoves = units.allSatisfy { fleet[$0.id]?.unit.differsInPositionOnly(from: $0) == true }
    let committed = try change(by: origin, within: limit, as: areMoves ? .move : .kept) {
      [self] draft, latest throws(EngineError) in
      let newCount = units.count { draft.fleet[$0.id] == nil }
      try Validation.atMost(limits.unitsMax, "limits.units", draft.fleet.count + newCount, "too many units")
      var drafted = DraftedChange()
      for (unit, value) in zip(units, values) {
        if draft.fleet[unit.id]?.unit.differsInPositionOnly(from: unit) == true {
          drafted.positions[.unit(unit.id)] = value
        } else {
          drafted.changes.append(.put(.unit(unit.id), value))
        }
      }
      let areRoadsTheSame = latest.roadsVersion == snapshot.roadsVersion
      for unit in areRoadsTheSame ? early : units.map({ sites.stationed($0, in: latest) }) {
        draft.fleet.put(unit)
        draft.unitChanges.append(UnitChange(id: unit.unit.id, now: unit))
      }
      return drafted
    }
    return UnitsAnswer(version: committed.version, count: units.count)
  }

  public func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidUnit)
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      if let id = ids.first(where: { draft.fleet[$0] == nil }) {
        throw EngineError(.unknownUnit, "no unit has this id", value: id)
      }
      for id in ids {
        _ = draft.fleet.remove(id)
        draft.unitChanges.append(UnitChange(id: id, now: nil))
      }
      return DraftedChange(changes: ids.map { .remove(.unit($0)) })
    }
    return UnitsAnswer(version: committed.version, count: ids.count)
  }

  public func listUnits() -> (version: UInt64, units: [ListedUnit]) {
    let state = currentState()
    let units = state.fleet.sorted.map { stationed in
      ListedUnit(unit: stationed.unit, snapped: stationed.snapped.map(sites.snappedPlace))
    }
    return (state.snapshot.version, units)
  }
}

extension ResponseUnit {
  /// True if `report` says nothing new about the unit but where it is: the same unit, later or elsewhere.
  fileprivate func differsInPositionOnly(from report: ResponseUnit) -> Bool {
    var moved = self
    (moved.coordinate, moved.headingDegrees, moved.reportedAt) =
      (report.coordinate, report.headingDegrees, report.reportedAt)
    return moved == report
  }
}
