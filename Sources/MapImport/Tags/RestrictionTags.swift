/// A turn restriction of the source whose members are still OSM ids.
struct SourceRestriction {
  /// Which turns it forbids.
  enum Effect {
    /// The turns from `from` to `to`.
    case ban
    /// All turns from `from` but those to `to`.
    case only
  }

  /// The way that the turn bends, as the restriction's value tells.
  enum Bend {
    case left, right, straight, uTurn, any
  }

  var osmID: Int64
  /// The value of the tag, for reports.
  var kind: String
  var effect: Effect
  var bend: Bend
  var exceptsEmergency: Bool
  var from: [Int64]
  var via: Int64
  var to: [Int64]
}

/// Relations in, turn restrictions for cars out. Source: OSM wiki, Relation:restriction.
struct RestrictionTags {
  let log: DropLog

  /// The restriction of a relation; `nil` (and logged) if it does not hold for cars or is not supported.
  func restriction(_ relation: OSMRelation) -> SourceRestriction? {
    guard let type = relation.tags["type"], type == "restriction" || type.hasPrefix("restriction:") else { return nil }
    switch parse(relation) {
    case .success(let restriction): return restriction
    case .failure(let dropped):
      log.drop(dropped.reason, osmID: relation.id, value: dropped.value)
      return nil
    }
  }

  private struct Dropped: Error {
    let reason: DropReason
    var value: String?
  }

  private func parse(_ relation: OSMRelation) -> Result<SourceRestriction, Dropped> {
    let tags = relation.tags
    // The older spelling `type=restriction:hgv`.
    if let type = tags["type"], type != "restriction", type != "restriction:motorcar" {
      return .failure(Dropped(reason: .restrictionOtherVehicles, value: type))
    }
    guard let value = tags["restriction:motorcar"] ?? tags["restriction:motor_vehicle"] ?? tags["restriction"] else {
      let isConditional = tags["restriction:conditional"] != nil
      return .failure(Dropped(reason: isConditional ? .restrictionConditional : .restrictionOtherVehicles))
    }
    if tags["day_on"] != nil || tags["hour_on"] != nil {
      return .failure(Dropped(reason: .restrictionConditional, value: value))
    }
    let excepted = Set((tags["except"] ?? "").split(separator: ";").map { $0.filter { $0 != " " } })
    if !excepted.isDisjoint(with: ["motorcar", "motor_vehicle"]) {
      return .failure(Dropped(reason: .restrictionExceptsCars, value: tags["except"]))
    }
    guard let (effect, bend) = Self.kinds[value] else {
      return .failure(Dropped(reason: .restrictionUnknown, value: value))
    }
    return members(relation).map { members in
      SourceRestriction(
        osmID: relation.id, kind: value, effect: effect, bend: bend, exceptsEmergency: excepted.contains("emergency"),
        from: members.from, via: members.via, to: members.to)
    }
  }

  private func members(_ relation: OSMRelation) -> Result<(from: [Int64], via: Int64, to: [Int64]), Dropped> {
    let from = relation.members.filter { $0.role == "from" && $0.kind == .way }.map(\.id)
    let to = relation.members.filter { $0.role == "to" && $0.kind == .way }.map(\.id)
    let via = relation.members.filter { $0.role == "via" }
    if via.contains(where: { $0.kind == .way }) { return .failure(Dropped(reason: .restrictionViaWay)) }
    guard let via = via.first, via.kind == .node, !from.isEmpty, !to.isEmpty else {
      return .failure(Dropped(reason: .restrictionIncomplete))
    }
    return .success((from, via.id, to))
  }

  private static let kinds: [String: (SourceRestriction.Effect, SourceRestriction.Bend)] = [
    "no_left_turn": (.ban, .left), "no_right_turn": (.ban, .right), "no_straight_on": (.ban, .straight),
    "no_u_turn": (.ban, .uTurn), "no_entry": (.ban, .any), "no_exit": (.ban, .any),
    "only_left_turn": (.only, .left), "only_right_turn": (.only, .right), "only_straight_on": (.only, .straight),
    "only_u_turn": (.only, .uTurn),
  ]
}
