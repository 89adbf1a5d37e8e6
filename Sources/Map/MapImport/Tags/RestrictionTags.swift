import TimeRules

/// Relations in, turn restrictions for cars and responders out. Source: OSM wiki, Relation:restriction.
struct RestrictionTags {
  let log: DropLog
  let conditions: ConditionTags

  /// The restriction of a relation; `nil` (and logged) if it binds neither cars nor responders, or is not understood.
  func restriction(_ relation: OSMRelation) -> SourceRestriction? {
    guard let keys = RestrictionKeys(relation.tags) else { return nil }
    guard keys.isForCarsOrResponders else {
      log.drop(.restrictionOtherVehicles, osmID: relation.id, value: keys.mode)
      return nil
    }
    let rules = rules(relation.id, keys)
    guard !rules.isEmpty else { return nil }
    switch members(relation) {
    case .success(let members):
      let fitting = rules.filter { fits(members.from, members.to, $0, relation.id) }
      guard !fitting.isEmpty else { return nil }
      return SourceRestriction(
        osmID: relation.id, from: members.from, via: members.via, to: members.to, rules: fitting)
    case .failure(let dropped):
      log.drop(dropped.reason, osmID: relation.id, value: rules[0].name)
      return nil
    }
  }

  private struct Dropped: Error {
    let reason: DropReason
    var value: String?
  }

  /// What holds for cars always, for responders, and at times; what does not is logged.
  private func rules(_ osmID: Int64, _ keys: RestrictionKeys) -> [RestrictionRule] {
    let parsed = [keys.plain.map { plainRule($0, keys) }, keys.forResponders.map(ruleForResponders)].compactMap { $0 }
    let conditional = keys.conditional.map { conditionalRules($0, keys, osmID) } ?? []
    guard !parsed.isEmpty || !conditional.isEmpty else {
      log.drop(.restrictionOtherVehicles, osmID: osmID)
      return []
    }
    return (parsed + conditional).compactMap { result in
      switch result {
      case .success(let rule): return rule
      case .failure(let dropped):
        log.drop(dropped.reason, osmID: osmID, value: dropped.value)
        return nil
      }
    }.compactMap { $0 }
  }

  private func plainRule(_ value: String, _ keys: RestrictionKeys) -> Result<RestrictionRule?, Dropped> {
    if keys.exceptsCars || RestrictionKeys.isNone(value) {
      return .failure(Dropped(reason: .restrictionExceptsCars, value: keys.except ?? value))
    }
    guard let kind = Self.kind(value) else { return .failure(Dropped(reason: .restrictionUnknown, value: value)) }
    var rule = RestrictionRule(name: value, effect: kind.effect, bend: kind.bend, binding: keys.binding)
    guard let times = keys.times else { return .success(rule) }
    guard let condition = times.condition else {
      return .failure(Dropped(reason: .conditionNotUnderstood, value: times.text))
    }
    rule.condition = condition
    rule.name = "\(value):conditional"
    return .success(rule)
  }

  /// `restriction:emergency=none` has been read as an exception already.
  private func ruleForResponders(_ value: String) -> Result<RestrictionRule?, Dropped> {
    if RestrictionKeys.isNone(value) { return .success(nil) }
    guard let kind = Self.kind(value) else { return .failure(Dropped(reason: .restrictionUnknown, value: value)) }
    return .success(
      RestrictionRule(name: "\(value):emergency", effect: kind.effect, bend: kind.bend, binding: .responders))
  }

  private func conditionalRules(
    _ text: String, _ keys: RestrictionKeys, _ osmID: Int64
  ) -> [Result<RestrictionRule?, Dropped>] {
    if keys.exceptsCars { return [.failure(Dropped(reason: .restrictionExceptsCars, value: keys.except))] }
    guard let tag = ConditionalTag(text) else {
      return [.failure(Dropped(reason: .conditionNotUnderstood, value: text))]
    }
    log.drop(.conditionPartNotUnderstood, osmID: osmID, values: tag.notUnderstood)
    return tag.clauses.map { clause in
      let source = "\(clause.value) @ (\(clause.condition))"
      guard let reading = conditions.reading(clause.condition, source, osmID) else { return .success(nil) }
      if reading.isForResponders { return .failure(Dropped(reason: .conditionNotUnderstood, value: source)) }
      let value = clause.value.lowercased()
      let kind = RestrictionKeys.isNone(value) ? (.free, .any) : Self.kind(value)
      guard let kind else { return .failure(Dropped(reason: .restrictionUnknown, value: clause.value)) }
      return .success(
        RestrictionRule(
          name: "\(value):conditional", effect: kind.effect, bend: kind.bend, binding: keys.binding,
          condition: reading.text))
    }
  }

  private func members(_ relation: OSMRelation) -> Result<
    (from: [Int64], via: SourceRestriction.Via, to: [Int64]), Dropped
  > {
    let from = relation.members.filter { $0.role == "from" && $0.kind == .way }.map(\.id)
    let to = relation.members.filter { $0.role == "to" && $0.kind == .way }.map(\.id)
    let vias = relation.members.filter { $0.role == "via" }
    let ways = vias.filter { $0.kind == .way }.map(\.id)
    let nodes = Set(vias.filter { $0.kind == .node }.map(\.id))
    guard !from.isEmpty, !to.isEmpty, let node = ways.first ?? nodes.first else {
      return .failure(Dropped(reason: .restrictionIncomplete))
    }
    if !ways.isEmpty { return .success((from, .ways(ways), to)) }
    return nodes.count == 1
      ? .success((from, .node(node), to)) : .failure(Dropped(reason: .restrictionSeveralNodes))
  }

  /// False, and logged, for a ban with more roads than its kind has: only `no_entry` has several to come from, only
  /// `no_exit` several to go to.
  private func fits(_ from: [Int64], _ to: [Int64], _ rule: RestrictionRule, _ osmID: Int64) -> Bool {
    guard rule.effect == .ban else { return true }
    let fits =
      (Set(from).count == 1 || rule.name.hasPrefix("no_entry"))
      && (Set(to).count == 1 || rule.name.hasPrefix("no_exit"))
    if !fits { log.drop(.restrictionMembers, osmID: osmID, value: rule.name) }
    return fits
  }

  /// What a value says; `nil` if that is not understood.
  ///
  /// A word that is not known is not needed: the members tell the turn. What holds at a red light is no ban.
  private static func kind(_ value: String) -> (effect: RestrictionRule.Effect, bend: RestrictionRule.Bend)? {
    if let known = kinds[value] { return known }
    if value.hasSuffix("_on_red") { return nil }
    return value.hasPrefix("no_") ? (.ban, .any) : value.hasPrefix("only_") ? (.only, .any) : nil
  }

  private static let kinds: [String: (effect: RestrictionRule.Effect, bend: RestrictionRule.Bend)] = [
    "no_left_turn": (.ban, .left), "no_right_turn": (.ban, .right), "no_straight_on": (.ban, .straight),
    "no_u_turn": (.ban, .uTurn), "no_entry": (.ban, .any), "no_exit": (.ban, .any),
    "only_left_turn": (.only, .left), "only_right_turn": (.only, .right), "only_straight_on": (.only, .straight),
    "only_u_turn": (.only, .uTurn),
  ]
}
