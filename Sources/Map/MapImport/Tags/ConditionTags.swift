import TimeRules

/// What tags say to hold at times, or for some vehicles, only: `access:conditional` and the like.
///
/// A clause `value @ (condition)` makes a candidate: the object's tags with that value in place of the key's own. What
/// is not understood is logged and left out. Source: OSM wiki, Conditional restrictions.
struct ConditionTags {
  let log: DropLog
  /// The holidays whose days are known.
  let holidays: Set<Holidays.Kind>

  /// An object's tags while a condition holds.
  struct Candidate {
    let condition: String
    let tags: OSMTags
  }

  /// A clause that is understood.
  private struct Change {
    let key: TagKey
    let value: String
    let condition: String
  }

  /// What changes of a road, in an order in which of several candidates that hold at once the last one counts.
  func candidates(_ way: OSMWay) -> [Candidate] {
    candidates(way.tags, changes(way.id, way.tags, ConditionKey.ofWays), osmID: way.id)
  }

  /// The same of an OSM node, and its tags while no condition holds. A gate with opening hours is locked at other
  /// times.
  func candidates(_ node: OSMNode) -> (tags: OSMTags, candidates: [Candidate]) {
    var tags = node.tags
    var changes = self.changes(node.id, tags, ConditionKey.ofNodes)
    if FeatureTags.isGate(tags), let hours = tags["opening_hours"], tags["locked"] != "no",
      let reading = reading(hours, "opening_hours=\(hours)", node.id)
    {
      tags = tags.replacing("locked", with: "yes")
      changes.append([Change(key: "locked", value: "no", condition: reading.text)])
    }
    return (tags, candidates(tags, changes, osmID: node.id))
  }

  /// What a condition says; `nil` (and logged) if it is not understood, or not for cars or responders.
  ///
  /// - Parameter source: the tag that says so.
  func reading(_ condition: String, _ source: String, _ osmID: Int64) -> RuleCondition.Reading? {
    let reading = RuleCondition.reading(condition, knowing: holidays)
    if reading.isForOthers {
      log.drop(.conditionOtherVehicles, osmID: osmID, value: source)
      return nil
    }
    guard reading.condition != nil else {
      log.drop(.conditionNotUnderstood, osmID: osmID, value: source)
      return nil
    }
    log.drop(.conditionPartNotUnderstood, osmID: osmID, values: reading.notUnderstood.map { "\(source): \($0)" })
    return reading
  }

  // MARK: Candidates

  /// Every choice of at most one clause of each key. A choice that holds counts more than one that says less, and one
  /// with a later clause more than one with an earlier clause of the same key.
  private func candidates(_ tags: OSMTags, _ changes: [[Change]], osmID: Int64) -> [Candidate] {
    var choices: [[Change]] = [[]]
    for clauses in changes {
      guard choices.count * (clauses.count + 1) <= Self.choicesMax else {
        log.drop(.conditionsTooMany, osmID: osmID, values: clauses.map { "\($0.key)=\($0.value) @ (\($0.condition))" })
        continue
      }
      choices += clauses.flatMap { clause in choices.map { $0 + [clause] } }
    }
    return choices.dropFirst().map { choice in
      Candidate(
        condition: choice.map(\.condition).joined(separator: " AND "),
        tags: choice.reduce(tags) { $0.replacing($1.key, with: $1.value) })
    }
  }

  /// More than any road has by intent.
  private static let choicesMax = 256

  // MARK: Clauses

  /// The clauses that are understood, key by key.
  private func changes(_ osmID: Int64, _ tags: OSMTags, _ keys: [ConditionKey]) -> [[Change]] {
    let found = tags.entries(endingWith: ConditionKey.suffix)
    if found.isEmpty { return [] }
    let others = found.filter { entry in !keys.contains { $0.name == entry.key } }
    log.drop(.conditionOfOtherKey, osmID: osmID, values: others.map { "\($0.key)=\($0.value)" })
    return keys.compactMap { key in
      let ofKey = found.filter { $0.key == key.name }.flatMap { changes($0.value, key, osmID) }
      return ofKey.isEmpty ? nil : ofKey
    }
  }

  private func changes(_ text: String, _ key: ConditionKey, _ osmID: Int64) -> [Change] {
    guard let tag = ConditionalTag(text) else {
      log.drop(.conditionNotUnderstood, osmID: osmID, value: "\(key.name)=\(text)")
      return []
    }
    log.drop(.conditionPartNotUnderstood, osmID: osmID, values: tag.notUnderstood.map { "\(key.name)=\($0)" })
    return tag.clauses.compactMap { clause in change(clause, key, osmID) }
  }

  private func change(_ clause: ConditionalTag.Clause, _ key: ConditionKey, _ osmID: Int64) -> Change? {
    let source = "\(key.name)=\(clause.value) @ (\(clause.condition))"
    guard let value = key.understood(clause.value) else {
      log.drop(.conditionNotUnderstood, osmID: osmID, value: source)
      return nil
    }
    guard let reading = reading(clause.condition, source, osmID) else { return nil }
    guard reading.isForResponders else { return Change(key: key.plain, value: value, condition: reading.text) }
    // `access:conditional=yes @ emergency` says what `emergency=yes` says.
    guard let forResponders = key.forResponders, let meaning = AccessMeaning(value) else {
      log.drop(.conditionNotUnderstood, osmID: osmID, value: source)
      return nil
    }
    return Change(key: forResponders, value: meaning == .closed ? "no" : "yes", condition: reading.text)
  }
}
